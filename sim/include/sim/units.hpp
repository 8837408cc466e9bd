#pragma once
#include <compare>

#include "sim/contract.hpp"
#include "sim/time.hpp"

namespace sim {

/// A number with a physical dimension. Leave it with value(), so that arithmetic across dimensions
/// stays visible; same-dimension sums, scaling and ratios are offered.
template <class Tag>
class Quantity {
 public:
  constexpr Quantity() = default;
  constexpr explicit Quantity(double value) : value_{value} {}
  [[nodiscard]] constexpr double value() const { return value_; }

  friend constexpr auto operator<=>(Quantity, Quantity) = default;
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return Quantity{a.value_ + b.value_}; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return Quantity{a.value_ - b.value_}; }
  friend constexpr Quantity operator*(double k, Quantity a) { return Quantity{k * a.value_}; }
  friend constexpr Quantity operator*(Quantity a, double k) { return Quantity{k * a.value_}; }
  friend constexpr double operator/(Quantity a, Quantity b) { return a.value_ / b.value_; }
  constexpr Quantity& operator+=(Quantity b) {
    value_ += b.value_;
    return *this;
  }

 private:
  double value_ = 0.0;
};

using Bytes = Quantity<struct BytesTag>;      ///< [byte]
using BitRate = Quantity<struct BitRateTag>;  ///< [bit/s]
using Watts = Quantity<struct WattsTag>;      ///< [W]
using Joules = Quantity<struct JoulesTag>;    ///< [J]
using Money = Quantity<struct MoneyTag>;      ///< [USD]
using Grams = Quantity<struct GramsTag>;      ///< [gCO2e]
using Rate = Quantity<struct RateTag>;        ///< [1/s]

/// Energy of a constant power over a time. [J]
[[nodiscard]] constexpr Joules energy(Watts power, Duration time) {
  return Joules{power.value() * to_seconds(time)};
}

/// Time to serialise `size` onto a link of constant `rate`; latency excluded.
///
/// Rounds up to a whole nanosecond, so a link never carries more than its rate.
/// @param size  payload plus headers [byte], >= 0
/// @param rate  [bit/s], > 0; with several flows pass the share, not the capacity
/// @return 0 for an empty transfer, else >= 1 ns; O(1), never throws
/// @pre  the result fits sim::Duration (292 years)
/// Source: Bertsekas & Gallager, Data Networks, sec. 3.1 (transmission delay).
[[nodiscard]] constexpr Duration serialization_delay(Bytes size, BitRate rate) {
  SIM_EXPECT(rate.value() > 0 && size.value() >= 0);
  const double nanoseconds = size.value() * 8e9 / rate.value();
  SIM_EXPECT(nanoseconds < 9.2e18);
  const auto whole = static_cast<std::int64_t>(nanoseconds);
  return Duration{static_cast<double>(whole) < nanoseconds ? whole + 1 : whole};
}

}  // namespace sim
