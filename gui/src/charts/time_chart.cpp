#include <QCoreApplication>
#include <algorithm>

#include "charts/plot_style.hpp"
#include "charts/series_axis.hpp"
#include "planner/render_series.hpp"

namespace gui {
namespace {

/// A line of the chart: of a strategy, or of one of a strategy's pools.
struct Drawn {
  const planner::SeriesLine* line;
  std::size_t strategy;  ///< whose colour and mark it has
  QString name;
};

/// By strategy the line of the flow, or of the bill; of pools, which have no total, those of the selected
/// one.
std::vector<Drawn> drawn_lines(const ChartInput& input) {
  std::vector<Drawn> all;
  const auto& strategies = input.study.strategies;
  const planner::SeriesBy by = chart_subject(input.metric);
  for (std::size_t i = 0; i < strategies.size(); ++i) {
    const bool of_pools = by == planner::SeriesBy::pool;
    if (of_pools && strategies[i].strategy != input.selected) continue;
    for (const planner::SeriesLine* line :
         planner::lines_of(strategies[i].series, input.metric, by, input.flow)) {
      if (by == planner::SeriesBy::flow && line->flow != input.flow) continue;
      all.push_back({line, of_pools ? all.size() : i,
                     text_of(of_pools ? planner::label_of(*line) : strategies[i].strategy)});
    }
  }
  return all;
}

class TimeChart : public Chart {
 public:
  [[nodiscard]] QString title() const override { return QCoreApplication::translate("Chart", "Over time"); }
  [[nodiscard]] QString about() const override {
    return QCoreApplication::translate(
        "Chart",
        "By the slice of the run in which requests began (UTC). Band: interval "
        "of each value. Dashed: the slice that the timeline shows.");
  }

  [[nodiscard]] Axis axis() const override { return Axis::slices; }

  [[nodiscard]] TableData table(const ChartInput& input) const override {
    TableData table;
    const std::vector<Drawn> lines = drawn_lines(input);
    const planner::TimeSeries* series = any_series(input);
    if (lines.empty() || series == nullptr) return table;
    table.header << QCoreApplication::translate("Chart", "begins");
    for (const Drawn& one : lines)
      table.add_column(QStringLiteral("%1 [%2]").arg(one.name, unit_label(*one.line)),
                       {one.line->site.empty() ? pointer_to("strategies", one.name.toStdString())
                                               : pointer_to("sites", one.line->site)});
    for (std::size_t slice = 0; slice < series->slices; ++slice) {
      QStringList row{text_of(planner::slice_label(input.study, *series, slice))};
      for (const Drawn& one : lines) row << interval_text(*one.line, slice);
      table.rows.push_back(row);
    }
    return table;
  }

  void draw(QCustomPlot& plot, const ChartInput& input) const override {
    const std::vector<Drawn> lines = drawn_lines(input);
    const planner::TimeSeries* series = any_series(input);
    if (lines.empty() || series == nullptr) return;
    use_slices(*plot.xAxis, input.study, *series);
    double high = 0;
    for (const Drawn& one : lines) high = std::max(high, add_line(plot, input, one));
    plot.yAxis->setRange(0, high > 0 ? 1.06 * high : 1.0);
    plot.yAxis->setLabel(
        QStringLiteral("%1 [%2]").arg(metric_label(input.metric), unit_label(*lines.front().line)));
    // Strategies are named beside the charts, pools nowhere else.
    if (chart_subject(input.metric) == planner::SeriesBy::pool) add_legend_below(plot, input.appearance);
    if (input.slice) add_slice_cursor(plot, *input.slice, input.appearance);
  }

 private:
  /// @return the highest value that has to be seen
  static double add_line(QCustomPlot& plot, const ChartInput& input, const Drawn& one) {
    const double factor = display_factor(*one.line);
    QCPGraph* low = plot.addGraph();
    QCPGraph* high = plot.addGraph();
    QCPGraph* middle = plot.addGraph();
    double top = 0;
    for (std::size_t slice = 0; slice < one.line->points.size(); ++slice) {
      const double at = static_cast<double>(slice) + 0.5;
      const auto& point = one.line->points[slice];
      const double none = qQNaN();  // a gap
      low->addData(at, point ? factor * point->low : none);
      high->addData(at, point ? factor * point->high : none);
      middle->addData(at, point ? factor * point->value : none);
      if (point) top = std::max(top, factor * point->high);
    }
    const QColor color = series_color(one.strategy, input.appearance);
    QColor band = color;
    band.setAlphaF(0.20F);
    low->setPen(Qt::NoPen);
    high->setPen(Qt::NoPen);
    high->setBrush(band);
    high->setChannelFillGraph(low);
    low->removeFromLegend();
    high->removeFromLegend();
    middle->setName(one.name);
    const bool stands_out = one.line->site.empty()
                                ? one.name == text_of(input.selected)
                                : concerns(input.marked, {pointer_to("sites", one.line->site)});
    middle->setPen(QPen{color, stands_out ? 3.0 : 1.9});
    middle->setScatterStyle(scatter_of(one.strategy, input.appearance, 7));
    return top;
  }
};

}  // namespace

std::unique_ptr<Chart> make_time_chart() { return std::make_unique<TimeChart>(); }

}  // namespace gui
