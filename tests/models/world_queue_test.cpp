#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "sim/statistics.hpp"
#include "world_builder.hpp"

using models::QueueSpec;
using models::StepKind;
using test_support::WorldBuilder;
using namespace std::chrono_literals;

namespace {

sim::Duration at(double seconds) { return sim::from_seconds(seconds); }

std::vector<sim::Duration> instants(const std::vector<double>& seconds) {
  std::vector<sim::Duration> times;
  for (const double time : seconds) times.push_back(at(time));
  return times;
}

/// Whose callers leave a message in a queue and go on; messages take `law` in a pool of one slot, and those
/// whose `failing` is 1 fail then.
WorldBuilder with_queue(QueueSpec queue, const sim::Distribution& law, double failing = 0) {
  WorldBuilder world;
  world.spec.duration = at(1000);
  queue.name = "queue";
  world.spec.queues.push_back(queue);
  const std::uint32_t pool = world.pool({.instances = 1});
  const std::uint32_t offer = world.step({.kind = StepKind::offer, .index = 0});
  world.finish();
  world.at(offer).target = world.here();
  world.serve(pool, world.law(law));
  const std::uint32_t fails = world.step({.kind = StepKind::branch, .probability = failing});
  world.step({.kind = StepKind::fail, .target = world.here() + 1});
  world.at(fails).target = world.here();
  world.step({.kind = StepKind::consumed, .index = 0});
  return world;
}

models::WorldResult four_messages(QueueSpec queue) {
  // Each takes 10 s of the one slot; one comes a second.
  WorldBuilder world = with_queue(queue, sim::Distribution::deterministic(10));
  world.trace(instants({0, 1, 2, 3}));
  return world.run();
}

/// `value` of 20 replications lies within 4 standard errors of `expected`.
template <class Value>
void check_mean(const WorldBuilder& world, double expected, Value value) {
  sim::Moments moments;
  for (std::uint32_t i = 0; i < 20; ++i) moments.add(value(world.run({.replication = i})));
  const double bound = 4 * moments.standard_error();
  CAPTURE(moments.mean(), expected, bound);
  CHECK(std::abs(moments.mean() - expected) < bound);
}

}  // namespace

TEST_CASE("A full queue loses messages, or tells their callers", "[models][queue]") {
  // Two places: the messages at 0 and 1 have them until 10 and 20; those at 2 and 3 find none.
  const auto full = GENERATE(QueueSpec::Full::drop, QueueSpec::Full::error);
  const bool dropped = full == QueueSpec::Full::drop;
  const models::WorldResult result = four_messages({.capacity = 2, .full = full});
  const models::QueueResult& queue = result.queues.at(0);
  CHECK(queue.accepted == 2);
  CHECK(queue.delivered == 2);
  CHECK(queue.dropped == (dropped ? 2 : 0));
  CHECK(queue.refused == (dropped ? 0 : 2));
  CHECK(queue.peak == 2);
  CHECK(sim::to_seconds(queue.occupied) == Approx(10 + 19));
  CHECK(queue.delay.sum() * 1e-9 == Approx(10 + 19).epsilon(0.01));
  CHECK(result.classes[0].failed == (dropped ? 0 : 2));
  CHECK(result.classes[0].latency.max() == 0ns);
}

TEST_CASE("A full queue makes callers wait their turn for a place", "[models][queue]") {
  // The caller of 2 has its place at 10, that of 3 at 20: 8 + 17 s. Messages are done at 10, 20, 30 and 40,
  // and accepted at 0, 1, 10 and 20.
  const models::WorldResult result = four_messages({.capacity = 2, .full = QueueSpec::Full::block});
  const models::QueueResult& queue = result.queues.at(0);
  CHECK(queue.accepted == 4);
  CHECK(queue.blocked == 2);
  CHECK(queue.delivered == 4);
  CHECK(sim::to_seconds(queue.blocked_time) == Approx(8 + 17));
  CHECK(sim::to_seconds(queue.occupied) == Approx(10 + 19 + 20 + 20));
  CHECK(result.classes[0].latency.sum() * 1e-9 == Approx(8 + 17));
  CHECK(result.classes[0].failed == 0);
}

TEST_CASE("A message that fails at its last attempt is a dead letter", "[models][queue]") {
  WorldBuilder world = with_queue({}, sim::Distribution::deterministic(1), 1.0);
  world.trace(instants({0, 5, 9}));
  const models::WorldResult result = world.run();
  CHECK(result.queues.at(0).accepted == 3);
  CHECK(result.queues.at(0).dead_letters == 3);
  CHECK(result.queues.at(0).delivered == 0);
  // The callers have gone on long before.
  CHECK(result.classes[0].answered == 3);
}

