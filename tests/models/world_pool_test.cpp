#include <array>
#include <catch2/catch.hpp>
#include <string>

#include "world_builder.hpp"

using models::Dispatch;
using models::Divert;
using models::Part;
using models::PoolSpec;
using sim::operator""ms;
using sim::operator""s;
using test_support::WorldBuilder;

namespace {

/// How a call takes its slot: reckoned ahead, or held by an acquire and given back by a release.
enum class Style { served, held };

/// One source and one class a call, so that each can be told apart; calls arrive and last as given.
struct Calls {
  WorldBuilder world;
  std::uint32_t pool;

  explicit Calls(PoolSpec spec) : pool{world.pool(std::move(spec))} { world.spec.duration = 1000s; }

  /// @return the call's first step, the one that asks for the slot
  std::uint32_t add(double arrival, double service, Style style = Style::held) {
    const std::uint32_t law = world.constant(service);
    const auto index = static_cast<std::uint32_t>(world.spec.sources.size());
    std::uint32_t first = world.here();
    if (style == Style::served) {
      world.serve(pool, law);
    } else {
      world.acquire(pool);
      world.delay_by(law, Part::compute);
      world.release();
    }
    world.finish(index);
    world.trace({sim::from_seconds(arrival)}, first);
    world.spec.classes = index + 1;
    return first;
  }
};

/// Instant at which each call was answered, 0 if it was not.
std::vector<sim::Duration> completions(const Calls& calls, const models::WorldResult& result) {
  std::vector<sim::Duration> all;
  for (std::size_t i = 0; i < result.classes.size(); ++i) {
    const models::ClassResult& each = result.classes[i];
    const sim::Duration arrival = calls.world.spec.sources[i].times[0];
    all.push_back(each.answered == 1 ? arrival + each.latency.max() : 0s);
  }
  return all;
}

}  // namespace

TEST_CASE("Calls to servers end when the theory collection says they do", "[models][pool]") {
  // Records trace-fcfs-1 and trace-fcfs-2; equal arrivals in the order of the list.
  const std::array<double, 10> arrivals{0, 1, 2, 2, 5, 6, 12, 12, 12.5, 20};
  const std::array<double, 10> services{4, 1, 2, 0.5, 3, 1, 2, 2, 1, 5};
  const std::vector<sim::Duration> one_server{4s, 5s, 7s, 7500ms, 10500ms, 11500ms, 14s, 16s, 17s, 25s};
  const std::vector<sim::Duration> two_servers{4s, 2s, 4s, 4500ms, 8s, 7s, 14s, 14s, 15s, 25s};
  const auto style = GENERATE(Style::served, Style::held);
  const auto completions_with = [&](PoolSpec spec) {
    Calls calls{std::move(spec)};
    for (std::size_t i = 0; i < arrivals.size(); ++i) calls.add(arrivals[i], services[i], style);
    return completions(calls, calls.world.run());
  };
  CHECK(completions_with({.instances = 1}) == one_server);
  CHECK(completions_with({.instances = 2}) == two_servers);
  CHECK(completions_with({.instances = 1, .concurrency = 2}) == two_servers);
}

TEST_CASE("A pool refuses whom its queue has no room for, and counts the longest queue", "[models][pool]") {
  // One server, one place to wait: of calls at 0, 1, 2 and 10 s of 5 s each, the third finds both taken.
  const auto style = GENERATE(Style::served, Style::held);
  Calls calls{{.instances = 1, .queue_limit = 1}};
  for (const double arrival : {0.0, 1.0, 2.0, 10.0}) calls.add(arrival, 5.0, style);
  const models::WorldResult result = calls.world.run();
  CHECK(completions(calls, result) == std::vector<sim::Duration>{5s, 10s, 0s, 15s});
  const models::PoolResult& pool = result.pools[calls.pool];
  CHECK(pool.requests == 3);
  CHECK(pool.refused == 1);
  CHECK(pool.peak_queue == 1);
  CHECK(result.classes[2].failed == 1);
}

TEST_CASE("A pool that is busier than spill_at sends requests on to the step's target", "[models][pool]") {
  // Four slots, spilling from 50 %: the third call within 5 s goes elsewhere, for 1 s. A step that
  // diverts only refused requests still gets a slot.
  const auto style = GENERATE(Style::served, Style::held);
  Calls calls{{.instances = 2, .concurrency = 2, .spill_at = 0.5}};
  std::array<std::uint32_t, 4> first_steps{};
  for (std::uint32_t i = 0; i < 4; ++i) first_steps[i] = calls.add(i, 5.0, style);
  const auto elsewhere = calls.world.delay(1s);
  calls.world.finish(2);
  calls.world.at(first_steps[2]).target = elsewhere;
  calls.world.at(first_steps[3]).divert = Divert::refused;
  const models::WorldResult result = calls.world.run();
  CHECK(completions(calls, result) == std::vector<sim::Duration>{5s, 6s, 3s, 8s});
  CHECK(result.pools[0].spilled == 1);
  CHECK(result.pools[0].requests == 3);
}

TEST_CASE("A pool without instances refuses everything", "[models][pool]") {
  const auto style = GENERATE(Style::served, Style::held);
  const auto kind = GENERATE(PoolSpec::Kind::fixed, PoolSpec::Kind::elastic);
  Calls calls{{.kind = kind, .instances = 0, .max_instances = 0}};
  calls.add(0.0, 1.0, style);
  calls.add(1.0, 1.0, style);
  const models::WorldResult result = calls.world.run();
  CHECK(result.pools[0].refused == 2);
  CHECK(result.classes[0].failed == 1);
  CHECK(result.classes[1].failed == 1);
  CHECK(result.unfinished == 0);
}

