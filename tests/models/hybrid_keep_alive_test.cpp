#include "models/hybrid_keep_alive.hpp"

#include <catch2/catch.hpp>

#include "world_builder.hpp"

using models::HybridKeepAlive;
using namespace std::chrono_literals;

namespace {

sim::Duration minutes(std::int64_t count) { return sim::Duration{count * 60'000'000'000}; }

}  // namespace

TEST_CASE("Nothing known, an application is kept for the range of the histogram", "[models][serverless]") {
  HybridKeepAlive policy{{}};
  CHECK(policy.windows().unloaded == 0s);
  CHECK(policy.windows().kept == minutes(240));
}

TEST_CASE("A regular idle time is bridged by unloading and loading again", "[models][serverless]") {
  // 30.5 minutes lie in the bin from 30 to 31. Counts: one of 240 bins has all n, so mean n / 240, mean
  // square n^2 / 240, coefficient of variation sqrt(240 - 1) = 15.5. Unloaded for 0.9 * 30 = 27 minutes, then
  // kept until 1.1 * 31 = 34.1.
  HybridKeepAlive policy{{}};
  for (int i = 0; i < 3; ++i) policy.observe(minutes(30) + 30s);
  CHECK(policy.windows().unloaded == minutes(27));
  CHECK(policy.windows().kept == minutes(34) + 6s - minutes(27));
}

TEST_CASE("Idle times of every length, or beyond the range, tell nothing", "[models][serverless]") {
  HybridKeepAlive even{{}};
  for (std::int64_t i = 0; i < 240; ++i) even.observe(minutes(i));
  CHECK(even.windows().unloaded == 0s);
  CHECK(even.windows().kept == minutes(240));
  HybridKeepAlive long_ones{{}};
  for (int i = 0; i < 9; ++i) long_ones.observe(minutes(i % 3 == 0 ? 10 : 300));
  CHECK(long_ones.windows().kept == minutes(240));
}

TEST_CASE("Short idle times are not unloaded for", "[models][serverless]") {
  // All in the first bin: head 0, tail 1 minute and 10 %.
  HybridKeepAlive policy{{}};
  for (int i = 0; i < 100; ++i) policy.observe(20s);
  CHECK(policy.windows().unloaded == 0s);
  CHECK(policy.windows().kept == 66s);
}

TEST_CASE("An instance that was loaded ahead for nobody may be gone before the warm-up ends",
          "[models][serverless]") {
  // Calls every half hour until 1:00:00. Loaded again at 1:26:07, kept until 1:33; nobody comes. The warm-up
  // ends at 2:00; the call at 3:00 starts another: 2 s, and 1 s of service.
  test_support::WorldBuilder world;
  world.spec.warmup = minutes(120);
  world.spec.duration = minutes(120);
  world.pool({.kind = models::PoolSpec::Kind::elastic,
              .instances = 0,
              .hybrid = HybridKeepAlive::Spec{},
              .cold_start = sim::Distribution::deterministic(2)});
  world.serve(0, world.constant(1));
  world.finish();
  world.trace({minutes(0), minutes(30), minutes(60), minutes(180)});
  const models::WorldResult result = world.run();
  CHECK(result.pools[0].cold_starts == 1);
  CHECK(result.pools[0].peak_instances == 1);
  CHECK(sim::to_seconds(result.classes[0].latency.max()) == Approx(3).epsilon(0.01));
}

TEST_CASE("A function called every half hour is warm, though it is seldom loaded", "[models][serverless]") {
  // 48 calls of 1 s, half an hour apart, starts of 2 s. The first is cold, and kept for four hours. The
  // second ends an idle time of 29:57: from then on unloaded for 0.9 * 29 minutes, then kept to 1.1 * 30.
  test_support::WorldBuilder world;
  world.spec.duration = sim::Duration{86'400'000'000'000};
  world.pool({.kind = models::PoolSpec::Kind::elastic,
              .instances = 0,
              .hybrid = HybridKeepAlive::Spec{},
              .cold_start = sim::Distribution::deterministic(2)});
  world.serve(0, world.constant(1));
  world.finish();
  std::vector<sim::Duration> calls;
  for (std::int64_t i = 0; i < 48; ++i) calls.push_back(minutes(30 * i));
  world.trace(calls);
  const models::WorldResult result = world.run();
  CHECK(result.pools[0].requests == 48);
  CHECK(result.pools[0].cold_starts == 1);
  // Alive from 0:00:00 to the end of the second call at 0:30:01. After each of calls 2 to 47 it is
  // loaded 26.1 minutes after their end, 234 s before the end of the next; after the last at 23:56:07, until
  // the run ends.
  const double alive = 1801 + 46 * 234 + 233;
  CHECK(sim::to_seconds(result.pools[0].instance_alive) == Approx(alive).epsilon(1e-6));
}
