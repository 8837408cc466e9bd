#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "planner/trace.hpp"
#include "sim/time.hpp"

/// What traces tell of a system: who calls whom, how long each takes by itself, when requests come.
namespace planner {

struct ObservedService {
  std::string id;            ///< for a scenario; unique
  std::string name;          ///< as the trace calls it
  std::vector<double> self;  ///< time of a visit without that of the calls it waits for [s], in trace order
  std::vector<std::pair<double, double>> quantiles;  ///< stated by the source instead: probability, [s]
  std::optional<double> memory_mb;                   ///< mean allocated [MB]
};

/// One place in the call tree of a flow.
struct ObservedCall {
  static constexpr std::uint32_t none = UINT32_MAX;
  std::string id;                    ///< for a scenario; unique in its flow
  std::uint32_t service = 0;         ///< index into Observations::services
  std::uint32_t parent = none;       ///< call that makes this one; none: the entry
  std::vector<std::uint32_t> after;  ///< calls of the same parent that had ended, in 95 % of the traces
  std::uint64_t count = 0;           ///< requests in which it occurs
  double request_sum = 0, response_sum = 0;             ///< payload where told [byte]
  std::uint64_t request_count = 0, response_count = 0;  ///< how many tell it
};

struct ObservedFlow {
  std::string id;                       ///< for a scenario; unique
  std::string name;                     ///< service and operation of the roots
  std::vector<sim::Duration> arrivals;  ///< since the first request of all flows, ascending
  std::vector<double> latency;          ///< of the root, ascending [s]; empty: not told
  std::vector<ObservedCall> calls;      ///< the entry first, parents before their calls
};

struct Observations {
  std::vector<ObservedService> services;
  std::vector<ObservedFlow> flows;  ///< in order of first occurrence
  std::uint64_t requests = 0;
  std::vector<TraceNote> notes;  ///< those of the reading, then those of the analysis
};

/// Puts spans together to requests.
///
/// A root is a request. A span of the same service as its parent is part of the parent's work. A client span
/// with one span of another service below is the way there and back: its caller waits that long, the callee
/// is charged its own span. Self time is a span's interval less the union of the calls it waits for. Work
/// handed over asynchronously (producer, consumer, FOLLOWS_FROM) is left out, as are spans that no root
/// reaches; the notes count them. O(spans log spans).
[[nodiscard]] Observations observe(const TraceData& data);

}  // namespace planner
