#pragma once
#include <cstdint>
#include <vector>

#include "planner/scenario.hpp"
#include "read/time_zone.hpp"

namespace planner {

/// A flash crowd: demand grows linearly to `factor` times the usual, stays there, falls back linearly.
struct Surge {
  sim::Duration at{};  ///< since the run's time 0
  sim::Duration rise{}, hold{}, fall{};
  double factor = 1;
};

/// How a workload's rate varies over a run.
struct DemandShape {
  std::vector<double> hours;      ///< 24 of a day or 168 of a week from Monday, mean 1; empty: even
  std::int64_t start = 0;         ///< of the run [s since 1970, UTC]
  std::vector<ClockShift> clock;  ///< whose hours these are; not empty where there are hours
  std::vector<Surge> surges;

  /// Factor on the mean rate at an instant of the run. O(changes of the clock + surges)
  [[nodiscard]] double at(sim::Duration instant) const;
  /// Offset of the local week at the run's time 0, in [0, period).
  [[nodiscard]] sim::Duration offset() const;
};

/// Gives the workload its profile: the hours as they are, repeated; where the clock changes within the run or
/// there are surges the whole run, in steps of a second (of the 86,400th part of runs longer than a day).
void set_profile(const DemandShape& shape, sim::Duration run, Workload& workload);

}  // namespace planner
