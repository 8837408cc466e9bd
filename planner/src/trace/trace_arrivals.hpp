#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "planner/trace.hpp"
#include "read/fields.hpp"

namespace planner {

/// Arrival instants from the trace files that a scenario names; each file is read once.
class TraceArrivals {
 public:
  using Times = std::shared_ptr<const std::vector<sim::Duration>>;
  struct Requests {
    Times times;      ///< since the first one of the whole file, ascending
    Times durations;  ///< in the same order; null where they are not asked for
    /// In the same order, below 0 where not told; null where not asked for, or told of no request.
    std::shared_ptr<const std::vector<sim::Bytes>> requests, responses;
    std::map<std::string, Workload::CallSizes> call_sizes;  ///< the same of calls, by the service called
  };

  explicit TraceArrivals(ReadContext& context) : context_{context} {}

  /// When the roots of the trace begin, and how long they take.
  /// @param trace  the object `trace` of a workload's arrivals
  /// @return nothing after an issue
  [[nodiscard]] std::optional<Requests> read(const Value& trace);

 private:
  [[nodiscard]] const TraceData* data(const Fields& trace);
  [[nodiscard]] bool has_all(const Fields& trace, const std::vector<TraceSpan>& roots);

  ReadContext& context_;
  std::map<std::vector<std::string>, TraceData> files_;
};

}  // namespace planner
