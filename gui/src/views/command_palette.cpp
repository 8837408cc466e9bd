#include "views/command_palette.hpp"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace gui {
QString plain_name(const QAction& action) { return action.text().remove(u'&').remove(QStringLiteral("…")); }

CommandPalette::CommandPalette(const Commands& commands, QWidget* parent)
    : QDialog{parent}, line_{new QLineEdit}, list_{new QListWidget} {
  for (const Command& command : commands) {
    if (command.action->isEnabled()) commands_ << command;
  }
  setWindowTitle(tr("Command"));
  resize(520, 380);
  auto* layout = new QVBoxLayout{this};
  line_->setPlaceholderText(tr("What do you want to do?"));
  line_->setAccessibleName(tr("Part of a command's name"));
  line_->installEventFilter(this);
  list_->setAccessibleName(tr("Commands"));
  layout->addWidget(line_);
  layout->addWidget(list_);
  connect(line_, &QLineEdit::textChanged, this, &CommandPalette::filter);
  connect(line_, &QLineEdit::returnPressed, this, &CommandPalette::run_current);
  connect(list_, &QListWidget::itemActivated, this, &CommandPalette::run_current);
  filter({});
}

void CommandPalette::filter(const QString& text) {
  list_->clear();
  const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
  for (qsizetype i = 0; i < commands_.size(); ++i) {
    const QString& name = commands_[i].name;
    const bool fits = std::all_of(words.begin(), words.end(), [&](const QString& word) {
      return name.contains(word, Qt::CaseInsensitive);
    });
    if (!fits) continue;
    const QString keys = commands_[i].action->shortcut().toString(QKeySequence::NativeText);
    auto* item = new QListWidgetItem{keys.isEmpty() ? name : QStringLiteral("%1    (%2)").arg(name, keys)};
    item->setData(Qt::UserRole, i);
    list_->addItem(item);
  }
  list_->setCurrentRow(0);
}

void CommandPalette::run_current() {
  const QListWidgetItem* item = list_->currentItem();
  if (item == nullptr) return;
  QAction* action = commands_[item->data(Qt::UserRole).toLongLong()].action;
  accept();
  action->trigger();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
      QCoreApplication::sendEvent(list_, event);
      return true;
    }
  }
  return QDialog::eventFilter(watched, event);
}

}  // namespace gui
