#include "study/pool_tally.hpp"

#include <algorithm>

#include "money/pool_share.hpp"
#include "planner/sections.hpp"
#include "study/metrics.hpp"

namespace planner {

PoolTally::PoolTally(const CompiledScenario& compiled)
    : pools_(compiled.pools.size()), cold_(compiled.pools.size()), busy_(compiled.pools.size()) {}

void PoolTally::add(const CompiledScenario& compiled, const models::WorldResult& result) {
  const double recorded = sim::to_seconds(result.simulated);
  recorded_seconds_ += recorded;
  for (std::size_t i = 0; i < pools_.size(); ++i) {
    const models::PoolResult& more = result.pools[i];
    pools_[i] += more;
    cold_[i].push_back(cold_share(more));
    busy_[i].push_back(busy_share(compiled.world.pools[i], compiled.pools[i], more, recorded));
  }
}

std::vector<PoolUse> PoolTally::uses(const CompiledScenario& compiled, const Load& load,
                                     double confidence) const {
  std::vector<PoolUse> uses;
  for (std::size_t i = 0; i < pools_.size(); ++i) {
    const models::PoolResult& sum = pools_[i];
    const models::PoolSpec& spec = compiled.world.pools[i];
    const bool fixed = spec.kind == models::PoolSpec::Kind::fixed;
    PoolUse use;
    use.service = compiled.pools[i].service;
    use.site = compiled.pools[i].site;
    use.pool = compiled.pools[i].pool;
    const double alive = alive_seconds(spec, sum, recorded_seconds_);
    use.utilisation = busy_share(spec, compiled.pools[i], sum, recorded_seconds_).value_or(0.0);
    if (recorded_seconds_ > 0) use.mean_instances = alive / recorded_seconds_;
    use.peak_instances = fixed ? spec.instances : sum.peak_instances;
    use.peak_queue = sum.peak_queue;
    use.cold_share = estimate({cold_share(sum).value_or(0.0), cold_[i]}, confidence, "1");
    use.requests = sum.requests;
    use.refused = sum.refused;
    use.spilled = sum.spilled;
    use.throttled = sum.throttled;
    use.shed = sum.shed;
    use.batches = sum.batches;
    use.model_loads = sum.model_loads;
    use.start = start_times(sum);
    use.offered_rate = load.pools[i].rates.recorded;
    uses.push_back(std::move(use));
  }
  return uses;
}

void PoolTally::put_figures(const CompiledScenario& compiled, FigureTable& table) const {
  for (std::size_t i = 0; i < pools_.size(); ++i) {
    const PoolLabel& label = compiled.pools[i];
    Metric metric{
        {}, "utilization", {{"pool", label.pool}, {"service", label.service}, {"site", label.site}}};
    const auto busy = busy_share(compiled.world.pools[i], label, pools_[i], recorded_seconds_);
    if (busy) table[metric.key()] = {"1", {*busy, busy_[i]}, {}};
    if (pools_[i].requests == 0) continue;
    metric.statistic = "ratio";
    metric.name = "cold";
    table[metric.key()] = {"1", {*cold_share(pools_[i]), cold_[i]}, pools_[i].requests};
  }
}

}  // namespace planner
