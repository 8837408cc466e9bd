#include <catch2/catch.hpp>

#include "world_builder.hpp"

using namespace std::chrono_literals;
using models::Balance;
using models::Part;
using models::StepKind;
using test_support::WorldBuilder;

namespace {

std::vector<std::int64_t> latencies_in_ms(const models::WorldResult& result) {
  std::vector<std::int64_t> found;
  for (const auto& [low, high, count] : result.classes[0].latency.buckets())
    found.insert(found.end(), count, low.count() / 1'000'000);
  return found;
}

/// [ms] that all requests were charged for a part.
double charged(const models::WorldResult& result, Part part) {
  const auto mean = result.classes[0].breakdown.composition(0.0).mean;
  return mean[static_cast<std::size_t>(part)] * 64e-6 * static_cast<double>(result.classes[0].answered);
}

sim::Duration ms(std::int64_t count) { return sim::Duration{count * 1'000'000}; }

}  // namespace

TEST_CASE("A balancer leaves requests in the queue they were sent to", "[models][balance]") {
  // Two instances by turns, service 100 ms. Requests 0 and 2 go to instance 0, request 1 to instance 1, at 0,
  // 1 and 2 ms. Instance 1 is free at 101 ms; request 2 nevertheless waits for instance 0 until 100 ms.
  WorldBuilder world;
  world.pool({.instances = 2, .balance = Balance::round_robin});
  world.serve(0, world.constant(0.1));
  world.finish();
  world.trace({ms(0), ms(1), ms(2), ms(3), ms(4)});
  const models::WorldResult result = world.run();
  // Request 4 is third at instance 0: it begins at 200 ms. Waits: 0, 0, 98, 98, 196 ms.
  CHECK(charged(result, Part::pool_queue) == Approx(98 + 98 + 196).epsilon(0.001));
  CHECK(charged(result, Part::compute) == Approx(500).epsilon(0.001));
  CHECK(result.pools[0].requests == 5);
  CHECK(result.pools[0].peak_queue == 3);
  CHECK(result.pools[0].slot_busy == ms(500));
  CHECK(result.pools[0].instance_busy == ms(500));  // 0-300 ms and 1-201 ms
}

TEST_CASE("The fewest requests are found among unequal queues", "[models][balance]") {
  // Services 300, 100, 100 ms arrive at 0, 1, 2 ms: the third finds one request at each of two instances and
  // goes to the one that has had one for longest, instance 0. At 102 ms instance 1 is empty and takes the
  // fourth, which comes at 110 ms.
  WorldBuilder world;
  world.pool({.instances = 2, .balance = Balance::least_requests});
  const std::uint32_t slow = world.serve(0, world.constant(0.3));
  world.finish();
  const std::uint32_t fast = world.serve(0, world.constant(0.1));
  world.finish();
  world.trace({ms(0)}, slow);
  world.trace({ms(1), ms(2), ms(110)}, fast);
  const models::WorldResult result = world.run();
  CHECK(charged(result, Part::pool_queue) ==
        Approx(298).epsilon(0.001));  // request 3 alone, from 2 to 300 ms
}

TEST_CASE("A balanced pool refuses where the chosen instance's queue is full, and spills when busy",
          "[models][balance]") {
  WorldBuilder world;
  SECTION("refused") {
    // By turns over two instances: the third and fourth wait, the fifth finds instance 0's one place taken.
    world.pool({.instances = 2, .queue_limit = 1, .balance = Balance::round_robin});
    world.serve(0, world.constant(1));
    world.finish();
    world.trace({ms(0), ms(1), ms(2), ms(3), ms(4)});
    const models::WorldResult result = world.run();
    CHECK(result.pools[0].refused == 1);
    CHECK(result.classes[0].answered == 4);
  }
  SECTION("spilled") {
    world.pool({.instances = 2, .spill_at = 1.0, .balance = Balance::random});
    const std::uint32_t call = world.serve(0, world.constant(1));
    world.finish();
    world.at(call).target = world.delay(ms(5));
    world.finish();
    // Both slots are busy only once both instances were chosen; from then on all spill.
    world.trace({ms(0), ms(1), ms(2), ms(3), ms(4), ms(5), ms(6), ms(7), ms(8), ms(9)});
    const models::WorldResult result = world.run();
    CHECK(result.pools[0].spilled + result.pools[0].requests == 10);
    CHECK(result.pools[0].spilled > 0);
  }
}

TEST_CASE("Who works at the same time on a processor is slowed down", "[models][processors]") {
  // One core. A works 100 ms from 0, B 100 ms from 40 ms. Until 40 ms A has had 40; both share until A has
  // had its last 60, at 40 + 120 = 160 ms. B has had 60 by then and needs 40 more alone: it ends at 200 ms.
  WorldBuilder world;
  world.spec.processors.push_back({.name = "node", .cores = 1, .count = 1});
  world.pool({.instances = 2});
  world.acquire(0);
  world.work(0, world.constant(0.1));
  world.release();
  world.finish();
  world.trace({ms(0), ms(40)});
  const models::WorldResult result = world.run();
  CHECK(latencies_in_ms(result) == std::vector<std::int64_t>{159, 159});  // both 160, in buckets of 0.8 %
  CHECK(result.classes[0].latency.sum() == Approx(320e6).epsilon(1e-6));
  CHECK(charged(result, Part::compute) == Approx(320).epsilon(0.001));
}

