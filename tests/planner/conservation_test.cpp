#include <catch2/catch.hpp>
#include <numeric>

#include "support/random_scenario.hpp"

// What holds for every scenario: nothing is lost, and a total is the sum of its parts.

namespace {

/// Gives a random scenario prices and powers that differ from place to place.
planner::Scenario priced(std::uint32_t number) {
  using Pools = test_support::RandomScenario::Pools;
  planner::Scenario scenario =
      test_support::RandomScenario{number, 4'000, number % 2 == 0 ? Pools::fixed : Pools::some_elastic}
          .make();
  double step = 1 + number % 7;
  for (auto& [id, site] : scenario.sites) {
    site.egress_per_gb = sim::Money{0.01 * ++step};
    site.carbon = 50 * step;
    site.pue = 1 + 0.05 * step;
    for (auto& [pool_id, pool] : site.pools) {
      pool.node_price_per_hour = sim::Money{0.1 * step};
      pool.power = {sim::Watts{10 * step}, sim::Watts{35 * step}};
      pool.price.per_request = sim::Money{1e-7 * step};
      pool.price.per_gb_second = sim::Money{1e-5 * step};
      pool.energy_per_gb_second = sim::Joules{0.5 * step};
    }
  }
  for (auto& [id, service] : scenario.services) service.memory = sim::Bytes{256e6 * step};
  scenario.network.energy_per_gb = sim::Joules{100};
  return scenario;
}

template <class Rows, class Figure>
double sum_of(const Rows& rows, Figure figure) {
  double sum = 0;
  for (const auto& row : rows) sum += figure(row);
  return sum;
}

}  // namespace

TEST_CASE("Money, energy and carbon are the sums of their rows in random scenarios",
          "[planner][accounting]") {
  for (std::uint32_t number = 0; number < 40; ++number) {
    CAPTURE(number);
    const planner::StrategyResult result = test_support::study({priced(number)}, 2).strategies.front();
    INFO(result.infeasible_reason);
    REQUIRE(result.feasible);
    CHECK(result.cost_total.value > 0);
    CHECK(result.energy_total.value > 0);
    // Rows are rounded to double one by one: relative error 1e-12 is some thousand roundings.
    CHECK(sum_of(result.cost, [](const auto& row) { return row.per_month.value; }) ==
          Approx(result.cost_total.value).epsilon(1e-12));
    CHECK(sum_of(result.energy, [](const auto& row) { return row.per_month.value; }) ==
          Approx(result.energy_total.value).epsilon(1e-12));
    CHECK(sum_of(result.energy, [](const auto& row) { return row.carbon.value; }) ==
          Approx(result.carbon_total.value).epsilon(1e-12));
    for (const planner::CostRow& row : result.cost) CHECK(row.per_month.value >= 0);
    CHECK(result.idle_share >= 0);
    CHECK(result.idle_share <= 1);
  }
}

TEST_CASE("Every request is answered, failed or in flight, and its parts make its latency",
          "[planner][accounting]") {
  for (std::uint32_t number = 0; number < 40; ++number) {
    CAPTURE(number);
    const planner::StrategyResult result = test_support::study({priced(number)}, 2).strategies.front();
    for (const planner::Slice& slice : result.slices) {
      if (slice.site.empty()) CHECK(slice.started == slice.answered + slice.failed + slice.unfinished);
      CHECK(slice.latency.count() == slice.answered);
      const double parts = std::accumulate(slice.parts.begin(), slice.parts.end(), 0.0);
      // A latency counts nanoseconds, its parts 64 of them: a mean is below by at most 64 ns.
      const double mean_ms = slice.latency.mean() * 1e-6;
      CHECK(parts <= mean_ms * (1 + 1e-12) + 64e-6);
      CHECK(parts >= mean_ms - 2 * 64e-6);
    }
  }
}
