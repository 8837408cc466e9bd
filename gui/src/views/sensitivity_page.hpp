#pragma once
#include "charts/tornado_chart.hpp"
#include "planner/sensitivity.hpp"
#include "views/question_page.hpp"

class QSpinBox;

namespace gui {

class PlotPanel;

/// Which inputs the answer hangs on: for each requirement a tornado of what they do
/// to its margin.
class SensitivityPage : public QuestionPage {
  Q_OBJECT
 public:
  explicit SensitivityPage(Session& session, QWidget* parent = nullptr);
  [[nodiscard]] PlotPanel& panel() { return *panel_; }
  [[nodiscard]] const std::shared_ptr<const planner::Sensitivity>& result() const { return result_; }

 protected:
  [[nodiscard]] Command command() const override;
  [[nodiscard]] Task::Job make_job() override;
  void refresh_choices() override;
  void forget() override;
  [[nodiscard]] QString invitation() const override;

 private:
  void show_result(std::shared_ptr<const planner::Sensitivity> result);
  void refresh_figure();
  void choose(int row);

  QComboBox* strategy_;
  QSpinBox* by_;
  QComboBox* requirement_;
  PlotPanel* panel_;
  std::shared_ptr<const planner::Sensitivity> result_;
  Tornado tornado_;
};

}  // namespace gui
