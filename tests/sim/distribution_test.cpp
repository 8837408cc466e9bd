#include "sim/distribution.hpp"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/goodness_of_fit.hpp"
#include "sim/hash.hpp"
#include "sim/math.hpp"
#include "sim/special_functions.hpp"
#include "sim/statistics.hpp"

using namespace sim;

namespace {

constexpr double infinity = math::infinity;

/// A law with the mean and variance that its formula gives.
struct Case {
  Distribution law;
  double mean, variance;
};

const double gamma_of_1_5 = std::sqrt(math::pi) / 2;

std::vector<Case> continuous_laws() {
  const double e = std::exp(1.0);
  // Normal conditioned on [0, inf) with mean 0: |Z|, mean sqrt(2/pi), variance 1 - 2/pi.
  const double half_normal_mean = std::sqrt(2 / math::pi);
  return {
      {Distribution::uniform(2, 5), 3.5, 9.0 / 12},
      {Distribution::exponential(3), 3, 9},
      {Distribution::lognormal(0, 1), std::sqrt(e), (e - 1) * e},
      {Distribution::lognormal_by_mean_cv(5, 0.4), 5, 4},
      {Distribution::truncated_normal(1, 2, -infinity, infinity), 1, 4},
      {Distribution::truncated_normal(0, 3, 0, infinity), 3 * half_normal_mean, 9 * (1 - 2 / math::pi)},
      {Distribution::truncated_normal(0, 1, -1, 1), 0,
       1 - 2 * std::exp(-0.5) / std::sqrt(2 * math::pi) / std::erf(std::sqrt(0.5))},
      {Distribution::gamma(0.3, 2), 0.6, 1.2},
      {Distribution::gamma(4, 0.5), 2, 1},
      {Distribution::gamma_by_mean_cv(10, 0.1), 10, 1},
      {Distribution::weibull(2, 3), 3 * gamma_of_1_5, 9 * (1 - gamma_of_1_5 * gamma_of_1_5)},
      {Distribution::weibull(0.5, 1), 2, 24 - 4},  // Gamma(3), Gamma(5) - Gamma(3)^2
      {Distribution::pareto(5, 2), 2.5, 4 * 5.0 / (16 * 3)},
      {Distribution::empirical({0, 0.5, 0.9, 1}, {1, 2, 4, 10}), 0.5 * 1.5 + 0.4 * 3 + 0.1 * 7,
       0.5 * 7.0 / 3 + 0.4 * 28.0 / 3 + 0.1 * 156.0 / 3 - 2.65 * 2.65},
      {Distribution::exponential(3).scaled(2).shifted(1), 7, 36},
      {Distribution::weibull(2, 3).shifted(-1).scaled(0.5), (3 * gamma_of_1_5 - 1) / 2,
       9 * (1 - gamma_of_1_5 * gamma_of_1_5) / 4},
  };
}

std::vector<Case> mixtures() {
  // Weights p, q: mean p m1 + q m2; second moment of an exponential 2 m^2.
  return {
      {Distribution::hyperexponential({0.4, 0.6}, {1, 5}), 3.4, 0.4 * 2 + 0.6 * 50 - 3.4 * 3.4},
      {Distribution::hyperexponential_by_mean_cv(2, 3), 2, 36},
      {Distribution::mixture({0.25, 0.75},
                             {Distribution::uniform(0, 4), Distribution::exponential(8).shifted(1)}),
       0.25 * 2 + 0.75 * 9, 0.25 * (16.0 / 3) + 0.75 * (64 + 81) - 7.25 * 7.25},
  };
}

std::vector<Case> laws_with_a_cut() {
  // max(E, 1) for E of mean 1: 1 - 1/e + 2/e; second moment 1 - 1/e + 5/e.
  const double e = std::exp(1.0);
  return {{Distribution::exponential(1).at_least(1), 1 + 1 / e, 1 + 4 / e - (1 + 1 / e) * (1 + 1 / e)},
          {Distribution::exponential(1).at_least(1).scaled(3).shifted(2), 5 + 3 / e,
           9 * (1 + 4 / e - (1 + 1 / e) * (1 + 1 / e))},
          // max(U, 1/2): 1/4 + 3/8; second moment 1/8 + 7/24.
          {Distribution::uniform(0, 1).at_least(0.5), 5.0 / 8, 10.0 / 24 - 25.0 / 64},
          {Distribution::empirical({0, 1}, {0, 1}).at_least(0.5), 5.0 / 8, 10.0 / 24 - 25.0 / 64},
          {Distribution::discrete({0, 1}, {0.5, 0.5}).at_least(0.5), 0.75, 0.0625},
          {Distribution::mixture({0.5, 0.5}, {Distribution::uniform(0, 1), Distribution::deterministic(0)})
               .at_least(0.5),
           9.0 / 16, (10.0 / 24 + 0.25) / 2 - 81.0 / 256}};
}

std::vector<Case> atomic_laws() {
  return {{Distribution::deterministic(4), 4, 0},
          {Distribution{}, 0, 0},
          {Distribution::discrete({3, 1, 2}, {0.5, 0.2, 0.3}), 2.3, 0.2 * 1.69 + 0.3 * 0.09 + 0.5 * 0.49}};
}

std::vector<Case> all_laws() {
  std::vector<Case> all;
  for (const auto& group : {continuous_laws(), mixtures(), laws_with_a_cut(), atomic_laws()})
    all.insert(all.end(), group.begin(), group.end());
  return all;
}

std::vector<Distribution> monotone_laws() {
  std::vector<Distribution> laws;
  for (const Case& each : all_laws())
    if (each.law.parts().empty()) laws.push_back(each.law);
  return laws;
}

std::vector<double> samples(const Distribution& law, std::uint64_t key, std::uint32_t count) {
  const Stream stream{key, 42};
  std::vector<double> values(count);
  for (std::uint32_t i = 0; i < count; ++i) values[i] = law.sample(stream.draw(i));
  return values;
}

}  // namespace

