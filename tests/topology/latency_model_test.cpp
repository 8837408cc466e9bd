#include "topology/latency_model.hpp"

#include <catch2/catch.hpp>

#include "network_builder.hpp"

namespace topology {
namespace {

using namespace std::chrono_literals;

const GeoPoint amsterdam{52.37, 4.89};
const GeoPoint brussels{50.85, 4.35};
const GeoPoint frankfurt{50.11, 8.68};
const GeoPoint paris{48.86, 2.35};

/// 0.8 ms + 0.0075 ms/km, as in a scenario's `unlisted_pairs`.
const LinearEstimate by_distance{800us, 7.5};

SiteId place_site(Network& network, const std::string& name, GeoPoint point, Reach reach = Reach::open) {
  return network.add_site({.name = name, .place = Place{point, ""}, .reach = reach});
}

sim::Duration linear(GeoPoint from, GeoPoint to) {
  const auto metres = static_cast<double>(whole_metres(geodesic_distance(from, to)));
  return 800us + sim::Duration{std::lround(7.5 * metres)};
}

std::shared_ptr<const WideArea> one_zone() {
  WideAreaSpec spec;
  spec.hubs = {{"fra", frankfurt, "EU"}};
  return std::make_shared<const WideArea>(spec);
}

}  // namespace

TEST_CASE("A site reaches itself in no time", "[topology][latency]") {
  Network network;
  const auto ams = place_site(network, "ams", amsterdam);
  const auto nowhere = network.add_site({.name = "nowhere"});
  const LatencyModel model{network, by_distance};
  CHECK(model.route(ams, ams)->kind == RouteKind::same_site);
  CHECK(model.one_way(ams, ams) == 0ns);
  CHECK(model.one_way(nowhere, nowhere) == 0ns);
}

TEST_CASE("Unlisted pairs take the linear estimate along the geodesic", "[topology][latency]") {
  Network network;
  const auto london = place_site(network, "lon", {51.5074, -0.1278});
  const auto new_york = place_site(network, "nyc", {40.7128, -74.006});
  const LatencyModel model{network, by_distance};
  // 5585233.58 m rounds to 5585234 m; 800 us + 7.5 ns/m * 5585234 m = 42689255 ns.
  CHECK(model.one_way(london, new_york) == 42689255ns);
  const auto route = model.route(new_york, london);
  REQUIRE(route);
  CHECK(route->kind == RouteKind::estimated);
  CHECK(route->links.empty());
  CHECK(route->estimated == route->one_way);
  CHECK(route->minimum == route->one_way);
}

TEST_CASE("Unlisted pairs take the corridor estimate where one is given", "[topology][latency]") {
  Network network;
  const auto ams = place_site(network, "ams", amsterdam);
  const auto fra = place_site(network, "fra", frankfurt);
  const auto area = one_zone();
  const LatencyModel model{network, area};
  const auto expected = area->one_way(area->anchor({amsterdam, ""}), area->anchor({frankfurt, ""}));
  CHECK(model.one_way(ams, fra) == expected);
  CHECK(estimated_one_way(area, {amsterdam, ""}, {frankfurt, ""}) == expected);
  CHECK(estimated_one_way(by_distance, {amsterdam, ""}, {frankfurt, ""}) == linear(amsterdam, frankfurt));
  CHECK_FALSE(estimated_one_way(std::monostate{}, {amsterdam, ""}, {frankfurt, ""}));
}

TEST_CASE("A listed link decides for its pair, even where the estimate is shorter", "[topology][latency]") {
  Network network;
  const auto ams = place_site(network, "ams", amsterdam);
  const auto fra = place_site(network, "fra", frankfurt);
  join(network, 0, 1, 50ms);
  const auto faster = join(network, 0, 1, 40ms);
  const LatencyModel model{network, by_distance};
  const auto route = model.route(ams, fra);
  REQUIRE(route);
  CHECK(route->kind == RouteKind::listed_link);
  CHECK(route->links == std::vector<LinkId>{faster});
  CHECK(route->one_way == 40ms);
  CHECK(route->estimated == 0ns);
}

TEST_CASE("Without a link of its own a pair takes the faster of listed path and estimate",
          "[topology][latency]") {
  const auto route_over = [](sim::Duration each) {
    Network network;
    const auto ams = place_site(network, "ams", amsterdam);
    const auto bru = place_site(network, "bru", brussels);
    const auto fra = place_site(network, "fra", frankfurt);
    join(network, ams.value(), fra.value(), each);
    join(network, fra.value(), bru.value(), each);
    return LatencyModel{network, by_distance}.route(ams, bru);
  };
  // Amsterdam - Brussels, 173 km: estimated at 0.8 + 1.3 = 2.1 ms.
  const auto estimate = linear(amsterdam, brussels);
  CHECK(estimate > 2ms);
  CHECK(estimate < 2200us);
  const auto over_links = route_over(1ms);
  CHECK(over_links->kind == RouteKind::listed_path);
  CHECK(over_links->one_way == 2ms);
  CHECK(over_links->links.size() == 2);
  const auto estimated = route_over(3ms);
  CHECK(estimated->kind == RouteKind::estimated);
  CHECK(estimated->one_way == estimate);
  CHECK(route_over(estimate / 2)->kind == RouteKind::listed_path);  // a tie or less goes to the path
}

TEST_CASE("Without an estimate only listed links connect", "[topology][latency]") {
  Network network;
  const auto ams = place_site(network, "ams", amsterdam);
  const auto bru = place_site(network, "bru", brussels);
  const auto fra = place_site(network, "fra", frankfurt);
  const auto users = network.add_population({.name = "nl", .place = {amsterdam, ""}});
  join(network, ams.value(), fra.value(), 3ms);
  const LatencyModel model{network, std::monostate{}};
  CHECK(model.one_way(ams, fra) == 3ms);
  CHECK(model.one_way(ams, bru) == unreachable);
  CHECK_FALSE(model.route(ams, bru));
  CHECK_FALSE(model.route(users, ams));
  CHECK(model.one_way_from(ams) == std::vector<sim::Duration>{0ns, unreachable, 3ms});
  CHECK(model.one_way_from(users) == std::vector<sim::Duration>(3, unreachable));
}

TEST_CASE("A site that only its links reach is met through the nearest open site", "[topology][latency]") {
  Network network;
  const auto ship = place_site(network, "ship", {50.0, -30.0}, Reach::links_only);
  const auto teleport = place_site(network, "teleport", frankfurt);
  const auto office = place_site(network, "office", paris);
  const auto users = network.add_population({.name = "fr", .place = {paris, ""}});
  const auto satellite = join(network, ship.value(), teleport.value(), 270ms);
  const LatencyModel model{network, by_distance};

  const auto land = linear(frankfurt, paris);
  const auto route = model.route(ship, office);
  REQUIRE(route);
  CHECK(route->kind == RouteKind::estimated);
  CHECK(route->links == std::vector<LinkId>{satellite});
  CHECK(route->links_before_estimate == 1);
  CHECK(route->estimated == land);
  CHECK(route->one_way == 270ms + land);
  const auto back = model.route(office, ship);
  CHECK(back->links_before_estimate == 0);
  CHECK(back->one_way == route->one_way);
  CHECK(model.one_way(ship, teleport) == 270ms);
  CHECK(model.one_way(users, ship) == 270ms + linear(paris, frankfurt));
  CHECK(model.route(users, ship)->links == std::vector<LinkId>{satellite});
}

TEST_CASE("Two sites behind the same open site meet over their links", "[topology][latency]") {
  Network network;
  const auto hub = place_site(network, "hub", frankfurt);
  const auto a = network.add_site({.name = "a"});
  const auto b = network.add_site({.name = "b"});
  const auto lonely = network.add_site({.name = "lonely"});
  join(network, hub.value(), a.value(), 1ms);
  join(network, hub.value(), b.value(), 2ms);
  const LatencyModel model{network, by_distance};
  const auto route = model.route(a, b);
  REQUIRE(route);
  CHECK(route->kind == RouteKind::listed_path);
  CHECK(route->one_way == 3ms);
  CHECK(model.one_way(a, lonely) == unreachable);
  CHECK(model.one_way(hub, lonely) == unreachable);
}

TEST_CASE("The table from a site holds the single routes' latencies", "[topology][latency]") {
  sim::SplitMix64 random{2026};
  for (int round = 0; round < 40; ++round) {
    Network network;
    const auto sites = 2 + below(random, 12);
    for (std::uint32_t i = 0; i < sites; ++i) {
      Site site{.name = site_name(i)};
      if (below(random, 4) > 0) site.place = Place{random_point(random), ""};
      if (below(random, 4) == 0) site.reach = Reach::links_only;
      network.add_site(site);
    }
    for (std::uint32_t i = below(random, 2 * sites); i > 0; --i) {
      const auto a = below(random, sites);
      const auto b = (a + 1 + below(random, sites - 1)) % sites;
      join(network, a, b, sim::Duration{below(random, 100'000'000)});
    }
    const auto users = network.add_population({.name = "users", .place = {random_point(random), ""}});
    const Estimate estimates[]{std::monostate{}, by_distance, one_zone()};
    for (const auto& estimate : estimates) {
      const LatencyModel model{network, estimate};
      LatencyCache cache{model};
      for (std::uint32_t a = 0; a < sites; ++a) {
        const auto table = model.one_way_from(SiteId{a});
        for (std::uint32_t b = 0; b < sites; ++b) {
          const auto route = model.route(SiteId{a}, SiteId{b});
          REQUIRE(table[b] == (route ? route->one_way : unreachable));
          REQUIRE(cache.one_way(SiteId{a}, SiteId{b}) == table[b]);
          REQUIRE(model.one_way(SiteId{b}, SiteId{a}) == table[b]);
          if (!route) continue;
          auto sum = route->estimated;
          for (const auto link : route->links) sum += network.link(link).latency.typical;
          REQUIRE(sum == route->one_way);
          REQUIRE(route->minimum <= route->one_way);
        }
      }
      const auto table = model.one_way_from(users);
      for (std::uint32_t b = 0; b < sites; ++b) {
        REQUIRE(table[b] == model.one_way(users, SiteId{b}));
        REQUIRE(cache.one_way(users, SiteId{b}) == table[b]);
      }
    }
  }
}

TEST_CASE("No way between sites that stand alone is shorter than the least for their distance",
          "[topology][latency]") {
  sim::SplitMix64 random{77};
  Network network;
  for (int i = 0; i < 150; ++i) place_site(network, std::to_string(i), random_point(random));
  place_site(network, "private", paris, Reach::links_only);
  join(network, 0, 1, 1ms);
  for (const auto& estimate : {Estimate{by_distance}, Estimate{one_zone()}}) {
    const LatencyModel model{network, estimate};
    CHECK_FALSE(model.stands_alone(SiteId{0}));
    CHECK_FALSE(model.stands_alone(SiteId{150}));
    for (std::uint32_t a = 2; a < 150; ++a) {
      REQUIRE(model.stands_alone(SiteId{a}));
      for (std::uint32_t b = 2; b < 150; ++b) {
        const auto apart =
            haversine_distance(network.site(SiteId{a}).place->point, network.site(SiteId{b}).place->point);
        if (a != b) REQUIRE(model.least_one_way(apart) <= model.one_way(SiteId{a}, SiteId{b}));
      }
    }
  }
}

}  // namespace topology
