#include "views/shortcuts.hpp"

#include "settings.hpp"

namespace gui {
namespace {

QString key_of(const QAction& action) { return QStringLiteral("shortcuts/") + action.objectName(); }

}  // namespace

void Shortcuts::add(QAction& action, const QKeySequence& keys) {
  actions_ << &action;
  defaults_ << keys;
  const QVariant kept = settings_at(settings_)->value(key_of(action));
  action.setShortcut(kept.isValid() ? QKeySequence{kept.toString(), QKeySequence::PortableText} : keys);
}

const QAction* Shortcuts::assign(QAction& action, const QKeySequence& keys) {
  for (const QAction* other : actions_) {
    if (other != &action && !keys.isEmpty() && other->shortcut() == keys) return other;
  }
  put(action, keys);
  return nullptr;
}

void Shortcuts::put(QAction& action, const QKeySequence& keys) {
  action.setShortcut(keys);
  const auto settings = settings_at(settings_);
  if (keys == defaults_[actions_.indexOf(&action)]) {
    settings->remove(key_of(action));
  } else {
    settings->setValue(key_of(action), keys.toString(QKeySequence::PortableText));
  }
}

void Shortcuts::restore_defaults() {
  for (qsizetype i = 0; i < actions_.size(); ++i) put(*actions_[i], defaults_[i]);
}

}  // namespace gui
