#include "read/demand_shape.hpp"

#include <algorithm>

namespace planner {
namespace {

/// Monday 1970-01-05 00:00 UTC. [s since 1970]
constexpr std::int64_t a_monday = 4 * 86400;
constexpr std::int64_t steps_of_run = 86400;

sim::Duration into_week(std::int64_t start, sim::Duration since, sim::Duration period) {
  // Reduced in seconds first: nanoseconds since 1970 would overflow after the year 2262.
  const std::chrono::seconds utc =
      std::chrono::seconds{start - a_monday} % std::chrono::duration_cast<std::chrono::seconds>(period);
  const sim::Duration local = (sim::Duration{utc} + since) % period;
  return (local + period) % period;
}

/// Share of its full height that a surge has.
double height(const Surge& surge, sim::Duration instant) {
  const sim::Duration since = instant - surge.at;
  if (since < sim::Duration{}) return 0;
  if (since < surge.rise) return sim::to_seconds(since) / sim::to_seconds(surge.rise);
  if (since < surge.rise + surge.hold) return 1;
  const sim::Duration left = surge.rise + surge.hold + surge.fall - since;
  return left > sim::Duration{} ? sim::to_seconds(left) / sim::to_seconds(surge.fall) : 0;
}

}  // namespace

double DemandShape::at(sim::Duration instant) const {
  double factor = 1;
  if (!hours.empty()) {
    const auto later = std::ranges::upper_bound(clock, instant, {}, &ClockShift::from);
    const sim::Duration shift = later == clock.begin() ? clock.front().offset : std::prev(later)->offset;
    const auto period = std::chrono::hours{hours.size()};
    factor =
        hours[static_cast<std::size_t>(into_week(start, instant + shift, period) / std::chrono::hours{1})];
  }
  double surge_factor = 1;
  for (const Surge& surge : surges) surge_factor += (surge.factor - 1) * height(surge, instant);
  return factor * surge_factor;
}

sim::Duration DemandShape::offset() const {
  return into_week(start, clock.front().offset, std::chrono::hours{hours.size()});
}

void set_profile(const DemandShape& shape, sim::Duration run, Workload& workload) {
  if (shape.surges.empty() && shape.clock.size() <= 1) {
    if (shape.hours.empty()) return;
    workload.profile = shape.hours;
    workload.profile_step = std::chrono::hours{1};
    workload.profile_offset = shape.offset();
    return;
  }
  const std::chrono::seconds whole = std::chrono::ceil<std::chrono::seconds>(run);
  workload.profile_step =
      std::chrono::seconds{std::max<std::int64_t>((whole.count() + steps_of_run - 1) / steps_of_run, 1)};
  workload.profile_offset = {};
  for (sim::Duration begin{}; begin < run; begin += workload.profile_step)
    workload.profile.push_back(shape.at(begin + workload.profile_step / 2));
}

}  // namespace planner
