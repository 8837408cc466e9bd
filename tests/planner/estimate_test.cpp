#include "planner/estimate.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "support/scenario_builder.hpp"

using namespace test_support;
using planner::ResourceLoad;
using planner::Scenario;

namespace {

ResourceLoad queue(double rate, double mean, double squared_cv, double servers) {
  ResourceLoad load;
  load.rates.recorded = rate;
  load.service = mean;
  load.service_second = (1 + squared_cv) * mean * mean;
  load.servers = servers;
  return load;
}

/// one_site() with Poisson arrivals and exponential service of 10 ms.
Scenario markov_site(double rate) {
  Scenario scenario = one_site(rate);
  scenario.workloads.at("load").process = planner::Workload::Process::poisson;
  scenario.services.at("web").time = law(sim::Distribution::exponential(0.010));
  return scenario;
}

planner::AnalyticEstimate estimate_of(const Scenario& scenario) {
  const planner::CompiledScenario compiled = planner::compile(scenario);
  return planner::estimate(compiled, planner::offered_load(compiled));
}

}  // namespace

TEST_CASE("The wait in an M/M/1 queue is exact", "[planner][estimate]") {
  // rho = 0.5: mean wait rho / (mu - lambda) = 10 ms; second moment 2 rho / (mu - lambda)^2 = 4e-4 s^2.
  const planner::Wait wait = planner::waiting_time(queue(50, 0.010, 1.0, 1));
  CHECK(wait.probability == Approx(0.5));
  CHECK(wait.mean == Approx(0.010));
  CHECK(wait.second == Approx(4e-4));
}

TEST_CASE("The wait in an M/M/2 queue is exact", "[planner][estimate]") {
  // a = 1, c = 2: Erlang C = 1/3; mean wait = C / (c mu - lambda) = (1/3) / 100 s.
  const planner::Wait wait = planner::waiting_time(queue(100, 0.010, 1.0, 2));
  CHECK(wait.probability == Approx(1.0 / 3));
  CHECK(wait.mean == Approx(1.0 / 300));
}

TEST_CASE("The mean wait in an M/G/1 queue is that of Pollaczek and Khinchine", "[planner][estimate]") {
  // M/D/1 at rho = 0.8: rho / (2 mu (1 - rho)) = 0.8 / (2 x 100 x 0.2) = 20 ms.
  CHECK(planner::waiting_time(queue(80, 0.010, 0.0, 1)).mean == Approx(0.020));
  // Hyper-exponential with squared cv 4: 0.8 / 100 / 0.2 x 2.5 = 100 ms.
  CHECK(planner::waiting_time(queue(80, 0.010, 4.0, 1)).mean == Approx(0.100));
}

TEST_CASE("The latency of an M/M/1 site is a shifted exponential law", "[planner][estimate]") {
  // 3 ms of access, then exponential with 1 / (100 - 50) = 20 ms: p99 = 3 + 20 ln 100 = 95.1 ms.
  const planner::AnalyticEstimate result = estimate_of(markov_site(50));
  REQUIRE(result.does_not_hold.empty());
  REQUIRE(result.classes.size() == 1);
  CHECK(result.classes.at(0).mean == Approx(0.023));
  CHECK(result.classes.at(0).law.quantile(0.99) == Approx(0.003 + 0.020 * std::log(100.0)).epsilon(1e-4));
}

TEST_CASE("The longer of two equal exponential calls takes half as long again", "[planner][estimate]") {
  // E max of two exponentials of mean m = 1.5 m. The entry on the device takes nothing; many replicas, no
  // queue.
  Scenario scenario = markov_site(1);
  scenario.services.at("web").time = constant(0);
  scenario.placement["web"] = {};
  scenario.placement["web"][planner::user_device];
  for (const char* name : {"a", "b"}) {
    add_call(scenario, name, "home", law(sim::Distribution::exponential(0.020)));
    scenario.placement.at(name).at("home").replicas = 50;
  }
  const planner::AnalyticEstimate result = estimate_of(scenario);
  REQUIRE(result.classes.size() == 1);
  CHECK(result.classes.at(0).mean == Approx(0.003 + 0.030).epsilon(1e-4));
}

