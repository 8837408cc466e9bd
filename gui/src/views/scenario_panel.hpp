#pragma once
#include <QWidget>

#include "document/scenario_tree_model.hpp"
#include "session.hpp"

class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace gui {

/// The scenario as a tree with a search line; adds, duplicates and removes what is in it.
class ScenarioPanel : public QWidget {
  Q_OBJECT
 public:
  explicit ScenarioPanel(Session& session, QWidget* parent = nullptr);
  void ask_and_add();
  void ask_and_duplicate();
  void remove();
  void focus_search();

 Q_SIGNALS:
  void refused(const QString& reason);

 private:
  void refresh();
  /// A changed outline is a new one to the tree, which would close it.
  [[nodiscard]] std::vector<std::string> open_sections() const;
  void expand(const std::string& section);
  void follow_selection();
  void show_menu(const QPoint& at);
  template <class Edit>
  void edit(Edit change);

  Session& session_;
  ScenarioTreeModel model_;
  QSortFilterProxyModel* filter_;
  QLineEdit* search_;
  QTreeView* tree_;
};

}  // namespace gui
