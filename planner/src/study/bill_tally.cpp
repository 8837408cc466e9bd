#include "study/bill_tally.hpp"

#include <fmt/format.h>

#include <functional>

#include "planner/sections.hpp"
#include "study/metrics.hpp"

namespace planner {
namespace {

/// A row or a total through all replications.
template <class Value>
Sections through(const std::vector<Bill>& bills, Value value) {
  Sections sections;
  for (const Bill& bill : bills) {
    sections.own.push_back(std::invoke(value, bill));
    sections.overall += *sections.own.back() / static_cast<double>(bills.size());
  }
  return sections;
}

}  // namespace

Sections BillTally::cost() const { return through(bills_, &Bill::cost_total); }
Sections BillTally::energy() const { return through(bills_, &Bill::energy_total); }
Sections BillTally::carbon() const { return through(bills_, &Bill::carbon_total); }

void BillTally::put(const Answered& answered, double confidence, StrategyResult& result) const {
  if (bills_.empty()) return;
  double idle = 0;
  for (std::size_t i = 0; i < bills_.front().cost.size(); ++i) {
    const BillRow& like = bills_.front().cost[i];
    const Sections amounts = through(bills_, [i](const Bill& bill) { return bill.cost[i].amount; });
    result.cost.push_back({like.item, like.where, estimate(amounts, confidence, "USD/month")});
    if (like.item == "idle") idle += amounts.overall;
  }
  for (std::size_t i = 0; i < bills_.front().energy.size(); ++i) {
    const EnergyUse& like = bills_.front().energy[i];
    const Sections amounts = through(bills_, [i](const Bill& bill) { return bill.energy[i].amount; });
    const Sections carbon = through(bills_, [i](const Bill& bill) { return bill.energy[i].carbon; });
    result.energy.push_back({like.item, like.where, estimate(amounts, confidence, "kWh/month"),
                             estimate(carbon, confidence, "kgCO2e/month")});
  }
  // Totals are the sums of the rows as they are given, so that a reader's addition comes out exactly.
  Sections cost = through(bills_, &Bill::cost_total), energy = through(bills_, &Bill::energy_total),
           carbon = through(bills_, &Bill::carbon_total);
  cost.overall = energy.overall = carbon.overall = 0;
  for (const CostRow& line : result.cost) cost.overall += line.per_month.value;
  for (const EnergyRow& line : result.energy) {
    energy.overall += line.per_month.value;
    carbon.overall += line.carbon.value;
  }
  result.cost_total = estimate(cost, confidence, "USD/month");
  result.energy_total = estimate(energy, confidence, "kWh/month");
  result.carbon_total = estimate(carbon, confidence, "kgCO2e/month");
  if (cost.overall > 0) result.idle_share = idle / cost.overall;
  put_payers(answered, result);
  if (answered.overall <= 0) return;
  result.cost_per_1000 = cost.overall / answered.overall * 1000.0;
  result.carbon_per_1000 = carbon.overall * 1000.0 / answered.overall * 1000.0;
}

void BillTally::put_payers(const Answered& answered, StrategyResult& result) const {
  for (const auto& [population, first] : bills_.front().by_population) {
    const auto own = [&id = population](const Bill& bill) {
      const auto found = bill.by_population.find(id);
      return found != bill.by_population.end() ? found->second : 0.0;
    };
    const Sections amounts = through(bills_, own);
    const auto known = answered.started.find(population);
    const double requests = known != answered.started.end() ? known->second : 0.0;
    result.cost_by_population.push_back(
        {population, amounts.overall, requests > 0 ? amounts.overall / requests * 1000.0 : 0.0});
  }
}

void BillTally::put_figures(const Answered& answered, FigureTable& table) const {
  const auto put = [&](const std::string& stem, const std::string& unit, auto total) {
    const Sections totals = through(bills_, total);
    table[stem + ".total"] = {unit + "/month", totals, {}};
    if (answered.overall <= 0) return;
    Figure per_request{unit + "/req", {totals.overall / answered.overall, {}}, {}};
    for (std::size_t i = 0; i < bills_.size(); ++i) {
      const double own = answered.own[i];
      per_request.sections.own.push_back(own > 0 ? std::optional{*totals.own[i] / own} : std::nullopt);
    }
    table[stem + ".per_request"] = std::move(per_request);
  };
  put("cost", "USD", &Bill::cost_total);
  put("energy", "kWh", &Bill::energy_total);
  put("carbon", "kgCO2e", &Bill::carbon_total);
  const auto put_items = [&](const char* stem, const char* unit, auto rows, auto amount) {
    for (const std::string_view item : bill_items(stem)) {
      const auto sum_of = [&](const Bill& bill) {
        double sum = 0;
        for (const auto& row : bill.*rows) sum += row.item == item ? row.*amount : 0.0;
        return sum;
      };
      table[fmt::format("{}.{}", stem, item)] = {unit, through(bills_, sum_of), {}};
    }
  };
  put_items("cost", "USD/month", &Bill::cost, &BillRow::amount);
  put_items("energy", "kWh/month", &Bill::energy, &EnergyUse::amount);
  put_items("carbon", "kgCO2e/month", &Bill::energy, &EnergyUse::carbon);
}

}  // namespace planner
