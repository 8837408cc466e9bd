#include "views/combo_choices.hpp"

#include <QSignalBlocker>

namespace gui {

void show_choices(QComboBox& box, const std::vector<std::string>& ids, const std::string& chosen) {
  const QSignalBlocker quiet{box};
  QStringList names;
  for (const std::string& id : ids) names << QString::fromStdString(id);
  QStringList shown;
  for (int i = 0; i < box.count(); ++i) shown << box.itemText(i);
  if (names != shown) {
    box.clear();
    box.addItems(names);
  }
  box.setSizeAdjustPolicy(QComboBox::AdjustToContents);
  box.setCurrentText(QString::fromStdString(chosen));
}

}  // namespace gui
