#include "topology/nearest.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "network_builder.hpp"

namespace topology {
namespace {

Network scattered(sim::SplitMix64& random, std::uint32_t count) {
  Network network;
  for (std::uint32_t i = 0; i < count; ++i) {
    Site site{.name = site_name(i)};
    if (below(random, 10) > 0) site.place = Place{random_point(random), ""};
    network.add_site(site);
  }
  return network;
}

/// All sites with a place by (distance, id).
std::vector<std::pair<double, SiteId>> by_distance(const Network& network, GeoPoint point) {
  std::vector<std::pair<double, SiteId>> sites;
  for (std::uint32_t i = 0; i < network.site_count(); ++i) {
    const auto& place = network.site(SiteId{i}).place;
    if (place) sites.emplace_back(haversine_distance(point, place->point).value(), SiteId{i});
  }
  std::sort(sites.begin(), sites.end());
  return sites;
}

}  // namespace

TEST_CASE("Nearest sites are those that comparing all distances finds", "[topology][nearest]") {
  sim::SplitMix64 random{99};
  for (const std::uint32_t count : {1U, 2U, 3U, 10U, 500U}) {
    const auto network = scattered(random, count);
    const NearestSites tree{network};
    for (int query = 0; query < 200; ++query) {
      const auto point = random_point(random);
      const auto expected = by_distance(network, point);
      const auto found = tree.nearest(point, 7);
      REQUIRE(found.size() == std::min<std::size_t>(7, expected.size()));
      for (std::size_t i = 0; i < found.size(); ++i) REQUIRE(found[i] == expected[i].second);
      if (!expected.empty()) REQUIRE(tree.nearest(point) == expected.front().second);

      const Metres radius{2e6};
      std::vector<SiteId> inside;
      for (const auto& [distance, site] : expected) {
        if (distance <= radius.value()) inside.push_back(site);
      }
      std::sort(inside.begin(), inside.end());
      REQUIRE(tree.within(point, radius) == inside);
    }
  }
}

TEST_CASE("Nearness does not break at the date line or the poles", "[topology][nearest]") {
  Network network;
  const auto fiji = network.add_site({.name = "suva", .place = Place{{-18.1, 178.4}, "FJ"}});
  const auto alaska = network.add_site({.name = "alert", .place = Place{{82.5, -62.3}, "CA"}});
  network.add_site({.name = "lima", .place = Place{{-12.0, -77.0}, "PE"}});
  const NearestSites tree{network};
  CHECK(tree.nearest({-18.0, -179.9}) == fiji);
  CHECK(tree.nearest({89.9, 120.0}) == alaska);
}

TEST_CASE("Sites at the same place are found in order of id", "[topology][nearest]") {
  Network network;
  for (std::uint32_t i = 0; i < 20; ++i) {
    network.add_site({.name = site_name(i), .place = Place{{48, 11}, "DE"}});
  }
  const NearestSites tree{network};
  const std::vector<SiteId> first{SiteId{0}, SiteId{1}, SiteId{2}};
  CHECK(tree.nearest({48.1, 11}, 3) == first);
  CHECK(tree.within({48, 11}, Metres{0}).size() == 20);
}

TEST_CASE("Only the sites asked for are searched, and none may be left", "[topology][nearest]") {
  Network network;
  const auto near_site = network.add_site({.name = "near", .place = Place{{48, 11}, "DE"}});
  const auto far_site = network.add_site({.name = "far", .place = Place{{-30, 100}, ""}});
  const auto nowhere = network.add_site({.name = "nowhere"});
  CHECK(NearestSites(network).nearest({48, 12}) == near_site);
  CHECK(NearestSites(network, {far_site, nowhere}).nearest({48, 12}) == far_site);
  CHECK_FALSE(NearestSites(network, {nowhere}).nearest({48, 12}));
  CHECK(NearestSites(network, {}).nearest({48, 12}, 5).empty());
  CHECK(NearestSites(network).nearest({48, 12}, 0).empty());
}

}  // namespace topology
