#include "models/wan_catalog.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "support/shared_data.hpp"

namespace models {
namespace {

using topology::Place;
using topology::WideArea;
using Rows = std::vector<std::vector<std::string>>;

Rows read_csv(const std::filesystem::path& path) {
  std::ifstream file{path};
  Rows rows;
  for (std::string line; std::getline(file, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.front() == '#') continue;
    rows.emplace_back();
    std::istringstream cells{line};
    for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
  }
  return rows;
}

std::filesystem::path facts() { return test_support::shared_dir() / "facts"; }

std::map<std::string, Place> cloud_regions() {
  std::map<std::string, Place> regions;
  for (const auto& row : read_csv(facts() / "cloud_regions.csv")) {
    if (row[0] != "region") regions[row[0]] = Place{{std::stod(row[3]), std::stod(row[4])}, row[2]};
  }
  return regions;
}

/// Whether to tell the model the countries of the regions.
enum class Countries { told, withheld };

struct Accuracy {
  int pairs = 0;
  double mean_relative_error = 0;
};

/// Compares with a measured matrix of round trips [ms], over ordered pairs 50 km and more apart.
Accuracy accuracy(const WideArea& area, const std::string& matrix, Countries countries) {
  auto regions = cloud_regions();
  if (countries == Countries::withheld) {
    for (auto& region : regions) region.second.country.clear();
  }
  const auto rows = read_csv(facts() / matrix);
  const auto& names = rows.front();
  Accuracy result;
  for (std::size_t row = 1; row < rows.size(); ++row) {
    const auto from = area.anchor(regions.at(rows[row][0]));
    for (std::size_t column = 1; column < names.size(); ++column) {
      const auto to = area.anchor(regions.at(names[column]));
      const double measured = std::stod(rows[row][column]);
      if (topology::arc_distance(from.direction, to.direction).value() < 50'000 || measured == 0) continue;
      const double estimated = 1e3 * sim::to_seconds(area.round_trip(from, to));
      result.mean_relative_error += std::abs(estimated - measured) / measured;
      ++result.pairs;
    }
  }
  result.mean_relative_error /= result.pairs;
  return result;
}

}  // namespace

TEST_CASE("The catalogue's corridor graph leaves out the cables the clouds of 2022 did not use",
          "[models][wide-area]") {
  const auto in_use = catalogue_wide_area();
  const auto all = catalogue_wide_area(CorridorSet::all);
  CHECK(in_use->spec().hubs.size() == 54);
  CHECK(all->spec().corridors.size() == in_use->spec().corridors.size() + 3);
  // Johannesburg - Nairobi: along the east coast with MTZ-MBA, round Africa and the Mediterranean without.
  const Place johannesburg{{-26.2, 28.05}, "ZA"};
  const Place nairobi{{-1.29, 36.82}, "KE"};
  const auto metres = [&](const WideArea& area) {
    return area.path_metres(area.anchor(johannesburg), area.anchor(nairobi));
  };
  CHECK(metres(*all) < 5'000'000);
  CHECK(metres(*in_use) > 15'000'000);
}

TEST_CASE("Known pairs have the round trip of the published fit", "[models][wide-area]") {
  const auto area = catalogue_wide_area();
  const auto round_trip = [&](const Place& a, const Place& b) {
    return area->round_trip(area->anchor(a), area->anchor(b)).count();
  };
  // One zone: great circle. New York - San Francisco hub coordinates, 4129.4 km: 5.25 + 0.01304 * km.
  const Place new_york{{40.71, -74.01}, "US"};
  const Place san_francisco{{37.77, -122.42}, "US"};
  const auto metres = topology::haversine_distance(new_york.point, san_francisco.point).value();
  CHECK(round_trip(new_york, san_francisco) == Approx(5.25e6 + 13.04 * metres).margin(10));
  // Two zones at hubs: the corridor itself.
  const Place london{{51.51, -0.13}, "GB"};
  const auto atlantic = topology::haversine_distance(new_york.point, london.point).value();
  CHECK(round_trip(new_york, london) == Approx(5.25e6 + 13.04 * atlantic).margin(10));
}

TEST_CASE("Round trips between AWS regions of 2022 are met within 9 % on average", "[models][wide-area]") {
  REQUIRE_SHARED_DATA("facts/rtt_matrix_aws_2022.csv");
  const auto result = accuracy(*catalogue_wide_area(), "rtt_matrix_aws_2022.csv", Countries::told);
  CHECK(result.pairs == 420);
  CHECK(result.mean_relative_error <= 0.09);
}

TEST_CASE("Round trips between Azure regions of 2022 are met within 10.5 % on average",
          "[models][wide-area]") {
  REQUIRE_SHARED_DATA("facts/rtt_matrix_azure_2022.csv");
  const auto result = accuracy(*catalogue_wide_area(), "rtt_matrix_azure_2022.csv", Countries::told);
  CHECK(result.pairs == 420);
  CHECK(result.mean_relative_error <= 0.105);
}

TEST_CASE("Without countries the regions find the same zones, so the error does not grow",
          "[models][wide-area]") {
  REQUIRE_SHARED_DATA("facts/rtt_matrix_azure_2022.csv");
  const auto area = catalogue_wide_area();
  for (const auto* matrix : {"rtt_matrix_aws_2022.csv", "rtt_matrix_azure_2022.csv"}) {
    CHECK(accuracy(*area, matrix, Countries::withheld).mean_relative_error ==
          accuracy(*area, matrix, Countries::told).mean_relative_error);
  }
}

TEST_CASE("The fit without the left-out corridors is better than with them", "[models][wide-area]") {
  REQUIRE_SHARED_DATA("facts/rtt_matrix_aws_2022.csv");
  const auto error = [](CorridorSet corridors) {
    return accuracy(*catalogue_wide_area(corridors), "rtt_matrix_aws_2022.csv", Countries::told)
        .mean_relative_error;
  };
  CHECK(error(CorridorSet::clouds_2022) < error(CorridorSet::all));
}

TEST_CASE("A corridor graph that is not one is refused with the reason", "[models][wide-area]") {
  const auto read = [](const std::string& text) { return read_wide_area(text, CorridorSet::all); };
  CHECK_THROWS_WITH(read("{"), Catch::StartsWith("corridor graph: "));
  CHECK_THROWS_WITH(read("{}"), Catch::Contains("law"));
  const std::string wrong_unit = R"({"law": {"fixed_round_trip": {"value": 5, "unit": "s"}}})";
  CHECK_THROWS_WITH(read(wrong_unit), "law.fixed_round_trip is in s, not in ms");
}

}  // namespace models
