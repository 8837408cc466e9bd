#include <catch2/catch.hpp>

#include "planner/support/scenario_builder.hpp"
#include "theory.hpp"

// A month's bill of a function, from a simulated scenario.

using theory::record;
using theory::Record;

namespace {

/// The record's requests at even intervals: 3 million in a month of 730 h are one each 876 ms, so 3,000 of
/// them make the span of 2,628 s, and all take the same time.
planner::Scenario function_of(const Record& given) {
  const double month = 730 * 3600;
  planner::Scenario scenario = test_support::one_site(given.at("requests").get<double>() / month);
  scenario.warmup = std::chrono::milliseconds{8'760};
  scenario.duration = std::chrono::seconds{2'628};
  planner::Service& web = scenario.services.at("web");
  web.time = test_support::constant(given.at("duration_ms").get<double>() * 1e-3);
  web.memory = sim::Bytes{given.at("memory_gb").get<double>() * 1024 * 1024 * 1024};
  planner::PoolType& pool = scenario.sites.at("home").pools.at("box");
  pool.kind = planner::PoolType::Kind::elastic;
  pool.cold_start = test_support::constant(0);
  pool.keep_alive = test_support::constant(1e6);
  pool.price.per_gb_second = sim::Money{given.at("price_gb_s").get<double>()};
  pool.price.per_request = sim::Money{given.at("price_per_million").get<double>() * 1e-6};
  return scenario;
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
  const Record& given = theory.at("parameters");
  const double price = given.at("price_gb_s").get<double>();
  planner::Scenario scenario = function_of(given);
  theory::check_exact(theory, "gb_seconds", cost_of(scenario, "execution") / price);
  planner::ElasticPrice& prices = scenario.sites.at("home").pools.at("box").price;
  prices.free_gb_seconds = given.at("free_gb_s").get<double>();
  prices.free_requests = given.at("free_requests").get<double>();
  const double execution = cost_of(scenario, "execution"), requests = cost_of(scenario, "requests");
  theory::check_exact(theory, "billable_gb_seconds", execution / price);
  theory::check_exact(theory, "compute_cost", execution);
  theory::check_exact(theory, "request_cost", requests);
  theory::check_exact(theory, "total", execution + requests);
}
