#pragma once
#include <QDialog>

class QLabel;
class QTableWidget;

namespace gui {

class Shortcuts;

/// All commands with their keys, which can be changed in place.
class ShortcutSheet : public QDialog {
  Q_OBJECT
 public:
  explicit ShortcutSheet(Shortcuts& shortcuts, QWidget* parent = nullptr);

 private:
  void fill();
  void assign(int row, const QKeySequence& keys);

  Shortcuts& shortcuts_;
  QTableWidget* table_;
  QLabel* remark_;
};

}  // namespace gui
