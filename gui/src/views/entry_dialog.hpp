#pragma once
#include <QDialog>
#include <string>
#include <vector>

#include "session.hpp"

class QComboBox;
class QLabel;
class QPushButton;

namespace gui {

/// Asks where a new entry goes and how it is called, and says while that is typed what is wrong with it.
class EntryDialog : public QDialog {
  Q_OBJECT
 public:
  /// @param sections  to choose from, the first to begin with; at least one
  /// @param proposal  for the id
  EntryDialog(Session& session, const QString& title, std::vector<std::string> sections,
              const QString& proposal, QWidget* parent = nullptr);

  [[nodiscard]] const std::string& section() const;
  [[nodiscard]] QString id() const;
  /// As the session has it, unless another was chosen.
  [[nodiscard]] Layer layer() const;

 private:
  void refresh_ids();
  void refresh_problem();

  Session& session_;
  std::vector<std::string> sections_;
  QComboBox* section_;
  QComboBox* id_;
  QComboBox* layer_;
  QLabel* problem_;
  QPushButton* accept_;
};

}  // namespace gui
