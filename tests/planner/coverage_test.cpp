#include "planner/coverage.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "small_scenario.hpp"
#include "topology/geodesy.hpp"

using namespace planner;
using namespace test_support;

namespace {

/// 10 ms one way a thousand kilometres, so that the arithmetic below stays in the head.
const std::string geo_scenario = with(
    small_scenario, R"("links")",
    R"("network": { "unlisted_pairs": { "model": "geo", "fixed": "1 ms", "per_km": "0.01 ms" } }, "links")");

Scenario strategy(const std::string& text, const std::string& id) {
  return document(text).resolve(id).scenario();
}

}  // namespace

TEST_CASE("The reach of a population is its access and twice the way to the site that serves it",
          "[coverage]") {
  const Scenario cloud = strategy(geo_scenario, "cloud");
  const auto reached = reach(cloud, "page");
  REQUIRE(reached.size() == 1);
  CHECK(reached[0].population == "users");
  CHECK(reached[0].site == "cloud");
  CHECK(reached[0].users == 1000);
  // Access 9 ms each way; the way is 1 ms + 0.01 ms/km, each way.
  const double km = topology::geodesic_distance({52.1, 15}, {50.1, 8.7}).value() / 1e3;
  CHECK(reached[0].round_trip == Approx(2 * 9 + 2 * (1 + 0.01 * km)).epsilon(1e-4));
}

TEST_CASE("Users count as covered up to the budget, and unreached users as not covered", "[coverage]") {
  const Scenario cloud = strategy(geo_scenario, "cloud");
  const auto reached = reach(cloud, "page");
  CHECK(covered_share(cloud, "page", reached, reached[0].round_trip) == 1.0);
  CHECK(covered_share(cloud, "page", reached, reached[0].round_trip - 0.001) == 0.0);
  CHECK(covered_share(cloud, "page", {}, 1e9) == 0.0);
  CHECK(reach(cloud, "no-such-flow").empty());
}

TEST_CASE("A weighted policy splits the users over its sites", "[coverage]") {
  const std::string text =
      with(geo_scenario, R"("strategies")",
           R"("routing": { "policy": "weighted", "weights": { "edge": 1, "cloud": 3 } }, "strategies")");
  const auto reached = reach(strategy(text, "both"), "page");
  REQUIRE(reached.size() == 2);
  // Weights 1 and 3 of 1,000 users.
  for (const Reach& one : reached) CHECK(one.users == Approx(one.site == "edge" ? 250 : 750));
}

TEST_CASE("A field has the round trip of each of its places", "[coverage]") {
  const Scenario cloud = strategy(geo_scenario, "cloud");
  const Raster raster{.west = 14, .south = 51.1, .east = 16, .north = 53.1, .columns = 1, .rows = 1};
  const auto field = round_trip_field(cloud, "page", "users", raster);
  REQUIRE(field.size() == 1);
  // The middle of the only cell is where the users are.
  CHECK(field[0] == Approx(reach(cloud, "page")[0].round_trip).epsilon(1e-6));
  CHECK(covered_area(raster, field, 1e9) == Approx(raster.cell_area(0)));
  CHECK(covered_area(raster, field, 1) == 0.0);
  CHECK(gained_area(raster, field, std::vector<float>(field.size(), 2.0F), 1e9) == 0.0);
  CHECK(gained_area(raster, field, std::vector<float>(field.size(), NAN), 1e9) ==
        Approx(covered_area(raster, field, 1e9)));
}

TEST_CASE("The cells of a raster over the whole Earth add up to its surface", "[coverage]") {
  const Raster raster{.west = -180, .south = -90, .east = 180, .north = 90, .columns = 7, .rows = 9};
  double sum = 0;
  for (std::uint32_t row = 0; row < raster.rows; ++row) sum += raster.columns * raster.cell_area(row);
  const double radius = topology::mean_earth_radius / 1e3;
  CHECK(sum == Approx(4 * std::numbers::pi * radius * radius));  // sphere: 4 pi R^2
}

TEST_CASE("The raster around a scenario holds its places and a margin", "[coverage]") {
  // Sites at 4.9 and 8.7 east, users at 15; 50.1 to 52.4 north.
  const auto raster = raster_around(strategy(geo_scenario, "cloud"), 2, 10, 20);
  REQUIRE(raster.has_value());
  CHECK(raster->west == Approx(2.9));
  CHECK(raster->east == Approx(17));
  CHECK(raster->south == Approx(48.1));
  CHECK(raster->north == Approx(54.4));
  CHECK(raster->columns == 10);
  CHECK(raster->rows == 20);
}
