#include "planner/latency_law.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/distribution.hpp"

using planner::LatencyLaw;

TEST_CASE("A latency law of one part is the shifted gamma law", "[planner][latency_law]") {
  // Minimum 3 ms, mean 23 ms, variance 20^2 ms^2: an exponential law of mean 20 ms after 3 ms.
  LatencyLaw law;
  law.add({1.0, 0.023, 0.020 * 0.020, 0.003});
  CHECK(law.mean() == Approx(0.023));
  CHECK(law.cdf(0.003) == 0.0);
  CHECK(law.cdf(0.023) == Approx(1 - std::exp(-1.0)));
  CHECK(law.quantile(0.99) == Approx(0.003 + 0.020 * std::log(100.0)).epsilon(1e-6));
  CHECK(law.quantile(0.999) == Approx(0.003 + 0.020 * std::log(1000.0)).epsilon(1e-6));
}

TEST_CASE("A mixture of constants has its jumps where they are", "[planner][latency_law]") {
  LatencyLaw law;
  law.add({3.0, 0.010, 0, 0.010});
  law.add({1.0, 0.050, 0, 0.050});
  CHECK(law.mean() == Approx(0.020));  // (3 x 10 + 1 x 50) / 4
  CHECK(law.quantile(0.5) == Approx(0.010));
  CHECK(law.quantile(0.74) == Approx(0.010));
  CHECK(law.quantile(0.76) == Approx(0.050));
}

TEST_CASE("A mixture's quantile is where its parts together reach it", "[planner][latency_law]") {
  LatencyLaw inner, law;
  inner.add({5.0, 0.012, 0.004 * 0.004, 0.002});
  law.add(inner, 0.3);
  law.add({0.7, 0.200, 0.05 * 0.05, 0.1});
  for (const double p : {0.01, 0.29, 0.3, 0.31, 0.5, 0.9, 0.999}) {
    const auto gamma = [](double mean, double sd, double minimum, double x) {
      const double above = mean - minimum;
      return sim::Distribution::gamma_by_mean_cv(above, sd / above).shifted(minimum).cdf(x);
    };
    const double x = law.quantile(p);
    CHECK(0.3 * gamma(0.012, 0.004, 0.002, x) + 0.7 * gamma(0.200, 0.05, 0.1, x) == Approx(p).margin(1e-5));
  }
}

TEST_CASE("Many parts are taken together without moving the quantiles", "[planner][latency_law]") {
  // Exponential parts of means 10.0, 10.1, ... 59.9 ms; P(X <= x) is their average.
  LatencyLaw law;
  for (int i = 0; i < 500; ++i) {
    const double mean = 0.010 + 1e-4 * i;
    law.add({1.0, mean, mean * mean, 0});
  }
  for (const double p : {0.5, 0.95, 0.99}) CHECK(law.cdf(law.quantile(p)) == Approx(p).margin(1e-4));
}