TEST_CASE("Mean and variance of every law are those of its formula", "[sim][distribution]") {
  for (const Case& each : all_laws()) {
    INFO(each.law.describe());
    CHECK(each.law.mean() == Approx(each.mean).epsilon(1e-9).margin(1e-12));
    CHECK(each.law.variance() == Approx(each.variance).epsilon(1e-9).margin(1e-12));
  }
}

TEST_CASE("Samples of every law have its mean and variance", "[sim][distribution]") {
  constexpr std::uint64_t replications = 20;
  for (const Case& each : all_laws()) {
    INFO(each.law.describe());
    Moments means, variances;
    for (std::uint64_t replication = 0; replication < replications; ++replication) {
      const Moments sample = moments_of(samples(each.law, replication, 4000));
      means.add(sample.mean());
      variances.add(sample.variance());
    }
    CHECK(std::abs(means.mean() - each.mean) <= 4 * means.standard_error() + 1e-12);
    CHECK(std::abs(variances.mean() - each.variance) <= 4 * variances.standard_error() + 1e-12);
  }
}

TEST_CASE("Samples of every continuous law follow its distribution function", "[sim][distribution]") {
  std::vector<Case> laws = continuous_laws();
  const auto mixed = mixtures();
  laws.insert(laws.end(), mixed.begin(), mixed.end());
  for (const Case& each : laws) {
    INFO(each.law.describe());
    std::vector<double> values = samples(each.law, 77, 900);
    std::sort(values.begin(), values.end());
    const FitTest fit = kolmogorov_smirnov(values, [&](double x) { return each.law.cdf(x); });
    CHECK(fit.p_value > 6e-5);  // the two-sided tail of 4 standard errors
  }
}

