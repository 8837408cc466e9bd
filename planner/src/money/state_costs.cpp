#include "money/state_costs.hpp"

#include <algorithm>

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
};

Operation operation_of(MeterLabel::Operation operation, const StatePrice& price) {
  switch (operation) {
    case MeterLabel::Operation::read:
      return {"/reads", price.per_read};
    case MeterLabel::Operation::write:
      return {"/writes", price.per_write};
    case MeterLabel::Operation::request:
      return {"/requests", price.per_request};
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
    const auto [name, price] = operation_of(label.operation, *price_of(scenario, label.store_service));
    if (price.value() <= 0) continue;
    rows_.push_back({label.store_site + "/" + label.store_service + name,
                     static_cast<double>(result.meters[i]) * price.value(),
                     pool_of(compiled, label.store_service, label.store_site), i});
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
    rows_.push_back({label.site + "/" + label.service + "/awake", awake * price->awake_per_hour.value(),
                     pool_of(compiled, label.service, label.site), std::nullopt});
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
    rows_.push_back({pool.site + "/" + pool.service + "/storage", kept * price->per_gigabyte_second.value(),
                     i, std::nullopt, true});
  }
}

}  // namespace planner
