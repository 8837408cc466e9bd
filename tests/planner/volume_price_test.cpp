#include <catch2/catch.hpp>

#include "models/catalog.hpp"
#include "small_scenario.hpp"
#include "support/scenario_builder.hpp"

using namespace test_support;
using planner::Scenario;
using planner::StrategyResult;

namespace {

/// one_site() with an elastic pool: 20 requests/s of 512 MiB for 10 ms, so 52.56 million requests and 262,800
/// GiB-seconds a month.
Scenario elastic_site() {
  Scenario scenario = one_site(20);
  planner::PoolType& pool = scenario.sites.at("home").pools.at("box");
  pool.kind = planner::PoolType::Kind::elastic;
  pool.cold_start = constant(0.5);
  pool.keep_alive = constant(1e6);
  pool.price.per_request = sim::Money{1e-6};
  pool.price.per_gb_second = sim::Money{1e-5};
  pool.price.init_billed = false;
  scenario.warmup = std::chrono::seconds{10};
  scenario.services.at("web").memory = sim::Bytes{512. * 1024 * 1024};
  return scenario;
}

double cost_of(const StrategyResult& result, const std::string& item) {
  double sum = 0;
  for (const auto& line : result.cost) sum += line.item == item ? line.per_month.value : 0.0;
  return sum;
}

StrategyResult answer(const Scenario& scenario) { return study(scenario).strategies.front(); }

}  // namespace

TEST_CASE("Requests and memory time above a tier's volume have the tier's price", "[planner][accounting]") {
  // 10 million at 1, 42.56 million at 0.5 USD a million; 200,000 at 1e-5, 62,800 at 2e-6.
  Scenario scenario = elastic_site();
  auto& price = scenario.sites.at("home").pools.at("box").price;
  price.request_tiers = {{10e6, sim::Money{5e-7}}};
  price.gb_second_tiers = {{200e3, sim::Money{2e-6}}};
  const StrategyResult result = answer(scenario);
  CHECK(cost_of(result, "requests") == Approx(10 + 21.28).epsilon(1e-3));
  CHECK(cost_of(result, "execution") == Approx(2 + 0.1256).epsilon(1e-3));
}

TEST_CASE("What an account has free is taken off once, in all its sites", "[planner][accounting]") {
  // Two services of 52.56 million requests each on one platform, 25.12 million free: 80 million remain. The
  // memory time (two times 262,800) is all free.
  Scenario scenario = elastic_site();
  auto& pool = scenario.sites.at("home").pools.at("box");
  pool.platform = "some-platform@here";
  pool.price.free_requests = 25.12e6;
  pool.price.free_gb_seconds = 1e6;
  scenario.sites["far"] = scenario.sites.at("home");
  scenario.sites.at("far").pools.at("box").platform = "some-platform@there";
  planner::Link link;
  link.a = "home";
  link.b = "far";
  link.latency = constant(0.001);
  scenario.links["home--far"] = link;
  add_call(scenario, "second", "far", constant(0.010));
  scenario.services.at("second").memory = sim::Bytes{512. * 1024 * 1024};
  const StrategyResult result = answer(scenario);
  CHECK(cost_of(result, "requests") == Approx(80).epsilon(1e-3));
  CHECK(cost_of(result, "execution") == 0);
}

TEST_CASE("Cost goes to the populations whose requests cause it", "[planner][accounting]") {
  // 20/s and 5/s on one pool: 52.56 and 13.14 USD, 0.001 + 5e-6 USD x 1,000 requests each.
  Scenario scenario = elastic_site();
  scenario.populations["few"] = scenario.populations.at("users");
  scenario.workloads["less"] = scenario.workloads.at("load");
  scenario.workloads.at("less").population = "few";
  scenario.workloads.at("less").rate = 5;
  const StrategyResult result = answer(scenario);
  REQUIRE(result.cost_by_population.size() == 2);
  const auto& few = result.cost_by_population[0];
  const auto& users = result.cost_by_population[1];
  CHECK(few.population == "few");
  CHECK(users.per_month == Approx(4 * few.per_month).epsilon(1e-6));
  CHECK(users.per_month + few.per_month == Approx(result.cost_total.value).epsilon(1e-9));
  // 0.010 s x 0.5 GiB x 1e-5 USD = 5e-8 a request beside 1e-6 for the request itself.
  CHECK(users.per_1000_requests == Approx(1.05e-3).epsilon(1e-3));
}

TEST_CASE("Between regions of a cloud the list price of the pair holds, unless a site states its own",
          "[planner][accounting]") {
  Scenario scenario = one_site(20);
  add_far_site(scenario, constant(0.005));
  planner::Call& call = add_call(scenario, "second", "far", constant(0.001));
  call.request = sim::Bytes{1e6};
  scenario.sites.at("home").priced_region = "aws:us-east-1";
  scenario.sites.at("far").priced_region = "aws:eu-central-1";
  scenario.sites.at("home").egress_per_gb = sim::Money{0.5};
  const auto listed = models::catalog::egress("aws:us-east-1", "aws:eu-central-1");
  REQUIRE(listed);
  REQUIRE(listed->value > 0);
  // 20/s x 730 h x 3,600 s x 1 MB = 52,560 GB.
  const StrategyResult result = answer(scenario);
  CHECK(cost_of(result, "egress") == Approx(52'560 * listed->value).epsilon(1e-3));
  scenario.sites.at("home").priced_region.clear();
  CHECK(cost_of(answer(scenario), "egress") == Approx(52'560 * 0.5).epsilon(1e-3));
}

TEST_CASE("A platform's tiers and free tier come from the catalogue", "[planner][accounting]") {
  const auto price_of = [](const std::string& price) {
    const std::string text =
        with(with(small_scenario, R"("box": { "nodes": 9, "cpu": "8 vCPU", "memory": "16 GiB" })",
                  R"("box": { "platform": "aws-lambda", "price": )" + price + " }"),
             R"("cloud": { "replicas": 6 })", R"("cloud": {})");
    return scenario(text).sites.at("cloud").pools.at("box").price;
  };
  const auto listed = price_of(R"({ "free_tier": true })");
  REQUIRE(listed.gb_second_tiers.size() == 2);
  CHECK(listed.gb_second_tiers[0].above == 6e9);
  CHECK(listed.gb_second_tiers[1].price.value() == Approx(1.33334e-5));
  CHECK(listed.free_requests == 1e6);
  CHECK(listed.free_gb_seconds == 400e3);
  CHECK(price_of("{}").free_requests == 0);
  const auto own = price_of(R"({ "request_tiers": { "b": { "above": 9, "price": "0.1 USD/Mreq" },
                                                    "a": { "above": 5, "price": "0.2 USD/Mreq" } } })");
  REQUIRE(own.request_tiers.size() == 2);
  CHECK(own.request_tiers[0].above == 5);
  CHECK(own.request_tiers[0].price.value() == Approx(2e-7));
}
