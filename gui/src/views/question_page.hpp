#pragma once
#include <QWidget>
#include <optional>

#include "document/checked.hpp"
#include "session.hpp"
#include "task.hpp"

class QComboBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace gui {

class FlowLayout;
class RunGauge;

/// A page that asks the planner one question of the open scenario, in the background: a bar with what is
/// asked, Run, Stop and Copy as command line; below it the answer in words, then the figures.
class QuestionPage : public QWidget {
  Q_OBJECT
 public:
  explicit QuestionPage(Session& session, QWidget* parent = nullptr);

  void run();
  void stop() { task_.stop(); }
  [[nodiscard]] bool is_running() const { return task_.is_running(); }
  /// What asks the same of the tool; empty for a document that is not saved.
  [[nodiscard]] QString command_line() const;
  [[nodiscard]] QString answer() const;

 Q_SIGNALS:
  /// A sentence for the status bar.
  void told(const QString& text);
  /// The command line is wanted on the clipboard.
  void copy_asked();

 protected:
  [[nodiscard]] Session& session() const { return session_; }
  [[nodiscard]] FlowLayout& bar() { return *bar_; }
  [[nodiscard]] QVBoxLayout& content() { return *content_; }
  /// After the fields of a derived page.
  void add_buttons(const QString& run_text);
  /// The scenario's strategy, flow and the like are fields of most pages.
  [[nodiscard]] QComboBox* add_strategy_field();
  [[nodiscard]] QComboBox* add_flow_field();
  void show_answer(const QString& text);

  /// The command and its arguments after the file.
  struct Command {
    QString verb;
    QStringList arguments;
  };
  [[nodiscard]] virtual Command command() const = 0;
  /// What to compute, of what the fields say now. Called when the shown strategy has no errors.
  [[nodiscard]] virtual Task::Job make_job() = 0;
  /// The document was checked anew, or another strategy or flow is shown.
  virtual void refresh_choices() = 0;
  /// Another document was opened: nothing of the old one stays.
  virtual void forget() = 0;
  /// What the page says before anything was asked.
  [[nodiscard]] virtual QString invitation() const = 0;

 private:
  void begin_document();
  void refresh_state();

  Session& session_;
  FlowLayout* bar_;
  QVBoxLayout* content_;
  QLabel* answer_;
  QLabel* stale_;
  RunGauge* gauge_;
  QPushButton* run_ = nullptr;
  QPushButton* stop_ = nullptr;
  std::shared_ptr<const planner::Value> asked_of_;  // null: nothing was asked yet
  Task task_;
};

}  // namespace gui
