#include "topology/wide_area.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "network_builder.hpp"

namespace topology {
namespace {

using namespace std::chrono_literals;

/// Two zones on the equator, W (two hubs) and E (one hub), joined by one corridor from 10 E to 40 E.
WideAreaSpec two_zones() {
  WideAreaSpec spec;
  spec.hubs = {{"west", {0, 0}, "W"}, {"east", {0, 40}, "E"}, {"coast", {0, 10}, "W"}};
  spec.corridors = {{"coast", "east", 1.5}};
  spec.country_zones = {{"WW", "W"}, {"EE", "E"}};
  return spec;
}

// One degree of the equator: pi/180 * 6371008.8 m = 111195.0802 m.
constexpr double degree = 111195.0802335329;

std::string messages(const WideAreaSpec& spec) {
  std::string all;
  for (const auto& problem : problems(spec)) all += problem + "\n";
  return all;
}

}  // namespace

TEST_CASE("Within a zone the path is the great circle", "[topology][wide-area]") {
  const WideArea area{two_zones()};
  const auto a = area.anchor({{0, 2}, "WW"});
  const auto b = area.anchor({{0, 8}, "WW"});
  CHECK(area.path_metres(a, b) == std::lround(6 * degree));
  // RTT = 5.25 ms + 13.04 ns/m * 667170 m = 13949896.8 ns, one way half of it, rounded down.
  CHECK(area.round_trip(a, b) == 13949897ns);
  CHECK(area.one_way(a, b) == 6974948ns);
}

TEST_CASE("Between zones the path runs to a hub, through corridors and from a hub", "[topology][wide-area]") {
  const WideArea area{two_zones()};
  const auto a = area.anchor({{0, 2}, "WW"});
  const auto b = area.anchor({{0, 45}, "EE"});
  // 8 degrees to the coast, 30 degrees of corridor at 1.5 times the great circle, 5 degrees inland; each
  // step is rounded to a metre.
  const auto expected = std::lround(8 * degree) + std::lround(45 * degree) + std::lround(5 * degree);
  CHECK(area.path_metres(a, b) == expected);
  CHECK(area.path_metres(b, a) == expected);
  CHECK(area.one_way(a, b) == area.one_way(b, a));
}

TEST_CASE("A place without a known country belongs to the zone of the nearest hub", "[topology][wide-area]") {
  const WideArea area{two_zones()};
  CHECK(area.zone_of({{0, 24}, ""}) == "W");  // 14 degrees from the coast, 16 from the east hub
  CHECK(area.zone_of({{0, 26}, ""}) == "E");
  CHECK(area.zone_of({{0, 26}, "XX"}) == "E");  // not in the list
  CHECK(area.zone_of({{0, 26}, "WW"}) == "W");  // the country decides
}

TEST_CASE("Short distances join the fit without a step and rise with the distance", "[topology][wide-area]") {
  const WideArea area{two_zones()};
  const auto origin = area.anchor({{0, 5}, "WW"});
  const auto at_metres = [&](double metres) {
    return area.round_trip(origin, area.anchor({{0, 5 + metres / degree}, "WW"}));
  };
  CHECK(at_metres(0) == 500us);
  // 25 km: 0.5 + (5.25 - 0.5) * (25/50)^2 + 0.01304 * 25 = 0.5 + 1.1875 + 0.326 = 2.0135 ms.
  CHECK(at_metres(25'000) == 2013500ns);
  // 50 km and beyond: the fit, 5.25 + 0.01304 * 50 = 5.902 ms.
  CHECK(at_metres(50'000) == 5902us);
  CHECK(at_metres(60'000) == 6032400ns);
  for (int metres = 1'000; metres <= 120'000; metres += 1'000) {
    const auto step = at_metres(metres) - at_metres(metres - 1'000);
    // The steepest place is just below the limit: (2 * 4.75 ms / 50 km + 13.04 us/km) * 1 km < 0.21 ms.
    REQUIRE(step > 13us);
    REQUIRE(step < 210us);
  }
}

TEST_CASE("Paths between zones never beat the great circle and obey the triangle inequality",
          "[topology][wide-area]") {
  const WideArea area{two_zones()};
  sim::SplitMix64 random{5};
  for (int i = 0; i < 2'000; ++i) {
    const auto a = area.anchor({random_point(random), "WW"});
    const auto b = area.anchor({random_point(random), "EE"});
    const auto c = area.anchor({random_point(random), "EE"});
    const auto path = area.path_metres(a, b);
    const double direct = arc_distance(a.direction, b.direction).value();
    REQUIRE(path == area.path_metres(b, a));
    REQUIRE(static_cast<double>(path) >= direct - 4);  // up to four steps, each rounded
    REQUIRE(path <= area.path_metres(a, c) + area.path_metres(c, b) + 4);
  }
}

TEST_CASE("The order of hubs and corridors in the spec does not matter", "[topology][wide-area]") {
  auto reversed_spec = two_zones();
  std::reverse(reversed_spec.hubs.begin(), reversed_spec.hubs.end());
  std::swap(reversed_spec.corridors.front().a, reversed_spec.corridors.front().b);
  const WideArea area{two_zones()};
  const WideArea reversed{reversed_spec};
  sim::SplitMix64 random{6};
  for (int i = 0; i < 500; ++i) {
    const Place a{random_point(random), ""};
    const Place b{random_point(random), ""};
    REQUIRE(area.one_way(area.anchor(a), area.anchor(b)) ==
            reversed.one_way(reversed.anchor(a), reversed.anchor(b)));
  }
}

TEST_CASE("Estimates are the same with every compiler and processor", "[topology][wide-area]") {
  // Recorded once; a change means that results of scenarios change with it.
  const WideArea area{two_zones()};
  sim::SplitMix64 random{2};
  std::uint64_t hash = 0;
  for (int i = 0; i < 10'000; ++i) {
    const auto from = area.anchor({random_point(random), ""});
    const auto one_way = area.one_way(from, area.anchor({random_point(random), ""}));
    hash = sim::combine(hash, static_cast<std::uint64_t>(one_way.count()));
  }
  CHECK(hash == 0x2143d001dd909a49);
}

TEST_CASE("An unusable corridor graph is described, all problems at once", "[topology][wide-area]") {
  CHECK(problems(two_zones()).empty());
  CHECK(messages(WideAreaSpec{}) == "there are no hubs\n");

  auto spec = two_zones();
  spec.hubs.push_back({"west", {0, 200}, ""});
  spec.corridors.push_back({"coast", "moon", 0.5});
  spec.country_zones["XX"] = "nowhere";
  spec.round_trip_ns_per_metre = -1;
  spec.metro_round_trip = 1s;
  spec.metro_limit = Metres{0};
  CHECK(messages(spec) ==
        "hub west is listed twice\n"
        "hub west lies outside the Earth's coordinates\n"
        "hub west has no zone\n"
        "corridor coast-moon ends at the unknown hub moon\n"
        "corridor coast-moon has a length factor outside 1 to 100\n"
        "country XX lies in zone nowhere, which has no hub\n"
        "the round trip per metre lies outside 0 to 10 us\n"
        "the fixed round trips are not ordered 0 <= metro <= fixed <= 1 h\n"
        "the metro limit lies outside 0 to 1000 km\n");

  auto cut = two_zones();
  cut.corridors.clear();
  CHECK(messages(cut) == "no corridors connect hub east with hub west\n");
}

}  // namespace topology