TEST_CASE("Instances run on processors of their own, or by number on those of a node",
          "[models][processors]") {
  // Two requests at once, 100 ms each, on two instances: alone they take 100 ms, on one core together 200 ms,
  // and on half a core each 200 ms.
  const auto longest = [](models::ProcessorSpec processors) {
    WorldBuilder world;
    world.spec.processors.push_back(processors);
    world.pool({.instances = 2});
    world.acquire(0);
    world.work(0, world.constant(0.1));
    world.release();
    world.finish();
    world.trace({ms(0), ms(0)});
    return world.run().classes[0].latency.max();
  };
  CHECK(longest({.cores = 1, .count = 0}) == ms(100));
  CHECK(longest({.cores = 1, .count = 2}) == ms(100));
  CHECK(longest({.cores = 1, .count = 1}) == ms(200));
  CHECK(longest({.cores = 2, .count = 1}) == ms(100));
  CHECK(longest({.cores = 0.5, .count = 2}) == ms(200));
}

TEST_CASE("A batch waits for more until it is full or its first request has waited long enough",
          "[models][batch]") {
  // Batches of up to 3, 10 ms of waiting, 100 ms for one and half of that for each further one.
  WorldBuilder world;
  world.spec.accelerators.push_back({.name = "card"});
  world.pool({.instances = 1, .batching = models::Batching{.size = 3, .wait = ms(10), .added = 0.5}});
  world.batch(0, world.constant(0.1));
  world.finish();
  SECTION("full") {
    // 0, 1, 2 ms: starts at 2 ms and takes 200 ms.
    world.trace({ms(0), ms(1), ms(2)});
    const models::WorldResult result = world.run();
    CHECK(result.pools[0].batches == 1);
    CHECK(charged(result, Part::pool_queue) == Approx(2 + 1).epsilon(0.001));
    CHECK(charged(result, Part::compute) == Approx(600).epsilon(0.001));
    CHECK(result.pools[0].slot_busy == ms(200));
  }
  SECTION("waited") {
    // 0 and 4 ms: starts at 10 ms with two, 150 ms. The third comes at 20 ms, and is alone from 160 ms.
    world.trace({ms(0), ms(4), ms(20)});
    const models::WorldResult result = world.run();
    CHECK(result.pools[0].batches == 2);
    CHECK(charged(result, Part::pool_queue) == Approx(10 + 6 + 140).epsilon(0.001));
    CHECK(charged(result, Part::compute) == Approx(150 + 150 + 100).epsilon(0.001));
  }
}

TEST_CASE("A batch keeps its accelerator busy once, however many pools and slots share it",
          "[models][batch]") {
  // Two cards stand for three slots of two pools. Batches of one: 100 ms from 0 and 300 ms for the first
  // pool, 50 ms from 0 for the second. Pieces of 150 ms: the first has 100 of them.
  WorldBuilder world;
  world.spec.accelerators.push_back({.name = "cards", .count = 2});
  world.pool({.name = "a", .instances = 2, .batching = models::Batching{.size = 1}});
  world.pool({.name = "b", .instances = 1, .batching = models::Batching{.size = 1}});
  const std::uint32_t a = world.batch(0, world.constant(0.1));
  world.finish();
  const std::uint32_t b = world.batch(1, world.constant(0.05));
  world.finish();
  world.trace({ms(0), ms(300)}, a);
  world.trace({ms(0)}, b);
  world.spec.series_step = ms(150);
  const models::WorldResult result = world.run();
  CHECK(result.pools[0].slot_busy == ms(200));
  CHECK(result.pools[0].instance_busy == ms(200));
  CHECK(result.pools[1].slot_busy == ms(50));
  CHECK(result.series[0].pools[0].slot_busy == ms(100));
  CHECK(result.series[0].pools[1].slot_busy == ms(50));
}

TEST_CASE("Models that do not fit into an accelerator's memory together are loaded by turns",
          "[models][batch]") {
  // 8 MB of memory; a has 5, b has 6: at the beginning a is there, b is not. Loading takes 15 ms, service 10.
  const auto run = [](double memory) {
    WorldBuilder world;
    world.spec.accelerators.push_back({.name = "stick", .memory = sim::Bytes{memory}});
    const sim::Distribution load = sim::Distribution::deterministic(0.015);
    world.pool({.name = "a", .batching = models::Batching{.weights = sim::Bytes{5e6}, .load = load}});
    world.pool({.name = "b", .batching = models::Batching{.weights = sim::Bytes{6e6}, .load = load}});
    const std::uint32_t a = world.batch(0, world.constant(0.01));
    world.finish();
    const std::uint32_t b = world.batch(1, world.constant(0.01));
    world.finish();
    world.trace({ms(0), ms(300), ms(400)}, a);
    world.trace({ms(100), ms(200)}, b);
    return world.run();
  };
  // a, b, b, a, a: loaded for the first b and for the a after the second.
  const models::WorldResult small = run(8e6);
  CHECK(small.pools[0].model_loads == 1);
  CHECK(small.pools[1].model_loads == 1);
  CHECK(charged(small, Part::compute) == Approx(5 * 10 + 2 * 15).epsilon(0.001));
  const models::WorldResult large = run(11e6);
  CHECK(large.pools[0].model_loads + large.pools[1].model_loads == 0);
  CHECK(charged(large, Part::compute) == Approx(5 * 10).epsilon(0.001));
}

TEST_CASE("A batched pool refuses above its queue limit while all accelerators are busy", "[models][batch]") {
  WorldBuilder world;
  world.spec.accelerators.push_back({.name = "card"});
  world.pool({.instances = 1, .queue_limit = 1, .batching = models::Batching{}});
  world.batch(0, world.constant(0.1));
  world.finish();
  world.trace({ms(0), ms(1), ms(2), ms(150)});
  const models::WorldResult result = world.run();
  CHECK(result.pools[0].refused == 1);  // the one at 2 ms; at 150 ms the second is in service
  CHECK(result.classes[0].answered == 3);
}
