#pragma once
#include <array>
#include <string>
#include <vector>

#include "planner/results.hpp"

/// Look-ups in a study that its renderings share.
namespace planner {

[[nodiscard]] const StrategyResult& baseline_of(const Study& study);
/// Flows that any strategy has results of, in their order.
[[nodiscard]] std::vector<std::string> flows_of(const Study& study);
/// The slice of a whole flow; null if the strategy was not simulated.
[[nodiscard]] const Slice* whole_flow(const StrategyResult& result, const std::string& flow);
/// Null if there is none.
[[nodiscard]] const Difference* find_difference(const Study& study, const std::string& strategy,
                                                const std::string& metric, const std::string& flow);
/// Pool with the highest utilisation; null if nothing was simulated.
[[nodiscard]] const PoolUse* busiest_pool(const StrategyResult& result);

/// Metrics of the ladder, `p50` to `p99.9`.
inline constexpr std::array<const char*, ladder.size()> ladder_names{"p50", "p90", "p95", "p99", "p99.9"};
inline constexpr std::size_t p99_index = 3;

/// What stands instead of a difference: `≈` where it is shown not to matter, `~` where it is not told apart
/// from none, nothing where it counts.
[[nodiscard]] std::string change_mark(const Difference& difference);

/// `berlin · 12 s of ...`: what the study is about, in one or two lines.
[[nodiscard]] std::string heading(const Study& study, int width);
/// Assumptions and how to reproduce, one or two lines.
[[nodiscard]] std::string footing(const Study& study, int width);
/// Head of the column of late answers, `>50 ms`; empty for a flow without deadline.
[[nodiscard]] std::string late_label(const Slice& slice);
/// A part as people call it: `pool queue`.
[[nodiscard]] std::string part_label(std::size_t part);

}  // namespace planner
