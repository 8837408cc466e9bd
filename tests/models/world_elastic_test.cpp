#include <array>
#include <catch2/catch.hpp>

#include "world_builder.hpp"

using models::Dispatch;
using models::Part;
using models::PoolSpec;
using sim::operator""s;
using test_support::WorldBuilder;

namespace {

struct Elastic {
  WorldBuilder world;

  /// Cold starts of 2 s, keep-alive of 10 s unless `spec` says otherwise.
  explicit Elastic(PoolSpec spec) {
    spec.kind = PoolSpec::Kind::elastic;
    spec.cold_start = sim::Distribution::deterministic(2.0);
    spec.keep_alive = sim::Distribution::deterministic(10.0);
    spec.cold_purpose = sim::hash_name("cold");
    world.pool(std::move(spec));
    world.spec.duration = 1000s;
  }

  void call(double arrival, double service) {
    const auto index = static_cast<std::uint32_t>(world.spec.sources.size());
    const auto first = world.acquire(0);
    world.delay_by(world.constant(service), Part::compute);
    world.release();
    world.finish(index);
    world.trace({sim::from_seconds(arrival)}, first);
    world.spec.classes = index + 1;
  }

  /// Waiting time [s] of each call: its latency less its service.
  std::vector<double> waits(const models::WorldResult& result) const {
    std::vector<double> all;
    for (std::size_t i = 0; i < result.classes.size(); ++i) {
      const double service = world.spec.laws[i].mean();
      all.push_back(sim::to_seconds(result.classes[i].latency.max()) - service);
    }
    return all;
  }
};

constexpr PoolSpec::Kind elastic = PoolSpec::Kind::elastic;

PoolSpec from_nothing() { return {.kind = elastic, .instances = 0}; }

}  // namespace

TEST_CASE("Cold starts happen where the theory collection says they do", "[models][serverless]") {
  // Record trace-faas: cold start 2 s, kept for 10 s, still warm at the very end of it.
  const std::array<double, 10> arrivals{0, 0.5, 3, 4, 4.1, 4.2, 20, 31, 31.5, 50};
  const std::array<double, 10> services{1, 1, 1, 0.5, 0.5, 0.5, 1, 1, 1, 1};
  const std::vector<double> completions{3.0, 3.5, 4.0, 4.5, 4.6, 6.7, 23.0, 32.0, 34.5, 53.0};
  Elastic pool{from_nothing()};
  for (std::size_t i = 0; i < arrivals.size(); ++i) pool.call(arrivals[i], services[i]);
  const models::WorldResult result = pool.world.run();
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    CAPTURE(i);
    CHECK(arrivals[i] + sim::to_seconds(result.classes[i].latency.max()) ==
          Approx(completions[i]).epsilon(1e-9));
  }
  CHECK(result.pools[0].cold_starts == 6);
  CHECK(result.pools[0].instances_started == 6);
}

TEST_CASE("An instance is alive from the decision to start it to the end of its keep-alive",
          "[models][serverless]") {
  // One call at 5 s: starts until 7, serves until 8, idle until 18.
  Elastic pool{from_nothing()};
  pool.call(5, 1);
  const models::PoolResult result = pool.world.run().pools[0];
  CHECK(result.starting == 2s);
  CHECK(result.slot_busy == 1s);
  CHECK(result.instance_busy == 1s);
  CHECK(result.instance_alive == 13s);
  CHECK(result.peak_instances == 1);
}

TEST_CASE("A request takes a slot of an instance that is starting before it starts another",
          "[models][serverless]") {
  // Two slots an instance: calls at 0 and 1 share the first, ready at 2; the one at 1.5 starts a second,
  // ready at 3.5, which also takes the call at 2.5, although it waits 1 s for it.
  Elastic pool{{.kind = elastic, .instances = 0, .concurrency = 2}};
  for (const double arrival : {0.0, 1.0, 1.5, 2.5}) pool.call(arrival, 5.0);
  const models::WorldResult result = pool.world.run();
  CHECK(pool.waits(result) == std::vector<double>{2, 1, 2, 1});
  CHECK(result.pools[0].instances_started == 2);
  CHECK(result.pools[0].cold_starts == 4);
  CHECK(result.pools[0].slot_busy == 20s);
  CHECK(result.pools[0].instance_busy == 10s);
}

