#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "charts/plot_style.hpp"
#include "planner/number_text.hpp"
#include "planner/study_view.hpp"

namespace gui {
namespace {

struct Point {
  std::size_t strategy;
  planner::Estimate latency, cost;
};

std::vector<Point> points_of(const ChartInput& input) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < input.study.strategies.size(); ++i) {
    const planner::StrategyResult& result = input.study.strategies[i];
    const planner::Slice* slice = planner::whole_flow(result, input.flow);
    if (slice == nullptr || slice->answered == 0) continue;
    points.push_back({i, slice->percentiles[planner::p99_index], result.cost_total});
  }
  return points;
}

/// Ends of the axes.
struct Range {
  double slowest = 0, dearest = 0;
};

Range range_of(const std::vector<Point>& points) {
  Range range{1e-9, 1e-9};
  for (const Point& point : points) {
    range.slowest = std::max(range.slowest, 1.3 * point.latency.high);
    range.dearest = std::max(range.dearest, 1.2 * point.cost.high);
  }
  return range;
}

/// Another one is cheaper and faster beyond both their intervals.
bool is_dominated(const Point& point, const std::vector<Point>& all) {
  return std::ranges::any_of(all, [&](const Point& other) {
    return other.latency.high < point.latency.low && other.cost.high < point.cost.low;
  });
}

class ParetoChart : public Chart {
 public:
  [[nodiscard]] QString title() const override {
    return QCoreApplication::translate("Chart", "Cost against p99");
  }
  [[nodiscard]] QString about() const override {
    return QCoreApplication::translate("Chart",
                                       "Lower left is better. Ellipses span the intervals; hollow: another "
                                       "strategy is both cheaper and faster.");
  }

  [[nodiscard]] TableData table(const ChartInput& input) const override {
    TableData table;
    table.header << QCoreApplication::translate("Chart", "strategy")
                 << QCoreApplication::translate("Chart", "p99 [ms]")
                 << QCoreApplication::translate("Chart", "cost [USD/month]")
                 << QCoreApplication::translate("Chart", "dominated");
    const auto points = points_of(input);
    for (const Point& point : points) {
      const std::string& strategy = input.study.strategies[point.strategy].strategy;
      table.add_row({text_of(strategy), text_of(planner::with_error(point.latency)),
                     text_of(planner::with_error(point.cost)),
                     is_dominated(point, points) ? QCoreApplication::translate("Chart", "yes")
                                                 : QCoreApplication::translate("Chart", "no")},
                    {pointer_to("strategies", strategy)});
    }
    return table;
  }

  [[nodiscard]] std::optional<std::size_t> strategy_at(const ChartInput& input, double x,
                                                       double y) const override {
    const auto points = points_of(input);
    const Range range = range_of(points);
    std::optional<std::size_t> best;
    double nearest = 0.06;  // of the axes' lengths
    for (const Point& point : points) {
      const double away =
          std::hypot((point.latency.value - x) / range.slowest, (point.cost.value - y) / range.dearest);
      if (away >= nearest) continue;
      nearest = away;
      best = point.strategy;
    }
    return best;
  }

  void draw(QCustomPlot& plot, const ChartInput& input) const override {
    const auto points = points_of(input);
    const Range range = range_of(points);
    plot.xAxis->setRange(0, range.slowest);
    plot.yAxis->setRange(0, range.dearest);
    plot.xAxis->setLabel(QCoreApplication::translate("Chart", "p99 [ms]"));
    plot.yAxis->setLabel(QCoreApplication::translate("Chart", "USD a month"));
    for (std::size_t i = 0; i < points.size(); ++i) {
      add_point(plot, input, points[i], is_dominated(points[i], points));
      add_name(plot, input, points[i], place_of_name(points, i, range));
    }
    const double deadline = deadline_of(input);
    if (deadline > 0)
      add_limit(plot, deadline, QCoreApplication::translate("Chart", "deadline"), input.appearance);
  }

 private:
  static void add_point(QCustomPlot& plot, const ChartInput& input, const Point& point, bool dominated) {
    const QColor color = series_color(point.strategy, input.appearance);
    auto* ellipse = new QCPItemEllipse{&plot};
    ellipse->topLeft->setCoords(point.latency.low, point.cost.high);
    ellipse->bottomRight->setCoords(point.latency.high, point.cost.low);
    QColor fill = color;
    fill.setAlphaF(0.2F);
    ellipse->setPen(QPen{color, 1});
    ellipse->setBrush(fill);
    QCPGraph* mark = plot.addGraph();
    QCPScatterStyle style = scatter_of(point.strategy, input.appearance, 13);
    if (dominated) {
      style.setPen(QPen{color, 1.6});
      style.setBrush(Qt::NoBrush);
    }
    mark->setScatterStyle(style);
    mark->setLineStyle(QCPGraph::lsNone);
    mark->addData(point.latency.value, point.cost.value);
    if (input.study.strategies[point.strategy].strategy == input.selected) ring(plot, input, point);
  }

  /// Around the selected strategy.
  static void ring(QCustomPlot& plot, const ChartInput& input, const Point& point) {
    QCPGraph* around = plot.addGraph();
    around->setLineStyle(QCPGraph::lsNone);
    around->setScatterStyle(
        {QCPScatterStyle::ssCircle, QPen{colors(input.appearance).accent, 2}, Qt::NoBrush, 22});
    around->addData(point.latency.value, point.cost.value);
  }

  /// Which edge of a name lies at its mark: names of the right half stand left of it, and of two marks at
  /// about the same height the higher has its name above.
  static Qt::Alignment place_of_name(const std::vector<Point>& points, std::size_t of, const Range& range) {
    constexpr double line = 0.07, reach = 0.5;  // of the axes' lengths
    const Point& point = points[of];
    Qt::Alignment height = Qt::AlignVCenter;
    for (std::size_t i = 0; i < of; ++i) {
      const double up = (point.cost.value - points[i].cost.value) / range.dearest;
      const double across = std::abs(points[i].latency.value - point.latency.value) / range.slowest;
      if (std::abs(up) < line && across < reach) height = up > 0 ? Qt::AlignBottom : Qt::AlignTop;
    }
    const bool right_half = point.latency.value > 0.55 * range.slowest;
    return height | (right_half ? Qt::AlignRight : Qt::AlignLeft);
  }

  static void add_name(QCustomPlot& plot, const ChartInput& input, const Point& point, Qt::Alignment edge) {
    auto* name = new QCPItemText{&plot};
    name->position->setCoords(point.latency.value, point.cost.value);
    name->setPositionAlignment(edge);
    name->setPadding({11, 5, 11, 5});
    name->setText(text_of(input.study.strategies[point.strategy].strategy));
    name->setColor(colors(input.appearance).text);
    name->setFont(plot.font());
  }
};

}  // namespace

std::unique_ptr<Chart> make_pareto_chart() { return std::make_unique<ParetoChart>(); }

std::vector<std::unique_ptr<Chart>> compare_charts() {
  std::vector<std::unique_ptr<Chart>> charts;
  charts.push_back(make_tail_chart());
  charts.push_back(make_ladder_chart());
  charts.push_back(make_parts_chart());
  charts.push_back(make_cost_chart());
  charts.push_back(make_pareto_chart());
  charts.push_back(make_time_chart());
  charts.push_back(make_heat_chart());
  return charts;
}

}  // namespace gui
