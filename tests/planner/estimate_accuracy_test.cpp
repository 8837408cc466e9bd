#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "support/random_scenario.hpp"

// All 200 scenarios, longer, are in bench_estimate.

namespace {

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

TEST_CASE("The estimate is close to the simulation on random stable scenarios", "[planner][estimate]") {
  std::vector<double> mean, p50, p95;
  for (std::uint32_t number = 0; number < 40; ++number) {
    const planner::Scenario scenario = test_support::RandomScenario{number, 15'000}.make();
    const planner::Slice slice = test_support::study(scenario).strategies.front().slices.front();
    INFO("scenario " << number);
    REQUIRE(slice.analytic_mean);
    const auto error = [](double estimated, double simulated) {
      return std::abs(estimated - simulated) / simulated;
    };
    mean.push_back(error(slice.analytic_mean->value, slice.mean.value));
    p50.push_back(error((*slice.analytic_percentiles)[0], slice.percentiles[0].value));
    p95.push_back(error((*slice.analytic_percentiles)[2], slice.percentiles[2].value));
  }
  CHECK(median(mean) < 0.02);
  CHECK(median(p50) < 0.05);
  CHECK(median(p95) < 0.12);
}
