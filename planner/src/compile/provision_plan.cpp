#include "compile/provision_plan.hpp"

#include <algorithm>

#include "read/time_zone.hpp"

namespace planner {
namespace {

constexpr std::int64_t hour = 3'600, day = 86'400;

/// The hour of the week from Monday, at a local time since 1970, which began on a Thursday.
std::size_t hour_of_week(std::int64_t local) {
  const std::int64_t since_monday = (local + 3 * day) % (7 * day);
  return static_cast<std::size_t>((since_monday < 0 ? since_monday + 7 * day : since_monday) / hour);
}

}  // namespace

std::vector<models::Provision> provisions(const std::vector<std::uint32_t>& hours, const Zone& zone,
                                          const Scenario& scenario) {
  const sim::Duration run = scenario.warmup + scenario.duration;
  std::vector<ClockShift> clock{{{}, zone.offset}};
  if (!zone.name.empty()) clock = zone_clock(zone.name, scenario.start_unix, run);
  std::vector<models::Provision> plan;
  for (std::size_t i = 0; i < clock.size(); ++i) {
    const sim::Duration until = i + 1 < clock.size() ? clock[i + 1].from : run;
    const auto seconds = [](sim::Duration time) {
      return std::chrono::floor<std::chrono::seconds>(time).count();
    };
    const std::int64_t shift = scenario.start_unix + seconds(clock[i].offset);
    for (sim::Duration at = clock[i].from; at < until || (plan.empty() && at == until);) {
      const std::int64_t local = shift + seconds(at);
      const std::uint32_t wanted = hours[hour_of_week(local) % hours.size()];
      if (plan.empty() || plan.back().instances != wanted) plan.push_back({at, wanted});
      const std::int64_t past_hour = ((local % hour) + hour) % hour;
      at = std::chrono::seconds{seconds(at) + hour - past_hour};
    }
  }
  return plan;
}

}  // namespace planner
