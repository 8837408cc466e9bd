#include "sim/math.hpp"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/hash.hpp"
#include "sim/random.hpp"

namespace math = sim::math;

namespace {

/// Distance from the extended-precision value in units in the last place of the double result.
double ulps(double got, long double expected) {
  int exponent = 0;
  std::frexp(static_cast<double>(expected), &exponent);
  const long double unit = std::ldexp(1.0L, std::max(exponent - 53, -1074));
  return static_cast<double>(std::fabs(got - expected) / unit);
}

class Numbers {
 public:
  double unit() { return sim::Draw{bits_()}.uniform(); }
  double between(double low, double high) { return low + (high - low) * unit(); }
  /// Log-uniform over [2^low, 2^high).
  double octaves(int low, int high) {
    return std::ldexp(1.0 + unit(), low + static_cast<int>(bits_() % static_cast<unsigned>(high - low)));
  }

 private:
  sim::SplitMix64 bits_{2024};
};

constexpr int trials = 200'000;

}  // namespace

TEST_CASE("The logarithm is within 1.2 ulp, also near 1 and for the smallest numbers", "[sim][math]") {
  Numbers numbers;
  double worst = 0;
  for (int i = 0; i < trials; ++i) {
    for (const double x :
         {numbers.octaves(-1022, 1023), numbers.between(0.5, 2), numbers.between(0.99, 1.01)})
      worst = std::max(worst, ulps(math::log(x), std::log(static_cast<long double>(x))));
  }
  for (int i = 0; i < 1000; ++i) {
    const double subnormal = std::ldexp(numbers.unit(), -1030);
    worst = std::max(worst, ulps(math::log(subnormal), std::log(static_cast<long double>(subnormal))));
  }
  CHECK(worst < 1.2);
  CHECK(math::log(1.0) == 0.0);
}

TEST_CASE("The exponential is within 0.6 ulp, near its limits within 2", "[sim][math]") {
  Numbers numbers;
  double worst = 0, worst_far = 0;
  for (int i = 0; i < trials; ++i) {
    for (const double x : {numbers.between(-700, 700), numbers.between(-1, 1)})
      worst = std::max(worst, ulps(math::exp(x), std::exp(static_cast<long double>(x))));
    for (const double x : {numbers.between(-745, -700), numbers.between(700, 709.78)})
      worst_far = std::max(worst_far, ulps(math::exp(x), std::exp(static_cast<long double>(x))));
  }
  CHECK(worst < 0.6);
  CHECK(worst_far < 2.0);
  CHECK(math::exp(0.0) == 1.0);
}

TEST_CASE("Small arguments keep their digits in log1p and expm1", "[sim][math]") {
  Numbers numbers;
  double worst_log = 0, worst_exp = 0;
  for (int i = 0; i < trials; ++i) {
    const double size = numbers.octaves(-70, 6);
    for (const double x : {size, -size}) {
      if (x > -1)
        worst_log = std::max(worst_log, ulps(math::log1p(x), std::log1p(static_cast<long double>(x))));
      worst_exp = std::max(worst_exp, ulps(math::expm1(x), std::expm1(static_cast<long double>(x))));
    }
  }
  CHECK(worst_log < 2.5);
  CHECK(worst_exp < 2.5);
}

TEST_CASE("Powers are as exact as their logarithm allows", "[sim][math]") {
  Numbers numbers;
  double worst = 0;  // as a multiple of the stated bound
  for (int i = 0; i < trials; ++i) {
    const double base = numbers.octaves(-20, 20), exponent = numbers.between(-30, 30);
    const long double expected = std::pow(static_cast<long double>(base), static_cast<long double>(exponent));
    const double bound = (2 + 3 * std::abs(exponent * std::log(base))) * 0x1p-53;
    worst = std::max(worst, static_cast<double>(std::fabs(math::pow(base, exponent) / expected - 1)) / bound);
  }
  CHECK(worst < 1.0);
  CHECK(math::pow(0.0, 2.0) == 0.0);
  CHECK(math::pow(0.0, -2.0) == math::infinity);
  CHECK(math::pow(0.0, 0.0) == 1.0);
}

