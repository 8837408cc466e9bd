#include "topology/paths.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <tuple>

#include "network_builder.hpp"

namespace topology {

using namespace std::chrono_literals;
namespace {

/// Record spath-6 of the theory collection; sites A..F are 0..5, units are nanoseconds.
Network six_sites() {
  auto network = sites_only(6);
  const std::tuple<char, char, int> edges[]{{'A', 'B', 4}, {'A', 'C', 2}, {'B', 'C', 1},
                                            {'B', 'D', 5}, {'C', 'D', 8}, {'C', 'E', 10},
                                            {'D', 'E', 2}, {'D', 'F', 6}, {'E', 'F', 3}};
  for (const auto& [a, b, latency] : edges) {
    join(network, static_cast<std::uint32_t>(a - 'A'), static_cast<std::uint32_t>(b - 'A'),
         sim::Duration{latency});
  }
  return network;
}

std::string letters(const std::vector<SiteId>& sites) {
  std::string text;
  for (const auto site : sites) text += static_cast<char>('A' + site.value());
  return text;
}

/// All loopless paths by exhaustive search, in the documented order.
class Enumeration {
 public:
  Enumeration(const Network& network, SiteId to) : network_{network}, to_{to} {}

  std::vector<Path> from(SiteId from) {
    visited_.assign(network_.site_count(), false);
    extend(from, Path{});
    std::sort(found_.begin(), found_.end(), [](const Path& a, const Path& b) {
      const auto size_a = a.links.size();
      const auto size_b = b.links.size();
      return std::tie(a.latency, size_a, a.links) < std::tie(b.latency, size_b, b.links);
    });
    return found_;
  }

 private:
  void extend(SiteId here, const Path& path) {
    if (here == to_) {
      found_.push_back(path);
      return;
    }
    visited_[here.value()] = true;
    for (const auto& next : network_.neighbours(here)) {
      if (visited_[next.site.value()]) continue;
      auto longer = path;
      longer.links.push_back(next.link);
      longer.latency += network_.link(next.link).latency.typical;
      longer.minimum += network_.link(next.link).latency.minimum;
      extend(next.site, longer);
    }
    visited_[here.value()] = false;
  }

