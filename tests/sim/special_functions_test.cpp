#include "sim/special_functions.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/math.hpp"

namespace math = sim::math;

namespace {

double relative(double got, double expected) { return std::abs(got / expected - 1); }

}  // namespace

// The 18-digit values of this file were computed with mpmath at 200 bits.

TEST_CASE("The logarithm of the gamma function matches 18-digit values", "[sim][math]") {
  CHECK(relative(math::log_gamma(0.001), 6.90717888538385368) < 4e-15);
  CHECK(relative(math::log_gamma(0.5), 0.572364942924700087) < 4e-15);
  CHECK(std::abs(math::log_gamma(1.5) + 0.120782237635245222) < 4e-15);
  CHECK(relative(math::log_gamma(10), 12.8018274800814696) < 4e-15);  // log(9!)
  CHECK(relative(math::log_gamma(123.25), 468.614482950516644) < 4e-15);
  CHECK(relative(math::log_gamma(100000), 1051287.70897365689) < 4e-15);
  CHECK(std::abs(math::log_gamma(1)) < 4e-15);
  CHECK(std::abs(math::log_gamma(2)) < 4e-15);
}

TEST_CASE("The incomplete gamma functions match 18-digit values", "[sim][math]") {
  CHECK(relative(math::gamma_p(0.01, 0.001), 0.938570652526128986) < 1e-13);
  CHECK(relative(math::gamma_p(0.5, 0.25), 0.520499877813046538) < 1e-13);  // erf(0.5)
  CHECK(relative(math::gamma_q(0.5, 0.25), 0.479500122186953462) < 1e-13);
  CHECK(relative(math::gamma_p(3, 1), 0.080301397071394196) < 1e-13);
  CHECK(relative(math::gamma_q(3, 12), 0.000522258050032897829) < 1e-13);
  CHECK(relative(math::gamma_p(100, 90), 0.158220989186430168) < 1e-13);
  CHECK(relative(math::gamma_q(100, 150), 5.92454033548391583e-6) < 1e-13);
  CHECK(relative(math::gamma_q(10000, 10100), 0.158651249552820378) < 1e-13);
  CHECK(math::gamma_p(2, 0) == 0.0);
  CHECK(math::gamma_q(2, 0) == 1.0);
  CHECK(math::gamma_q(2, math::infinity) == 0.0);
}

TEST_CASE("The incomplete gamma function's inverse inverts it in both tails", "[sim][math]") {
  for (const double shape : {0.02, 0.5, 1.0, 3.0, 50.0, 1e4, 1e6})
    for (const double p : {1e-9, 1e-3, 0.3, 0.5, 0.8, 0.999, 1 - 1e-9}) {
      const double x = math::gamma_p_inverse(shape, p);
      if (x < 1e-290) continue;  // the quantile itself is below the normal doubles
      INFO(shape << " " << p);
      const double tail = p <= 0.5 ? p : 1 - p;
      const double found = p <= 0.5 ? math::gamma_p(shape, x) : math::gamma_q(shape, x);
      // What the tail is off, in terms of log(x): d tail / d log(x) = density.
      CHECK(std::abs(found - tail) / math::gamma_log_density(shape, x) < 1e-13);
    }
  CHECK(math::gamma_p_inverse(2, 0) == 0.0);
  CHECK(math::gamma_p_inverse(2, 1) == math::infinity);
  // Shape 0.001: P = x^shape / Gamma(1 + shape) for tiny x, so log(x) = 1000 (log p + log_gamma(1.001)).
  CHECK(math::gamma_log_quantile(0.001, 0.1, 0.9) ==
        Approx(1000 * (std::log(0.1) + std::lgamma(1.001))).epsilon(1e-12));
}

TEST_CASE("The incomplete beta function matches 18-digit values", "[sim][math]") {
  CHECK(relative(math::beta_p(0.5, 0.5, 0.25), 1.0 / 3) < 1e-13);  // 2/pi asin(sqrt(x))
  CHECK(relative(math::beta_p(2, 3, 0.4), 0.5248) < 1e-13);
  CHECK(relative(math::beta_p(20, 30, 0.5), 0.923796114019260983) < 1e-13);
  CHECK(relative(math::beta_p(5, 200, 0.01), 0.0554097303428163209) < 1e-13);
  CHECK(relative(math::beta_p(500, 0.5, 0.999), 0.31731044730971737) < 1e-13);
  CHECK(relative(math::beta_p(300, 700, 0.27), 0.0177057971435750451) < 1e-13);
  CHECK(math::beta_p(2, 3, 0) == 0.0);
  CHECK(math::beta_p(2, 3, 1) == 1.0);
}

