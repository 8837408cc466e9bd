#include "charts/chart_panel.hpp"

namespace gui {

ChartPanel::ChartPanel(std::unique_ptr<Chart> chart, QWidget* parent)
    : PlotPanel{chart->title(), chart->about(), parent}, chart_{std::move(chart)} {
  connect(this, &PlotPanel::place_chosen, this, &ChartPanel::choose);
}

void ChartPanel::choose(double x, double y) {
  if (!study_) return;
  const ChartInput input = input_(Appearance::light);
  const auto tell = [this](const std::string& section, const std::string& id) {
    Q_EMIT subject_chosen(QString::fromStdString(pointer_to(section, id)));
  };
  if (const auto strategy = chart_->strategy_at(input, x, y))
    tell("strategies", study_->strategies[*strategy].strategy);
  if (const auto site = chart_->site_at(input, y)) tell("sites", *site);
}

void ChartPanel::show_input(std::shared_ptr<const planner::Study> study, const ChartInput& input) {
  study_ = std::move(study);
  input_ = [shown = study_, flow = input.flow, selected = input.selected, metric = input.metric,
            slice = input.slice](Appearance appearance) {
    return ChartInput{*shown, flow, appearance, selected, metric, slice};
  };
  show_figure(chart_->table(input),
              [this](QCustomPlot& plot, Appearance appearance, const Selection& marked) {
                ChartInput shown = input_(appearance);
                shown.marked = marked;
                chart_->draw(plot, shown);
              });
}

}  // namespace gui
