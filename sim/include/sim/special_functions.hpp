#pragma once
#include <cstdint>

/// Distribution functions of statistics, with the same bits on every machine (see math.hpp).
///
/// Relative errors are stated for parameters up to 1e4; at 1e6 they are up to ten times as large. The cost
/// grows with the square root of the larger parameter: below 1 us for parameters up to 100, 20 us at 1e6;
/// inverses take 5 to 10 times as long.
namespace sim::math {

/// Logarithm of the gamma function, x > 0. Error < 4e-15 * max(1, |result|).
[[nodiscard]] double log_gamma(double x);

/// Regularised incomplete gamma function P(a, x): the gamma law of this shape and scale 1 is at most x.
/// Relative error < 1e-13. @param shape > 0
[[nodiscard]] double gamma_p(double shape, double x);
/// Q = 1 - P. Relative error < 1e-13 where Q < P, absolute elsewhere.
[[nodiscard]] double gamma_q(double shape, double x);
/// x^shape e^-x / Gamma(shape): the density in log(x). Relative error < 1e-14 + 1e-15 * |log(result)|.
[[nodiscard]] double gamma_log_density(double shape, double x);
/// The x with gamma_p(shape, x) = p, p in [0, 1]. Relative error < 1e-13 where p is the smaller tail.
[[nodiscard]] double gamma_p_inverse(double shape, double p);
/// log(x) for the x whose lower tail is `p` and whose upper tail is `q` (p + q = 1; the smaller one is used).
/// Does not underflow for small shapes. @pre both > 0
[[nodiscard]] double gamma_log_quantile(double shape, double p, double q);

/// Regularised incomplete beta function I_x(a, b), a and b > 0, x in [0, 1]. Relative error < 1e-13.
[[nodiscard]] double beta_p(double a, double b, double x);
/// The x with beta_p(a, b, x) = p, p in [0, 1]. Relative error < 1e-13 of min(x, 1 - x).
[[nodiscard]] double beta_p_inverse(double a, double b, double p);

/// P(X <= successes) of the binomial law. @param p in [0, 1]
[[nodiscard]] double binomial_cdf(std::int64_t successes, std::int64_t trials, double p);
/// Smallest k with binomial_cdf(k, trials, p) >= probability.
[[nodiscard]] std::int64_t binomial_quantile(double probability, std::int64_t trials, double p);

/// P(T <= t) of Student's law. @param degrees > 0, need not be whole
[[nodiscard]] double student_t_cdf(double t, double degrees);
/// Quantile of Student's law, p in (0, 1). Relative error < 1e-13.
[[nodiscard]] double student_t_quantile(double p, double degrees);

/// P(X > x) of the chi-square law with `degrees` of freedom.
[[nodiscard]] double chi_square_tail(double x, double degrees);

}  // namespace sim::math