TEST_CASE("At its quota a pool lets requests wait for the slot that is free first", "[models][serverless]") {
  // One instance at most. The first call is served from 2 to 7, the second then until 12, the third after.
  Elastic pool{{.kind = elastic, .instances = 0, .max_instances = 1}};
  for (const double arrival : {0.0, 1.0, 1.0}) pool.call(arrival, 5.0);
  const models::WorldResult result = pool.world.run();
  CHECK(pool.waits(result) == std::vector<double>{2, 6, 11});
  CHECK(result.pools[0].cold_starts == 1);
  CHECK(result.pools[0].peak_queue == 2);
  const auto parts = result.classes[1].breakdown.composition(0.0).mean;
  CHECK(parts[static_cast<std::size_t>(Part::pool_queue)] == Approx(6e9 / 64).epsilon(1e-9));
  CHECK(parts[static_cast<std::size_t>(Part::cold_start)] == 0);
}

TEST_CASE("A pool at its quota without room to wait refuses", "[models][serverless]") {
  Elastic pool{{.kind = elastic, .instances = 0, .max_instances = 1, .queue_limit = 0}};
  pool.call(0, 5);
  pool.call(1, 5);
  const models::WorldResult result = pool.world.run();
  CHECK(result.pools[0].refused == 1);
  CHECK(result.classes[1].failed == 1);
}

TEST_CASE("Provisioned instances are always warm and are used first", "[models][serverless]") {
  // One provisioned. The call at 1 finds it busy and starts another, which serves from 3 to 5. The call at
  // 6 finds both idle and takes the provisioned one, so the other ends at 15.
  Elastic pool{{.kind = elastic, .instances = 1}};
  pool.call(0, 5);
  pool.call(1, 2);
  pool.call(6, 1);
  pool.call(500, 1);
  const models::WorldResult result = pool.world.run();
  CHECK(pool.waits(result) == std::vector<double>{0, 2, 0, 0});
  CHECK(result.pools[0].instance_alive == 1000s + 14s);
  CHECK(result.pools[0].peak_instances == 2);
}

TEST_CASE("Dispatch decides which idle instance lives on", "[models][serverless]") {
  // Calls at 0 (until 3) and 0.5 (until 4.5) start two instances, A idle since 3 and B since 4.5. The call at
  // 12 keeps B (used last) or A (idle longest) alive; the other ends 10 s after it fell idle.
  const auto alive = [](Dispatch rule) {
    Elastic pool{{.kind = elastic, .instances = 0, .dispatch = rule}};
    pool.call(0, 1);
    pool.call(0.5, 2);
    pool.call(12, 1);
    return pool.world.run().pools[0].instance_alive;
  };
  // A: 0..13, B: 0.5..23
  CHECK(sim::to_seconds(alive(Dispatch::most_recently_used)) == Approx(13 + 22.5));
  // A: 0..23, B: 0.5..14.5
  CHECK(sim::to_seconds(alive(Dispatch::longest_idle)) == Approx(23 + 14));
}

TEST_CASE("Random dispatch keeps some of the idle instances", "[models][serverless]") {
  // Ten instances are warm, kept for 100 s, and there is a call every 5 s. Taking the last used keeps one of
  // them; taking the longest idle comes to each every 50 s and keeps all; at random it is in between.
  const auto mean_alive = [](Dispatch rule) {
    WorldBuilder world;
    world.pool({.kind = elastic,
                .instances = 0,
                .dispatch = rule,
                .keep_alive = sim::Distribution::deterministic(100.0),
                .cold_purpose = sim::hash_name("cold")});
    world.acquire(0);
    world.delay(1s, Part::compute);
    world.release();
    world.finish();
    std::vector<sim::Duration> times(10, 0s);
    for (int i = 1; i <= 3000; ++i) times.push_back(i * 5s);
    world.trace(std::move(times));
    world.spec.warmup = 5000s;
    world.spec.duration = 10'000s;
    return sim::to_seconds(world.run().pools[0].instance_alive) / 10'000.0;
  };
  CHECK(mean_alive(Dispatch::most_recently_used) == Approx(1.0));
  CHECK(mean_alive(Dispatch::longest_idle) == Approx(10.0));
  CHECK(mean_alive(Dispatch::random) > 1.5);
  CHECK(mean_alive(Dispatch::random) < 9.5);
}

