#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

#include "planner/render.hpp"
#include "planner/results.hpp"
#include "planner/sweep.hpp"

namespace planner {

/// One strategy at one point of a sweep.
struct SweepRow {
  std::vector<std::pair<std::string, std::string>> coordinates;  ///< axis, value
  std::string strategy;
  enum class Status : std::uint8_t {
    ok,
    partial,     ///< ended early
    infeasible,  ///< does not fit, or cannot carry the load; `reason` has the numbers
    missing,     ///< was to be taken from a store that does not have it
  } status = Status::ok;
  std::string reason;
  std::vector<std::pair<std::string, Estimate>>
      figures;  ///< p99 of each flow, cost, energy; empty if infeasible
};

[[nodiscard]] std::string_view name(SweepRow::Status status);

/// Rows of a study that was made at a point, one a strategy.
[[nodiscard]] std::vector<SweepRow> rows_of(const Sweep& sweep, const SweepPoint& point, const Study& study);
/// The row of a strategy that cannot even be set up at a point.
[[nodiscard]] SweepRow infeasible_row(const Sweep& sweep, const SweepPoint& point,
                                      const std::string& strategy, const std::string& reason);

/// Where nothing was to be simulated, what is partial was not in the store.
[[nodiscard]] std::vector<SweepRow> with_missing(std::vector<SweepRow> rows);

[[nodiscard]] std::string render_sweep(const std::vector<SweepRow>& rows, const TextOptions& options);
/// Tidy, a figure a row: `study,strategy,axis_*,metric,unit,value,low,high`; of a point without figures its
/// status as metric.
[[nodiscard]] std::string sweep_csv(const Sweep& sweep, const std::vector<SweepRow>& rows);
[[nodiscard]] nlohmann::ordered_json sweep_json(const Sweep& sweep, const std::vector<SweepRow>& rows);

}  // namespace planner
