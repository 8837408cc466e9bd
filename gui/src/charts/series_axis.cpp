#include "charts/series_axis.hpp"

#include <QCoreApplication>
#include <algorithm>

#include "planner/number_text.hpp"
#include "planner/render_series.hpp"

namespace gui {

const planner::TimeSeries* any_series(const ChartInput& input) {
  for (const planner::StrategyResult& result : input.study.strategies)
    if (!result.series.empty()) return &result.series;
  return nullptr;
}

planner::SeriesBy chart_subject(const std::string& metric) {
  if (metric == "utilisation" || metric == "cold") return planner::SeriesBy::pool;
  if (metric == "cost" || metric == "energy" || metric == "carbon") return planner::SeriesBy::total;
  return planner::SeriesBy::flow;
}

QString metric_label(const std::string& metric) {
  if (metric == "ok") return QCoreApplication::translate("Chart", "answered");
  if (metric == "cold") return QCoreApplication::translate("Chart", "cold starts");
  if (metric == "requests") return QCoreApplication::translate("Chart", "requests");
  if (metric == "utilisation") return QCoreApplication::translate("Chart", "utilisation");
  if (metric == "cost") return QCoreApplication::translate("Chart", "cost");
  if (metric == "energy") return QCoreApplication::translate("Chart", "power");
  if (metric == "carbon") return QCoreApplication::translate("Chart", "carbon");
  return text_of(metric);
}

double display_factor(const planner::SeriesLine& line) { return line.unit == "1" ? 100.0 : 1.0; }

QString unit_label(const planner::SeriesLine& line) {
  return line.unit == "1" ? QStringLiteral("%") : text_of(line.unit);
}

QString interval_text(const planner::SeriesLine& line, std::size_t slice) {
  const auto& point = line.points[slice];
  if (!point) return {};
  const double factor = display_factor(line);
  return text_of(planner::with_error({factor * point->value, factor * point->low, factor * point->high, {}}));
}

void use_slices(QCPAxis& axis, const planner::Study& study, const planner::TimeSeries& series) {
  const std::size_t most_labels = planner::slice_label(study, series, 0).size() > 5 ? 5 : 8;
  const std::size_t every = (series.slices + most_labels - 1) / most_labels;
  const QSharedPointer<QCPAxisTickerText> clock{new QCPAxisTickerText};
  for (std::size_t slice = 0; slice < series.slices; slice += every)
    clock->addTick(static_cast<double>(slice), text_of(planner::slice_label(study, series, slice)));
  axis.setTicker(clock);
  axis.setRange(0, static_cast<double>(series.slices));
}

void add_slice_cursor(QCustomPlot& plot, std::size_t slice, Appearance appearance) {
  auto* line = new QCPItemStraightLine{&plot};
  line->setPen(QPen{colors(appearance).accent, 1.6, Qt::DashLine});
  const double at = static_cast<double>(slice) + 0.5;
  line->point1->setCoords(at, plot.yAxis->range().lower);
  line->point2->setCoords(at, plot.yAxis->range().upper);
}

}  // namespace gui