TEST_CASE("Samples of a discrete law follow its weights", "[sim][distribution]") {
  const std::vector<double> weights{0.1, 0.2, 0.3, 0.4};
  std::vector<std::uint64_t> counts(4);
  for (const double value : samples(Distribution::discrete({0, 1, 2, 3}, weights), 5, 20'000))
    ++counts[static_cast<std::size_t>(value)];
  CHECK(chi_square(counts, weights).p_value > 6e-5);
}

TEST_CASE("A sample is the quantile at its uniform", "[sim][distribution]") {
  for (const Distribution& law : monotone_laws()) {
    INFO(law.describe());
    for (std::uint32_t i = 0; i < 2000; ++i) {
      const Draw draw = Stream{9, 9}.draw(i);
      REQUIRE(law.sample(draw) == law.quantile(draw.uniform()));
    }
    for (const Draw extreme : {Draw{0}, Draw{~0ULL}}) {
      REQUIRE(law.sample(extreme) == law.quantile(extreme.uniform()));
      REQUIRE(std::isfinite(law.sample(extreme)));
    }
  }
}

TEST_CASE("The distribution function inverts the quantile", "[sim][distribution]") {
  for (const auto& group : {continuous_laws(), mixtures()})
    for (const Case& each : group) {
      INFO(each.law.describe());
      for (const double p : {1e-9, 1e-4, 0.03, 0.2, 0.5, 0.77, 0.95, 0.999, 1 - 1e-9})
        CHECK(each.law.cdf(each.law.quantile(p)) == Approx(p).epsilon(1e-9).margin(1e-15));
    }
}

TEST_CASE("Quantiles of atoms are the smallest value with enough probability", "[sim][distribution]") {
  const Distribution law = Distribution::discrete({3, 1, 2}, {0.5, 0.25, 0.25});
  CHECK(law.quantile(0.2) == 1);
  CHECK(law.quantile(0.3) == 2);
  CHECK(law.quantile(0.51) == 3);
  CHECK(law.cdf(0.9) == 0);
  CHECK(law.cdf(1) == 0.25);
  CHECK(law.cdf(2.5) == 0.5);
  CHECK(law.cdf(3) == 1);
  const Distribution half =
      Distribution::mixture({0.5, 0.5}, {Distribution::deterministic(1), Distribution::uniform(0, 2)});
  CHECK(half.quantile(0.5) == 1);  // F jumps from 1/4 to 3/4 at 1
  CHECK(half.quantile(0.125) == Approx(0.5).epsilon(1e-12));
  const Distribution cut = Distribution::exponential(1).at_least(2);
  CHECK(cut.quantile(0.5) == 2);
  CHECK(cut.cdf(2) == Approx(1 - std::exp(-2.0)));
  CHECK(cut.cdf(1.999) == 0);
}

TEST_CASE("Samples rise with the uniform and stay within the law's support", "[sim][distribution]") {
  for (const Distribution& law : monotone_laws()) {
    INFO(law.describe());
    double last = -infinity;
    for (std::uint64_t step = 0; step < 4096; ++step) {
      const double value = law.sample(Draw{step << 52});
      REQUIRE(value >= last);
      last = value;
      REQUIRE(value >= law.minimum());
    }
  }
  for (const Case& each : all_laws())
    for (const double value : samples(each.law, 3, 1000)) REQUIRE(value >= each.law.minimum());
}

TEST_CASE("A moment's part above a bound is the integral over it", "[sim][distribution]") {
  // Sum over 20,000 slices between two quantiles of middle^k times the slice's probability.
  for (const Case& each : all_laws()) {
    if (each.variance == 0) continue;
    INFO(each.law.describe());
    const double low = each.law.quantile(0.03), high = each.law.quantile(0.97);
    double first = 0, second = 0;
    constexpr int slices = 20'000;
    for (int i = 0; i < slices; ++i) {
      const double from = low + (high - low) * i / slices, to = low + (high - low) * (i + 1) / slices;
      const double probability = each.law.cdf(to) - each.law.cdf(from);
      first += probability * (from + to) / 2;
      second += probability * (from * from + from * to + to * to) / 3;
    }
    const double width = (high - low) / slices;  // an atom may sit anywhere in its slice
    CHECK(each.law.upper_moment(1, low) - each.law.upper_moment(1, high) ==
          Approx(first).epsilon(1e-5).margin(width));
    CHECK(each.law.upper_moment(2, low) - each.law.upper_moment(2, high) ==
          Approx(second).epsilon(1e-5).margin(2 * width * std::abs(high)));
  }
}

TEST_CASE("Parameters from mean and coefficient of variation are those of the formulas",
          "[sim][distribution]") {
  const auto expect = [](const Distribution& law, double first, double second) {
    INFO(law.describe());
    CHECK(law.parameters()[0].value == Approx(first).epsilon(1e-10));
    CHECK(law.parameters()[1].value == Approx(second).epsilon(1e-10));
  };
  expect(Distribution::lognormal_by_mean_cv(1, 1), -0.34657359027997264, 0.8325546111576977);
  expect(Distribution::lognormal_by_mean_cv(0.2, 2), -2.4141568686511503, 1.2686362411795196);
  expect(Distribution::lognormal_by_mean_cv(50, 0.5), 3.800451229771041, 0.47238072707743883);
  expect(Distribution::weibull_by_mean_cv(1, 2), 0.5426925612864537, 0.5752495548555183);
  expect(Distribution::weibull_by_mean_cv(10, 0.5), 2.1013490946885427, 11.29063389539609);
  expect(Distribution::gamma_by_mean_cv(2, 0.5), 4.0, 0.5);
  CHECK(Distribution::lognormal_by_mean_cv(1, 1).quantile(0.99) == Approx(4.904916450865853).epsilon(1e-10));
  CHECK(Distribution::lognormal_by_mean_cv(0.2, 2).quantile(0.99) ==
        Approx(1.7110930108418687).epsilon(1e-10));
  CHECK(Distribution::lognormal_by_mean_cv(50, 0.5).quantile(0.99) ==
        Approx(134.20562382357716).epsilon(1e-10));
  const auto parts = Distribution::hyperexponential_by_mean_cv(1, 2).parts();
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].weight == Approx(0.8872983346207417).epsilon(1e-10));
  CHECK(1 / parts[0].law.mean() == Approx(1.7745966692414834).epsilon(1e-10));
  CHECK(1 / parts[1].law.mean() == Approx(0.2254033307585166).epsilon(1e-10));
}

