#include "topology/graph.hpp"

#include <catch2/catch.hpp>

#include "network_builder.hpp"
#include "support/death.hpp"

namespace topology {

using namespace std::chrono_literals;

TEST_CASE("A network finds what was added by name and by id", "[topology][graph]") {
  Network network;
  const auto ams = network.add_site({.name = "ams", .title = "Amsterdam", .tier = Tier::edge});
  const auto fra = network.add_site({.name = "fra", .place = Place{{50.11, 8.68}, "DE"}});
  const auto users = network.add_population({.name = "nl", .place = {{52.1, 5.1}, "NL"}});
  const auto link = network.add_link({.a = ams,
                                      .b = fra,
                                      .latency = LinkLatency::fixed(3900us),
                                      .bandwidth = sim::BitRate{10e9},
                                      .name = "ams--fra"});
  CHECK(network.find_site("ams") == ams);
  CHECK(network.find_site("fra") == fra);
  CHECK_FALSE(network.find_site("bru"));
  CHECK(network.find_population("nl") == users);
  CHECK_FALSE(network.find_population("ams"));
  CHECK(network.find_link("ams--fra") == link);
  CHECK_FALSE(network.find_link("fra--ams"));
  CHECK(network.site(ams).title == "Amsterdam");
  CHECK(network.site(ams).tier == Tier::edge);
  CHECK(network.site(fra).place->country == "DE");
  CHECK(network.link(link).bandwidth->value() == 10e9);
  CHECK(network.link(link).latency.minimum == 3900us);
  CHECK(network.site_count() == 2);
  CHECK(network.link_count() == 1);
  CHECK(network.population_count() == 1);
}

TEST_CASE("Neighbours stand in order of link and repeat for parallel links", "[topology][graph]") {
  auto network = sites_only(3);
  const auto first = join(network, 0, 2, 5ms);
  const auto second = join(network, 1, 0, 4ms);
  const auto third = join(network, 2, 0, 3ms);
  const auto around = network.neighbours(SiteId{0});
  REQUIRE(around.size() == 3);
  CHECK(around[0].site == SiteId{2});
  CHECK(around[0].link == first);
  CHECK(around[1].site == SiteId{1});
  CHECK(around[1].link == second);
  CHECK(around[2].site == SiteId{2});
  CHECK(around[2].link == third);
}

TEST_CASE("The fastest of parallel links is found from both ends, ties by id", "[topology][graph]") {
  auto network = sites_only(4);
  join(network, 0, 1, 5ms);
  const auto fast = join(network, 1, 0, 3ms);
  join(network, 0, 1, 3ms);
  join(network, 0, 2, 1ms);
  CHECK(network.fastest_link(SiteId{0}, SiteId{1}) == fast);
  CHECK(network.fastest_link(SiteId{1}, SiteId{0}) == fast);
  CHECK_FALSE(network.fastest_link(SiteId{0}, SiteId{3}));
}

TEST_CASE("A copied network grows on its own", "[topology][graph]") {
  auto original = sites_only(2);
  join(original, 0, 1, 1ms);
  auto copy = original;
  const auto added = copy.add_site({.name = "new"});
  join(copy, 1, added.value(), 1ms);
  CHECK(original.site_count() == 2);
  CHECK(original.neighbours(SiteId{1}).size() == 1);
  CHECK(copy.neighbours(SiteId{1}).size() == 2);
  original = copy;
  CHECK(original.site_count() == 3);
}

TEST_CASE("A link's law gives its median and minimum; light bounds the minimum over distance",
          "[topology][graph]") {
  const auto law = sim::Distribution::lognormal_by_median_p99(3.9e-3, 9e-3);
  auto network = sites_only(2);
  const auto unplaced = network.add_link({.a = SiteId{0}, .b = SiteId{1}, .latency = LinkLatency::of(law)});
  CHECK(network.link(unplaced).latency.typical == 3900us);
  CHECK(network.link(unplaced).latency.minimum == 0ms);  // a lognormal comes arbitrarily close to 0

  Network placed;
  placed.add_site({.name = "ams", .place = Place{{52.37, 4.89}, "NL"}});
  placed.add_site({.name = "fra", .place = Place{{50.11, 8.68}, "DE"}});
  const auto link = placed.add_link({.a = SiteId{0}, .b = SiteId{1}, .latency = LinkLatency::of(law)});
  // Amsterdam - Frankfurt: 364 km of vacuum take 364e3 / 299792458 s = 1.21 ms.
  const auto metres = whole_metres(geodesic_distance({52.37, 4.89}, {50.11, 8.68}));
  CHECK(metres / 1000 == 364);
  CHECK(placed.link(link).latency.minimum == sim::Duration{metres * 1'000'000'000 / 299'792'458});

  // A law that claims more than light can do keeps its median as minimum instead of exceeding it.
  const auto impossible = LinkLatency::of(sim::Distribution::lognormal_by_median_p99(0.1e-3, 0.2e-3));
  const auto fast = placed.add_link({.a = SiteId{0}, .b = SiteId{1}, .latency = impossible});
  CHECK(placed.link(fast).latency.minimum == 100us);
}

TEST_CASE("Broken contracts abort: same name twice, a loop, an unknown site", "[topology][graph]") {
  auto network = sites_only(2);
  CHECK(test_support::die([&] { network.add_site({.name = "s0"}); }).aborted);
  CHECK(test_support::die([&] { network.add_site({.name = ""}); }).aborted);
  CHECK(test_support::die([&] { join(network, 1, 1, 1ms); }).aborted);
  CHECK(test_support::die([&] { join(network, 0, 2, 1ms); }).aborted);
  CHECK(test_support::die([&] { join(network, 0, 1, -1ms); }).aborted);
  CHECK_FALSE(test_support::die([&] { join(network, 0, 1, 1ms); }).aborted);
}

}  // namespace topology
