#include <catch2/catch.hpp>

#include "small_scenario.hpp"
#include "support/scenario_builder.hpp"

using namespace planner;
using namespace test_support;
using models::Part;

namespace {

/// `web` takes 4 ms on an accelerator that holds 8 MB of weights and streams others at 400 MB/s.
Scenario coral() {
  Scenario scenario = one_site(5);
  PoolType& box = scenario.sites.at("home").pools.at("box");
  box.gpus = 1;
  box.parameter_cache = sim::Bytes{8e6};
  box.weight_rate = sim::BitRate{8 * 400e6};
  box.model_load = constant(0.016);
  Service& web = scenario.services.at("web");
  web.time = constant(0.004);
  web.gpus = 1;
  return scenario;
}

double compute(const Scenario& scenario) {
  return part(study(scenario).strategies.front().slices.front().parts, Part::compute);
}

}  // namespace

TEST_CASE("Weights beyond an accelerator's cache are streamed at each inference", "[planner][accelerator]") {
  // 28 MB: 20 MB at 400 MB/s take 50 ms on top of 4 ms; 8 MB fit.
  Scenario scenario = coral();
  scenario.services.at("web").weights = sim::Bytes{8e6};
  CHECK(compute(scenario) == Approx(4).margin(1e-4));
  scenario.services.at("web").weights = sim::Bytes{28e6};
  CHECK(compute(scenario) == Approx(54).margin(1e-4));
  // A measured time contains the streaming.
  scenario.services.at("web").inference = "net";
  scenario.services.at("web").time.reset();
  scenario.sites.at("home").pools.at("box").inference["net"] = constant(0.030);
  CHECK(compute(scenario) == Approx(30).margin(1e-4));
}

TEST_CASE("A shared accelerator is busy once, for the service whose batch it serves",
          "[planner][accelerator]") {
  // Two services at half an accelerator each: 80 and 10 batches a second of 10 ms keep it busy for 0.8 and
  // 0.1 of the time. So 0.8 and 0.1 of the node's 730 USD are compute and the rest is idle; it draws 10 W,
  // and 100 W more for 0.9 of the time.
  Scenario scenario = one_site(80);
  PoolType& box = scenario.sites.at("home").pools.at("box");
  box.gpus = 1;
  box.node_price_per_hour = sim::Money{1};
  box.power = {sim::Watts{10}, sim::Watts{110}};
  scenario.sites.at("home").pue = 1;
  Service& web = scenario.services.at("web");
  web.gpus = 0.5;
  web.batch = BatchRule{};
  const auto shares = GENERATE(as<std::string>{}, "two", "one of three tenths");
  if (shares == "two") {
    scenario.services["other"] = web;
    scenario.placement["other"]["home"].pool = "box";
    scenario.flows["talk"] = scenario.flows.at("page");
    scenario.flows.at("talk").calls.at("in").service = "other";
    scenario.workloads["more"] = scenario.workloads.at("load");
    scenario.workloads.at("more").flow = "talk";
    scenario.workloads.at("more").rate = 10;
  } else {
    // A batch has the accelerator alone, whatever its service has asked for.
    web.gpus = 0.3;
    scenario.workloads.at("load").rate = 90;
  }
  const StrategyResult result = study(scenario).strategies.front();
  double total = 0;
  for (const CostRow& row : result.cost) {
    CAPTURE(row.item, row.where);
    total += row.per_month.value;
    const double web_share = shares == "two" ? 0.8 : 0.9;
    const double share = row.item == "idle" ? 0.1 : row.where == "home/web" ? web_share : 0.1;
    if (row.per_month.value > 0) CHECK(row.per_month.value == Approx(share * 730).epsilon(2e-3));
  }
  CHECK(total == Approx(730).epsilon(1e-12));
  CHECK(result.idle_share == Approx(0.1).epsilon(0.02));
  CHECK(result.energy_total.value == Approx((10 + 0.9 * 100) * 730 / 1000).epsilon(2e-3));
  for (const PoolUse& pool : result.pools) {
    const double web_share = shares == "two" ? 0.8 : 0.9;
    CHECK(pool.utilisation == Approx(pool.service == "web" ? web_share : 0.1).epsilon(2e-3));
  }
}

TEST_CASE("Models that share an accelerator and do not fit together evict each other",
          "[planner][accelerator]") {
  // Two of 5 MB, a replica each: every second request finds the other's weights and loads 16 ms: 4 + 8 ms.
  // 4 standard errors of 500: 4 * 16 * 0.5 / sqrt(500) = 1.4 ms.
  Scenario scenario = coral();
  scenario.services.at("web").gpus = 0.5;
  scenario.services.at("web").weights = sim::Bytes{5e6};
  scenario.services["other"] = scenario.services.at("web");
  scenario.placement["other"]["home"].pool = "box";
  CHECK(compute(scenario) == Approx(12).margin(1.4));
  // 3 MB more room: they are compiled together and stay.
  scenario.sites.at("home").pools.at("box").parameter_cache = sim::Bytes{10e6};
  CHECK(compute(scenario) == Approx(4).margin(1e-4));
}

TEST_CASE("A lower power mode stretches every time in service", "[planner][accelerator]") {
  // 4 ms x 2.5.
  Scenario scenario = coral();
  scenario.sites.at("home").pools.at("box").slowdown = 2.5;
  CHECK(compute(scenario) == Approx(10).margin(1e-4));
}

TEST_CASE("A Coral's cache comes from the catalogue", "[planner][accelerator]") {
  const std::string text = with(
      small_scenario, R"("box": { "nodes": 2, "cpu": "4 vCPU", "memory": "8 GiB", "price": "1.62 USD/h" })",
      R"("box": { "device": "coral-usb", "nodes": 2, "slowdown": 1.5,
                                            "embodied": { "carbon": "5 kgCO2e", "life": "36 month" } })");
  const PoolType pool = scenario(text).sites.at("edge").pools.at("box");
  CHECK(pool.parameter_cache.value() == 8e6);
  CHECK(pool.weight_rate.value() == Approx(8 * 410e6));
  CHECK(pool.model_load);
  CHECK(pool.slowdown == 1.5);
  CHECK(pool.embodied.value() == 5000);
}
