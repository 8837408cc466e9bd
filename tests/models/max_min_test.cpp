#include "models/max_min.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "sim/random.hpp"
#include "world_builder.hpp"

using test_support::WorldBuilder;

namespace {

using Routes = std::vector<std::vector<std::uint32_t>>;

/// Links that are shared along whole routes, and a class for each route.
struct Network {
  WorldBuilder world;

  Network(const std::vector<double>& megabytes_per_second, const Routes& routes) {
    for (const double rate : megabytes_per_second)
      world.spec.stations[world.station(sim::BitRate{rate * 8e6})].sharing = models::Sharing::max_min;
    world.spec.routes = routes;
    world.spec.classes = static_cast<std::uint32_t>(routes.size());
    world.spec.duration = sim::from_seconds(10'000);
  }
  /// A transfer over `route` that begins after `begin` seconds.
  void transfer(std::uint32_t route, double megabytes, double begin = 0) {
    const std::uint32_t first = world.here();
    world.step({.kind = models::StepKind::carry, .index = route, .size = sim::Bytes{megabytes * 1e6}});
    world.finish(route);
    world.trace({sim::from_seconds(begin)}, first);
  }
};

double seconds(const models::WorldResult& result, std::uint32_t route) {
  return sim::to_seconds(result.classes.at(route).latency.max());
}

}  // namespace

TEST_CASE("A transfer over two links leaves on each what the other one keeps it from using",
          "[models][max-min]") {
  // Links of 1 and 3 MB/s. Route 0 takes both, route 1 the first, route 2 the second alone. On the first 0
  // and 1 get 1/2 each; route 2 has what that leaves of the second: 2.5 MB/s, not the half.
  Network network{{1, 3}, {{0, 1}, {0}, {1}}};
  network.transfer(0, 1);
  network.transfer(1, 1);
  network.transfer(2, 5);
  const models::WorldResult result = network.world.run();
  CHECK(seconds(result, 0) == Approx(2));
  CHECK(seconds(result, 1) == Approx(2));
  CHECK(seconds(result, 2) == Approx(2));
  CHECK(result.stations[0].bytes == 2e6);
  CHECK(result.stations[1].bytes == 6e6);
  CHECK(sim::to_seconds(result.stations[0].busy) == Approx(2));
  CHECK(sim::to_seconds(result.stations[1].busy) == Approx(2));
}

TEST_CASE("Rates are shared out anew along the routes when a transfer ends", "[models][max-min]") {
  // Both links carry 1 MB/s. The long route and one transfer on each link have 1/2 MB/s. After 1 s the
  // transfer of 0.5 MB on link 0 has ended; the long route is still held to 1/2 by link 1, where 1 MB ends
  // after 2 s. Then the long route, 1 MB done of 2, has all: 1 s more.
  Network network{{1, 1}, {{0, 1}, {0}, {1}}};
  network.transfer(0, 2);
  network.transfer(1, 0.5);
  network.transfer(2, 1);
  const models::WorldResult result = network.world.run();
  CHECK(seconds(result, 1) == Approx(1));
  CHECK(seconds(result, 2) == Approx(2));
  CHECK(seconds(result, 0) == Approx(3));
}

TEST_CASE("Time along a route is transmission as far as its slowest link alone would take",
          "[models][max-min]") {
  Network network{{1, 2}, {{0, 1}, {1}}};
  network.transfer(0, 1);
  network.transfer(1, 4);
  network.transfer(1, 4);
  // Link 1 gives each of the three 2/3 MB/s: 1.5 s, of which 1 s is the way alone over link 0.
  const auto parts = network.world.run().classes[0].breakdown.composition(0).mean;
  const auto of = [&](models::Part part) { return parts[static_cast<std::size_t>(part)] * 64e-9; };
  CHECK(of(models::Part::transmission) == Approx(1.0).epsilon(1e-6));
  CHECK(of(models::Part::network_queue) == Approx(0.5).epsilon(1e-6));
}

TEST_CASE("Transfers that all begin at once progress at the rates of the max-min solver",
          "[models][max-min]") {
  // Each transfer carries what the solver's rate brings in 100 s, so all of them end then if and only if
  // the rates agree all the time.
  for (std::uint32_t number = 0; number < 100; ++number) {
    const sim::Stream stream = sim::Streams{7, number}.make("test", "network");
    std::uint32_t drawn = 0;
    const auto below = [&](double most) {
      return static_cast<std::uint32_t>(stream.draw(drawn++).uniform() * most);
    };
    std::vector<double> links(2 + below(6));
    for (double& link : links) link = 1 + below(20);
    Routes routes;
    std::vector<std::vector<std::size_t>> paths;  // of the transfers
    std::vector<std::uint32_t> route_of;
    while (routes.size() < 8) {
      std::vector<std::uint32_t> route;
      for (std::uint32_t link = 0; link < links.size(); ++link)
        if (below(3) == 0) route.push_back(link);
      if (route.empty()) continue;
      for (std::uint32_t transfers = 1 + below(4); transfers > 0; --transfers) {
        paths.emplace_back(route.begin(), route.end());
        route_of.push_back(static_cast<std::uint32_t>(routes.size()));
      }
      routes.push_back(std::move(route));
    }
    std::vector<sim::BitRate> capacities;
    for (const double link : links) capacities.emplace_back(link * 8e6);
    const std::vector<sim::BitRate> rates = models::max_min_rates(capacities, paths);
    Network network{links, routes};
    for (std::size_t i = 0; i < rates.size(); ++i)
      network.transfer(route_of[i], rates[i].value() / 8e6 * 100);
    const models::WorldResult result = network.world.run();
    CAPTURE(number);
    for (std::uint32_t route = 0; route < routes.size(); ++route) {
      CHECK(sim::to_seconds(result.classes[route].latency.min()) == Approx(100).epsilon(1e-9));
      CHECK(sim::to_seconds(result.classes[route].latency.max()) == Approx(100).epsilon(1e-9));
    }
  }
}

TEST_CASE("Networks that no route connects do not share, and a route of one link is a fair link",
          "[models][max-min]") {
  // Two separate links in one partition: each has its two transfers of 1 MB at 1/2 MB/s.
  Network network{{1, 1}, {{0}, {1}}};
  for (const std::uint32_t route : {0U, 0U, 1U, 1U}) network.transfer(route, 1);
  const models::WorldResult result = network.world.run();
  CHECK(seconds(result, 0) == Approx(2));
  CHECK(seconds(result, 1) == Approx(2));
}
