#include <QCoreApplication>
#include <algorithm>

#include "charts/plot_style.hpp"
#include "planner/number_text.hpp"
#include "planner/study_view.hpp"

namespace gui {
namespace {

class LadderChart : public Chart {
 public:
  [[nodiscard]] QString title() const override {
    return QCoreApplication::translate("Chart", "Percentile ladder");
  }
  [[nodiscard]] QString about() const override {
    return QCoreApplication::translate(
        "Chart",
        "Band: spread from p50 to p99.9, what users feel. Whiskers: error of each "
        "percentile, how sure the simulation is.");
  }

  [[nodiscard]] TableData table(const ChartInput& input) const override {
    TableData table;
    table.header << QCoreApplication::translate("Chart", "strategy");
    for (const char* name : planner::ladder_names)
      table.header << QStringLiteral("%1 [ms]").arg(QLatin1String{name});
    for (const planner::StrategyResult& result : input.study.strategies) {
      const planner::Slice* slice = planner::whole_flow(result, input.flow);
      if (slice == nullptr) continue;
      QStringList row{text_of(result.strategy)};
      for (const planner::Estimate& estimate : slice->percentiles)
        row << text_of(planner::with_error(estimate));
      table.add_row(row, {pointer_to("strategies", result.strategy)});
    }
    return table;
  }

  [[nodiscard]] std::optional<std::size_t> strategy_at(const ChartInput& input, double /*x*/,
                                                       double y) const override {
    return strategy_of_row(input.study, y);
  }

  void draw(QCustomPlot& plot, const ChartInput& input) const override {
    use_rows(plot, input);
    double high = 0;
    for (std::size_t i = 0; i < input.study.strategies.size(); ++i) {
      const planner::Slice* slice = planner::whole_flow(input.study.strategies[i], input.flow);
      if (slice == nullptr || slice->answered == 0) continue;
      add_band(plot, input, *slice, i);
      add_percentiles(plot, input, *slice, i);
      high = std::max(high, slice->percentiles.back().high);
    }
    // A deadline that is not far beyond is shown: how far it is, is the question.
    const double deadline = deadline_of(input);
    if (deadline > high && deadline < 1.5 * high) high = deadline;
    plot.xAxis->setRange(0, std::max(high * 1.08, 1e-9));
    plot.xAxis->setLabel(QCoreApplication::translate("Chart", "latency [ms]"));
    if (deadline > 0)
      add_limit(plot, deadline, QCoreApplication::translate("Chart", "deadline"), input.appearance);
  }

 private:
  static void add_band(QCustomPlot& plot, const ChartInput& input, const planner::Slice& slice,
                       std::size_t i) {
    const double row = row_of(input.study, i);
    auto* band = new QCPItemRect{&plot};
    band->topLeft->setCoords(slice.percentiles.front().value, row + 0.16);
    band->bottomRight->setCoords(slice.percentiles.back().value, row - 0.16);
    QColor color = series_color(i, input.appearance);
    color.setAlphaF(input.study.strategies[i].strategy == input.selected ? 0.40F : 0.22F);
    band->setPen(Qt::NoPen);
    band->setBrush(color);
  }

  static void add_percentiles(QCustomPlot& plot, const ChartInput& input, const planner::Slice& slice,
                              std::size_t i) {
    QCPGraph* marks = plot.addGraph(plot.xAxis, plot.yAxis);
    marks->setLineStyle(QCPGraph::lsNone);
    marks->setScatterStyle(scatter_of(i, input.appearance, 9));
    auto* errors = new QCPErrorBars{plot.xAxis, plot.yAxis};
    errors->setErrorType(QCPErrorBars::etKeyError);
    errors->setDataPlottable(marks);
    errors->setPen(QPen{colors(input.appearance).text, 1.3});
    errors->setWhiskerWidth(8);
    errors->setSymbolGap(0);
    for (const planner::Estimate& estimate : slice.percentiles) {
      marks->addData(estimate.value, row_of(input.study, i));
      errors->addData(estimate.value - estimate.low, estimate.high - estimate.value);
    }
  }
};

}  // namespace

std::unique_ptr<Chart> make_ladder_chart() { return std::make_unique<LadderChart>(); }

}  // namespace gui
