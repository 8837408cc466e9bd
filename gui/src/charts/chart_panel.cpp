#include "charts/chart_panel.hpp"

#include <algorithm>

namespace gui {

ChartPanel::ChartPanel(std::unique_ptr<Chart> chart, QWidget* parent)
    : PlotPanel{chart->title(), chart->about(), parent}, chart_{std::move(chart)} {
  connect(this, &PlotPanel::place_chosen, this, [this](double x, double y) {
    if (study_) choose(chart_->strategy_at({*study_, flow_, Appearance::light, {}}, x, y));
  });
  connect(this, &PlotPanel::row_chosen, this, [this](int row) {
    if (!study_) return;
    const std::string first = table().rows[static_cast<std::size_t>(row)].value(0).toStdString();
    const auto& all = study_->strategies;
    const auto found = std::ranges::find(all, first, &planner::StrategyResult::strategy);
    if (found != all.end()) choose(static_cast<std::size_t>(found - all.begin()));
  });
}

void ChartPanel::choose(const std::optional<std::size_t>& strategy) {
  if (strategy) Q_EMIT strategy_chosen(QString::fromStdString(study_->strategies[*strategy].strategy));
}

void ChartPanel::show_input(std::shared_ptr<const planner::Study> study, const ChartInput& input) {
  study_ = std::move(study);
  flow_ = input.flow;
  show_figure(chart_->table(input),
              [this, shown = study_, flow = input.flow, selected = input.selected, metric = input.metric,
               slice = input.slice](QCustomPlot& plot, Appearance appearance) {
                chart_->draw(plot, {*shown, flow, appearance, selected, metric, slice});
              });
}

}  // namespace gui
