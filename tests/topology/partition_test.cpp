#include "topology/partition.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "network_builder.hpp"

namespace topology {
namespace {

using namespace std::chrono_literals;

void require_sound(std::size_t nodes, const std::vector<Exchange>& exchanges, const Partitioning& result) {
  REQUIRE(result.group_of.size() == nodes);
  auto least = sim::Duration::max();
  for (const auto& exchange : exchanges) {
    if (result.group_of[exchange.a] == result.group_of[exchange.b]) continue;
    REQUIRE(exchange.minimum >= result.lookahead);
    least = std::min(least, exchange.minimum);
  }
  REQUIRE(result.lookahead == least);
  REQUIRE(result.lookahead > 0ns);
  // Groups are dense and numbered by their lowest node.
  std::uint32_t next = 0;
  for (const auto group : result.group_of) {
    REQUIRE(group <= next);
    next = std::max(next, group + 1);
  }
  REQUIRE(result.groups == next);
}

/// (1 - share of the largest group) * lookahead / (lookahead + half_window), the goal of partition().
double goal(const Partitioning& result, sim::Duration half_window) {
  std::vector<double> size(result.groups);
  for (const auto group : result.group_of) size[group] += 1.0;
  const double largest = *std::max_element(size.begin(), size.end());
  const auto window = static_cast<double>(result.lookahead.count());
  return (1.0 - largest / static_cast<double>(result.group_of.size())) * window /
         (window + static_cast<double>(half_window.count()));
}

std::vector<Exchange> random_exchanges(sim::SplitMix64& random, std::uint32_t nodes, std::uint32_t count) {
  std::vector<Exchange> exchanges;
  for (std::uint32_t i = 0; i < count; ++i) {
    exchanges.push_back({below(random, nodes), below(random, nodes), sim::Duration{below(random, 30)}});
  }
  return exchanges;
}

}  // namespace

TEST_CASE("Exchanges shorter than the threshold merge their nodes, also in chains", "[topology][partition]") {
  const std::vector<Exchange> exchanges{{0, 1, 1ms}, {1, 2, 2ms}, {2, 3, 5ms}, {4, 3, 6ms}};
  const auto result = partition_below(5, exchanges, 5ms);
  CHECK(result.group_of == std::vector<std::uint32_t>{0, 0, 0, 1, 2});
  CHECK(result.groups == 3);
  CHECK(result.lookahead == 5ms);
}

TEST_CASE("Exchanges without delay merge whatever the threshold", "[topology][partition]") {
  const std::vector<Exchange> exchanges{{0, 2, 0ms}, {0, 1, 3ms}};
  const auto result = partition_below(3, exchanges, 0ms);
  CHECK(result.group_of == std::vector<std::uint32_t>{0, 1, 0});
  CHECK(result.lookahead == 3ms);
}

TEST_CASE("Nodes that exchange nothing run on their own without end", "[topology][partition]") {
  const auto result = partition(3, {});
  CHECK(result.groups == 3);
  CHECK(result.lookahead == sim::Duration::max());
  CHECK(partition(0, {}).groups == 0);
}

TEST_CASE("Metros merge and continents do not", "[topology][partition]") {
  // Two metros of five sites 0.3 ms apart, 40 ms from each other. Apart: 9/10 * 0.3 / 1.3 = 0.21; merged by
  // metro: 1/2 * 40 / 41 = 0.49.
  std::vector<Exchange> exchanges;
  for (std::uint32_t i = 0; i < 5; ++i) {
    for (std::uint32_t j = i + 1; j < 5; ++j) {
      exchanges.push_back({i, j, 300us});
      exchanges.push_back({5 + i, 5 + j, 300us});
    }
  }
  exchanges.push_back({2, 7, 40ms});
  const auto result = partition(10, exchanges);
  CHECK(result.groups == 2);
  CHECK(result.lookahead == 40ms);
}

TEST_CASE("A distant outpost does not make the rest merge", "[topology][partition]") {
  // A ring of 100 sites, 2 ms apart, and an outpost at 100 ms. Apart: 100/101 * 2 / 3 = 0.66; with the ring
  // merged: 1/101 * 100 / 101 = 0.0098.
  std::vector<Exchange> exchanges;
  for (std::uint32_t i = 0; i < 100; ++i) exchanges.push_back({i, (i + 1) % 100, 2ms});
  exchanges.push_back({0, 100, 100ms});
  const auto result = partition(101, exchanges);
  CHECK(result.groups == 101);
  CHECK(result.lookahead == 2ms);

  // Where the outpost is 0.9 of the load anyway, merging the ring is worth it: 0.1 * 100 / 101 against
  // 0.1 * 2 / 3.
  std::vector<double> weights(101, 0.1);
  weights[100] = 90.0;
  const auto weighted = partition(101, exchanges, weights);
  CHECK(weighted.groups == 2);
  CHECK(weighted.lookahead == 100ms);
}

TEST_CASE("Where events are rarer, windows are longer and groups larger", "[topology][partition]") {
  // Three sites 4 ms apart in a row, a fourth 6 ms away. Merging the row: 1/4 * 6 / (6 + h) against
  // 3/4 * 4 / (4 + h): apart for any h.
  const std::vector<Exchange> row{{0, 1, 4ms}, {1, 2, 4ms}, {2, 3, 6ms}};
  CHECK(partition(4, row, {}, 1ms).groups == 4);
  CHECK(partition(4, row, {}, 1s).groups == 4);
  const std::vector<Exchange> rows{{0, 1, 4ms}, {1, 2, 60ms}, {2, 3, 4ms}};
  CHECK(partition(4, rows, {}, 1ms).groups == 4);   // 3/4 * 4/5 = 0.60 against 1/2 * 60/61 = 0.49
  CHECK(partition(4, rows, {}, 10ms).groups == 2);  // 3/4 * 4/14 = 0.21 against 1/2 * 60/70 = 0.43
}

TEST_CASE("Two sites stay apart, and all without delay become one", "[topology][partition]") {
  const std::vector<Exchange> apart{{0, 1, 1us}};
  CHECK(partition(2, apart).groups == 2);
  CHECK(partition(2, apart).lookahead == 1us);
  const std::vector<Exchange> together{{0, 1, 0us}, {1, 2, 0us}};
  CHECK(partition(3, together).groups == 1);
  CHECK(partition(3, together).lookahead == sim::Duration::max());
}

TEST_CASE("Every exchange between groups takes at least the lookahead", "[topology][partition]") {
  sim::SplitMix64 random{31};
  for (int round = 0; round < 500; ++round) {
    const auto nodes = 1 + below(random, 40);
    const auto exchanges = random_exchanges(random, nodes, below(random, 80));
    require_sound(nodes, exchanges, partition_below(nodes, exchanges, sim::Duration{below(random, 35)}));
    require_sound(nodes, exchanges, partition(nodes, exchanges));
  }
}

TEST_CASE("No threshold serves the goal better than the one chosen", "[topology][partition]") {
  sim::SplitMix64 random{32};
  for (int round = 0; round < 500; ++round) {
    const auto nodes = 2 + below(random, 30);
    const auto exchanges = random_exchanges(random, nodes, 1 + below(random, 60));
    const sim::Duration half_window{1 + below(random, 20)};
    const auto chosen = partition(nodes, exchanges, {}, half_window);
    if (chosen.lookahead == sim::Duration::max()) continue;
    for (int threshold = 1; threshold <= 30; ++threshold) {
      const auto other = partition_below(nodes, exchanges, sim::Duration{threshold});
      if (other.lookahead == sim::Duration::max()) continue;
      REQUIRE(goal(other, half_window) <= goal(chosen, half_window) * (1 + 1e-12));
    }
  }
}

}  // namespace topology