TEST_CASE("A lognormal law has the median and the p99 that it was given", "[sim][distribution]") {
  const Distribution law = Distribution::lognormal_by_median_p99(0.012, 0.080);
  CHECK(law.quantile(0.5) == Approx(0.012).epsilon(1e-13));
  CHECK(law.quantile(0.99) == Approx(0.080).epsilon(1e-13));
  CHECK(Distribution::lognormal_by_median_p99(3, 3).is_deterministic());
}

TEST_CASE("Quantiles of the gamma law are exact to 1e-7 for any shape and probability",
          "[sim][distribution]") {
  // The table against the incomplete gamma function: dP = density d(log x).
  for (const double shape : {0.01, 0.1, 0.7, 1.0, 2.5, 40.0, 1e5}) {
    const Distribution law = Distribution::gamma(shape, 1);
    for (double z = -6; z <= 6; z += 0.37) {
      const double p = math::normal_cdf(z), x = law.quantile(p);
      if (x < 1e-290) continue;  // below the normal doubles
      INFO(shape << " " << p);
      const double tail = z < 0 ? p : 1 - p;
      const double found = z < 0 ? math::gamma_p(shape, x) : math::gamma_q(shape, x);
      CHECK(std::abs(found - tail) / math::gamma_log_density(shape, x) < (shape < 0.5 ? 1e-7 : 1e-9));
    }
  }
}

TEST_CASE("Erlang's law is the gamma law of whole shape", "[sim][distribution]") {
  // Shape 3, scale 1: P(X > x) = e^-x (1 + x + x^2/2).
  const Distribution law = Distribution::gamma(3, 1);
  for (const double x : {0.5, 2.0, 9.0})
    CHECK(law.cdf(x) == Approx(1 - std::exp(-x) * (1 + x + x * x / 2)).epsilon(1e-12));
}

TEST_CASE("A normal law far in its tail keeps its digits", "[sim][distribution]") {
  // 30 standard deviations out, the excess is exponential of rate 30 (Mills ratio) up to 1/900.
  const Distribution law = Distribution::truncated_normal(0, 1, 30, infinity);
  CHECK(law.minimum() == 30);
  CHECK(law.mean() == Approx(30 + 1 / 30.0).epsilon(1e-4));
  CHECK(law.quantile(0.5) == Approx(30 + math::ln2 / 30).epsilon(1e-4));
  const Distribution low = Distribution::truncated_normal(0, 1, -infinity, -30);
  CHECK(low.quantile(0.3) == Approx(-law.quantile(0.7)).epsilon(1e-13));
}

