#pragma once
#include <QFrame>

namespace gui {

/// A frame that works as a button: by mouse, Space or Enter.
class Card : public QFrame {
  Q_OBJECT
 public:
  Card(const QString& title, const QString& text, QWidget* parent = nullptr);

 Q_SIGNALS:
  void clicked();

 protected:
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  void highlight(bool on);
};

}  // namespace gui
