#include <cmath>

#include "saddle_point.hpp"
#include "sim/contract.hpp"
#include "sim/math.hpp"
#include "sim/special_functions.hpp"

namespace sim::math {
namespace detail {

double binet(double x) {
  double sum = 0;
  for (; x < 10.0; x += 1.0) sum += (x + 0.5) * log1p(1.0 / x) - 1.0;
  const double y = 1.0 / (x * x);
  // Bernoulli numbers B(2k) / (2k (2k - 1)); the next term is below 1e-17 at x = 10.
  const double series =
      1.0 / 12 +
      y * (-1.0 / 360 +
           y * (1.0 / 1260 +
                y * (-1.0 / 1680 +
                     y * (1.0 / 1188 + y * (-691.0 / 360360 + y * (1.0 / 156 - y * 3617.0 / 122400))))));
  return sum + series / x;
}

double log_minus_excess(double ratio, double t) {
  if (t < -0.3 || t > 0.5) return log(ratio) - t;
  const double r = t / (2.0 + t);  // log(1 + t) = 2 artanh(r)
  const double square = r * r;
  double power = 1.0, sum = 0.0;
  for (int k = 3; k < 40; k += 2) {
    power *= square;
    sum += power / k;
  }
  return 2.0 * r * sum - r * t;
}

}  // namespace detail

namespace {

constexpr double two_pi = 2.0 * pi;
constexpr double half_log_two_pi = 0x1.d67f1c864beb5p-1;
constexpr int iteration_limit = 1'000'000;

/// P by its power series; for x < shape + 1.
double lower_series(double shape, double x) {
  double term = 1.0, sum = 1.0;
  for (int n = 1; n < iteration_limit && term > sum * 1e-17; ++n) {
    term *= x / (shape + n);
    sum += term;
  }
  return gamma_log_density(shape, x) / shape * sum;
}

/// Q by its continued fraction (Legendre), evaluated by Lentz's method; for x >= shape + 1.
double upper_fraction(double shape, double x) {
  double b = x + 1.0 - shape;
  double c = 1e300;
  double d = 1.0 / b;
  double product = d;
  for (int n = 1; n < iteration_limit; ++n) {
    const double a = -n * (n - shape);
    b += 2.0;
    d = 1.0 / (a * d + b);
    c = b + a / c;
    const double factor = c * d;
    product *= factor;
    if (std::abs(factor - 1.0) < 1e-16) break;
  }
  return gamma_log_density(shape, x) * product;
}

/// Newton's method for log(x), where the logarithm of a tail is concave in log(x): from the side on which the
/// tail is too small the iterates approach the root without crossing it. A step is at most a factor e.
template <class Tail>
double solve_log_quantile(double shape, double y, double tail, double sign, Tail tail_at) {
  for (int i = 0; i < 200; ++i) {
    const double x = exp(y);
    const double value = tail_at(shape, x);
    const double miss = log(tail / value);
    const double step = sign * miss * value / gamma_log_density(shape, x);
    y += std::fmin(std::fmax(step, -1.0), 1.0);
    if (std::abs(miss) < 1e-8) break;  // and the next miss would be about its square
  }
  return y;
}

}  // namespace

double log_gamma(double x) {
  SIM_EXPECT(x > 0);
  return (x - 0.5) * log(x) - x + half_log_two_pi + detail::binet(x);
}

double gamma_log_density(double shape, double x) {
  if (!(x > 0) || x == infinity) return 0.0;
  const double exponent =
      shape * detail::log_minus_excess(x / shape, (x - shape) / shape) - detail::binet(shape);
  return std::sqrt(shape / two_pi) * exp(exponent);
}

double gamma_p(double shape, double x) {
  SIM_EXPECT(shape > 0);
  if (!(x > 0)) return 0.0;
  if (x == infinity) return 1.0;
  return x < shape + 1.0 ? lower_series(shape, x) : 1.0 - upper_fraction(shape, x);
}

double gamma_q(double shape, double x) {
  SIM_EXPECT(shape > 0);
  if (!(x > 0)) return 1.0;
  if (x == infinity) return 0.0;
  return x < shape + 1.0 ? 1.0 - lower_series(shape, x) : upper_fraction(shape, x);
}

double gamma_log_quantile(double shape, double p, double q) {
  SIM_EXPECT(shape > 0 && p > 0 && q > 0);
  // P(x) <= x^shape / Gamma(shape + 1), with equality in the limit of small x.
  const double below = (log(p) + log_gamma(shape + 1.0)) / shape;
  constexpr double tiny = -35.0;  // from here on equal: e^tiny is below the rounding error of 1
  if (below < tiny) return below;
  // The cube root of a gamma variate is nearly normal (Wilson and Hilferty, PNAS 17, 1931).
  const double z = p <= q ? normal_quantile(p) : -normal_quantile(q);
  const double cube_root = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * std::sqrt(shape));
  const double start = cube_root > 0.2 ? log(shape) + 3.0 * log(cube_root) : below;
  return p <= q ? solve_log_quantile(shape, start, p, 1.0, gamma_p)
                : solve_log_quantile(shape, start, q, -1.0, gamma_q);
}

double gamma_p_inverse(double shape, double p) {
  SIM_EXPECT(p >= 0 && p <= 1);
  if (p == 0) return 0.0;
  if (p == 1) return infinity;
  return exp(gamma_log_quantile(shape, p, 1.0 - p));
}

double chi_square_tail(double x, double degrees) { return gamma_q(degrees / 2, x / 2); }

}  // namespace sim::math
