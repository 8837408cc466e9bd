#pragma once
#include "sim/math.hpp"

namespace models {

inline constexpr double ln10 = 0x1.26bb1bbb55516p+1;

[[nodiscard]] inline double log10(double x) { return sim::math::log(x) / ln10; }
/// Ratio of powers from decibels.
[[nodiscard]] inline double from_decibel(double level) { return sim::math::exp(level * (ln10 / 10)); }
[[nodiscard]] inline double to_decibel(double ratio) { return 10 * log10(ratio); }

}  // namespace models
