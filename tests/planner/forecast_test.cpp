#include "planner/forecast.hpp"

#include <catch2/catch.hpp>

#include "small_scenario.hpp"

using namespace planner;
using namespace test_support;

namespace {

Scenario small() { return document(small_scenario).resolve("cloud").scenario(); }

}  // namespace

TEST_CASE("A forecast counts the requests of a replication, warm-up included", "[forecast]") {
  Scenario scenario = small();
  const double per_second = scenario.workloads.begin()->second.rate;
  REQUIRE(scenario.workloads.size() == 1);
  scenario.warmup = std::chrono::seconds{100};
  scenario.duration = std::chrono::seconds{900};
  const Forecast beforehand = forecast(scenario, 1);
  // 1,000 s at a constant rate; every time and the memory are those of this machine.
  CHECK(beforehand.requests == Approx(1000 * per_second));
  CHECK(beforehand.strategy == "cloud");
  CHECK(beforehand.sites == scenario.sites.size());
  CHECK(beforehand.populations == scenario.populations.size());
  CHECK(beforehand.preparation > 0);
  CHECK(beforehand.replication > 0);
  CHECK(beforehand.memory > 0);
}

TEST_CASE("The pilots of a forecast are short, whatever the span", "[forecast]") {
  Scenario scenario = small();
  scenario.duration = std::chrono::hours{24 * 365};
  const double per_second = scenario.workloads.begin()->second.rate;
  const Forecast year = forecast(scenario, 1);
  CHECK(year.requests > 3e7 * per_second);
  // 1e5 on the average of the year; five times that leaves room for its busy beginning.
  CHECK(year.pilot_requests > 0);
  CHECK(year.pilot_requests < 500'000);
  // The rest is extrapolated, so a year takes many times what its pilot took.
  CHECK(year.replication > 0);
}

TEST_CASE("Replications side by side share the time of a forecast", "[forecast]") {
  const Forecast four{.side_by_side = 4, .preparation = 1, .replication = 10};
  CHECK(four.seconds(4) == Approx(1 + 10));
  CHECK(four.seconds(5) == Approx(1 + 20));
  const Forecast one{.side_by_side = 1, .preparation = 1, .replication = 10};
  CHECK(one.seconds(5) == Approx(1 + 50));
}
