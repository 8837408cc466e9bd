#include <QCoreApplication>
#include <algorithm>
#include <array>

#include "charts/plot_style.hpp"
#include "planner/number_text.hpp"
#include "planner/study_view.hpp"
#include "sim/time.hpp"

namespace gui {
namespace {

double milliseconds(sim::Duration duration) { return 1e3 * sim::to_seconds(duration); }

/// Share of the requests slower than each bucket's end; steps, as the histogram is.
struct Tail {
  QVector<double> latency, share;
};

Tail tail_of(const sim::Histogram& histogram) {
  Tail tail;
  std::uint64_t above = histogram.count();
  for (const sim::Histogram::Bucket& bucket : histogram.buckets()) {
    if (tail.latency.isEmpty()) {
      tail.latency << milliseconds(bucket.low);
      tail.share << 1.0;
    }
    above -= bucket.count;
    if (above == 0) break;  // the logarithm has no zero
    tail.latency << milliseconds(bucket.high);
    tail.share << static_cast<double>(above) / static_cast<double>(histogram.count());
  }
  return tail;
}

/// Fewer requests than this above a share tell little of it.
constexpr double least_requests = 10;

class TailChart : public Chart {
 public:
  [[nodiscard]] QString title() const override {
    return QCoreApplication::translate("Chart", "How often is it slower?");
  }
  [[nodiscard]] QString about() const override {
    return QCoreApplication::translate(
        "Chart", "Share of the requests that take longer than a latency; further left and lower is better.");
  }

  [[nodiscard]] TableData table(const ChartInput& input) const override {
    TableData table;
    table.header << QCoreApplication::translate("Chart", "slower share");
    for (const auto& result : input.study.strategies)
      table.add_column(text_of(result.strategy) + QStringLiteral(" [ms]"),
                       {pointer_to("strategies", result.strategy)});
    // What percentiles leave above them.
    constexpr std::array shares{0.5, 0.1, 0.05, 0.01, 0.001};
    for (std::size_t rung = 0; rung < shares.size(); ++rung) {
      QStringList row{text_of(planner::percent_text(shares[rung]))};
      for (const auto& result : input.study.strategies) {
        const planner::Slice* slice = planner::whole_flow(result, input.flow);
        const bool known = slice != nullptr && slice->answered > 0;
        row << (known ? text_of(planner::with_error(slice->percentiles[rung])) : QString{});
      }
      table.rows.push_back(row);
    }
    return table;
  }

  void draw(QCustomPlot& plot, const ChartInput& input) const override {
    double least = 1, slowest = 0;
    for (std::size_t i = 0; i < input.study.strategies.size(); ++i) {
      const planner::Slice* slice = planner::whole_flow(input.study.strategies[i], input.flow);
      if (slice == nullptr || slice->latency.empty()) continue;
      const Tail tail = tail_of(slice->latency);
      QCPGraph* graph = plot.addGraph();
      graph->setName(text_of(input.study.strategies[i].strategy));
      graph->setLineStyle(QCPGraph::lsStepRight);
      graph->setPen(QPen{series_color(i, input.appearance), line_width(input, i)});
      graph->setData(tail.latency, tail.share, true);
      add_marks(plot, *slice, i, input.appearance);
      least = std::min(least, std::max(least_requests / static_cast<double>(slice->latency.count()), 1e-5));
      slowest = std::max(slowest, milliseconds(slice->latency.quantile(1 - least)));
    }
    use_log_scale(*plot.yAxis);
    plot.yAxis->setRange(least, 1.3);
    plot.yAxis->setNumberFormat(QStringLiteral("gb"));
    plot.xAxis->setRange(0, slowest * 1.05);
    plot.xAxis->setLabel(QCoreApplication::translate("Chart", "latency [ms]"));
    plot.yAxis->setLabel(QCoreApplication::translate("Chart", "share of requests slower"));
    const double deadline = deadline_of(input);
    if (deadline > 0)
      add_limit(plot, deadline, QCoreApplication::translate("Chart", "deadline"), input.appearance);
  }

 private:
  /// The second cue beside the colour: the strategy's mark at its p50, p90, p99.
  static void add_marks(QCustomPlot& plot, const planner::Slice& slice, std::size_t strategy,
                        Appearance appearance) {
    QCPGraph* marks = plot.addGraph();
    marks->setLineStyle(QCPGraph::lsNone);
    marks->setScatterStyle(scatter_of(strategy, appearance, 9));
    for (const double p : {0.5, 0.9, 0.99}) marks->addData(milliseconds(slice.latency.quantile(p)), 1 - p);
  }
};

}  // namespace

std::unique_ptr<Chart> make_tail_chart() { return std::make_unique<TailChart>(); }

}  // namespace gui
