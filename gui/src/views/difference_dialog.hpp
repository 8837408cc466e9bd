#pragma once
#include <QDialog>
#include <string>

namespace gui {

/// Two states of a text, as a difference, and a choice between them. exec() returns an Answer.
class DifferenceDialog : public QDialog {
  Q_OBJECT
 public:
  struct Words {
    QString title, question;
    QString take, leave;  ///< the buttons: the later state, the earlier one
  };
  enum Answer { later = Rejected, take = Accepted, leave };
  DifferenceDialog(const Words& words, const std::string& before, const std::string& after,
                   QWidget* parent = nullptr);
};

}  // namespace gui
