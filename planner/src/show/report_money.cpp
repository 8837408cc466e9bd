#include <algorithm>

#include "planner/number_text.hpp"
#include "planner/study_view.hpp"
#include "show/report_model.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

/// Items of the rows of all strategies, in the order in which they are met.
template <class Row>
std::vector<std::string> items_of(const Study& study, std::vector<Row> StrategyResult::*rows) {
  std::vector<std::string> items;
  for (const StrategyResult& result : study.strategies) {
    for (const Row& row : result.*rows) {
      const bool known = std::find(items.begin(), items.end(), row.item) != items.end();
      if (!known && row.per_month.value > 0) items.push_back(row.item);
    }
  }
  return items;
}

template <class Row>
double sum_of(const std::vector<Row>& rows, const std::string& item) {
  double sum = 0;
  for (const Row& row : rows) sum += row.item == item ? row.per_month.value : 0;
  return sum;
}

/// Bars of a strategy's items, and their table with the total behind.
template <class Row>
ReportFigure stacked(const Study& study, ReportFigure figure, std::vector<Row> StrategyResult::*rows,
                     Estimate StrategyResult::*total, const std::string& unit) {
  const std::vector<std::string> items = items_of(study, rows);
  figure.chart = {{"kind", "stack"}, {"unit", unit}, {"parts", Json::array()}, {"rows", Json::array()}};
  figure.table.head = {unit};
  for (std::size_t i = 0; i < items.size(); ++i) {
    figure.chart["parts"].push_back({{"name", items[i]}, {"color", i}, {"hatched", items[i] == "idle"}});
    figure.table.head.push_back(items[i]);
  }
  figure.table.head.push_back("total");
  for (const StrategyResult& result : study.strategies) {
    if (result.replications == 0) continue;
    Json values = Json::array();
    std::vector<std::string> row{result.strategy};
    for (const std::string& item : items) {
      values.push_back(chart_number(sum_of(result.*rows, item)));
      row.push_back(number_text(sum_of(result.*rows, item)));
    }
    row.push_back(with_error(result.*total));
    figure.chart["rows"].push_back({{"name", result.strategy}, {"values", std::move(values)}});
    figure.table.rows.push_back(std::move(row));
  }
  return figure;
}

ReportTable details(const Study& study) {
  ReportTable table{{"strategy", "item", "where", "USD/month"}, {}, 3};
  for (const StrategyResult& result : study.strategies) {
    for (const CostRow& row : result.cost) {
      if (row.per_month.value <= 0) continue;
      table.rows.push_back({result.strategy, row.item, row.where, with_error(row.per_month)});
    }
  }
  return table;
}

ReportFigure unit_figures(const Study& study) {
  ReportFigure figure{"A month in figures", "", {}, {}};
  figure.table.head = {"strategy", "USD", "paid for nothing", "USD per 1,000 answers", "kWh", "kgCO2e"};
  for (const StrategyResult& result : study.strategies) {
    if (result.replications == 0) continue;
    figure.table.rows.push_back({result.strategy, with_error(result.cost_total),
                                 percent_text(result.idle_share), number_text(result.cost_per_1000),
                                 with_error(result.energy_total), with_error(result.carbon_total)});
  }
  return figure;
}

}  // namespace

ReportSection money_section(const Study& study) {
  ReportSection section{"month", "Cost, energy and carbon", {}, {}};
  section.figures.push_back(unit_figures(study));
  section.figures.push_back(stacked(study,
                                    {"Cost a month by item", "Hatched: paid for machines that wait.", {}, {}},
                                    &StrategyResult::cost, &StrategyResult::cost_total, "USD/month"));
  section.figures.push_back(stacked(study, {"Energy a month", "", {}, {}}, &StrategyResult::energy,
                                    &StrategyResult::energy_total, "kWh/month"));
  section.figures.push_back({"The bill, row by row", "", details(study), {}});
  return section;
}

ReportSection pools_section(const Study& study) {
  constexpr std::size_t shown = 16;
  ReportSection section{"pools", "Pools", {}, {}};
  for (const StrategyResult& result : study.strategies) {
    if (result.pools.empty()) continue;
    std::vector<const PoolUse*> pools;
    for (const PoolUse& pool : result.pools) pools.push_back(&pool);
    std::stable_sort(pools.begin(), pools.end(),
                     [](const PoolUse* a, const PoolUse* b) { return a->utilisation > b->utilisation; });
    ReportFigure figure{"Busiest pools of " + result.strategy, "Busy share of the places in a pool.", {}, {}};
    if (pools.size() > shown) {
      figure.note += " " + count_text(shown) + " of " + count_text(pools.size()) + "; JSON has all.";
      pools.resize(shown);
    }
    figure.table.head = {"pool",          "busy", "offered/s", "instances", "peak",
                         "longest queue", "cold", "spilled",   "refused"};
    figure.chart = {{"kind", "stack"},
                    {"unit", "%"},
                    {"most", 100},
                    {"parts", Json::array({{{"name", "busy"}, {"color", 0}}})},
                    {"rows", Json::array()}};
    for (const PoolUse* pool : pools) {
      const std::string name = pool->service + " @ " + pool->site;
      figure.chart["rows"].push_back(
          {{"name", name}, {"values", Json::array({chart_number(100 * pool->utilisation)})}});
      figure.table.rows.push_back({name, percent_text(pool->utilisation), number_text(pool->offered_rate),
                                   number_text(pool->mean_instances), count_text(pool->peak_instances),
                                   count_text(pool->peak_queue), percent_text(pool->cold_share.value),
                                   count_text(pool->spilled), count_text(pool->refused)});
    }
    section.figures.push_back(std::move(figure));
  }
  return section;
}

}  // namespace planner
