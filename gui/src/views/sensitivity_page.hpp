#pragma once
#include "charts/tornado_chart.hpp"
#include "planner/sensitivity.hpp"
#include "views/question_page.hpp"

class QSpinBox;

namespace gui {

/// Which inputs the answer hangs on: for each requirement a tornado of what they do
/// to its margin.
class SensitivityPage : public QuestionPage {
  Q_OBJECT
 public:
  explicit SensitivityPage(Session& session, QWidget* parent = nullptr);
  [[nodiscard]] const std::shared_ptr<const planner::Sensitivity>& result() const { return result_; }

 protected:
  [[nodiscard]] Command command() const override;
  [[nodiscard]] Task::Job make_job() override;
  void forget() override;

 private:
  void show_result(std::shared_ptr<const planner::Sensitivity> result);
  void refresh_figure();

  QSpinBox* by_;
  QComboBox* requirement_;
  std::shared_ptr<const planner::Sensitivity> result_;
  Tornado tornado_;
};

}  // namespace gui
