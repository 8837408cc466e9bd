#pragma once
#include <chrono>
#include <cstdint>

namespace sim {

/// The simulated clock: int64 nanoseconds from the start of a run.
///
/// Integer time makes ties exact and results independent of the machine. Range +-292 years.
struct Clock {
  using rep = std::int64_t;
  using period = std::nano;
  using duration = std::chrono::duration<rep, period>;
  using time_point = std::chrono::time_point<Clock>;
  static constexpr bool is_steady = true;
};

using Duration = Clock::duration;
using Time = Clock::time_point;

using std::chrono_literals::operator""ns;
using std::chrono_literals::operator""us;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""min;
using std::chrono_literals::operator""h;

/// Nearest whole nanosecond to `seconds`, halves away from zero; |seconds| < 9.2e9.
[[nodiscard]] constexpr Duration from_seconds(double seconds) {
  const double scaled = seconds * 1e9;
  return Duration{static_cast<std::int64_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5)};
}

/// @return the duration in seconds, rounded to double
[[nodiscard]] constexpr double to_seconds(Duration duration) {
  return static_cast<double>(duration.count()) * 1e-9;
}

/// The instant `since_start` after the start of the run.
[[nodiscard]] constexpr Time at(Duration since_start) { return Time{since_start}; }

inline constexpr Time time_zero{Duration{0}};
inline constexpr Time time_never{Duration::max()};

}  // namespace sim
