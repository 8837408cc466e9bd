#pragma once
#include <QAction>
#include <QDialog>
#include <QList>

class QLineEdit;
class QListWidget;

namespace gui {

/// Finds a command by any part of its name and runs it.
class CommandPalette : public QDialog {
  Q_OBJECT
 public:
  struct Command {
    QString name;
    QAction* action;
  };
  using Commands = QList<Command>;
  /// Lists those that are enabled.
  explicit CommandPalette(const Commands& commands, QWidget* parent = nullptr);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void filter(const QString& text);
  void run_current();

  Commands commands_;
  QLineEdit* line_;
  QListWidget* list_;
};

/// The name of a command without marks of menus.
[[nodiscard]] QString plain_name(const QAction& action);

}  // namespace gui
