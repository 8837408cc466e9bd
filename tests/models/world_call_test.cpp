#include <catch2/catch.hpp>

#include "attempts.hpp"

using models::Part;
using models::StepKind;
using sim::operator""ms;
using sim::operator""s;
using test_support::add_attempts;
using test_support::fail_with;
using test_support::WorldBuilder;

namespace {

double mean_part(const models::ClassResult& result, Part part) {
  return result.breakdown.composition(0.0).mean[static_cast<std::size_t>(part)];
}
constexpr double ticks_per_ms = 15'625;  // of 64 ns

}  // namespace

TEST_CASE("A call that times out is tried again, and the server finishes what nobody waits for",
          "[models][world]") {
  // One slot, 8 ms of service, time-out 10 ms, one retry after 5 ms. Requests at 0 and 1 ms: the first is
  // answered at 8 ms. The second begins at 8, times out at 11, is sent again at 16 - when its first copy has
  // just left - and is answered at 24: 23 ms, of which 15 are retry and 8 compute.
  WorldBuilder world;
  const auto pool = world.pool({.instances = 1});
  const auto service = world.constant(0.008);
  world.spec.guards.push_back({.name = "client"});
  add_attempts(world, {.retries = 1, .timeout = 10ms, .backoff = {5ms}}, [&] { world.serve(pool, service); });
  world.finish();
  world.trace({0ms, 1ms});
  const models::WorldResult result = world.run();
  REQUIRE(result.classes[0].answered == 2);
  CHECK(result.classes[0].latency.min() == 8ms);
  CHECK(result.classes[0].latency.max() == 23ms);
  CHECK(mean_part(result.classes[0], Part::retry) == 15 * ticks_per_ms / 2);
  CHECK(mean_part(result.classes[0], Part::compute) == (8 + 8) * ticks_per_ms / 2);
  CHECK(mean_part(result.classes[0], Part::pool_queue) == 0);
  CHECK(result.pools[0].requests == 3);
  CHECK(result.guards[0] == models::GuardResult{.attempts = 3, .failed = 1, .timed_out = 1, .retried = 1});
}

TEST_CASE("A call whose attempts all time out fails after the last", "[models][world]") {
  WorldBuilder world;
  world.spec.guards.push_back({.name = "client"});
  add_attempts(world, {.retries = 2, .timeout = 10ms, .backoff = {1ms, 2ms}}, [&] { world.delay(20ms); });
  const auto over = world.step({.kind = StepKind::if_failed});
  world.finish();
  world.at(over).target = world.here();
  world.step({.kind = StepKind::forgive});  // so that the latency of failures is recorded as well
  world.finish();
  world.trace({0ms});
  const models::WorldResult result = world.run();
  CHECK(result.classes[0].latency.max() == 33ms);  // 10 + 1 + 10 + 2 + 10
  CHECK(mean_part(result.classes[0], Part::retry) == 33 * ticks_per_ms);
  CHECK(result.guards[0] == models::GuardResult{.attempts = 3, .failed = 3, .timed_out = 3, .retried = 2});
  CHECK(result.unfinished == 0);
}

TEST_CASE("A hedged call takes the first answer, and sends no copy once it has one", "[models][world]") {
  // Two servers in turn: 30 ms and 4 ms. The copy, sent after 10 ms, answers at 14 ms.
  WorldBuilder world;
  world.spec.guards.push_back({.name = "client"});
  bool first = true;
  add_attempts(world, {.hedge_after = 10ms}, [&] { world.delay(std::exchange(first, false) ? 30ms : 4ms); });
  world.finish();
  world.trace({0ms});
  const models::WorldResult slow = world.run();
  CHECK(slow.classes[0].latency.max() == 14ms);
  CHECK(mean_part(slow.classes[0], Part::retry) == 10 * ticks_per_ms);
  CHECK(slow.guards[0] == models::GuardResult{.attempts = 1, .hedged = 1});

  world.at(2).fixed = 9ms;  // the first copy's delay
  const models::WorldResult quick = world.run();
  CHECK(quick.classes[0].latency.max() == 9ms);
  CHECK(quick.guards[0] == models::GuardResult{.attempts = 1});
}

TEST_CASE("An open breaker stops calls at the caller, and the budget stops retries", "[models][world]") {
  // Everything fails after 1 ms. The breaker opens with the second failure, so that the fourth and fifth
  // request are turned away; the budget of 2 tokens has more than half left only before the first failure.
  WorldBuilder world;
  world.spec.guards.push_back(
      {.name = "client",
       .breaker =
           models::CircuitBreaker::Spec{.window = 2, .minimum_calls = 2, .open_for = 50ms, .probes = 1},
       .budget = models::RetryBudget::Spec{.tokens = 3, .ratio = 0.1}});
  add_attempts(world, {.retries = 1}, [&] {
    world.delay(1ms);
    fail_with(world, 1.0);
  });
  world.finish();
  world.trace({0ms, 10ms, 20ms, 55ms, 56ms});
  const models::WorldResult result = world.run();
  CHECK(result.classes[0].failed == 5);
  // 0 ms: fails at 1 (2 tokens left: more than 1.5, so again), fails at 2: open until 52. 10 and 20 ms:
  // turned away. 55 ms is the probe, fails at 56 - after the request of 56 was turned away or not: it comes
  // later in the order of requests, so the breaker is open again by then.
  CHECK(result.guards[0] ==
        models::GuardResult{.attempts = 3, .failed = 3, .retried = 1, .not_retried = 1, .turned_away = 3});
}

TEST_CASE("A quorum goes on with the answer that completes it, and fails when it cannot be reached",
          "[models][world]") {
  // Two of three: 5, 9 and 30 ms give 9. If the first two fail, one answer cannot be enough: failed at 9 ms.
  for (const double failing : {0.0, 1.0}) {
    WorldBuilder world;
    world.spec.targets = {5, 9};  // each branch takes four steps
    world.step({.kind = StepKind::split, .index = 0, .count = 2, .needed = 2, .spare = 1});
    for (const auto time : {5ms, 9ms, 30ms}) {
      world.delay(time);
      fail_with(world, time == 30ms ? 0.0 : failing);
      world.step({.kind = StepKind::jump, .target = 13});
    }
    REQUIRE(world.here() == 13);
    world.step({.kind = StepKind::join});
    world.finish();
    world.trace({0ms});
    const models::WorldResult result = world.run();
    CHECK(result.classes[0].failed == (failing > 0 ? 1 : 0));
    if (failing == 0.0) CHECK(result.classes[0].latency.max() == 9ms);
  }
}

TEST_CASE("A spawned branch loads its pool, and the request does not wait for it", "[models][world]") {
  WorldBuilder world;
  const auto pool = world.pool({.instances = 1});
  const auto spawn = world.step({.kind = StepKind::spawn});
  world.delay(2ms);
  world.finish();
  world.at(spawn).target = world.here();
  world.serve(pool, world.constant(0.1));
  world.step({.kind = StepKind::leave});
  world.trace({0ms, 1ms});
  const models::WorldResult result = world.run();
  CHECK(result.classes[0].answered == 2);
  CHECK(result.classes[0].latency.max() == 2ms);
  CHECK(result.pools[0].requests == 2);
  CHECK(result.pools[0].slot_busy == 200ms);
  CHECK(result.unfinished == 0);
}
