#include <catch2/catch.hpp>

#include "small_scenario.hpp"
#include "support/scenario_builder.hpp"

// Carbon intensity by the hour of the day.

using namespace planner;
using namespace test_support;

namespace {

/// Intensity 100 gCO2e/kWh in the mean: 150 in the first twelve hours of UTC, 50 in the others. One node
/// draws 100 W always and 100 W more where it is busy.
Scenario with_hours() {
  Scenario scenario = one_site(50);
  Site& home = scenario.sites.at("home");
  home.carbon = 100;
  for (int hour = 0; hour < 24; ++hour) home.carbon_hours.push_back(hour < 12 ? 1.5 : 0.5);
  home.pools.at("box").power = {sim::Watts{100}, sim::Watts{200}};
  return scenario;
}

StrategyResult run(const Scenario& scenario) { return study(scenario).strategies.front(); }

/// Of energy in kWh and carbon in kg. [gCO2e/kWh]
double intensity(const StrategyResult& result) {
  return result.carbon_total.value / result.energy_total.value * 1000;
}

}  // namespace

TEST_CASE("Steady use meets the mean of the grid's day", "[planner][accounting][grid]") {
  CHECK(intensity(run(with_hours())) == Approx(100));
}

TEST_CASE("What follows demand counts by the hours of the demand", "[planner][accounting][grid]") {
  // All demand in the first twelve hours, at twice the mean. The run of 100 s at 00:00 meets 50 requests/s of
  // 10 ms, so the node is half busy and of a month's demand a quarter: 100 W always, 25 W by demand. Of these
  // the intensity is 150: (100 * 100 + 25 * 150) / 125 = 110.
  Scenario scenario = with_hours();
  Workload& load = scenario.workloads.at("load");
  load.rate = 25;
  load.profile.assign(24, 0.0);
  for (std::size_t hour = 0; hour < 12; ++hour) load.profile[hour] = 2.0;
  load.profile_step = std::chrono::hours{1};
  CHECK(intensity(run(scenario)) == Approx(110).epsilon(0.001));
  // Half of the day later it meets the clean hours: (100 * 100 + 25 * 50) / 125 = 90.
  scenario.start_unix = 12 * 3600;
  CHECK(intensity(run(scenario)) == Approx(90).epsilon(0.001));
}

TEST_CASE("Slices of a run have the intensity of their hour", "[planner][accounting][grid]") {
  // From 11:00: the first hour has 150, the second 50 gCO2e/kWh.
  Scenario scenario = with_hours();
  scenario.workloads.at("load").rate = 1;
  scenario.start_unix = 11 * 3600;
  scenario.duration = std::chrono::hours{2};
  scenario.experiment.series = std::chrono::hours{1};
  const StrategyResult result = run(scenario);
  const auto line = [&](const std::string& metric) {
    for (const SeriesLine& each : result.series.lines)
      if (each.metric == metric && each.population.empty() && each.site.empty()) return each.points;
    return std::vector<std::optional<SeriesPoint>>{};
  };
  const auto energy = line("energy"), carbon = line("carbon");
  REQUIRE(energy.size() == 2);
  REQUIRE(carbon.size() == 2);
  CHECK(carbon.at(0)->value / energy.at(0)->value * 1000 == Approx(150));
  CHECK(carbon.at(1)->value / energy.at(1)->value * 1000 == Approx(50));
}

TEST_CASE("Hours of the grid are read in their zone", "[planner][grid]") {
  std::string hours = "[2";
  for (int hour = 1; hour < 24; ++hour) hours += ",1";
  const auto site = [&](const std::string& more) {
    const std::string text = with(small_scenario, R"("carbon": "200 gCO2e/kWh",)",
                                  R"("carbon": "200 gCO2e/kWh", "hourly": )" + hours + "]" + more + ",");
    return scenario(text).sites.at("edge").carbon_hours;
  };
  // The first local hour is 2 of 25 / 24; at UTC+2 it is that of 22:00 UTC the day before.
  CHECK(site("").at(0) == Approx(2 * 24 / 25.0));
  CHECK(site(R"(, "zone": "UTC+2")").at(22) == Approx(2 * 24 / 25.0));
  CHECK(site(R"(, "zone": "UTC+2")").at(0) == Approx(24 / 25.0));
  const std::string lonely =
      with(small_scenario, R"("carbon": "200 gCO2e/kWh",)", R"("carbon": "200 gCO2e/kWh", "zone": "UTC+1",)");
  CHECK_FALSE(issues_of(lonely).empty());
}