TEST_CASE("Elementary functions say so outside their domain", "[sim][math]") {
  CHECK(math::log(0.0) == -math::infinity);
  CHECK(math::log(math::infinity) == math::infinity);
  CHECK(std::isnan(math::log(-1.0)));
  CHECK(std::isnan(math::log(math::not_a_number)));
  CHECK(math::exp(1000.0) == math::infinity);
  CHECK(math::exp(-1000.0) == 0.0);
  CHECK(math::exp(-math::infinity) == 0.0);
  CHECK(std::isnan(math::exp(math::not_a_number)));
  CHECK(math::log1p(-1.0) == -math::infinity);
  CHECK(math::log1p(math::infinity) == math::infinity);
  CHECK(math::expm1(-math::infinity) == -1.0);
  CHECK(math::normal_quantile(0.0) == -math::infinity);
  CHECK(math::normal_quantile(1.0) == math::infinity);
  CHECK(std::isnan(math::normal_quantile(-0.1)));
  CHECK(math::normal_cdf(-math::infinity) == 0.0);
  CHECK(math::normal_cdf(math::infinity) == 1.0);
}

TEST_CASE("The normal distribution function matches 18-digit values", "[sim][math]") {
  const auto relative = [](double z, double expected) {
    return std::abs(math::normal_cdf(z) / expected - 1);
  };
  CHECK(relative(-37, 5.72557122252457682e-300) < 2e-15);
  CHECK(relative(-10, 7.61985302416052607e-24) < 2e-15);
  CHECK(relative(-5.75, 4.46217245390161187e-9) < 2e-15);
  CHECK(relative(-3, 0.00134989803163009453) < 2e-15);
  CHECK(relative(-1, 0.158655253931457051) < 2e-15);
  CHECK(relative(-0.5, 0.308537538725986896) < 2e-15);
  CHECK(relative(0.25, 0.598706325682923724) < 2e-15);
  CHECK(relative(2, 0.977249868051820793) < 2e-15);
  CHECK(math::normal_cdf(0.0) == 0.5);
}

TEST_CASE("The normal quantile matches 18-digit values and is symmetric", "[sim][math]") {
  const auto relative = [](double p, double expected) {
    return std::abs(math::normal_quantile(p) / expected - 1);
  };
  CHECK(relative(0.75, 0.674489750196081743) < 1e-15);
  CHECK(relative(0.975, 1.95996398454005424) < 1e-15);
  CHECK(relative(1e-3, -3.09023230616781354) < 1e-15);
  CHECK(relative(1e-9, -5.99780701500768687) < 1e-15);
  CHECK(relative(1e-16, -8.22208221613043561) < 1e-15);
  CHECK(math::normal_quantile(0.5) == 0.0);
  Numbers numbers;
  for (int i = 0; i < 1000; ++i) {
    const double p = numbers.unit();
    REQUIRE(math::normal_quantile(1 - p) == -math::normal_quantile(p));
    REQUIRE(math::normal_cdf(math::normal_quantile(p)) == Approx(p).epsilon(1e-14));
  }
}

TEST_CASE("The exponential quantile is that of the draw for every draw", "[sim][math]") {
  for (const double p : {sim::Draw{0}.uniform(), sim::Draw{~0ULL}.uniform(), sim::Draw{1ULL << 63}.uniform()})
    CHECK(math::exponential_quantile(p) == -math::log1p(-p));
  // The largest draw is 1 - 2^-53: 53 ln 2.
  CHECK(math::exponential_quantile(sim::Draw{~0ULL}.uniform()) == Approx(53 * math::ln2).epsilon(1e-15));
}

TEST_CASE("Elementary functions have the same bits on every machine", "[sim][math][fingerprint]") {
  Numbers numbers;
  std::uint64_t hash = 0;
  const auto add = [&hash](double value) { hash = sim::combine(hash, std::bit_cast<std::uint64_t>(value)); };
  for (int i = 0; i < 20'000; ++i) {
    const double p = numbers.unit();
    add(math::log(p));
    add(math::exp(700 * (p - 0.5)));
    add(math::log1p(-p));
    add(math::expm1(p - 0.5));
    add(math::pow(p, 3.7));
    add(math::normal_quantile(p));
    add(math::normal_cdf(16 * (p - 0.5)));
    add(math::normal_density(16 * (p - 0.5)));
  }
  CHECK(hash == 141111733242405153ULL);
}
