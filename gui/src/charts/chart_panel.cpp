#include "charts/chart_panel.hpp"

#include <algorithm>

namespace gui {

ChartPanel::ChartPanel(std::unique_ptr<Chart> chart, QWidget* parent)
    : PlotPanel{chart->title(), chart->about(), parent}, chart_{std::move(chart)} {
  connect(this, &PlotPanel::place_chosen, this, [this](double x, double y) {
    if (!study_) return;
    choose(chart_->strategy_at(input_(Appearance::light), x, y));
    choose_site(y);
  });
  connect(this, &PlotPanel::row_chosen, this, [this](int row) {
    if (!study_) return;
    choose_site(row + 0.5);
    const std::string first = table().rows[static_cast<std::size_t>(row)].value(0).toStdString();
    const auto& all = study_->strategies;
    const auto found = std::ranges::find(all, first, &planner::StrategyResult::strategy);
    if (found != all.end()) choose(static_cast<std::size_t>(found - all.begin()));
  });
}

void ChartPanel::choose_site(double y) {
  const std::optional<std::string> site = chart_->site_at(input_(Appearance::light), y);
  if (site) Q_EMIT site_chosen(QString::fromStdString(*site));
}

void ChartPanel::choose(const std::optional<std::size_t>& strategy) {
  if (strategy) Q_EMIT strategy_chosen(QString::fromStdString(study_->strategies[*strategy].strategy));
}

void ChartPanel::show_input(std::shared_ptr<const planner::Study> study, const ChartInput& input) {
  study_ = std::move(study);
  input_ = [shown = study_, flow = input.flow, selected = input.selected, metric = input.metric,
            slice = input.slice, site = input.site](Appearance appearance) {
    return ChartInput{*shown, flow, appearance, selected, metric, slice, site};
  };
  show_figure(chart_->table(input),
              [this](QCustomPlot& plot, Appearance appearance) { chart_->draw(plot, input_(appearance)); });
}

}  // namespace gui
