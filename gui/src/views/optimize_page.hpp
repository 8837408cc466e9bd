#pragma once
#include "planner/optimize.hpp"
#include "views/question_page.hpp"

class QCheckBox;
class QListWidget;
class QPlainTextEdit;
class QSpinBox;

namespace gui {

/// The inverse question: what is minimised, subject to which requirements, what is decided; the best plans,
/// the front of cost against latency, what the tool prints of them. A plan is saved as a strategy.
class OptimizePage : public QuestionPage {
  Q_OBJECT
 public:
  explicit OptimizePage(Session& session, QWidget* parent = nullptr);
  [[nodiscard]] const std::shared_ptr<const planner::OptimizeResult>& result() const { return result_; }
  void set_effort(int plans);
  /// The plan at a row of the panel's table becomes a strategy of the document, as one step of its history.
  /// @return its id; empty where there is no such plan
  std::string save_plan(int row);

 protected:
  [[nodiscard]] Command command() const override;
  [[nodiscard]] Task::Job make_job() override;
  void refresh_fields() override;
  void forget() override;

 private:
  void build_fields();
  void build_content();
  [[nodiscard]] planner::OptimizeOptions options() const;
  void show_result(std::shared_ptr<const planner::OptimizeResult> result,
                   std::shared_ptr<const planner::Scenario> base);
  [[nodiscard]] std::vector<const planner::Plan*> plans() const;

  QComboBox* goal_;
  QSpinBox* plan_count_;
  QSpinBox* effort_;
  QCheckBox* keep_sites_;
  QListWidget* requirements_;
  QListWidget* services_;
  QPlainTextEdit* text_;
  QPushButton* save_;
  int row_ = 0;                          // of the chosen plan
  planner::ScenarioRequirements known_;  // as listed
  std::shared_ptr<const planner::OptimizeResult> result_;
  std::shared_ptr<const planner::Scenario> base_;  // of the result
};

}  // namespace gui
