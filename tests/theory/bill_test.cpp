#include <catch2/catch.hpp>

#include "planner/support/scenario_builder.hpp"
#include "published.hpp"
#include "support/shared_data.hpp"
#include "theory.hpp"

// A month's bill of a function and a node's energy, from simulated scenarios.

using theory::record;
using theory::Record;

namespace {

struct Function {
  double requests = 0, seconds = 0, gigabytes = 0;
  double price_gb_second = 0, price_per_million = 0;
};

/// Requests of a month at even intervals: 3 million in 730 h are one each 876 ms, so 3,000 of them make the
/// span of 2,628 s, and all take the same time.
planner::Scenario scenario_of(const Function& function) {
  const double month = 730 * 3600;
  planner::Scenario scenario = test_support::one_site(function.requests / month);
  scenario.warmup = std::chrono::milliseconds{8'760};
  scenario.duration = std::chrono::seconds{2'628};
  planner::Service& web = scenario.services.at("web");
  web.time = test_support::constant(function.seconds);
  web.memory = sim::Bytes{function.gigabytes * 1024 * 1024 * 1024};
  planner::PoolType& pool = scenario.sites.at("home").pools.at("box");
  pool.kind = planner::PoolType::Kind::elastic;
  pool.cold_start = test_support::constant(0);
  pool.keep_alive = test_support::constant(1e6);
  pool.price.per_gb_second = sim::Money{function.price_gb_second};
  pool.price.per_request = sim::Money{function.price_per_million * 1e-6};
  return scenario;
}

planner::ElasticPrice& price_of(planner::Scenario& scenario) {
  return scenario.sites.at("home").pools.at("box").price;
}

double cost_of(const planner::Scenario& scenario, const std::string& item) {
  const planner::StrategyResult result = test_support::study({scenario}).strategies.front();
  double sum = 0;
  for (const planner::CostRow& row : result.cost) sum += row.item == item ? row.per_month.value : 0.0;
  return sum;
}

}  // namespace

TEST_CASE("theory: lambda-bill") {
  const Record& theory = record("lambda-bill");
  const auto given = [&](const char* name) { return theory.at("parameters").at(name).get<double>(); };
  const double price = given("price_gb_s");
  planner::Scenario scenario = scenario_of({.requests = given("requests"),
                                            .seconds = given("duration_ms") * 1e-3,
                                            .gigabytes = given("memory_gb"),
                                            .price_gb_second = price,
                                            .price_per_million = given("price_per_million")});
  theory::check_exact(theory, "gb_seconds", cost_of(scenario, "execution") / price);
  price_of(scenario).free_gb_seconds = given("free_gb_s");
  price_of(scenario).free_requests = given("free_requests");
  const double execution = cost_of(scenario, "execution"), requests = cost_of(scenario, "requests");
  theory::check_exact(theory, "billable_gb_seconds", execution / price);
  theory::check_exact(theory, "compute_cost", execution);
  theory::check_exact(theory, "request_cost", requests);
  theory::check_exact(theory, "total", execution + requests);
}

TEST_CASE("published: the worked example of AWS Lambda's price page", "[published]") {
  REQUIRE_SHARED_DATA(theory::published_file);
  const nlohmann::json& example = theory::published("aws-lambda-bill");
  const auto given = [&](const char* name) { return example.at("setup").at(name).get<double>(); };
  planner::Scenario scenario = scenario_of({.requests = given("requests"),
                                            .seconds = given("duration_s"),
                                            .gigabytes = given("memory_mb") / 1024,
                                            .price_gb_second = given("price_gb_s"),
                                            .price_per_million = given("price_per_million")});
  price_of(scenario).free_gb_seconds = given("free_gb_s");
  price_of(scenario).free_requests = given("free_requests");
  const auto to_the_cent = [&](const char* name) {
    return Approx(example.at("published").at(name).get<double>()).margin(0.005);
  };
  const double execution = cost_of(scenario, "execution"), requests = cost_of(scenario, "requests");
  CHECK(execution == to_the_cent("compute"));
  CHECK(requests == to_the_cent("request"));
  CHECK(execution + requests == to_the_cent("total"));
}

TEST_CASE("published: LEAF's single node", "[published]") {
  REQUIRE_SHARED_DATA(theory::published_file);
  // 10 W when idle, 30 W at full load, which is from 3 to 8 s of 10 s: 200 Ws. A month has that mean power.
  planner::Scenario scenario = test_support::one_site(0.1);
  scenario.populations.at("users").access.uplink_latency = test_support::constant(0);
  scenario.duration = std::chrono::seconds{10};
  scenario.services.at("web").time = test_support::constant(5);
  scenario.sites.at("home").pools.at("box").power = {sim::Watts{10}, sim::Watts{30}};
  planner::Workload& load = scenario.workloads.at("load");
  load.process = planner::Workload::Process::trace;
  load.times =
      std::make_shared<const std::vector<sim::Duration>>(std::vector<sim::Duration>{std::chrono::seconds{3}});
  const double month_kwh = test_support::study({scenario}).strategies.front().energy_total.value;
  const double mean_watts = month_kwh * 1000 / 730;
  CHECK(mean_watts * 10 ==
        Approx(theory::published("leaf-single-node").at("published").at("total_energy_Ws").get<double>()));
}