TEST_CASE("A fixed pool accounts for busy slots, busy instances and billed time", "[models][pool]") {
  // Two instances of two slots. Calls [0, 4), [1, 3), [2, 5.0005): three slots are busy at 2..3. Reckoned
  // ahead, who has been free for longest comes next: slots 0 and 1 of the first instance, then the
  // second instance. Busy instances: [0, 4) and [2, 5.0005).
  Calls calls{{.instances = 2, .concurrency = 2}};
  calls.add(0, 4, Style::served);
  calls.add(1, 2, Style::served);
  calls.add(2, 3.0005, Style::served);
  const models::WorldResult result = calls.world.run();
  const models::PoolResult& pool = result.pools[0];
  CHECK(sim::to_seconds(pool.slot_busy) == Approx(4 + 2 + 3.0005));
  CHECK(sim::to_seconds(pool.instance_busy) == Approx(4 + 3.0005));
  CHECK(sim::to_seconds(pool.billed) == Approx(4 + 2 + 3.001));  // each to the next millisecond
  CHECK(pool.instance_alive == 2 * 1000s);
  CHECK(pool.peak_instances == 2);
}

TEST_CASE("Sums of a pool's times exceed what one time can be", "[models][pool]") {
  // Eight slots, each busy for all of 1.5e9 s: 1.2e10 s, more than 2^63 ns = 9.22e9 s. Two runs: 2.4e10 s.
  const auto style = GENERATE(Style::served, Style::held);
  Calls calls{{.instances = 8}};
  calls.world.spec.duration = 1'500'000'000s;
  for (int i = 0; i < 8; ++i) calls.add(0, 1.5e9, style);
  models::PoolResult pool = calls.world.run().pools[0];
  CHECK(sim::to_seconds(pool.slot_busy) == Approx(1.2e10));
  CHECK(sim::to_seconds(pool.instance_busy) == Approx(1.2e10));
  CHECK(sim::to_seconds(pool.billed) == Approx(1.2e10));
  CHECK(sim::to_seconds(pool.instance_alive) == Approx(1.2e10));
  const models::PoolResult once = pool;
  pool += once;
  CHECK(sim::to_seconds(pool.slot_busy) == Approx(2.4e10));
  CHECK(pool.requests == 16);
  CHECK(pool.peak_instances == 8);
}

TEST_CASE("Integrals of a pool stop at the bounds of the recorded span", "[models][pool]") {
  // Recorded from 2 to 6 s. Service [0, 4) counts for 2 s of it, [5, 9) for 1 s.
  const auto style = GENERATE(Style::served, Style::held);
  Calls calls{{.instances = 1}};
  calls.world.spec.warmup = 2s;
  calls.world.spec.duration = 4s;
  calls.add(0, 4, style);
  calls.add(5, 4, style);
  const models::PoolResult pool = calls.world.run().pools[0];
  CHECK(pool.slot_busy == 3s);
  CHECK(pool.instance_busy == 3s);
  CHECK(pool.instance_alive == 4s);
  CHECK(pool.requests == 1);
  CHECK(pool.billed == 4s);  // of the one whose service begins within
}

TEST_CASE("A slot that is still held when the run ends counts until then", "[models][pool]") {
  Calls calls{{.instances = 1}};
  calls.world.spec.duration = 10s;
  calls.world.spec.drain = 0s;
  calls.add(4, 100);
  const models::PoolResult pool = calls.world.run().pools[0];
  CHECK(pool.slot_busy == 6s);
  CHECK(pool.instance_busy == 6s);
}

TEST_CASE("A call holds its caller's instance", "[models][pool]") {
  // The outer pool has one instance, which each request holds for 1 s of its own and 3 s of the inner
  // call: the second waits for 4 s at the outer pool, none at the inner.
  WorldBuilder world;
  const auto outer = world.pool({}), inner = world.pool({});
  world.spec.duration = 100s;
  world.acquire(outer);
  world.delay(1s, Part::compute);
  world.acquire(inner);
  world.delay(3s, Part::compute);
  world.release();
  world.release();
  world.finish();
  world.trace({0s, 0s});
  const models::WorldResult result = world.run();
  CHECK(result.classes[0].latency.min() == 4s);
  CHECK(result.classes[0].latency.max() == 8s);
  CHECK(result.pools[outer].slot_busy == 8s);
  CHECK(result.pools[inner].slot_busy == 6s);
  CHECK(result.pools[inner].peak_queue == 0);
}

TEST_CASE("A call to a site of another partition keeps the caller's instance until its reply",
          "[models][pool]") {
  // 1 s there, 1 s of service, 1 s back, in a partition of its own or not.
  const auto partitioning = GENERATE(models::Partitioning::split, models::Partitioning::merged);
  WorldBuilder world;
  world.spec.partitions = 2;
  world.spec.lookahead = 1s;
  world.spec.duration = 100s;
  const auto caller = world.pool({.partition = 0}), callee = world.pool({.partition = 1});
  world.acquire(caller);
  world.delay(1s);
  world.acquire(callee);
  world.delay(1s, Part::compute);
  world.release(1);
  world.delay(1s);
  world.release(0);
  world.finish();
  world.trace({0s, 0s});
  const models::WorldResult result = world.run({.partitioning = partitioning});
  CHECK(result.classes[0].latency.min() == 3s);
  CHECK(result.classes[0].latency.max() == 6s);
  CHECK(result.pools[caller].slot_busy == 6s);
  CHECK(result.pools[callee].slot_busy == 2s);
}
