#include <catch2/catch.hpp>
#include <cmath>

#include "sim/statistics.hpp"
#include "world_builder.hpp"

using models::Sharing;
using models::TenantSpec;
using test_support::WorldBuilder;

namespace {

constexpr double rate = 8e6;  // [bit/s]: a megabyte takes a second

/// One fair station, and a program a tenant: pass it, then end in the tenant's class.
struct Shared {
  WorldBuilder world;
  std::uint32_t station;

  explicit Shared(std::vector<TenantSpec> tenants) : station{world.station(sim::BitRate{rate})} {
    world.spec.classes = static_cast<std::uint32_t>(tenants.size());
    world.spec.duration = sim::from_seconds(100);
    world.spec.stations[station].sharing = Sharing::fair;
    world.spec.stations[station].tenants = std::move(tenants);
  }
  /// Transfers of `megabytes` by `tenant`. @return the program
  std::uint32_t program(std::uint32_t tenant, double megabytes, std::uint32_t class_index) {
    const std::uint32_t first = world.here();
    const std::uint32_t step = world.pass(station, sim::Bytes{megabytes * 1e6});
    world.at(step).tenant = static_cast<std::uint16_t>(tenant);
    world.finish(class_index);
    return first;
  }
  void transfers(std::uint32_t tenant, double megabytes, const std::vector<double>& begins) {
    std::vector<sim::Duration> times;
    for (const double begin : begins) times.push_back(sim::from_seconds(begin));
    world.trace(times, program(tenant, megabytes, tenant));
  }
};

/// Shortest and longest latency of a class. [s]
struct Range {
  double least, most;
};
Range latency(const models::WorldResult& result, std::uint32_t class_index = 0) {
  const sim::Histogram& histogram = result.classes.at(class_index).latency;
  return {sim::to_seconds(histogram.min()), sim::to_seconds(histogram.max())};
}

}  // namespace

TEST_CASE("Two transfers that overlap share a fair link evenly", "[models][fair-link]") {
  Shared link{{TenantSpec{}}};
  link.transfers(0, 1, {0, 0.5});
  const models::WorldResult result = link.world.run();
  // The first has half done when the second comes, and ends after 0.5 + 0.5 / 0.5 = 1.5 s; the second has
  // then half left, which takes 0.5 s: 2 - 0.5 = 1.5 s as well.
  CHECK(latency(result).least == Approx(1.5));
  CHECK(latency(result).most == Approx(1.5));
  CHECK(sim::to_seconds(result.stations[0].busy) == Approx(2.0));
  CHECK(result.stations[0].bytes == 2e6);
}

TEST_CASE("Time on a fair link is transmission as far as it would be without the others",
          "[models][fair-link]") {
  Shared link{{TenantSpec{}}};
  link.transfers(0, 1, {0, 0});
  const auto parts = link.world.run().classes[0].breakdown.composition(0).mean;
  const auto seconds = [&](models::Part part) { return parts[static_cast<std::size_t>(part)] * 64e-9; };
  // Both take 2 s, of which a megabyte at the full rate is 1 s.
  CHECK(seconds(models::Part::transmission) == Approx(1.0).epsilon(1e-6));
  CHECK(seconds(models::Part::network_queue) == Approx(1.0).epsilon(1e-6));
}

TEST_CASE("Weights of transfers divide a fair link", "[models][fair-link]") {
  Shared link{{TenantSpec{.weight = 3}, TenantSpec{}}};
  link.transfers(0, 1, {0});
  link.transfers(1, 1, {0});
  const models::WorldResult result = link.world.run();
  // 3/4 of the rate end the first after 4/3 s; the other has 2/3 left then, and ends after 2 s.
  CHECK(latency(result, 0).most == Approx(4.0 / 3));
  CHECK(latency(result, 1).most == Approx(2.0));
}

TEST_CASE("A slice keeps its share however many transfers the others have", "[models][fair-link]") {
  Shared link{{TenantSpec{.weighed = TenantSpec::Weighed::tenant},
               TenantSpec{.weighed = TenantSpec::Weighed::tenant}}};
  link.transfers(0, 1, {0, 0, 0});
  link.transfers(1, 1, {0});
  const models::WorldResult result = link.world.run();
  // Half for the one: 2 s. The three have half as well: 2/3 left each at 2 s, then all of the rate: 4 s.
  CHECK(latency(result, 1).most == Approx(2.0));
  CHECK(latency(result, 0).least == Approx(4.0));
}

TEST_CASE("What a cap keeps one tenant from using goes to the other", "[models][fair-link]") {
  Shared link{{TenantSpec{.cap = sim::BitRate{rate / 4}}, TenantSpec{}}};
  link.transfers(0, 1, {0});
  link.transfers(1, 1, {0});
  const models::WorldResult result = link.world.run();
  CHECK(latency(result, 0).most == Approx(4.0));
  CHECK(latency(result, 1).most == Approx(4.0 / 3));
  // 4/3 s full, then a quarter for 8/3 s.
  CHECK(sim::to_seconds(result.stations[0].busy) == Approx(2.0));
}

