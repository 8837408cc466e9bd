#include "charts/chart_panel.hpp"

namespace gui {

ChartPanel::ChartPanel(std::unique_ptr<Chart> chart, QWidget* parent)
    : PlotPanel{chart->title(), chart->about(), parent}, chart_{std::move(chart)} {}

void ChartPanel::show_input(std::shared_ptr<const planner::Study> study, const ChartInput& input) {
  show_figure(chart_->table(input), [this, study = std::move(study), flow = input.flow,
                                     selected = input.selected](QCustomPlot& plot, Appearance appearance) {
    chart_->draw(plot, {*study, flow, appearance, selected});
  });
}

}  // namespace gui
