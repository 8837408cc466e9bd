#pragma once
#include "charts/loss_chart.hpp"
#include "planner/fail.hpp"
#include "views/question_page.hpp"

namespace gui {

/// What hurts most when it is lost: every part of the strategy, or every pair of them. A loss that is chosen
/// can be entered, as a strategy of its own, and left again.
class FailurePage : public QuestionPage {
  Q_OBJECT
 public:
  explicit FailurePage(Session& session, QWidget* parent = nullptr);
  [[nodiscard]] const std::vector<planner::Loss>& losses() const { return figure_.losses; }
  void set_each(planner::Losable each);
  void set_at_once(int parts);
  /// Adds a strategy that has lost what the row says, and shows it. @return its id; empty: refused, told why
  std::string enter(int row);
  /// Removes the strategy that enter() added last and shows the one before.
  void leave();
  [[nodiscard]] bool is_inside() const { return !entered_.empty(); }

 protected:
  [[nodiscard]] Command command() const override;
  [[nodiscard]] Task::Job make_job() override;
  void refresh_fields() override;
  void forget() override;

 private:
  void show_losses(const planner::Losses& losses, std::shared_ptr<const planner::Scenario> scenario,
                   planner::Losable each);
  /// In words.
  [[nodiscard]] QString answer_to(const planner::Losses& losses) const;
  void refresh_figure();
  void choose(int row);
  void refresh_buttons();

  QComboBox* each_;
  QComboBox* at_once_;
  QPushButton* enter_;
  QPushButton* leave_;
  LossFigure figure_;
  std::shared_ptr<const planner::Scenario> scenario_;  // that the losses are of
  int row_ = -1;
  std::string entered_, left_behind_;  // strategies; empty: nothing was entered
};

}  // namespace gui
