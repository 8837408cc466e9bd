#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "planner/trace.hpp"

namespace planner {

/// One visit of a service within a request: the work of one or several spans.
struct Visit {
  static constexpr std::uint32_t none = UINT32_MAX;
  std::uint32_t service = 0;
  std::uint32_t parent = none;         ///< index of the visit that waits for it
  sim::Duration start{}, end{};        ///< of the service itself
  sim::Duration called{}, answered{};  ///< as the caller sees it
  std::int64_t request = -1, response = -1;
  bool timed = true;  ///< false: the source tells no duration
};

/// One request as visits, parents before the visits they wait for.
struct RequestTree {
  std::uint32_t operation = 0;
  std::vector<Visit> visits;  ///< the root first
};

struct TraceTrees {
  std::vector<RequestTree> requests;
  std::uint64_t duplicates = 0, unreached = 0, asynchronous = 0, cut = 0, rootless = 0;
};

/// Adds the requests of one trace. @param spans  all of one trace; reordered
void add_requests(std::vector<const TraceSpan*>& spans, TraceTrees& trees);

/// Time of each visit less the union of what it waits for, never negative. O(n log n)
[[nodiscard]] std::vector<sim::Duration> self_times(const RequestTree& request);

}  // namespace planner
