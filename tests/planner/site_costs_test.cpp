#include <catch2/catch.hpp>

#include "small_scenario.hpp"
#include "support/scenario_builder.hpp"

using namespace test_support;
using planner::Scenario;
using planner::StrategyResult;

namespace {

StrategyResult answer(const Scenario& scenario) { return study(scenario).strategies.front(); }

double row(const StrategyResult& result, const std::string& item, const std::string& where) {
  double sum = 0;
  for (const auto& line : result.cost)
    sum += line.item == item && line.where == where ? line.per_month.value : 0.0;
  return sum;
}

constexpr std::int64_t month = std::int64_t{730} * 3600 * 1'000'000'000;

}  // namespace

TEST_CASE("A site costs rent, capital over its life, reserved power and visits", "[planner][accounting]") {
  // 2 USD/h x 730 h = 1460; 12,000 USD over 60 months = 200; 0.2 kW x 184 USD = 36.8; 250 USD in 6 months
  // = 41.67.
  Scenario scenario = one_site(20);
  auto& home = scenario.sites.at("home");
  home.costs.fixed_per_hour = sim::Money{2};
  home.costs.capital = sim::Money{12'000};
  home.costs.life = sim::Duration{60 * month};
  home.costs.colocation_per_kwh = sim::Money{184.0 / 730};
  home.costs.visit = sim::Money{250};
  home.costs.visit_every = sim::Duration{6 * month};
  home.pools.at("box").power = {sim::Watts{100}, sim::Watts{200}};
  scenario.sites["unused"] = home;  // nothing is placed there
  const StrategyResult result = answer(scenario);
  CHECK(row(result, "site", "home/fixed") == Approx(1460));
  CHECK(row(result, "site", "home/capital") == Approx(200));
  CHECK(row(result, "site", "home/colocation") == Approx(36.8));
  CHECK(row(result, "site", "home/visits") == Approx(250.0 / 6));
  CHECK(result.cost_total.value == Approx(1460 + 200 + 36.8 + 250.0 / 6));
}

TEST_CASE("Electricity is paid for what the nodes draw, overhead included", "[planner][accounting]") {
  // 20 % busy: 120 W x PUE 1.5 x 730 h = 131.4 kWh at 0.3 USD.
  Scenario scenario = one_site(20);
  auto& home = scenario.sites.at("home");
  home.pue = 1.5;
  home.electricity_per_kwh = sim::Money{0.3};
  home.pools.at("box").power = {sim::Watts{100}, sim::Watts{200}};
  CHECK(row(answer(scenario), "electricity", "home") == Approx(131.4 * 0.3).epsilon(1e-3));
}

TEST_CASE("Egress above a tier's volume has the tier's price", "[planner][accounting]") {
  // 20/s x 730 h x 3600 s x 1 MB = 52,560 GB: 10,000 at 0.09, 40,000 at 0.085, 2,560 at 0.07.
  Scenario scenario = one_site(20);
  auto& home = scenario.sites.at("home");
  home.egress_per_gb = sim::Money{0.09};
  home.egress_tiers = {{10'000, sim::Money{0.085}}, {50'000, sim::Money{0.07}}};
  scenario.flows.at("page").response = sim::Bytes{1e6};
  CHECK(row(answer(scenario), "egress", "home") == Approx(900 + 3400 + 179.2).epsilon(1e-3));
}

TEST_CASE("The carbon of making a node is spread over its life and counted per answer",
          "[planner][accounting]") {
  // 480 kg over 48 months: 10 kg a month, beside 120 W x 730 h = 87.6 kWh at 300 g = 26.28 kg. 52.56 million
  // answers: 36.28 kg / 52,560 = 0.690 g per 1,000.
  Scenario scenario = one_site(20);
  auto& home = scenario.sites.at("home");
  home.carbon = 300;
  auto& box = home.pools.at("box");
  box.power = {sim::Watts{100}, sim::Watts{200}};
  box.embodied = sim::Grams{480'000};
  box.life = sim::Duration{48 * month};
  const StrategyResult result = answer(scenario);
  CHECK(result.carbon_total.value == Approx(36.28).epsilon(1e-3));
  CHECK(result.carbon_per_1000 == Approx(36'280.0 / 52'560).epsilon(1e-3));
}

TEST_CASE("Costs, tiers and electricity are read from the file", "[planner][accounting]") {
  const std::string text = with(small_scenario, R"("pue": 1.5 },)", R"("pue": 1.5, "price": "0.3 USD/kWh" },
        "egress_tiers": { "b": { "above": "50 TB", "price": "0.07 USD/GB" }, "a": { "above": "10 TB", "price": "0.085 USD/GB" } },
        "costs": { "fixed": "730 USD/month", "capital": "12000 USD", "life": "60 month", "colocation": "73 USD/kW-month",
                   "visits": { "price": "250 USD", "every": "6 month" } },)");
  const auto site = scenario(text).sites.at("edge");
  CHECK(site.electricity_per_kwh.value() == Approx(0.3));
  CHECK(site.costs.fixed_per_hour.value() == Approx(1));
  CHECK(site.costs.capital.value() == 12'000);
  CHECK(site.costs.colocation_per_kwh.value() == Approx(0.1));
  CHECK(site.costs.visit.value() == 250);
  REQUIRE(site.egress_tiers.size() == 2);
  CHECK(site.egress_tiers[0].above == 10'000);
  CHECK(site.egress_tiers[1].price.value() == Approx(0.07));
}