TEST_CASE("A caller's slot is held as long as its calls wait and take", "[planner][estimate]") {
  // a is M/M/1: 10 ms, 20/s: 1 / (100 - 20) = 12.5 ms. The entry, constant 10 ms, holds 22.5 ms on average
  // with variance 12.5^2 ms^2: M/G/1 at rho 0.45: E[S^2] = 22.5^2 + 12.5^2 = 662.5; wait = 20e-3 x 662.5 / (2
  // x 0.55) = 12.045 ms.
  Scenario scenario = markov_site(20);
  scenario.services.at("web").time = constant(0.010);
  add_call(scenario, "a", "home", law(sim::Distribution::exponential(0.010)));
  const planner::AnalyticEstimate result = estimate_of(scenario);
  REQUIRE(result.classes.size() == 1);
  const double wait = 0.020 * (22.5 * 22.5 + 12.5 * 12.5) / (2 * 0.55);
  CHECK(result.classes.at(0).mean * 1e3 == Approx(3 + wait + 22.5).epsilon(1e-9));
}

TEST_CASE("The estimate says why it does not hold", "[planner][estimate]") {
  const auto reason = [](const Scenario& scenario) {
    const planner::AnalyticEstimate result = estimate_of(scenario);
    CHECK(result.classes.empty());
    return result.does_not_hold;
  };
  CHECK(reason(one_site(5)) == "arrivals of load are not Poisson");
  CHECK(reason(markov_site(200)).find("busy") != std::string::npos);
  Scenario elastic = markov_site(5);
  elastic.sites.at("home").pools.at("box").kind = planner::PoolType::Kind::elastic;
  elastic.sites.at("home").pools.at("box").keep_alive = constant(1);
  elastic.sites.at("home").pools.at("box").max_instances = 1;
  CHECK(reason(elastic) == "web at home needs more instances than its quota allows");
  elastic.sites.at("home").pools.at("box").max_instances = UINT32_MAX;
  elastic.sites.at("home").pools.at("box").dispatch = "random";
  CHECK(reason(elastic) == "web at home starts instances on demand, and does not take the one used last");
  Scenario refusing = markov_site(5);
  refusing.services.at("web").queue_limit = 3;
  CHECK(reason(refusing) == "web at home refuses requests above its queue limit");
}

TEST_CASE("Formula and simulation of an M/M/3 site agree", "[planner][estimate]") {
  Scenario scenario = markov_site(200);
  scenario.placement.at("web").at("home").replicas = 3;
  scenario.warmup = std::chrono::seconds{10};
  const auto result = study(scenario, 10);
  const auto& all = result.strategies.front().slices.front();
  REQUIRE(all.analytic_mean);
  const double standard_error = (all.mean.high - all.mean.low) / 2 / 2.262;  // Student, 9 degrees, 97.5 %
  CHECK(std::abs(all.mean.value - all.analytic_mean->value) < 4 * standard_error);
}

TEST_CASE("The first of a batch waits for the batches before", "[planner][estimate]") {
  // M^X/D/1, a batch of ten counts as one request of 10 ms: 50/s of them keep the server half busy, and the
  // mean wait is 50 x 1e-4 / (2 x 0.5) = 5 ms.
  CHECK(planner::waiting_time(queue(500, 0.001, 0.0, 1), 10).mean == Approx(0.005));
}

TEST_CASE("Calls made at once to one pool wait for each other", "[planner][estimate]") {
  const auto fan_out = [](std::uint32_t calls, std::uint32_t replicas) {
    Scenario scenario = markov_site(1);
    scenario.services.at("web").time = constant(0.002);
    add_call(scenario, "leaf", "home", constant(0.001));
    scenario.placement.at("leaf").at("home").replicas = replicas;
    planner::Flow& page = scenario.flows.at("page");
    const planner::Call one = page.calls.at("leaf");
    page.calls.erase("leaf");
    for (std::uint32_t i = 0; i < calls; ++i) page.calls["leaf-" + std::to_string(i)] = one;
    return scenario;
  };
  const auto formula = [](const Scenario& scenario) {
    return 1e3 * estimate_of(scenario).classes.at(0).mean;
  };
  // 3 ms of access, 2 ms, and ten calls of 1 ms one after the other; queues add up to 0.2 ms at one request a
  // second.
  CHECK(formula(fan_out(10, 1)) == Approx(3 + 2 + 10).margin(0.2));
  // Of fifty on three servers the last one waits for 47 of them: 47 / 3 ms.
  CHECK(formula(fan_out(50, 3)) == Approx(3 + 2 + 47.0 / 3 + 1).margin(0.4));
  // One server for each: nobody waits.
  CHECK(formula(fan_out(10, 10)) == Approx(3 + 2 + 1).margin(0.1));
  for (const auto& [calls, replicas] : {std::pair{10U, 1U}, std::pair{50U, 3U}}) {
    const Scenario scenario = fan_out(calls, replicas);
    const double simulated = study(scenario, 3).strategies.front().slices.front().mean.value;
    CHECK(formula(scenario) == Approx(simulated).epsilon(0.03));
  }
}