  const Network& network_;
  SiteId to_;
  std::vector<bool> visited_;
  std::vector<Path> found_;
};

}  // namespace

TEST_CASE("Shortest paths of the six-site graph are those of the theory collection (spath-6)",
          "[topology][paths]") {
  const auto network = six_sites();
  const SiteId a{0};
  const SiteId f{5};
  const std::vector<sim::Duration> expected{0ns, 3ns, 2ns, 8ns, 10ns, 13ns};
  CHECK(path_latencies(network, a) == expected);
  const auto path = shortest_path(network, a, f);
  REQUIRE(path);
  CHECK(path->latency == 13ns);
  CHECK(letters(sites_along(network, a, *path)) == "ACBDEF");

  sim::Duration diameter{};
  for (std::uint32_t site = 0; site < 6; ++site) {
    const auto latency = path_latencies(network, SiteId{site});
    diameter = std::max(diameter, *std::max_element(latency.begin(), latency.end()));
  }
  CHECK(diameter == 13ns);
}

TEST_CASE("A site reaches itself over no link and an unconnected one not at all", "[topology][paths]") {
  auto network = sites_only(3);
  join(network, 0, 1, 7ns);
  CHECK(shortest_path(network, SiteId{0}, SiteId{0}) == Path{});
  CHECK_FALSE(shortest_path(network, SiteId{0}, SiteId{2}));
  CHECK(k_shortest_paths(network, SiteId{0}, SiteId{2}, 3).empty());
  CHECK(k_shortest_paths(network, SiteId{0}, SiteId{1}, 0).empty());
  CHECK(path_latencies(network, SiteId{0}) == std::vector<sim::Duration>{0ns, 7ns, unreachable});
}

TEST_CASE("Ties go to fewer links, then to the lower link id", "[topology][paths]") {
  auto network = sites_only(4);
  const auto over_two = join(network, 0, 2, 1ns);
  join(network, 2, 1, 1ns);
  join(network, 2, 1, 1ns);
  join(network, 0, 3, 1ns);
  join(network, 3, 1, 1ns);
  CHECK(shortest_path(network, SiteId{0}, SiteId{1})->links == std::vector<LinkId>{over_two, LinkId{1}});
  CHECK(shortest_path(network, SiteId{1}, SiteId{0})->links == std::vector<LinkId>{LinkId{1}, over_two});
  const auto direct = join(network, 0, 1, 2ns);
  CHECK(shortest_path(network, SiteId{0}, SiteId{1})->links == std::vector<LinkId>{direct});
}

TEST_CASE("Links without latency do not lead in circles", "[topology][paths]") {
  auto network = sites_only(4);
  join(network, 0, 1, 0ns);
  join(network, 1, 2, 0ns);
  join(network, 2, 0, 0ns);
  join(network, 2, 3, 0ns);
  const auto path = shortest_path(network, SiteId{0}, SiteId{3});
  REQUIRE(path);
  CHECK(letters(sites_along(network, SiteId{0}, *path)) == "ACD");
}

TEST_CASE("The k best paths are the first k of all loopless paths", "[topology][paths]") {
  sim::SplitMix64 random{7};
  int compared = 0;
  for (int round = 0; round < 400; ++round) {
    const auto sites = 2 + below(random, 6);
    const auto network = random_network(random, sites, 1 + below(random, 12));
    const SiteId from{below(random, sites)};
    const SiteId to{below(random, sites)};
    const auto all = Enumeration{network, to}.from(from);
    INFO("round " << round);
    REQUIRE(k_shortest_paths(network, from, to, all.size() + 3) == all);
    if (all.empty()) continue;
    REQUIRE(shortest_path(network, from, to) == all.front());
    const auto half = k_shortest_paths(network, from, to, all.size() / 2);
    REQUIRE(std::equal(half.begin(), half.end(), all.begin()));
    compared += static_cast<int>(all.size());
  }
  CHECK(compared > 1000);  // the rounds are not trivial
}

TEST_CASE("Paths to the nearest of several targets are the best of the single ones", "[topology][paths]") {
  sim::SplitMix64 random{11};
  for (int round = 0; round < 100; ++round) {
    const auto sites = 3 + below(random, 10);
    const auto network = random_network(random, sites, below(random, 20));
    const std::vector<SiteId> targets{SiteId{0}, SiteId{below(random, sites)}};
    const auto nearest = paths_to_nearest(network, targets);
    for (std::uint32_t site = 0; site < sites; ++site) {
      auto least = unreachable;
      for (const auto target : targets) {
        least = std::min(least, path_latencies(network, target)[site]);
      }
      REQUIRE((nearest[site] ? nearest[site]->path.latency : unreachable) == least);
      if (!nearest[site]) continue;
      REQUIRE(sites_along(network, SiteId{site}, nearest[site]->path).back() == nearest[site]->target);
      REQUIRE(std::count(targets.begin(), targets.end(), nearest[site]->target) > 0);
    }
  }
}

TEST_CASE("Components are listed largest first", "[topology][paths]") {
  auto network = sites_only(7);
  join(network, 1, 5, 1ns);
  join(network, 2, 4, 1ns);
  join(network, 4, 6, 1ns);
  const std::vector<std::vector<SiteId>> expected{
      {SiteId{2}, SiteId{4}, SiteId{6}}, {SiteId{1}, SiteId{5}}, {SiteId{0}}, {SiteId{3}}};
  CHECK(connected_components(network) == expected);
  CHECK(connected_components(Network{}).empty());
}

TEST_CASE("A grid of 10,000 sites answers one-to-many latencies", "[topology][paths]") {
  constexpr std::uint32_t side = 100;
  auto network = sites_only(side * side);
  for (std::uint32_t row = 0; row < side; ++row) {
    for (std::uint32_t column = 0; column < side; ++column) {
      const auto here = row * side + column;
      if (column + 1 < side) join(network, here, here + 1, 1ms);
      if (row + 1 < side) join(network, here, here + side, 1ms);
    }
  }
  const auto latency = path_latencies(network, SiteId{0});
  CHECK(latency.back() == 198ms);  // 99 steps east and 99 south
  CHECK(latency[side * 3 + 4] == 7ms);
}

}  // namespace topology
