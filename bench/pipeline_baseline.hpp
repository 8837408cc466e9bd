#pragma once
#include <cstdint>

#include "models/world_spec.hpp"

namespace bench {

/// What the baseline counted, to be compared with the world's results.
struct BaselineResult {
  std::uint64_t answered = 0;
  std::int64_t latency_sum = 0;  ///< [ns]
};

/// Runs the programs of `spec` as one writes them first: one std::priority_queue, every step an event, a
/// departure event for each queue. The same draws in the same places, so the results are the same too; the
/// same histograms with the same parts. Steps of the kinds that the pipeline uses.
[[nodiscard]] BaselineResult run_baseline(const models::WorldSpec& spec, std::uint64_t seed);

}  // namespace bench
