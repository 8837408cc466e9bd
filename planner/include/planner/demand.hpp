#pragma once
#include <optional>

#include "models/world_spec.hpp"
#include "planner/scenario.hpp"

/// How many requests a workload makes, and when.
namespace planner {

/// The workload's rate over time, as the request engine takes it. [1/s]
[[nodiscard]] models::RateProfile rate_profile(const Workload& workload);

/// Factors on the rate in calm and burst that keep the mean; none without bursts.
[[nodiscard]] std::optional<models::Bursts> burst_factors(const Workload& workload);

/// Mean rate over [from, from + length), exact for the piecewise constant profile. [1/s]
/// @param length  > 0; a length of 0 gives the rate at `from`
[[nodiscard]] double mean_rate(const Workload& workload, sim::Duration from, sim::Duration length);
/// Highest rate within [from, from + length), in a burst where there are bursts. [1/s]
[[nodiscard]] double peak_rate(const Workload& workload, sim::Duration from, sim::Duration length);

/// The span holds whole periods of the profile, or the rate is constant: what it costs needs no scaling.
[[nodiscard]] bool covers_profile(const Workload& workload, sim::Duration length);

}  // namespace planner
