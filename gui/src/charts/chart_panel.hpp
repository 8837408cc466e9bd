#pragma once
#include <functional>
#include <memory>

#include "charts/chart.hpp"
#include "charts/plot_panel.hpp"

namespace gui {

/// A chart of the comparison in its frame.
class ChartPanel : public PlotPanel {
  Q_OBJECT
 public:
  explicit ChartPanel(std::unique_ptr<Chart> chart, QWidget* parent = nullptr);

  /// Keeps a share of the study: what `input` refers to.
  void show_input(std::shared_ptr<const planner::Study> study, const ChartInput& input);
  [[nodiscard]] QString title() const { return chart_->title(); }

 private:
  /// What the chart has at a place of its axes.
  void choose(double x, double y);

  std::unique_ptr<Chart> chart_;
  std::shared_ptr<const planner::Study> study_;
  std::function<ChartInput(Appearance)> input_;  ///< what is shown; empty: nothing
};

}  // namespace gui