TEST_CASE("A lower level has what a higher one leaves", "[models][fair-link]") {
  Shared link{
      {TenantSpec{.cap = sim::BitRate{rate / 2}, .level = 10}, TenantSpec{.weight = 100, .level = 20}}};
  link.transfers(0, 1, {0, 0});
  link.transfers(1, 1, {0, 1});
  const models::WorldResult result = link.world.run();
  // The two of the first level take all of the rate for 2 s. The others share what is left after 2 s: both
  // end at 4 s, after 4 s and 3 s.
  CHECK(latency(result, 0).most == Approx(2.0));
  CHECK(latency(result, 1).most == Approx(4.0));
  CHECK(latency(result, 1).least == Approx(3.0));
}

TEST_CASE("A transfer of nothing passes a fair link at once", "[models][fair-link]") {
  Shared link{{TenantSpec{}}};
  link.transfers(0, 0, {1, 1});
  CHECK(latency(link.world.run()).most == 0);
}

namespace {

/// Mean latencies by class over replications, of Poisson transfers.
std::vector<sim::Moments> simulate(Shared& link) {
  link.world.spec.warmup = sim::from_seconds(500);
  link.world.spec.duration = sim::from_seconds(20'000);
  std::vector<sim::Moments> means(link.world.spec.classes);
  for (std::uint32_t replication = 0; replication < 12; ++replication) {
    const models::WorldResult result = link.world.run({.seed = 20260302, .replication = replication});
    for (std::size_t i = 0; i < means.size(); ++i) means[i].add(result.classes[i].latency.mean() * 1e-9);
  }
  return means;
}

void check(const sim::Moments& simulated, double expected) {
  CAPTURE(simulated.mean(), simulated.standard_error());
  CHECK(std::abs(simulated.mean() - expected) < 4 * simulated.standard_error());
}

}  // namespace

TEST_CASE("In M/G/1 with processor sharing a transfer takes its size over what the others leave",
          "[models][fair-link]") {
  // Kleinrock: E[T | x] = x / (1 - rho), whatever the law of the sizes. 0.4/s of 0.5 s and 0.25/s of 2 s:
  // rho = 0.2 + 0.5 = 0.7.
  Shared link{{TenantSpec{}}};
  link.world.spec.classes = 2;
  link.world.poisson(0.4, link.program(0, 0.5, 0));
  link.world.poisson(0.25, link.program(0, 2, 1));
  const std::vector<sim::Moments> means = simulate(link);
  check(means[0], 0.5 / 0.3);
  check(means[1], 2.0 / 0.3);
}

TEST_CASE("With a cap of half of the rate it is a queue with two servers, whatever the law of the sizes",
          "[models][fair-link]") {
  // Of constant size 1 MB: 2 s alone. Offered 2 * 0.7 = 1.4 to two servers. The number in the system is that
  // of M/M/2 (Cohen 1979): P(wait) C = 1.4^2/2 / (1 - 0.7) / (1 + 1.4 + 1.4^2/2 / 0.3) = 0.576471; E[N] = 1.4
  // + C 0.7 / 0.3 = 2.745098; E[T] = E[N] / 0.7.
  Shared link{{TenantSpec{.cap = sim::BitRate{rate / 2}}}};
  link.world.poisson(0.7, link.program(0, 1, 0));
  check(simulate(link)[0], 2.745098 / 0.7);
}

TEST_CASE("A higher level does not notice a lower one", "[models][fair-link]") {
  // 1 s / (1 - 0.4), as if it were alone.
  Shared link{{TenantSpec{.level = 1}, TenantSpec{.level = 2}}};
  link.world.poisson(0.4, link.program(0, 1, 0));
  link.world.poisson(0.3, link.program(1, 1, 1));
  check(simulate(link)[0], 1 / 0.6);
}

TEST_CASE("What is drawn once an epoch is the same for all requests in it", "[models]") {
  WorldBuilder world;
  const std::uint32_t law = world.law(sim::Distribution::uniform(0, 1));
  world.spec.duration = sim::from_seconds(60);
  world.spec.classes = 2;
  for (std::uint32_t source = 0; source < 2; ++source) {
    const std::uint32_t first = world.here();
    const std::uint32_t step = world.by_epoch(law, sim::from_seconds(15));
    world.at(step).purpose = 7;
    world.finish(source);
    // Three requests of each source in every epoch of 15 s.
    std::vector<sim::Duration> times;
    for (int i = 0; i < 12; ++i) times.push_back(sim::from_seconds(1 + 5.0 * i + 0.1 * source));
    world.trace(times, first);
  }
  const models::WorldResult result = world.run();
  for (const models::ClassResult& each : result.classes) {
    CHECK(each.latency.count() == 12);
    CHECK(each.latency.min() != each.latency.max());
  }
  CHECK(result.classes[0].latency == result.classes[1].latency);
}