TEST_CASE("The incomplete beta function's inverse inverts it", "[sim][math]") {
  for (const double a : {0.3, 1.0, 5.0, 400.0, 1e5})
    for (const double b : {0.3, 1.0, 5.0, 400.0, 1e5})
      for (const double p : {1e-9, 0.025, 0.5, 0.975}) {
        const double x = math::beta_p_inverse(a, b, p);
        if (x > 1 - 1e-6) continue;  // 1 - x has lost its digits
        INFO(a << " " << b << " " << p);
        CHECK(relative(math::beta_p(a, b, x), p) < 1e-9);
      }
  CHECK(math::beta_p_inverse(1, 1, 0.3) == Approx(0.3).epsilon(1e-14));
}

TEST_CASE("The binomial law agrees with its sum", "[sim][math]") {
  // n = 3, p = 1/2: 1, 3, 3, 1 in 8.
  CHECK(math::binomial_cdf(0, 3, 0.5) == Approx(1.0 / 8).epsilon(1e-13));
  CHECK(math::binomial_cdf(1, 3, 0.5) == Approx(4.0 / 8).epsilon(1e-13));
  CHECK(math::binomial_cdf(2, 3, 0.5) == Approx(7.0 / 8).epsilon(1e-13));
  CHECK(math::binomial_cdf(3, 3, 0.5) == 1.0);
  CHECK(math::binomial_cdf(-1, 3, 0.5) == 0.0);
  CHECK(math::binomial_quantile(0.4, 3, 0.5) == 1);
  CHECK(math::binomial_quantile(0.6, 3, 0.5) == 2);
  CHECK(math::binomial_quantile(1e-9, 3, 0.5) == 0);
  CHECK(math::binomial_quantile(1.0, 3, 0.5) == 3);
}

TEST_CASE("How many of 1000 intervals of 95 % may miss", "[sim][math]") {
  // Central 99.9 % of the binomial law of 1000 trials at 0.95.
  CHECK(math::binomial_quantile(0.0005, 1000, 0.95) == 926);
  CHECK(math::binomial_quantile(0.9995, 1000, 0.95) == 971);
}

TEST_CASE("Student's quantiles match 18-digit values", "[sim][math]") {
  CHECK(math::student_t_quantile(0.975, 1) == Approx(12.7062047361746933).epsilon(1e-12));
  CHECK(math::student_t_quantile(0.975, 9) == Approx(2.262157162798205).epsilon(1e-12));
  CHECK(math::student_t_quantile(0.975, 19) == Approx(2.09302405440830932).epsilon(1e-12));
  CHECK(math::student_t_quantile(0.975, 29) == Approx(2.04522964213270387).epsilon(1e-12));
  CHECK(math::student_t_quantile(0.995, 9) == Approx(3.24983554159212572).epsilon(1e-12));
  CHECK(math::student_t_quantile(0.95, 4) == Approx(2.13184678632664953).epsilon(1e-12));
  CHECK(math::student_t_quantile(0.05, 4) == Approx(-math::student_t_quantile(0.95, 4)).epsilon(1e-13));
  CHECK(math::student_t_quantile(0.5, 7) == 0.0);
  // One degree of freedom is Cauchy's law: tan(pi (p - 1/2)).
  CHECK(math::student_t_quantile(0.75, 1) == Approx(1.0).epsilon(1e-13));
  // Many degrees approach the normal law with a correction (z^3 + z) / (4 degrees).
  const double z = math::normal_quantile(0.975);
  CHECK(math::student_t_quantile(0.975, 1e6) == Approx(z + (z * z * z + z) / 4e6).epsilon(1e-11));
}

TEST_CASE("Student's distribution function inverts its quantile", "[sim][math]") {
  for (const double degrees : {1.0, 2.5, 30.0, 1e5})
    for (const double p : {1e-6, 0.1, 0.4999, 0.6, 0.999})
      CHECK(math::student_t_cdf(math::student_t_quantile(p, degrees), degrees) == Approx(p).epsilon(1e-12));
}

TEST_CASE("Two degrees of freedom make the chi-square law exponential", "[sim][math]") {
  CHECK(math::chi_square_tail(6.0, 2) == Approx(std::exp(-3.0)).epsilon(1e-13));
  CHECK(math::chi_square_tail(0.0, 5) == 1.0);
}
