#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/time.hpp"

namespace planner {

/// Local time less UTC from an instant of a run on.
struct ClockShift {
  sim::Duration from{};  ///< since the run's time 0
  sim::Duration offset{};
};

/// Whether the machine's time-zone database (Debian package tzdata) has a zone of this name:
/// `Europe/Amsterdam`.
[[nodiscard]] bool is_time_zone(std::string_view name);

/// Offsets of a zone over a run: that at its start, then one for each change, such as to summer time.
///
/// Past offsets are facts, future ones what the machine's database says today.
/// @param start  of the run [s since 1970, UTC] @pre is_time_zone(name)
[[nodiscard]] std::vector<ClockShift> zone_clock(const std::string& name, std::int64_t start,
                                                 sim::Duration run);

}  // namespace planner
