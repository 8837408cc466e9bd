#pragma once
#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QString>

namespace gui {

/// The keys of all commands: what they are by default, and what the user made of them. Commands are known by
/// their object names.
class Shortcuts {
 public:
  /// @param settings  file that keeps what differs from the defaults; empty: the user's
  explicit Shortcuts(QString settings) : settings_{std::move(settings)} {}

  /// Gives the action its keys. It must outlive this.
  void add(QAction& action, const QKeySequence& keys);
  /// Empty keys: none. @return the command that has these keys already, nothing changes then; null: done
  [[nodiscard]] const QAction* assign(QAction& action, const QKeySequence& keys);
  void restore_defaults();
  [[nodiscard]] const QList<QAction*>& actions() const { return actions_; }

 private:
  void put(QAction& action, const QKeySequence& keys);

  QString settings_;
  QList<QAction*> actions_;
  QList<QKeySequence> defaults_;
};

}  // namespace gui
