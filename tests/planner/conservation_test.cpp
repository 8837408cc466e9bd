#include <algorithm>
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

/// The same with failures, retries, time-outs, hedged copies and asynchronous calls, caches, sessions,
/// objects and replicas, and users who wait for their answers.
planner::Scenario troubled(std::uint32_t number) {
  planner::Scenario scenario = priced(number);
  using planner::State;
  std::uint32_t turn = number;
  for (auto& [id, service] : scenario.services) {
    service.failure = 0.05 * (turn % 3);
    State state;
    state.kind = State::Kind{static_cast<std::uint8_t>(turn++ % 4)};
    if (state.kind == State::Kind::session) state.key = State::Key::user;
    state.items = 50;
    state.popularity = 0.9;
    if (turn % 2 == 0) state.time_to_live = std::chrono::seconds{2};
    state.miss = test_support::constant(0.003);
    if (turn % 3 == 0) state.hibernate_after = std::chrono::milliseconds{500};
    state.wake_up = test_support::constant(0.010);
    state.primary = scenario.placement.at(id).begin()->first;
    state.replication = turn % 2 == 0 ? State::Replication::synchronous : State::Replication::asynchronous;
    service.state = state;
  }
  for (auto& [id, call] : scenario.flows.at("f").calls) {
    const bool entry = id == scenario.flows.at("f").entry;
    if (scenario.services.at(call.service).state->kind == State::Kind::replicated) call.writes = 0.3;
    call.retry.attempts = 1 + turn % 3;
    if (turn % 2 == 0) call.timeout = std::chrono::milliseconds{400};
    if (turn % 5 == 0) call.hedge_after = std::chrono::milliseconds{100};
    if (!entry) call.can_fail = turn % 3 == 0;
    if (!entry) call.asynchronous = turn % 4 == 0;
    ++turn;
  }
  // State moves work from site to site, and retries add to it.
  for (auto& [id, places] : scenario.placement)
    for (auto& [site, placement] : places) placement.replicas *= 10;
  if (number % 3 == 0) {
    planner::Workload& load = scenario.workloads.begin()->second;
    load.process = planner::Workload::Process::closed;
    load.users = 20;
    load.think = test_support::constant(20 / load.rate);
  }
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
  for (std::uint32_t number = 0; number < 80; ++number) {
    CAPTURE(number);
    const planner::Scenario scenario = number < 40 ? priced(number) : troubled(number);
    const planner::StrategyResult result = test_support::study({scenario}, 2).strategies.front();
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
    CHECK(sum_of(result.cost_by_population, [](const auto& each) { return each.per_month; }) ==
          Approx(result.cost_total.value).epsilon(1e-12));
    CHECK(result.idle_share >= 0);
    CHECK(result.idle_share <= 1);
  }
}

TEST_CASE("Every request is answered, failed or in flight, and its parts make its latency",
          "[planner][accounting]") {
  std::uint64_t failed = 0, retried = 0, found = 0;
  for (std::uint32_t number = 0; number < 80; ++number) {
    CAPTURE(number);
    const planner::Scenario scenario = number < 40 ? priced(number) : troubled(number);
    const planner::StrategyResult result = test_support::study({scenario}, 2).strategies.front();
    for (const planner::CallUse& use : result.calls) retried += use.counts.retried;
    for (const planner::StateUse& use : result.state) found += use.counts.requests;
    for (const planner::Slice& slice : result.slices) {
      if (slice.site.empty()) CHECK(slice.started == slice.answered + slice.failed + slice.unfinished);
      CHECK(slice.latency.count() == slice.answered);
      failed += slice.failed;
      const double parts = std::accumulate(slice.parts.begin(), slice.parts.end(), 0.0);
      // A latency counts nanoseconds, its parts 64 of them: a mean is below by at most 64 ns.
      const double mean_ms = slice.latency.mean() * 1e-6;
      CHECK(parts <= mean_ms * (1 + 1e-12) + 64e-6);
      CHECK(parts >= mean_ms - 2 * 64e-6);
    }
  }
  CHECK(std::min({failed, retried, found}) > 1000);
}
