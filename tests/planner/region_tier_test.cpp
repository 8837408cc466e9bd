#include <catch2/catch.hpp>

#include "small_scenario.hpp"

using namespace test_support;

TEST_CASE("A site in a cloud's region is of that tier, unless it says otherwise", "[planner][loader]") {
  const auto site = [](const std::string& place) {
    const std::string text = with(
        small_scenario,
        R"("tier": "region", "at": { "lat": 50.1, "lon": 8.7 }, "grid": { "carbon": "300 gCO2e/kWh", "pue": 1.2 })",
        place);
    return scenario(text).sites.at("cloud");
  };
  const planner::Site alone = site(R"("region": "aws:eu-central-1")");
  CHECK(alone.tier == "region");
  CHECK(alone.pue == Approx(1.15));  // of data centres of clouds, by the catalogue
  const planner::Site other = site(R"("region": "aws:eu-central-1", "tier": "metro")");
  CHECK(other.tier == "metro");
  CHECK(other.pue == Approx(1.58));
}
