#include "planner/demand.hpp"

#include <algorithm>

namespace planner {
namespace {

/// The peak of a trace is that of its busiest minute.
constexpr sim::Duration trace_resolution = std::chrono::minutes{1};

/// Calls use(rate, seconds) for each piece of the profile that [from, from + length) meets.
template <class Use>
void for_each_piece(const models::RateProfile& profile, sim::Duration from, sim::Duration length, Use use) {
  const std::int64_t step = profile.step.count();
  const std::int64_t period = step * static_cast<std::int64_t>(profile.rates.size());
  std::int64_t at = ((from + profile.offset).count() % period + period) % period;
  for (std::int64_t left = std::max<std::int64_t>(length.count(), 1); left > 0;) {
    const std::int64_t piece = at / step;
    const std::int64_t here = std::min(left, (piece + 1) * step - at);
    use(profile.rates[static_cast<std::size_t>(piece)], sim::to_seconds(sim::Duration{here}));
    left -= here;
    at = (at + here) % period;
  }
}

/// Requests of a trace in [from, to).
std::int64_t count_between(const std::vector<sim::Duration>& times, sim::Duration from, sim::Duration to) {
  return std::ranges::lower_bound(times, to) - std::ranges::lower_bound(times, from);
}

}  // namespace

models::RateProfile rate_profile(const Workload& workload) {
  if (workload.profile.empty() || workload.profile_step <= sim::Duration{0}) {
    return {std::chrono::hours{1}, {workload.rate}, {}};
  }
  models::RateProfile profile{workload.profile_step, workload.profile, workload.profile_offset};
  for (double& rate : profile.rates) rate *= workload.rate;
  return profile;
}

std::optional<models::Bursts> burst_factors(const Workload& workload) {
  if (!workload.bursts) return std::nullopt;
  const auto& [factor, length, every] = *workload.bursts;
  const double share = sim::to_seconds(length) / sim::to_seconds(every);
  const double calm = 1 / (1 - share + share * factor);
  return models::Bursts{calm, calm * factor, every - length, length};
}

double mean_rate(const Workload& workload, sim::Duration from, sim::Duration length) {
  if (workload.times) {
    const sim::Duration span = std::max(length, sim::Duration{1});
    return static_cast<double>(count_between(*workload.times, from, from + span)) / sim::to_seconds(span);
  }
  double arrivals = 0, seconds = 0;
  for_each_piece(rate_profile(workload), from, length, [&](double rate, double span) {
    arrivals += rate * span;
    seconds += span;
  });
  return arrivals / seconds;
}

double peak_rate(const Workload& workload, sim::Duration from, sim::Duration length) {
  double peak = 0;
  if (workload.times) {
    const sim::Duration end = from + std::max(length, sim::Duration{1});
    for (sim::Duration piece = from; piece < end; piece += trace_resolution) {
      peak =
          std::max(peak, mean_rate(workload, piece, std::min<sim::Duration>(trace_resolution, end - piece)));
    }
    return peak;
  }
  for_each_piece(rate_profile(workload), from, length,
                 [&](double rate, double) { peak = std::max(peak, rate); });
  const auto bursts = burst_factors(workload);
  return bursts ? peak * std::max(bursts->calm, bursts->burst) : peak;
}

bool covers_profile(const Workload& workload, sim::Duration length) {
  if (workload.times) return true;
  const models::RateProfile profile = rate_profile(workload);
  if (std::all_of(profile.rates.begin(), profile.rates.end(),
                  [&](double rate) { return rate == profile.rates[0]; })) {
    return true;
  }
  const std::int64_t period = profile.step.count() * static_cast<std::int64_t>(profile.rates.size());
  return length.count() > 0 && length.count() % period == 0;
}

}  // namespace planner
