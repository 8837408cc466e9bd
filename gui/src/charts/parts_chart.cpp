#include <QCoreApplication>
#include <algorithm>

#include "charts/stacked_rows.hpp"
#include "planner/number_text.hpp"
#include "planner/study_view.hpp"

namespace gui {
namespace {

using Parts = std::array<double, models::part_count>;

/// Where a request's time goes: all answered requests, or those at or above p99.
enum class Whose { all, tail };

const Parts& parts_of(const planner::Slice& slice, Whose whose) {
  return whose == Whose::tail ? slice.tail_parts : slice.parts;
}

class PartsChart : public Chart {
 public:
  [[nodiscard]] QString title() const override {
    return QCoreApplication::translate("Chart", "Where the time goes");
  }
  [[nodiscard]] QString about() const override {
    return QCoreApplication::translate(
        "Chart", "Mean of each part of the latency. Thick: requests at or above p99. Thin: all requests.");
  }

  [[nodiscard]] TableData table(const ChartInput& input) const override {
    TableData table;
    table.header << QCoreApplication::translate("Chart", "strategy")
                 << QCoreApplication::translate("Chart", "requests");
    for (std::size_t part = 0; part < models::part_count; ++part) {
      table.header << text_of(planner::part_label(part)) + QStringLiteral(" [ms]");
    }
    for (const planner::StrategyResult& result : input.study.strategies) {
      const planner::Slice* slice = planner::whole_flow(result, input.flow);
      if (slice == nullptr) continue;
      for (const Whose whose : {Whose::tail, Whose::all}) {
        QStringList row{text_of(result.strategy),
                        whose == Whose::tail ? QCoreApplication::translate("Chart", "at or above p99")
                                             : QCoreApplication::translate("Chart", "all")};
        for (const double value : parts_of(*slice, whose)) row << text_of(planner::number_text(value));
        table.add_row(row, {pointer_to("strategies", result.strategy)});
      }
    }
    return table;
  }

  [[nodiscard]] std::optional<std::size_t> strategy_at(const ChartInput& input, double /*x*/,
                                                       double y) const override {
    return strategy_of_row(input.study, y);
  }

  void draw(QCustomPlot& plot, const ChartInput& input) const override {
    use_rows(plot, input);
    const double tail =
        add_stack(plot, layers(input, Whose::tail, 0.10), 0.42, input.appearance, Legend::shown);
    const double all =
        add_stack(plot, layers(input, Whose::all, -0.24), 0.16, input.appearance, Legend::hidden);
    plot.xAxis->setRange(0, 1.05 * std::max({tail, all, 1e-9}));
    plot.xAxis->setLabel(QCoreApplication::translate("Chart", "mean [ms]"));
    add_legend_below(plot, input.appearance);
  }

 private:
  static std::vector<StackLayer> layers(const ChartInput& input, Whose whose, double offset) {
    std::vector<StackLayer> layers;
    for (std::size_t part = 0; part < models::part_count; ++part) {
      StackLayer& layer = layers.emplace_back(
          StackLayer{text_of(planner::part_label(part)), part_color(part, input.appearance), {}, {}});
      for (std::size_t i = 0; i < input.study.strategies.size(); ++i) {
        const planner::Slice* slice = planner::whole_flow(input.study.strategies[i], input.flow);
        layer.rows << row_of(input.study, i) + offset;
        layer.values << (slice != nullptr ? parts_of(*slice, whose)[part] : 0.0);
      }
    }
    return layers;
  }
};

}  // namespace

std::unique_ptr<Chart> make_parts_chart() { return std::make_unique<PartsChart>(); }

}  // namespace gui
