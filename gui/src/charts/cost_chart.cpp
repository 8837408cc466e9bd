#include <QCoreApplication>
#include <algorithm>

#include "charts/stacked_rows.hpp"
#include "planner/number_text.hpp"

namespace gui {
namespace {

/// Items of any strategy's bill, `idle` last, in order of appearance.
std::vector<std::string> items_of(const planner::Study& study) {
  std::vector<std::string> items;
  for (const planner::StrategyResult& result : study.strategies) {
    for (const planner::CostRow& row : result.cost) {
      if (std::ranges::find(items, row.item) == items.end()) items.push_back(row.item);
    }
  }
  std::stable_partition(items.begin(), items.end(), [](const std::string& item) { return item != "idle"; });
  return items;
}

double sum_of(const planner::StrategyResult& result, const std::string& item) {
  double sum = 0;
  for (const planner::CostRow& row : result.cost) {
    if (row.item == item) sum += row.per_month.value;
  }
  return sum;
}

class CostChart : public Chart {
 public:
  [[nodiscard]] QString title() const override {
    return QCoreApplication::translate("Chart", "Cost a month");
  }
  [[nodiscard]] QString about() const override {
    return QCoreApplication::translate("Chart",
                                       "By what is paid for. Hatched: paid for nothing, idle capacity.");
  }

  [[nodiscard]] TableData table(const ChartInput& input) const override {
    TableData table;
    const auto items = items_of(input.study);
    table.header << QCoreApplication::translate("Chart", "strategy");
    for (const std::string& item : items) table.header << text_of(item) + QStringLiteral(" [USD/month]");
    table.header << QCoreApplication::translate("Chart", "total [USD/month]");
    for (const planner::StrategyResult& result : input.study.strategies) {
      QStringList row{text_of(result.strategy)};
      for (const std::string& item : items) row << text_of(planner::number_text(sum_of(result, item)));
      row << text_of(planner::with_error(result.cost_total));
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
    std::vector<StackLayer> layers;
    const auto items = items_of(input.study);
    for (std::size_t k = 0; k < items.size(); ++k) {
      const bool idle = items[k] == "idle";
      QBrush brush{idle ? colors(input.appearance).muted : series_color(k, input.appearance)};
      if (idle) brush.setStyle(Qt::BDiagPattern);
      StackLayer& layer = layers.emplace_back(StackLayer{text_of(items[k]), brush, {}, {}});
      for (std::size_t i = 0; i < input.study.strategies.size(); ++i) {
        layer.rows << row_of(input.study, i);
        layer.values << sum_of(input.study.strategies[i], items[k]);
      }
    }
    const double longest = add_stack(plot, layers, 0.5, input.appearance, Legend::shown);
    plot.xAxis->setRange(0, 1.05 * std::max(longest, 1e-9));
    plot.xAxis->setLabel(QCoreApplication::translate("Chart", "USD a month"));
    add_legend_below(plot, input.appearance);
  }
};

}  // namespace

std::unique_ptr<Chart> make_cost_chart() { return std::make_unique<CostChart>(); }

}  // namespace gui
