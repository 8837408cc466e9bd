#include "planner/place_values.hpp"

#include <algorithm>

namespace planner {
namespace {

/// `ams-edge` of `ams-edge/gpu`.
std::string site_of(const std::string& where) { return where.substr(0, where.find('/')); }

constexpr std::size_t p95_index = 2;

void add_round_trips(PlaceValues& values, std::span<const Reach> reached) {
  std::map<std::string, std::pair<double, double>> sums;  // users, users x time
  for (const Reach& one : reached) {
    auto& [users, time] = sums[one.population];
    users += one.users;
    time += one.users * one.round_trip;
  }
  for (const auto& [id, sum] : sums) {
    if (sum.first > 0) values.populations[id] = sum.second / sum.first;
  }
}

void add_p95(PlaceValues& values, const StrategyResult& result, const std::string& flow) {
  for (const Slice& slice : result.slices) {
    if (slice.flow != flow || slice.answered == 0) continue;
    const double p95 = slice.percentiles[p95_index].value;
    if (!slice.population.empty() && slice.site.empty()) values.populations[slice.population] = p95;
    if (slice.population.empty() && !slice.site.empty()) values.sites[slice.site] = p95;
  }
}

void add_utilisation(PlaceValues& values, const StrategyResult& result) {
  for (const PoolUse& pool : result.pools) {
    double& busiest = values.sites.try_emplace(pool.site, 0.0).first->second;
    busiest = std::max(busiest, 100 * pool.utilisation);
  }
}

/// `link a--b` and `a > b`, which are paid for between sites.
bool is_between_sites(const std::string& where) { return where.find(' ') != std::string::npos; }

void add_cost(PlaceValues& values, const StrategyResult& result) {
  for (const CostRow& row : result.cost) {
    if (is_between_sites(row.where)) continue;
    (row.item == "device" ? values.populations : values.sites)[site_of(row.where)] += row.per_month.value;
  }
}

void add_carbon(PlaceValues& values, const StrategyResult& result) {
  for (const EnergyRow& row : result.energy)
    (row.item == "devices" ? values.populations : values.sites)[site_of(row.where)] += row.carbon.value;
}

}  // namespace

std::string_view name(PlaceMetric metric) {
  constexpr std::array<std::string_view, 5> names{"round_trip", "p95", "utilisation", "cost", "carbon"};
  return names[static_cast<std::size_t>(metric)];
}

std::string_view unit_of(PlaceMetric metric) {
  constexpr std::array<std::string_view, 5> units{"ms", "ms", "%", "USD/month", "kgCO2e/month"};
  return units[static_cast<std::size_t>(metric)];
}

PlaceValues place_values(PlaceMetric metric, const StrategyResult* result, std::span<const Reach> reached,
                         const std::string& flow) {
  PlaceValues values;
  if (metric == PlaceMetric::round_trip) add_round_trips(values, reached);
  if (result == nullptr) return values;
  switch (metric) {
    case PlaceMetric::round_trip:
      break;
    case PlaceMetric::p95:
      add_p95(values, *result, flow);
      break;
    case PlaceMetric::utilisation:
      add_utilisation(values, *result);
      break;
    case PlaceMetric::cost:
      add_cost(values, *result);
      break;
    case PlaceMetric::carbon:
      add_carbon(values, *result);
      break;
  }
  return values;
}

}  // namespace planner
