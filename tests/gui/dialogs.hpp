#pragma once
#include <QApplication>
#include <QDialog>
#include <QTimer>
#include <functional>

namespace gui_test {

/// Does `what` to the next dialog that opens while it is shown, as a user would. Nothing that throws may be
/// in it: Qt's loop is around.
class NextDialog {
 public:
  explicit NextDialog(std::function<void(QDialog&)> what) : what_{std::move(what)} {
    QObject::connect(&poll_, &QTimer::timeout, [this] {
      auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
      if (dialog == nullptr || seen_) return;
      seen_ = true;
      what_(*dialog);
      if (dialog->isVisible()) dialog->reject();  // a test that fails must not wait for ever
    });
    poll_.start(0);
  }
  [[nodiscard]] bool was_shown() const { return seen_; }

 private:
  std::function<void(QDialog&)> what_;
  QTimer poll_;
  bool seen_ = false;
};

}  // namespace gui_test
