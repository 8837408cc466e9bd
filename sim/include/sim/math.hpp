#pragma once
#include <bit>
#include <cstdint>

/// Elementary functions with the same bits on every machine.
///
/// Only + - * / sqrt, bit operations and tables take part, so a result does not depend on the mathematics
/// library, the compiler, its optimisation level (without -ffast-math, with -ffp-contract=off) or the
/// processor. Errors are given in ulp, units in the last place of the result. None of these functions
/// throws or allocates. Incomplete gamma and beta functions: special_functions.hpp.
namespace sim::math {

inline constexpr double infinity = std::bit_cast<double>(0x7ff0000000000000ULL);
inline constexpr double not_a_number = std::bit_cast<double>(0x7ff8000000000000ULL);
inline constexpr double pi = 0x1.921fb54442d18p+1;
inline constexpr double ln2 = 0x1.62e42fefa39efp-1;

namespace detail {

inline constexpr int table_size = 128;
/// Part of [0.6875, 1.375): its centre, 1/centre, and log(centre) exact to 2^-60.
struct LogSegment {
  double centre, inverse, log_centre;
};
/// 2^(i/128) = value * (1 + remainder).
struct ExpEntry {
  double value, remainder;
};
extern const LogSegment log_segments[table_size];
extern const ExpEntry exp_entries[table_size];

double log_special(double x);
double exp_special(double x);

}  // namespace detail

/// Natural logarithm of a positive, normal, finite number; no checks, no branches.
///
/// Error < 1.2 ulp, also near 1. About 3 ns, and loops over it vectorise.
/// Method: table of 128 segments and a degree-7 polynomial, after Tang, "Table-driven implementation of the
/// logarithm function in IEEE floating-point arithmetic", ACM TOMS 16 (1990).
[[nodiscard]] inline double log_positive(double x) {
  constexpr double ln2_high = 0x1.62e42fefa3800p-1;
  constexpr double ln2_low = 0x1.ef35793c76730p-45;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  // x = 2^k m with m in [0.6875, 1.375); the addition moves the lower end to a zero mantissa, and
  // keeps the biased exponent positive, so that only unsigned operations (which vectorise) are needed.
  const std::uint64_t shifted = bits + 0x000a000000000000ULL;
  const std::uint64_t biased_exponent = shifted >> 52;
  const detail::LogSegment& segment = detail::log_segments[(shifted >> 45) & 127];
  const double m = std::bit_cast<double>(bits - (biased_exponent << 52) + 0x3ff0000000000000ULL);
  const double k = std::bit_cast<double>(0x4330000000000000ULL | biased_exponent) - (0x1p52 + 1023);
  const double r = (m - segment.centre) * segment.inverse;
  const double r2 = r * r;
  const double p = (-0x1.fffffffffffffp-2 + r * 0x1.5555555554aa9p-2) +
                   r2 * ((-0x1.00000000a1389p-2 + r * 0x1.99999dcf7fe94p-3) +
                         r2 * (-0x1.5554fa10ca076p-3 + r * 0x1.2199e38a9b961p-3));
  const double high = k * ln2_high + segment.log_centre;
  return high + (r + (k * ln2_low + r2 * p));
}

namespace detail {

/// e^x = scale * (1 + fraction), |fraction| < 0.003; |x| <= 700.
struct ExpParts {
  double scale, fraction;
};
inline ExpParts exp_parts(double x) {
  constexpr double steps_per_unit = 0x1.71547652b82fep+7;  // 128 / ln 2
  constexpr double step_high = 0x1.62e42fefa0000p-8;
  constexpr double step_low = 0x1.cf79abc9e3b3ap-47;
  // Adding 1.5 * 2^52 leaves the nearest integer in the low mantissa bits.
  constexpr double to_integer = 0x1.8p52;
  const double shifted = x * steps_per_unit + to_integer;
  const auto k = std::bit_cast<std::uint64_t>(shifted);
  const double steps = shifted - to_integer;
  const double r = (x - steps * step_high) - steps * step_low;
  const ExpEntry& entry = exp_entries[k & 127];
  const double r2 = r * r;
  const double p = (0x1.fffffffffff58p-2 + r * 0x1.5555555555525p-3) +
                   r2 * (0x1.55555accc11b8p-5 + r * 0x1.11111430bc5c6p-7);
  const auto value = std::bit_cast<std::uint64_t>(entry.value);
  return {std::bit_cast<double>(value + ((k >> 7) << 52)), entry.remainder + (r + r2 * p)};
}

}  // namespace detail

/// Exponential for |x| <= 700; no checks, no branches.
///
/// Error < 0.6 ulp. About 3 ns, and loops over it vectorise. Method: x = k ln2/128 + r, table of
/// 2^(k/128), degree-5 polynomial in r.
[[nodiscard]] inline double exp_bounded(double x) {
  const auto [scale, fraction] = detail::exp_parts(x);
  return scale + scale * fraction;
}

/// Natural logarithm: log(0) = -infinity, NaN below 0. Error < 1.2 ulp.
[[nodiscard]] inline double log(double x) {
  constexpr double smallest_normal = 0x1p-1022;
  if (x >= smallest_normal && x < infinity) [[likely]]
    return log_positive(x);
  return detail::log_special(x);
}

/// e^x: 0 below about -745.1, infinity above about 709.78. Error < 0.6 ulp, < 2 ulp beyond |x| = 700.
[[nodiscard]] inline double exp(double x) {
  if (x >= -700.0 && x <= 700.0) [[likely]]
    return exp_bounded(x);
  return detail::exp_special(x);
}

/// log(1 + x), accurate also for small x. Error < 2.5 ulp.
[[nodiscard]] double log1p(double x);

/// e^x - 1, accurate also for small x. Error < 2.5 ulp.
[[nodiscard]] double expm1(double x);

/// base^exponent for base >= 0. Relative error < (2 + 3 |exponent * log(base)|) * 2^-53; pow(x, 0) = 1.
[[nodiscard]] double pow(double base, double exponent);

/// Quantile of the exponential law of mean 1, -log(1 - p), for p on the grid of Draw::uniform (where 1 - p
/// is exact); elsewhere use -log1p(-p). About 3 ns, and loops over it vectorise. @param p in (0, 1)
[[nodiscard]] inline double exponential_quantile(double p) { return -log_positive(1.0 - p); }

/// P(Z <= z) of the standard normal law; relative error < 2e-15 for z > -37, where it is above 1e-300.
[[nodiscard]] double normal_cdf(double z);

/// Density of the standard normal law; relative error < 1e-15 for |z| < 37.
[[nodiscard]] double normal_density(double z);

/// Quantile of the standard normal law; relative error < 1e-15; p = 0 and 1 give -+infinity.
/// About 8 ns. Symmetric: normal_quantile(1 - p) == -normal_quantile(p) wherever 1 - p is exact.
/// Source: Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988).
[[nodiscard]] double normal_quantile(double p);

}  // namespace sim::math
