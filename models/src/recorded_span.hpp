#pragma once
#include <algorithm>

#include "sim/time.hpp"

namespace models {

/// The part of a run that results are about: after the warm-up, before the drain.
struct RecordedSpan {
  sim::Time begin{};
  sim::Time end{};

  [[nodiscard]] bool contains(sim::Time time) const { return begin <= time && time < end; }
  /// How much of [from, to) lies within; 0 for an empty interval.
  [[nodiscard]] sim::Duration overlap(sim::Time from, sim::Time to) const {
    return std::max(sim::Duration{0}, std::min(to, end) - std::max(from, begin));
  }
};

/// No delay is longer, and no run lasts longer (126 years), so that no sum of the two overflows.
inline constexpr sim::Duration longest_delay{4'000'000'000'000'000'000};

}  // namespace models
