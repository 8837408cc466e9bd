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
class PlotPanel;
class RunGauge;

/// A page that asks the planner one question of the open scenario, in the background: a bar with what is
/// asked, Run, Stop and Copy as command line; below it the answer in words, then the figure.
class QuestionPage : public QWidget {
  Q_OBJECT
 public:
  /// The figure that all of these pages have.
  [[nodiscard]] PlotPanel& panel() const { return *panel_; }

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
  /// What a page says of itself.
  struct Words {
    QString title, about;  ///< of its figure
    QString invitation;    ///< before anything was asked
  };
  QuestionPage(Session& session, Words words, QWidget* parent);
  [[nodiscard]] Session& session() const { return session_; }
  [[nodiscard]] FlowLayout& bar() { return *bar_; }
  [[nodiscard]] QVBoxLayout& content() { return *content_; }
  /// After the fields of a derived page.
  void add_buttons(const QString& run_text);
  /// The strategy and the flow that every view shows, which are fields of most pages.
  void add_strategy_field();
  void add_flow_field();
  void show_answer(const QString& text);
  void invite(const QString& invitation);
  /// A strategy that patches another, as one step of the history.
  struct NewStrategy {
    std::string id, title;
    std::string parent;  ///< that it extends, where the file has it
    std::string patch;   ///< JSON
  };
  /// @return whether it was added; else the reason was told
  bool add_strategy(const NewStrategy& strategy, const QString& what);

  /// The command and its arguments after the file.
  struct Command {
    QString verb;
    QStringList arguments;
  };
  [[nodiscard]] virtual Command command() const = 0;
  /// What to compute, of what the fields say now. Called when the shown strategy has no errors.
  [[nodiscard]] virtual Task::Job make_job() = 0;
  /// The document was checked anew, or another strategy or flow is shown: for fields of a page's own.
  virtual void refresh_fields() {}
  /// Another document was opened: nothing of the old one stays.
  virtual void forget() = 0;

 private:
  void begin_document();
  void refresh_choices();
  void refresh_state();

  Session& session_;
  FlowLayout* bar_;
  QVBoxLayout* content_;
  QLabel* answer_;
  QLabel* stale_;
  PlotPanel* panel_;
  QString invitation_;
  QComboBox* strategy_ = nullptr;
  QComboBox* flow_ = nullptr;
  RunGauge* gauge_;
  QPushButton* run_ = nullptr;
  QPushButton* stop_ = nullptr;
  std::shared_ptr<const planner::Value> asked_of_;  // null: nothing was asked yet
  Task task_;
};

}  // namespace gui
