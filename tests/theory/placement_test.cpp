#include <catch2/catch.hpp>
#include <map>

#include "theory.hpp"
#include "topology/geodesy.hpp"
#include "topology/paths.hpp"

using theory::check_exact;
using theory::record;
using theory::Record;

namespace {

topology::GeoPoint point(const Record& place) {
  return {place.at("lat").get<double>(), place.at("lon").get<double>()};
}

// Times are whole nanoseconds: those of a way a thousand times as long show whether the figure is right to
// the digits asked.
void check_distances(const std::string& id) {
  const Record& theory = record(id);
  const topology::GeoPoint a = point(theory.at("parameters").at("a"));
  const topology::GeoPoint b = point(theory.at("parameters").at("b"));
  const topology::Metres distance = topology::geodesic_distance(a, b);
  check_exact(theory, "wgs84_geodesic_m", distance.value());
  check_exact(theory, "haversine_R6371008_8_m", topology::haversine_distance(a, b).value());
  check_exact(theory, "fibre_one_way_ms_at_c_over_1_468_straight",
              sim::to_seconds(topology::fibre_one_way(1000 * distance)));
  check_exact(theory, "vacuum_rtt_ms", 2 * sim::to_seconds(topology::vacuum_one_way(1000 * distance)));
}

}  // namespace

TEST_CASE("theory: geo-London-NewYork") { check_distances("geo-London-NewYork"); }
TEST_CASE("theory: geo-Tokyo-Sydney") { check_distances("geo-Tokyo-Sydney"); }
TEST_CASE("theory: geo-Frankfurt-Singapore") { check_distances("geo-Frankfurt-Singapore"); }
TEST_CASE("theory: geo-SaoPaulo-Johannesburg") { check_distances("geo-SaoPaulo-Johannesburg"); }
TEST_CASE("theory: geo-London-Frankfurt") { check_distances("geo-London-Frankfurt"); }
TEST_CASE("theory: geo-Reykjavik-Quito") { check_distances("geo-Reykjavik-Quito"); }

TEST_CASE("theory: geo-degenerate") {
  const auto wanted = record("geo-degenerate").at("expected").at("distances_m").get<std::vector<double>>();
  const std::vector<std::pair<topology::GeoPoint, topology::GeoPoint>> cases{
      {{12, 34}, {12, 34}}, {{90, 0}, {-90, 0}}, {{0, 0}, {0, 90}}, {{0, 0}, {0.5, 179.5}}};
  REQUIRE(wanted.size() == cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i)
    CHECK(topology::geodesic_distance(cases[i].first, cases[i].second).value() ==
          Approx(wanted[i]).epsilon(0).margin(1e-3));  // the record asks for a millimetre
}

TEST_CASE("theory: spath-6") {
  const Record& theory = record("spath-6");
  const Record& wanted = theory.at("expected");
  topology::Network network;
  std::map<std::string, topology::SiteId> sites;
  for (const auto& [name, distance] : wanted.at("distances_from_A").items())
    sites.emplace(name, network.add_site({.name = name}));
  for (const Record& edge : theory.at("parameters").at("edges"))
    network.add_link({.a = sites.at(edge[0]),
                      .b = sites.at(edge[1]),
                      .latency = topology::LinkLatency::fixed(sim::Duration{edge[2].get<std::int64_t>()})});

  const auto from_a = topology::path_latencies(network, sites.at("A"));
  for (const auto& [name, distance] : wanted.at("distances_from_A").items())
    CHECK(from_a[sites.at(name).value()].count() == distance.get<std::int64_t>());
  sim::Duration diameter{};
  for (const auto& [name, site] : sites)
    for (const sim::Duration latency : topology::path_latencies(network, site))
      diameter = std::max(diameter, latency);
  CHECK(diameter.count() == wanted.at("diameter").get<std::int64_t>());

  const auto path = topology::shortest_path(network, sites.at("A"), sites.at("F"));
  REQUIRE(path);
  std::vector<std::string> names;
  for (const topology::SiteId site : topology::sites_along(network, sites.at("A"), *path))
    names.push_back(network.site(site).name);
  CHECK(names == wanted.at("path_A_F").get<std::vector<std::string>>());
}
