#include "money/state_costs.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace planner {
namespace {

constexpr double gigabyte = 1e9;

const StatePrice* price_of(const Scenario& scenario, const std::string& service) {
  const auto& state = scenario.services.at(service).state;
  return state && state->price ? &*state->price : nullptr;
}

std::size_t pool_of(const CompiledScenario& compiled, const std::string& service, const std::string& site) {
  const auto found = std::ranges::find_if(
      compiled.pools, [&](const PoolLabel& pool) { return pool.service == service && pool.site == site; });
  return static_cast<std::size_t>(found - compiled.pools.begin());
}

struct Operation {
  const char* name;
  sim::Money price;
  double free = 0;
};

/// A store of the catalogue is one account in all services; a service with prices of its own is one by
/// itself.
std::string account_of(const StatePrice& price, const std::string& service, const char* units) {
  return (price.store.empty() ? "service " + service : "store " + price.store) + units;
}

Operation operation_of(MeterLabel::Operation operation, const StatePrice& price) {
  switch (operation) {
    case MeterLabel::Operation::read:
      return {"/reads", price.per_read, price.free_reads};
    case MeterLabel::Operation::write:
      return {"/writes", price.per_write, price.free_writes};
    case MeterLabel::Operation::request:
      return {"/requests", price.per_request, price.free_requests};
    case MeterLabel::Operation::none:
      break;
  }
  return {"", {}};
}

}  // namespace

StateCosts::StateCosts(const Scenario& scenario, const CompiledScenario& compiled,
                       const models::WorldResult& result) {
  operations(scenario, compiled, result);
  objects(scenario, compiled, result);
  storage(scenario, compiled);
}

void StateCosts::operations(const Scenario& scenario, const CompiledScenario& compiled,
                            const models::WorldResult& result) {
  for (std::size_t i = 0; i < compiled.meters.size(); ++i) {
    const MeterLabel& label = compiled.meters[i];
    if (label.operation == MeterLabel::Operation::none) continue;
    const StatePrice& prices = *price_of(scenario, label.store_service);
    const auto [name, price, free] = operation_of(label.operation, prices);
    if (price.value() <= 0) continue;
    const auto units = static_cast<double>(result.meters[i]);
    rows_.push_back({.where = label.store_site + "/" + label.store_service + name,
                     .usd = units * price.value(),
                     .pool = pool_of(compiled, label.store_service, label.store_site),
                     .meter = i,
                     .units = units,
                     .free = free,
                     .account = account_of(prices, label.store_service, name)});
  }
}

// A forecast by formula knows of no objects: they count as asleep.
void StateCosts::objects(const Scenario& scenario, const CompiledScenario& compiled,
                         const models::WorldResult& result) {
  for (std::size_t i = 0; i < compiled.stores.size(); ++i) {
    const StoreLabel& label = compiled.stores[i];
    const StatePrice* price = price_of(scenario, label.service);
    if (price == nullptr || price->awake_per_hour.value() <= 0) continue;
    const double awake = i < result.stores.size() ? sim::to_seconds(result.stores[i].awake) / 3600 : 0;
    rows_.push_back({.where = label.site + "/" + label.service + "/awake",
                     .usd = awake * price->awake_per_hour.value(),
                     .pool = pool_of(compiled, label.service, label.site),
                     .units = awake,
                     .free = sim::to_seconds(price->free_awake) / 3600,
                     .account = account_of(*price, label.service, "/awake")});
  }
}

void StateCosts::storage(const Scenario& scenario, const CompiledScenario& compiled) {
  for (std::size_t i = 0; i < compiled.pools.size(); ++i) {
    const PoolLabel& pool = compiled.pools[i];
    const StatePrice* price = price_of(scenario, pool.service);
    if (price == nullptr || price->per_gigabyte_second.value() <= 0) continue;
    const State& state = *scenario.services.at(pool.service).state;
    const bool one_whole = state.kind == State::Kind::objects;
    const auto sites = std::ranges::count(compiled.pools, pool.service, &PoolLabel::service);
    const double copies = one_whole ? 1.0 / static_cast<double>(sites) : 1.0;
    const double kept = state.stored.value() / gigabyte * copies;
    rows_.push_back({.where = pool.site + "/" + pool.service + "/storage",
                     .usd = kept * price->per_gigabyte_second.value(),
                     .pool = i,
                     .kept = true,
                     .units = kept,
                     .free = price->free_storage.value() / gigabyte,
                     .account = account_of(*price, pool.service, "/storage")});
  }
}

std::vector<double> StateCosts::charged(const std::vector<double>& times) const {
  std::map<std::string_view, double> used;
  for (std::size_t i = 0; i < rows_.size(); ++i)
    used[rows_[i].account] += rows_[i].units * (rows_[i].kept ? 1.0 : times[i]);
  std::vector<double> shares;
  for (const Row& row : rows_) {
    const double all = used.at(row.account);
    shares.push_back(row.free <= 0 ? 1.0 : all > row.free ? 1.0 - row.free / all : 0.0);
  }
  return shares;
}

}  // namespace planner
