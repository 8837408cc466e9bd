#pragma once
#include <memory>

#include "charts/chart.hpp"
#include "charts/plot_panel.hpp"

namespace gui {

/// A chart of the comparison in its frame.
class ChartPanel : public PlotPanel {
  Q_OBJECT
 public:
  explicit ChartPanel(std::unique_ptr<Chart> chart, QWidget* parent = nullptr);

  /// Keeps a share of what `input` refers to.
  void show_input(std::shared_ptr<const planner::Study> study, const ChartInput& input);

 private:
  std::unique_ptr<Chart> chart_;
};

}  // namespace gui