TEST_CASE("Heavy tails have infinite moments", "[sim][distribution]") {
  CHECK(Distribution::pareto(1, 2).mean() == infinity);
  CHECK(Distribution::pareto(2, 2).variance() == infinity);
  CHECK(Distribution::pareto(2, 2).mean() == Approx(4));
  CHECK(Distribution::pareto(1, 2).shifted(3).mean() == infinity);
  CHECK(Distribution::pareto(1.5, 2).at_least(3).variance() == infinity);
  const auto heavy =
      Distribution::mixture({0.5, 0.5}, {Distribution::pareto(0.9, 1), Distribution::deterministic(1)});
  CHECK(heavy.mean() == infinity);
  CHECK(heavy.variance() == infinity);
}

TEST_CASE("Durations are rounded to nanoseconds and never negative", "[sim][distribution]") {
  const Draw draw{1ULL << 63};
  CHECK(Distribution::deterministic(1.5e-9).sample_duration(draw) == 2ns);
  CHECK(Distribution::deterministic(1.4e-9).sample_duration(draw) == 1ns);
  CHECK(Distribution::deterministic(0.25).sample_duration(draw) == 250ms);
  CHECK(Distribution::deterministic(-3).sample_duration(draw) == 0ns);
  CHECK(Distribution::deterministic(1e30).sample_duration(draw) == Distribution::longest_duration);
  CHECK(Distribution::pareto(0.1, 1).sample_duration(Draw{~0ULL}) == Distribution::longest_duration);
}

TEST_CASE("Parts of a mixture that never occur do not count", "[sim][distribution]") {
  const auto law =
      Distribution::mixture({1, 0}, {Distribution::deterministic(5), Distribution::deterministic(1)});
  CHECK(law.minimum() == 5);
  CHECK(law.quantile(0.5) == 5);
  CHECK(Distribution::discrete({5, 1}, {1, 0}).minimum() == 5);
}

TEST_CASE("The minimum follows shifts, scales and cuts", "[sim][distribution]") {
  CHECK(Distribution::exponential(1).shifted(2).minimum() == 2);
  CHECK(Distribution::pareto(2, 3).scaled(2).minimum() == 6);
  CHECK(Distribution::lognormal(0, 1).at_least(0.5).scaled(2).shifted(1).minimum() == 2);
  CHECK(Distribution::uniform(1, 2).at_least(5).is_deterministic());
  CHECK(Distribution::uniform(1, 2).at_least(0).describe() == "uniform(low=1, high=2)");
  CHECK(Distribution::uniform(1, 1).is_deterministic());
}

TEST_CASE("A law says what it is", "[sim][distribution]") {
  CHECK(Distribution::lognormal(1.2, 0.4).describe() == "lognormal(mu=1.2, sigma=0.4)");
  CHECK(Distribution::exponential(0.5).shifted(0.1).describe() == "exponential(mean=0.5) + 0.1");
  CHECK(Distribution::gamma(2, 3).scaled(2).shifted(-1).describe() == "gamma(shape=2, scale=6) - 1");
  CHECK(Distribution::exponential(1).at_least(0.2).describe() == "exponential(mean=1), at least 0.2");
  CHECK(Distribution::hyperexponential({0.4, 0.6}, {1, 5}).describe() ==
        "mixture(0.4: exponential(mean=1), 0.6: exponential(mean=5))");
  CHECK(Distribution::truncated_normal(1, 2, 0, infinity).describe() ==
        "normal(mean=1, sd=2, low=0, high=inf)");
  CHECK(Distribution::discrete({1, 2}, {0.5, 0.5}).describe() == "discrete(points=2, low=1, high=2)");
}

TEST_CASE("Samples of every law have the same bits on every machine", "[sim][distribution][fingerprint]") {
  std::uint64_t hash = 0;
  for (const Case& each : all_laws())
    for (const double value : samples(each.law, 1, 2000))
      hash = combine(hash, std::bit_cast<std::uint64_t>(value));
  CHECK(hash == 7083473258420402628ULL);
}
