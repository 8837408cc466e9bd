#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "random_world.hpp"
#include "world_builder.hpp"

using models::PoolResult;
using models::World;
using models::WorldPiece;
using models::WorldResult;
using sim::operator""h;
using sim::operator""ms;
using sim::operator""s;
using test_support::WorldBuilder;

namespace {

/// Adds up what the pieces of a series say; compares with the whole.
void check_sums(const WorldResult& whole) {
  std::vector<std::uint64_t> started(whole.started.size()), meters(whole.meters.size());
  std::vector<models::ClassPiece> classes(whole.classes.size());
  std::vector<PoolResult> pools(whole.pools.size());
  sim::Duration length{};
  std::vector<sim::TotalTime> awake(whole.stores.size());
  for (const WorldPiece& piece : whole.series) {
    length += piece.length;
    for (std::size_t i = 0; i < awake.size(); ++i) awake[i] += piece.awake[i];
    for (std::size_t i = 0; i < started.size(); ++i) started[i] += piece.started[i];
    for (std::size_t i = 0; i < meters.size(); ++i) meters[i] += piece.meters[i];
    for (std::size_t i = 0; i < classes.size(); ++i) {
      classes[i].failed += piece.classes[i].failed;
      classes[i].latency.merge(piece.classes[i].latency);
    }
    for (std::size_t i = 0; i < pools.size(); ++i) {
      pools[i] += piece.pools[i];
      CHECK(piece.pools[i].peak_instances <= whole.pools[i].peak_instances);
      CHECK(piece.pools[i].peak_queue <= whole.pools[i].peak_queue);
    }
  }
  CHECK(length == whole.simulated);
  for (std::size_t i = 0; i < awake.size(); ++i) CHECK(awake[i] == whole.stores[i].awake);
  CHECK(started == whole.started);
  CHECK(meters == whole.meters);
  for (std::size_t i = 0; i < classes.size(); ++i) {
    CHECK(classes[i].failed == whole.classes[i].failed);
    CHECK(classes[i].latency == whole.classes[i].latency);
  }
  for (std::size_t i = 0; i < pools.size(); ++i) {
    pools[i].peak_instances = whole.pools[i].peak_instances;
    pools[i].peak_queue = whole.pools[i].peak_queue;
    CHECK(pools[i] == whole.pools[i]);
  }
}

}  // namespace

TEST_CASE("The pieces of a series add up to the whole, to the last nanosecond", "[models][series]") {
  // Pieces that do not divide the span, of random worlds with elastic and fixed pools, guards and a warm-up.
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    CAPTURE(seed);
    models::WorldSpec spec = test_support::random_world(
        seed, seed % 2 == 0 ? test_support::Calls::guarded : test_support::Calls::plain);
    spec.warmup = spec.duration / 5;
    spec.series_step = spec.duration / static_cast<int>(2 + seed % 9) + sim::Duration{1};
    const WorldResult whole = World{spec, {.seed = seed}}.run();
    REQUIRE(whole.series.size() == 2 + seed % 9);
    check_sums(whole);
  }
}

TEST_CASE("A series changes nothing but itself", "[models][series]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    models::WorldSpec spec = test_support::random_world(seed);
    const WorldResult plain = World{spec, {.seed = seed}}.run();
    spec.series_step = spec.duration / 3;
    const WorldResult cut = World{spec, {.seed = seed}}.run();
    CHECK(plain.series.empty());
    CHECK(cut.fingerprint == plain.fingerprint);
    CHECK(cut.classes == plain.classes);
    CHECK(cut.pools == plain.pools);
    CHECK(cut.events == plain.events);
  }
}

TEST_CASE("The time of a slot lies in the pieces that it spans", "[models][series]") {
  WorldBuilder world;
  world.spec.duration = 30ms;
  world.spec.series_step = 10ms;
  const std::uint32_t pool = world.pool({.billing_step = 1ms});
  world.serve(pool, world.constant(0.012));
  world.finish();
  // One server: 12 ms of service from 5 ms on lie in [0, 10) and [10, 20) with 5 and 7 ms; the second request
  // of 6 ms waits until 17 ms and is served until 29: 3 ms in [10, 20), 9 in [20, 30).
  world.trace({5ms, 6ms});
  const WorldResult result = world.run();
  REQUIRE(result.series.size() == 3);
  const auto busy = [&](std::size_t piece) { return result.series[piece].pools[0].slot_busy; };
  CHECK(busy(0) == 5ms);
  CHECK(busy(1) == 10ms);
  CHECK(busy(2) == 9ms);
  // Both began in the first piece; what is billed counts where the service begins.
  CHECK(result.series[0].started[0] == 2);
  CHECK(result.series[0].classes[0].latency.count() == 2);
  CHECK(result.series[0].pools[0].requests == 2);
  CHECK(result.series[0].pools[0].billed == 12ms);
  CHECK(result.series[1].pools[0].billed == 12ms);
}

TEST_CASE("A diurnal day gives the profile's shape, in requests and in utilisation", "[models][series]") {
  // 24 pieces of 10 s with rates 20 (1 + i mod 6): the number of arrivals in a piece is Poisson with mean
  // 200 (1 + i mod 6). 400 servers and 2 s of constant service: infinitely many for a load of 240 at most.
  // Of n replications the mean count has a standard error of sqrt(mean / n).
  constexpr std::uint32_t replications = 25;
  models::RateProfile profile{.step = 10s};
  for (int i = 0; i < 24; ++i) profile.rates.push_back(20.0 * (1 + i % 6));
  WorldBuilder world;
  world.spec.duration = 240s;
  world.spec.series_step = 10s;
  const std::uint32_t pool = world.pool({.instances = 400});
  world.serve(pool, world.constant(2.0));
  world.finish();
  world.source({.profile = profile});
  std::vector<double> counts(24), busy(24);
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    const WorldResult result = world.run({.replication = replication});
    REQUIRE(result.series.size() == 24);
    for (std::size_t i = 0; i < 24; ++i) {
      counts[i] += static_cast<double>(result.series[i].started[0]);
      busy[i] += sim::to_seconds(result.series[i].pools[0].slot_busy);
    }
  }
  for (std::size_t i = 0; i < 24; ++i) {
    CAPTURE(i);
    const double mean = 10 * profile.rates[i];
    CHECK(std::abs(counts[i] / replications - mean) < 4 * std::sqrt(mean / replications));
    // M(t)/D/inf: an arrival at t is served in [t, t + 2). Of a piece of 10 s those of the piece give
    // 8 x 2 s + 2 x 1 s of service a unit of rate, those of the last 2 s before it 2 x 1 s.
    const double before = i > 0 ? profile.rates[i - 1] : 0.0;
    const double expected = 18 * profile.rates[i] + 2 * before;
    // Each arrival adds at most 2 s, so the variance is at most twice the mean.
    CHECK(std::abs(busy[i] / replications - expected) < 4 * std::sqrt(2 * expected / replications));
  }
}
