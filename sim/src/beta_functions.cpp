#include <cmath>

#include "saddle_point.hpp"
#include "sim/contract.hpp"
#include "sim/math.hpp"
#include "sim/special_functions.hpp"

namespace sim::math {
namespace {

constexpr int iteration_limit = 1'000'000;

/// x^a y^b / B(a, b) with y = 1 - x: the density in log(x / y).
double logit_density(double a, double b, double x, double y) {
  const double sum = a + b;
  const double off_centre = x * b - y * a;
  const double exponent = a * detail::log_minus_excess(x * sum / a, off_centre / a) +
                          b * detail::log_minus_excess(y * sum / b, -off_centre / b) +
                          (detail::binet(sum) - detail::binet(a) - detail::binet(b));
  return std::sqrt(a * b / (2.0 * pi * sum)) * exp(exponent);
}

/// I_x(a, b) for x up to its mean a / (a + b), by the continued fraction of Didonato and Morris, "Significant
/// digit computation of the incomplete beta function ratios", ACM TOMS 18 (1992), eq. 9.
double lower_fraction(double a, double b, double x, double y) {
  const double below_mean = a * y - b * x;
  // Numerators and denominators of two successive convergents, scaled to a last denominator of 1.
  double previous_numerator = 0.0, previous_denominator = 1.0;
  double numerator = 1.0, denominator = a * (below_mean + 1.0) / (a + 1.0);
  double value = 1.0 / denominator;
  for (int n = 1; n < iteration_limit; ++n) {
    const double odd = a + 2 * n - 1;
    const double alpha = (a + n - 1) * (a + b + n - 1) * n * (b - n) * x * x / (odd * odd);
    const double beta =
        n + n * (b - n) * x / odd + (a + n) * (below_mean + 1.0 + n * (1.0 + y)) / (odd + 2.0);
    const double next_numerator = alpha * previous_numerator + beta * numerator;
    const double next_denominator = alpha * previous_denominator + beta * denominator;
    previous_numerator = numerator / next_denominator;
    previous_denominator = denominator / next_denominator;
    numerator = next_numerator / next_denominator;
    denominator = 1.0;
    const double change = numerator - value;
    value = numerator;
    if (std::abs(change) <= 1e-16 * value) break;
  }
  return logit_density(a, b, x, y) * value;
}

/// I_x(a, b), given x and y = 1 - x each to full relative accuracy.
double beta_p(double a, double b, double x, double y) {
  if (!(x > 0)) return 0.0;
  if (!(y > 0)) return 1.0;
  if (a * y >= b * x) return lower_fraction(a, b, x, y);
  return 1.0 - lower_fraction(b, a, y, x);
}

/// A start for logit_lower_quantile: the normal approximation, or where a parameter is small the leading
/// term I_x ~ x^a / (a B(a, b)).
double logit_start(double a, double b, double p) {
  const double centre = log(a / b);
  if (a >= 1 && b >= 1) return centre + normal_quantile(p) * std::sqrt(1.0 / a + 1.0 / b);
  const double log_x = (log(p) + log(a) + log_gamma(a) + log_gamma(b) - log_gamma(a + b)) / a;
  return log_x < -0.1 ? log_x - log1p(-exp(log_x)) : centre;
}

/// log(x / (1 - x)) of the x with I_x(a, b) = p, for p <= 1/2.
///
/// Newton's method on log(I), which is concave in the result: from below, no iterate crosses the root.
double logit_lower_quantile(double a, double b, double p) {
  double w = logit_start(a, b, p);
  for (int i = 0; i < 200; ++i) {
    const double x = 1.0 / (1.0 + exp(-w)), y = 1.0 / (1.0 + exp(w));
    const double value = beta_p(a, b, x, y);
    const double miss = log(p / value);
    const double step = miss * value / logit_density(a, b, x, y);
    w += std::fmin(std::fmax(step, -4.0), 4.0);
    if (std::abs(miss) < 1e-8) break;  // and the next miss would be about its square
  }
  return w;
}

/// The same for lower tail p and upper tail q = 1 - p, the smaller of which is used.
double logit_quantile(double a, double b, double p, double q) {
  return p <= q ? logit_lower_quantile(a, b, p) : -logit_lower_quantile(b, a, q);
}

}  // namespace

double beta_p(double a, double b, double x) {
  SIM_EXPECT(a > 0 && b > 0 && x >= 0 && x <= 1);
  return beta_p(a, b, x, 1.0 - x);
}

double beta_p_inverse(double a, double b, double p) {
  SIM_EXPECT(a > 0 && b > 0 && p >= 0 && p <= 1);
  if (p == 0 || p == 1) return p;
  return 1.0 / (1.0 + exp(-logit_quantile(a, b, p, 1.0 - p)));
}

double binomial_cdf(std::int64_t successes, std::int64_t trials, double p) {
  SIM_EXPECT(trials >= 0 && p >= 0 && p <= 1);
  if (successes < 0) return 0.0;
  if (successes >= trials) return 1.0;
  return beta_p(static_cast<double>(trials - successes), static_cast<double>(successes + 1), 1.0 - p, p);
}

std::int64_t binomial_quantile(double probability, std::int64_t trials, double p) {
  std::int64_t below = -1, reached = trials;
  while (reached - below > 1) {
    const std::int64_t middle = below + (reached - below) / 2;
    (binomial_cdf(middle, trials, p) >= probability ? reached : below) = middle;
  }
  return reached;
}

double student_t_cdf(double t, double degrees) {
  SIM_EXPECT(degrees > 0);
  const double square = t * t;
  const double x = degrees / (degrees + square);
  const double tail = 0.5 * beta_p(degrees / 2, 0.5, x, square / (degrees + square));
  return t < 0 ? tail : 1.0 - tail;
}

double student_t_quantile(double p, double degrees) {
  SIM_EXPECT(degrees > 0 && p > 0 && p < 1);
  if (p == 0.5) return 0.0;
  const double both_tails = 2.0 * (p < 0.5 ? p : 1.0 - p);
  // x = degrees / (degrees + t^2) follows a beta law: t^2 = degrees (1 - x) / x.
  const double logit = logit_quantile(degrees / 2, 0.5, both_tails, 1.0 - both_tails);
  const double size = std::sqrt(degrees) * exp(-0.5 * logit);
  return p < 0.5 ? -size : size;
}

}  // namespace sim::math
