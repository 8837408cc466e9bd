#include "planner/place_values.hpp"

#include <catch2/catch.hpp>

using namespace planner;

namespace {

Estimate exactly(double value) { return {value, value, value, {}}; }

Slice slice_of(const char* flow, const char* population, const char* site, std::uint64_t answered,
               double p95) {
  Slice slice;
  slice.flow = flow;
  slice.population = population;
  slice.site = site;
  slice.answered = answered;
  slice.percentiles[2] = exactly(p95);  // of the ladder 50, 90, 95, ...
  return slice;
}

PoolUse pool_of(const char* site, const char* pool, double utilisation) {
  PoolUse use;
  use.site = site;
  use.pool = pool;
  use.utilisation = utilisation;
  return use;
}

using Values = std::map<std::string, double>;

}  // namespace

TEST_CASE("A population's round trip is the mean over its users, wherever they are served", "[places]") {
  // (300 x 10 ms + 100 x 30 ms) / 400 = 15 ms; nobody of `none` asks for the flow.
  const std::vector<Reach> reached{
      {"town", "near", 300, 10}, {"town", "far", 100, 30}, {"none", "far", 0, 30}, {"hill", "far", 7, 42}};
  const PlaceValues values = place_values(PlaceMetric::round_trip, nullptr, reached, "page");
  CHECK(values.populations == Values{{"town", 15}, {"hill", 42}});
  CHECK(values.sites.empty());
}

TEST_CASE("Without results only round trips are known", "[places]") {
  const std::vector<Reach> reached{{"town", "near", 300, 10}};
  for (const PlaceMetric metric : place_metrics) {
    const PlaceValues values = place_values(metric, nullptr, reached, "page");
    CHECK(values.populations.empty() == (metric != PlaceMetric::round_trip));
    CHECK(values.sites.empty());
  }
}

TEST_CASE("p95 is that of the flow: by site of all its users, by population at all sites", "[places]") {
  StrategyResult result;
  result.slices = {slice_of("page", "", "", 90, 50),     slice_of("page", "town", "", 60, 40),
                   slice_of("page", "", "near", 70, 30), slice_of("page", "town", "near", 50, 20),
                   slice_of("page", "", "far", 0, 99),   slice_of("other", "town", "", 60, 70),
                   slice_of("other", "", "near", 60, 80)};
  const PlaceValues values = place_values(PlaceMetric::p95, &result, {}, "page");
  CHECK(values.sites == Values{{"near", 30}});  // `far` answered nothing
  CHECK(values.populations == Values{{"town", 40}});
}

TEST_CASE("A site's utilisation is that of its busiest pool, in percent", "[places]") {
  StrategyResult result;
  result.pools = {pool_of("near", "cpu", 0.25), pool_of("near", "gpu", 0.75), pool_of("far", "cpu", 0)};
  const PlaceValues values = place_values(PlaceMetric::utilisation, &result, {}, "page");
  CHECK(values.sites == Values{{"near", 75}, {"far", 0}});
}

TEST_CASE("Cost and carbon count where they arise: at sites, and at the users for their devices",
          "[places]") {
  StrategyResult result;
  result.cost = {{"compute", "near/web", exactly(100)},
                 {"idle", "near/box", exactly(20)},
                 {"site", "far", exactly(5)},
                 {"device", "town", exactly(7)},
                 {"egress", "link near--far", exactly(3)},
                 {"egress", "near > far", exactly(2)},
                 {"egress", "near", exactly(4)}};
  const PlaceValues cost = place_values(PlaceMetric::cost, &result, {}, "page");
  CHECK(cost.sites == Values{{"near", 124}, {"far", 5}});  // 100 + 20 + 4; what is between sites is at none
  CHECK(cost.populations == Values{{"town", 7}});
  const auto energy = [](const char* item, const char* where, double carbon) {
    return EnergyRow{item, where, exactly(0), exactly(carbon)};
  };
  result.energy = {energy("sites", "near/box", 10), energy("embodied", "near/box", 4),
                   energy("network", "far", 2), energy("devices", "town", 8)};
  const PlaceValues carbon = place_values(PlaceMetric::carbon, &result, {}, "page");
  CHECK(carbon.sites == Values{{"near", 14}, {"far", 2}});
  CHECK(carbon.populations == Values{{"town", 8}});
}

TEST_CASE("Every metric of places has a name and a unit", "[places]") {
  for (const PlaceMetric metric : place_metrics) {
    CHECK_FALSE(name(metric).empty());
    CHECK_FALSE(unit_of(metric).empty());
  }
}
