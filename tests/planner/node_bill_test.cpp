#include <catch2/catch.hpp>

#include "planner/accounting.hpp"
#include "support/scenario_builder.hpp"

using namespace test_support;
using planner::Scenario;
using planner::StrategyResult;

namespace {

StrategyResult answer(const Scenario& scenario, std::uint32_t replications = 1) {
  return study(scenario, replications).strategies.front();
}

template <class Rows>
double sum_of(const Rows& rows, const std::string& item) {
  double sum = 0;
  for (const auto& row : rows) sum += row.item == item ? row.per_month.value : 0.0;
  return sum;
}

}  // namespace

TEST_CASE("What requests cost each is what they cost together, by their number", "[planner][accounting]") {
  // A price a request alone, 1 USD a million, is 0.001 USD a thousand, however many came in the span: 60 s of
  // Poisson arrivals at 2/s are some 120 +- 11.
  Scenario scenario = one_site(2);
  scenario.workloads.at("load").process = planner::Workload::Process::poisson;
  scenario.duration = std::chrono::seconds{60};
  scenario.populations.at("users").access.uplink_latency = constant(0);  // the pool meets those of the span
  planner::PoolType& pool = scenario.sites.at("home").pools.at("box");
  pool.kind = planner::PoolType::Kind::elastic;
  pool.cold_start = constant(0);
  pool.keep_alive = constant(300);
  pool.price.per_request = sim::Money{1e-6};
  const StrategyResult result = answer(scenario, 3);
  CHECK(result.cost_per_1000 == Approx(0.001).epsilon(1e-12));
  REQUIRE(result.cost_by_population.size() == 1);
  CHECK(result.cost_by_population.front().per_1000_requests == Approx(0.001).epsilon(1e-12));
  const planner::Figure& each = result.figures.at("cost.per_request");
  for (const auto& own : each.sections.own) CHECK(*own == Approx(1e-6).epsilon(1e-12));
}

TEST_CASE("What closed users ask is counted by replication and by population", "[planner][accounting]") {
  // They think for 0.1 s and are served in 10 ms: what they start depends on the draws.
  Scenario scenario = one_site(40);
  scenario.populations.at("users").access.uplink_latency = constant(0);
  planner::Workload& load = scenario.workloads.at("load");
  load.process = planner::Workload::Process::closed;
  load.users = 5;
  load.think = law(sim::Distribution::exponential(0.1));
  planner::PoolType& pool = scenario.sites.at("home").pools.at("box");
  pool.kind = planner::PoolType::Kind::elastic;
  pool.cold_start = constant(0);
  pool.keep_alive = constant(300);
  pool.price.per_request = sim::Money{1e-6};
  const StrategyResult result = answer(scenario, 3);
  for (const auto& own : result.figures.at("cost.per_request").sections.own)
    CHECK(*own == Approx(1e-6).epsilon(1e-12));
  REQUIRE(result.cost_by_population.size() == 1);
  CHECK(result.cost_by_population.front().per_1000_requests == Approx(result.cost_per_1000).epsilon(1e-12));
}

TEST_CASE("Shared processors are as busy as the work that comes keeps them", "[planner][accounting]") {
  // 80 requests/s of 10 ms on the one vCPU of a node: 80 % busy, though 1,000 may be in service at a time.
  // 1 USD/h: 584 USD of 730 are compute. PUE 1.5 x (100 W + 80 % of 200 W) x 730 h = 284.7 kWh.
  Scenario scenario = one_site(80);
  planner::Site& home = scenario.sites.at("home");
  home.pue = 1.5;
  planner::PoolType& box = home.pools.at("box");
  box.cpu = 1;
  box.processors = planner::PoolType::Processors::shared;
  box.node_price_per_hour = sim::Money{1.0};
  box.power = {sim::Watts{100}, sim::Watts{300}};
  scenario.services.at("web").cpu = 1;
  scenario.services.at("web").concurrency = 1000;
  const StrategyResult result = answer(scenario);
  CHECK(result.pools.front().utilisation == Approx(0.8).epsilon(1e-3));
  CHECK(sum_of(result.cost, "compute") == Approx(584).epsilon(1e-3));
  CHECK(sum_of(result.cost, "idle") == Approx(146).epsilon(5e-3));
  CHECK(result.energy_total.value == Approx(284.7).epsilon(1e-3));
}