TEST_CASE("A scale-out limit makes requests wait for slots, and refuses where nothing serves",
          "[models][serverless]") {
  // Two starts every 100 s. At 0 three requests of 5 s come: two start instances, ready at 2 s; the third
  // waits for the first slot given back, at 7 s. All is idle from 12 s and over by 22 s. At 50 s nothing may
  // start: refused. At 100 s it may.
  Elastic pool{{.kind = elastic,
                .instances = 0,
                .scale_out = models::TokenBucket::Spec{.period = 100s, .refill = 2, .depth = 2}}};
  for (const double arrival : {0.0, 0.0, 0.0, 50.0, 100.0}) pool.call(arrival, 5);
  const models::WorldResult result = pool.world.run();
  CHECK(pool.waits(result) == std::vector<double>{2, 2, 7, -5, 2});  // nothing of the fourth is recorded
  CHECK(result.classes[3].failed == 1);
  CHECK(result.pools[0].refused == 1);
  CHECK(result.pools[0].instances_started == 3);
  CHECK(result.pools[0].peak_queue == 1);
}

TEST_CASE("An autoscaler starts instances for those who wait, and ends what is not wanted",
          "[models][serverless]") {
  // Wants one request in flight an instance, every 10 s. Two of 30 s come at 0 and 1 s. The first has an
  // instance started, as there is none, and gets it at 2. At 10 s (1 + 2 * 9) / 10 = 1.9 were in flight: two
  // instances; the second is ready at 12. At 40 s (2 * 2 + 8) / 10 = 1.2 were: two; at 50 s 0.2: one, so the
  // idle first ends. From 60 s on none is wanted; at 80 s, after 20 s of grace, the last one ends.
  Elastic pool{{.kind = elastic,
                .instances = 0,
                .scaler = models::PodAutoscaler::Spec{.metric = models::PodAutoscaler::Metric::in_flight,
                                                      .target = 1,
                                                      .tick = 10s,
                                                      .down_window = 0s,
                                                      .zero_grace = 20s}}};
  pool.call(0, 30);
  pool.call(1, 30);
  const models::WorldResult result = pool.world.run();
  CHECK(pool.waits(result) == std::vector<double>{2, 11});
  CHECK(result.pools[0].instances_started == 2);
  CHECK(result.pools[0].cold_starts == 2);
  CHECK(result.pools[0].peak_queue == 2);
  CHECK(result.pools[0].starting == 4s);
  CHECK(result.pools[0].instance_busy == 60s);
  CHECK(result.pools[0].instance_alive == 50s + 70s);
  CHECK(result.unfinished == 0);
}

TEST_CASE("An instance that is not wanted any more finishes its requests and takes no others",
          "[models][serverless]") {
  // Two slots each. Four requests come at 0, wait for the instance started for the first (2 s), and two more
  // get slots when these end. Utilisation 100 % of a target of 100 %: one instance is enough for ever.
  Elastic pool{{.kind = elastic,
                .instances = 0,
                .concurrency = 2,
                .scaler = models::PodAutoscaler::Spec{.target = 1, .tick = 10s, .down_window = 0s}}};
  for (int i = 0; i < 4; ++i) pool.call(0, 20);
  const models::WorldResult result = pool.world.run();
  CHECK(pool.waits(result) == std::vector<double>{2, 2, 22, 22});
  CHECK(result.pools[0].instances_started == 1);
}
