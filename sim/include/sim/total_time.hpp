#pragma once
#include <chrono>
#include <compare>
#include <cstdint>

#include "sim/time.hpp"

namespace sim {

/// A sum of durations, exact however many they are: whole nanoseconds below 2^127. Thousands of instances
/// that are busy for weeks exceed what a Duration holds, which is 292 years.
class TotalTime {
 public:
  constexpr TotalTime() = default;
  template <class Count, class Period>
  constexpr TotalTime(std::chrono::duration<Count, Period> time) : nanoseconds_{Duration{time}.count()} {}
  /// Nearest whole nanosecond to `seconds`, halves away from zero; |seconds| < 1e29.
  [[nodiscard]] static constexpr TotalTime from_seconds(double seconds) {
    const double scaled = seconds * 1e9;
    TotalTime total;
    total.nanoseconds_ = static_cast<Wide>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    return total;
  }
  /// From its two's complement halves, as high() and low() give them.
  [[nodiscard]] static constexpr TotalTime from_halves(std::int64_t high, std::uint64_t low) {
    TotalTime total;
    total.nanoseconds_ = static_cast<Wide>(high) * (Wide{1} << 64) + static_cast<Wide>(low);
    return total;
  }
  [[nodiscard]] constexpr std::int64_t high() const { return static_cast<std::int64_t>(nanoseconds_ >> 64); }
  [[nodiscard]] constexpr std::uint64_t low() const { return static_cast<std::uint64_t>(nanoseconds_); }

  constexpr TotalTime& operator+=(TotalTime more) {
    nanoseconds_ += more.nanoseconds_;
    return *this;
  }
  constexpr TotalTime& operator-=(TotalTime less) {
    nanoseconds_ -= less.nanoseconds_;
    return *this;
  }
  friend constexpr TotalTime operator+(TotalTime a, TotalTime b) { return a += b; }
  friend constexpr TotalTime operator-(TotalTime a, TotalTime b) { return a -= b; }
  friend constexpr TotalTime operator*(TotalTime total, std::uint64_t times) {
    total.nanoseconds_ *= static_cast<Wide>(times);
    return total;
  }
  friend constexpr bool operator==(TotalTime a, TotalTime b) { return a.nanoseconds_ == b.nanoseconds_; }
  friend constexpr std::strong_ordering operator<=>(TotalTime a, TotalTime b) {
    return a.nanoseconds_ < b.nanoseconds_   ? std::strong_ordering::less
           : b.nanoseconds_ < a.nanoseconds_ ? std::strong_ordering::greater
                                             : std::strong_ordering::equal;
  }
  /// Rounded to double; of what a Duration holds the same as of that.
  [[nodiscard]] constexpr double seconds() const { return static_cast<double>(nanoseconds_) * 1e-9; }

 private:
  __extension__ typedef __int128 Wide;
  Wide nanoseconds_ = 0;
};

[[nodiscard]] constexpr double to_seconds(TotalTime total) { return total.seconds(); }

}  // namespace sim
