#include "planner/law_fit.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/random.hpp"

using namespace planner;
using sim::Distribution;

namespace {

std::vector<double> sample_of(const Distribution& law, std::size_t count) {
  sim::SplitMix64 random{20260301};
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i)
    values.push_back(law.quantile((static_cast<double>(random() >> 11) + 0.5) * 0x1p-53));
  return values;
}

}  // namespace

TEST_CASE("A law is found again from its sample", "[planner][trace]") {
  const auto dist_of = [](const Distribution& law, std::size_t count) {
    return fit_law(sample_of(law, count)).text.at("dist").get<std::string>();
  };
  // 4000 values: sharp enough to tell these apart, as the distance of a wrong law does not shrink.
  CHECK(dist_of(Distribution::lognormal_by_mean_cv(0.002, 0.6), 4000) == "lognormal");
  CHECK(dist_of(Distribution::gamma_by_mean_cv(0.002, 0.5), 4000) == "gamma");
  CHECK(dist_of(Distribution::weibull_by_mean_cv(0.002, 0.25), 4000) == "weibull");
  CHECK(dist_of(Distribution::uniform(0.001, 0.002), 4000) == "empirical");
}

TEST_CASE("The parameters of a fitted law are within four standard errors", "[planner][trace]") {
  const std::size_t n = 10'000;
  // sigma^2 = log(1 + 0.6^2) = 0.3075; the mean of n logs errs by sigma / 100 = 0.00555.
  const FittedLaw fitted = fit_law(sample_of(Distribution::lognormal_by_mean_cv(0.002, 0.6), n));
  const double sigma = std::sqrt(std::log(1.36)), median = 0.002 / std::exp(sigma * sigma / 2);
  CHECK(std::abs(std::log(fitted.law.quantile(0.5) / median)) < 4 * sigma / 100);
  CHECK(fitted.distance <= 1.358 / 100);
}

TEST_CASE("A constant sample is a constant, zeros included", "[planner][trace]") {
  CHECK(fit_law({0.005, 0.005, 0.005}).text == "5 ms");
  CHECK(fit_law({0.0, 0.0}).text == "0 s");
}

TEST_CASE("A table of quantiles keeps the sample's extremes and median", "[planner][trace]") {
  const FittedLaw fitted =
      fit_law(sample_of(Distribution::mixture({0.5, 0.5}, {Distribution::uniform(0.001, 0.0011),
                                                           Distribution::uniform(0.1, 0.11)}),
                        2001));
  REQUIRE(fitted.text.at("dist") == "empirical");
  CHECK(fitted.text.at("quantiles").size() == 18);
  CHECK(fitted.law.quantile(1e-12) >= 0.001);
  CHECK(fitted.law.quantile(1 - 1e-12) <= 0.11);
}

TEST_CASE("Arrivals are told apart by their gaps", "[planner][trace]") {
  std::vector<sim::Duration> even, poisson, bursts;
  double clock = 0;
  const std::vector<double> gaps = sample_of(Distribution::exponential(0.5), 2000);
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    even.push_back(std::chrono::milliseconds{500 * i});
    poisson.push_back(sim::from_seconds(clock += gaps[i]));
    bursts.push_back(std::chrono::milliseconds{i / 10 * 5000 + i % 10});  // ten in 10 ms, then silence
  }
  CHECK(fit_arrivals(even).kind == FittedArrivals::Kind::periodic);
  CHECK(fit_arrivals(even).rate == Approx(2.0));
  CHECK(fit_arrivals(poisson).kind == FittedArrivals::Kind::poisson);
  CHECK(fit_arrivals(bursts).kind == FittedArrivals::Kind::other);
}