TEST_CASE("A bounded queue of Poisson messages loses the share of M/M/1/K", "[models][queue]") {
  // rho = 0.8, K = 5: P(lost) = (1 - rho) rho^5 / (1 - rho^6) = 0.2 * 0.32768 / 0.737856 = 0.088820.
  // L = rho / (1 - rho) - 6 rho^6 / (1 - rho^6) = 4 - 6 * 0.262144 / 0.737856 = 1.868331.
  WorldBuilder world =
      with_queue({.capacity = 5, .full = QueueSpec::Full::drop}, sim::Distribution::exponential(1));
  world.spec.warmup = at(200);
  world.spec.duration = at(10'000);
  world.poisson(0.8);
  check_mean(world, 0.088820, [](const models::WorldResult& result) {
    const models::QueueResult& queue = result.queues.at(0);
    return static_cast<double>(queue.dropped) / static_cast<double>(queue.dropped + queue.accepted);
  });
  check_mean(world, 1.868331, [](const models::WorldResult& result) {
    return sim::to_seconds(result.queues.at(0).occupied) / 10'000;
  });
}

TEST_CASE("Requests of higher priority leave the queue of a pool first", "[models][queue]") {
  // One slot, 10 s each. 0 is served at once; of those at 1, 2 (urgent) and 3 the urgent one is next: ends at
  // 10, 30, 20, 40.
  WorldBuilder world;
  world.spec.duration = at(100);
  world.spec.classes = 2;
  const std::uint32_t pool = world.pool({.instances = 1}), law = world.constant(10);
  world.serve(pool, law);
  world.finish(0);
  const std::uint32_t urgent = world.serve(pool, law);
  world.at(urgent).priority = 3;
  world.finish(1);
  world.trace(instants({0, 1, 3}));
  world.trace(instants({2}), urgent);
  const models::WorldResult result = world.run();
  CHECK(result.classes[0].latency.sum() * 1e-9 == Approx(10 + 29 + 37));
  CHECK(result.classes[1].latency.sum() * 1e-9 == Approx(18));
}

TEST_CASE("Waits by priority are those of Cobham (1954)", "[models][queue]") {
  // M/M/1, two classes of rate 0.4 each, mean service 1, nobody interrupted. W0 = 0.8 * 2 / 2 = 0.8.
  // First: 0.8 / 0.6 = 1.33333. Second: 0.8 / (0.6 * 0.2) = 6.66667.
  WorldBuilder world;
  world.spec.classes = 2;
  world.spec.warmup = at(500);
  world.spec.duration = at(20'000);
  const std::uint32_t pool = world.pool({.instances = 1}), law = world.law(sim::Distribution::exponential(1));
  world.serve(pool, law);
  world.finish(0);
  const std::uint32_t urgent = world.serve(pool, law);
  world.at(urgent).priority = 1;
  world.finish(1);
  world.poisson(0.4);
  world.poisson(0.4, urgent);
  const auto wait = [](std::size_t of) {
    return [of](const models::WorldResult& result) { return result.classes[of].latency.mean() * 1e-9 - 1; };
  };
  check_mean(world, 1.33333, wait(1));
  check_mean(world, 6.66667, wait(0));
}

namespace {

/// Callers that choose between two pools of one slot; `laws` of their service times.
WorldBuilder balanced(models::BalancerSpec::Rule rule, const sim::Distribution& first,
                      const sim::Distribution& second) {
  WorldBuilder world;
  world.spec.balancers.push_back({.name = "sites", .rule = rule, .choices = 2});
  world.spec.targets = {1, 3};
  world.step({.kind = StepKind::pick, .index = 0, .target = 0});
  std::vector<std::uint32_t> over;
  for (const sim::Distribution& law : {first, second}) {
    world.serve(world.pool({.instances = 1}), world.law(law));
    world.step({.kind = StepKind::give_back, .index = 0, .count = static_cast<std::uint16_t>(over.size())});
    if (over.empty()) {
      world.spec.targets[1] = world.here() + 1;
      over.push_back(world.step({.kind = StepKind::jump}));
    }
  }
  world.at(over.front()).target = world.here();
  world.finish();
  return world;
}

}  // namespace

TEST_CASE("A caller takes sites by turns, or where it has the fewest in flight", "[models][balance]") {
  // Service takes 10 s at the first, 1 s at the second. By turns each gets half of six. By load: 0 -> first
  // (none in flight), 0.5 -> second, 2 -> second is empty again, 4 and 6 too; 6.5: one each, and the first is
  // next by turns.
  using Rule = models::BalancerSpec::Rule;
  const auto requests = [](Rule rule) {
    WorldBuilder world =
        balanced(rule, sim::Distribution::deterministic(10), sim::Distribution::deterministic(1));
    world.spec.duration = at(100);
    world.trace(instants({0, 0.5, 2, 4, 6, 6.5}));
    const models::WorldResult result = world.run();
    return std::pair{result.pools[0].requests, result.pools[1].requests};
  };
  CHECK(requests(Rule::round_robin) == std::pair{std::uint64_t{3}, std::uint64_t{3}});
  CHECK(requests(Rule::least_requests) == std::pair{std::uint64_t{2}, std::uint64_t{4}});
}

TEST_CASE("Poisson requests by turns to two sites meet E2/M/1 queues", "[models][balance]") {
  // Each site sees Erlang-2 times between arrivals of mean 1.25, stages of rate 1.6; service mean 1. The root
  // of s = (1.6 / (1.6 + 1 - s))^2 in (0, 1) gives the response time 1 / (1 - s).
  double root = 0.5;
  for (int i = 0; i < 200; ++i) root = std::pow(1.6 / (2.6 - root), 2);
  REQUIRE(root < 1);
  const auto law = sim::Distribution::exponential(1);
  WorldBuilder world = balanced(models::BalancerSpec::Rule::round_robin, law, law);
  world.spec.warmup = at(500);
  world.spec.duration = at(20'000);
  world.poisson(1.6);
  check_mean(world, 1 / (1 - root),
             [](const models::WorldResult& result) { return result.classes[0].latency.mean() * 1e-9; });
}
