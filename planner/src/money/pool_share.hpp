#pragma once
#include <algorithm>
#include <optional>

#include "models/world.hpp"
#include "models/world_spec.hpp"
#include "planner/compile.hpp"
#include "planner/results.hpp"

namespace planner {

/// Seconds that instances of a pool were there, all of them together. @param recorded  [s]
[[nodiscard]] inline double alive_seconds(const models::PoolSpec& spec, const models::PoolResult& pool,
                                          double recorded) {
  return spec.kind == models::PoolSpec::Kind::fixed ? spec.instances * recorded
                                                    : sim::to_seconds(pool.instance_alive);
}

/// Share of a pool's slots that was busy; of the accelerators that serve its batches, with those that it is
/// not alone on counted whole; or of its processors where requests share them: by the work that came. Nothing
/// where there was none.
[[nodiscard]] inline std::optional<double> busy_share(const models::PoolSpec& spec, const PoolLabel& label,
                                                      const models::PoolResult& pool, double recorded) {
  const double alive = alive_seconds(spec, pool, recorded);
  if (alive <= 0) return std::nullopt;
  if (label.accelerators > 0) return sim::to_seconds(pool.slot_busy) / (label.accelerators * recorded);
  if (label.work <= 0) return sim::to_seconds(pool.slot_busy) / (alive * spec.concurrency);
  const bool fixed = spec.kind == models::PoolSpec::Kind::fixed;
  const double work = static_cast<double>(pool.requests) * label.work;
  return std::min(work / (label.cores * (fixed ? recorded : alive)), 1.0);
}

/// Mean times of a pool's starts by part; all 0 where there was none. A start that the recorded span cuts
/// counts with what lies within.
[[nodiscard]] inline StartTimes start_times(const models::PoolResult& pool) {
  if (pool.instances_started == 0) return {};
  const auto mean = [&](sim::TotalTime sum) {
    return sim::to_seconds(sum) / static_cast<double>(pool.instances_started);
  };
  return {mean(pool.acquiring), mean(pool.pulling), mean(pool.restoring),
          mean(pool.starting - pool.acquiring - pool.pulling - pool.restoring)};
}

/// Share of a pool's requests that waited for an instance to start; nothing where there was none.
[[nodiscard]] inline std::optional<double> cold_share(const models::PoolResult& pool) {
  if (pool.requests == 0) return std::nullopt;
  return static_cast<double>(pool.cold_starts) / static_cast<double>(pool.requests);
}

}  // namespace planner
