#include "views/card.hpp"

#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QStyle>
#include <QVBoxLayout>

namespace gui {

Card::Card(const QString& title, const QString& text, QWidget* parent) : QFrame{parent} {
  setObjectName(QStringLiteral("card"));
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::PointingHandCursor);
  setAccessibleName(title);
  setAccessibleDescription(text);
  auto* layout = new QVBoxLayout{this};
  layout->setContentsMargins(16, 14, 16, 14);
  auto* head = new QLabel{title};
  QFont font = head->font();
  font.setBold(true);
  font.setPointSizeF(font.pointSizeF() * 1.1);
  head->setFont(font);
  head->setWordWrap(true);
  layout->addWidget(head);
  auto* body = new QLabel{text};
  body->setObjectName(QStringLiteral("muted"));
  body->setWordWrap(true);
  layout->addWidget(body);
  layout->addStretch();
}

void Card::highlight(bool on) {
  setProperty("hovered", on);
  style()->unpolish(this);
  style()->polish(this);
}

void Card::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && rect().contains(event->pos())) Q_EMIT clicked();
}

void Card::keyPressEvent(QKeyEvent* event) {
  const int key = event->key();
  if (key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter) {
    Q_EMIT clicked();
  } else {
    QFrame::keyPressEvent(event);
  }
}

void Card::enterEvent(QEnterEvent*) { highlight(true); }
void Card::leaveEvent(QEvent*) { highlight(hasFocus()); }

void Card::focusInEvent(QFocusEvent* event) {
  highlight(true);
  QFrame::focusInEvent(event);
}

void Card::focusOutEvent(QFocusEvent* event) {
  highlight(false);
  QFrame::focusOutEvent(event);
}

}  // namespace gui
