#include <algorithm>
#include <cmath>
#include <limits>

#include "planner/accounting.hpp"

namespace planner {
namespace {

/// Long enough for counts of rare requests to be no rounding.
constexpr double span_seconds = 1e6;

sim::TotalTime over_span(double average) { return sim::TotalTime::from_seconds(average * span_seconds); }
std::uint64_t count(double rate) { return static_cast<std::uint64_t>(std::llround(rate * span_seconds)); }

models::PoolResult expected(const ResourceLoad& load, const models::PoolSpec& spec,
                            const ElasticForecast& elastic) {
  models::PoolResult pool;
  const double rate = load.rates.recorded;
  pool.requests = count(rate);
  pool.cold_starts = count(rate * elastic.cold_share);
  pool.instances_started = pool.cold_starts;
  pool.slot_busy = over_span(rate * load.service);
  pool.instance_busy = over_span(elastic.in_use);
  pool.instance_alive = over_span(elastic.alive);
  pool.starting = over_span(elastic.starting);
  // Rounding up adds half a step on average.
  const double billed = rate * (load.service + sim::to_seconds(spec.billing_step) / 2);
  pool.billed = over_span(billed);
  if (spec.kind != models::PoolSpec::Kind::elastic || spec.instances == 0) return pool;
  pool.provisioned = over_span(spec.instances);
  const double share = 1.0 - elastic.beyond_provisioned;
  pool.provisioned_busy = over_span(std::min<double>(elastic.in_use * share, spec.instances));
  pool.provisioned_billed = over_span(billed * share);
  return pool;
}

}  // namespace

Bill expected_bill(const Scenario& scenario, const CompiledScenario& compiled, const Load& load,
                   const AnalyticEstimate& estimate) {
  models::WorldResult result;
  result.simulated = sim::from_seconds(span_seconds);
  for (std::uint32_t i = 0; i < compiled.pools.size(); ++i) {
    const auto elastic = estimate.elastic.find(i);
    const ElasticForecast forecast = elastic != estimate.elastic.end() ? elastic->second : ElasticForecast{};
    result.pools.push_back(expected(load.pools[i], compiled.world.pools[i], forecast));
  }
  for (const Rates& rates : load.meters) result.meters.push_back(count(rates.recorded));
  return account(scenario, compiled, load, result);
}

}  // namespace planner
