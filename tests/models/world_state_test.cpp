#include <catch2/catch.hpp>
#include <cmath>

#include "models/item_cache.hpp"
#include "sim/statistics.hpp"
#include "world_builder.hpp"

// Caches, objects and replicas in a world, and users who wait for their answer.

using models::Part;
using models::SourceSpec;
using models::StepKind;
using models::StoreSpec;
using test_support::WorldBuilder;
using namespace std::chrono_literals;

namespace {

std::uint32_t keys(WorldBuilder& world, std::uint32_t items, double exponent = 0) {
  models::KeySpec spec{.name = "items", .items = items, .purpose = sim::hash_name("item")};
  if (exponent > 0) spec.popularity = std::make_shared<models::ZipfPopularity>(items, exponent);
  world.spec.keys.push_back(std::move(spec));
  return static_cast<std::uint32_t>(world.spec.keys.size() - 1);
}

std::uint32_t store(WorldBuilder& world, StoreSpec spec) {
  spec.name = "store-" + std::to_string(world.spec.stores.size());
  world.spec.stores.push_back(std::move(spec));
  return static_cast<std::uint32_t>(world.spec.stores.size() - 1);
}

/// A lookup whose misses take `miss` longer.
void lookup(WorldBuilder& world, std::uint32_t cache, sim::Duration miss) {
  const std::uint32_t step = world.step({.kind = StepKind::lookup, .index = cache});
  const std::uint32_t over = world.step({.kind = StepKind::jump});
  world.at(step).target = world.here();
  world.delay(miss, Part::state);
  world.at(over).target = world.here();
}

/// Sum over the answered requests [64 ns].
double part_ticks(const models::WorldResult& result, Part part) {
  const auto composition = result.classes[0].breakdown.composition(0.0);
  return composition.mean[static_cast<std::size_t>(part)] * static_cast<double>(composition.count);
}

/// Whether the sum is `time`, but for the floors of two clocks a request.
bool is_part(const models::WorldResult& result, Part part, sim::Duration time) {
  const double expected = static_cast<double>(time.count()) / 64;
  return std::abs(part_ticks(result, part) - expected) <= static_cast<double>(result.classes[0].answered);
}

bool is_met(double expected, const sim::Moments& estimate) {
  return std::abs(estimate.mean() - expected) <= 4 * estimate.standard_error();
}

}  // namespace

TEST_CASE("A miss goes to the origin, a hit does not", "[models][state]") {
  WorldBuilder world;
  store(world, {.keys = keys(world, 1)});
  lookup(world, 0, 10ms);
  world.finish();
  world.trace({0ms, 20ms, 40ms});
  const models::WorldResult result = world.run();
  // One item: the first request fetches it for 10 ms, the others find it.
  CHECK(result.stores[0].requests == 3);
  CHECK(result.stores[0].hits == 2);
  CHECK(is_part(result, Part::state, 10ms));
}

TEST_CASE("An item that is kept for a time is fetched again after it", "[models][state]") {
  const auto rule = GENERATE(models::TtlEntry::Rule::from_fetch, models::TtlEntry::Rule::from_last_request);
  WorldBuilder world;
  store(world, {.keys = keys(world, 1), .time_to_live = 30ms, .time_to_live_rule = rule});
  lookup(world, 0, 0ms);
  world.finish();
  world.trace({0ms, 20ms, 40ms});
  // Kept to 30 ms from its fetch at 0; from the last request, at 20 ms, to 50 ms.
  CHECK(world.run().stores[0].hits == (rule == models::TtlEntry::Rule::from_fetch ? 1 : 2));
}

TEST_CASE("A cache within a world hits as Che's approximation says", "[models][state]") {
  // 1,000 items of exponent 0.8, 100 of them fit: the approximation is within 1 % (theory: cache-che-*).
  WorldBuilder world;
  world.spec.warmup = 100s;
  world.spec.duration = 200s;
  store(world, {.keys = keys(world, 1000, 0.8), .capacity = 100});
  lookup(world, 0, 1ms);
  world.finish();
  world.poisson(1000);
  const models::StoreResult result = world.run().stores[0];
  const models::ZipfPopularity popularity{1000, 0.8};
  const double expected =
      models::expected_hit_ratio(popularity.probabilities(), 100, models::Eviction::least_recently_used);
  CHECK(static_cast<double>(result.hits) / static_cast<double>(result.requests) ==
        Approx(expected).epsilon(0.01));
}

TEST_CASE("An object serves one request at a time, and wakes up when it was left alone", "[models][state]") {
  WorldBuilder world;
  store(world, {.kind = StoreSpec::Kind::objects,
                .keys = keys(world, 1),
                .hibernate_after = 100ms,
                .wake_up = sim::Distribution::deterministic(0.05)});
  world.step({.kind = StepKind::lock, .index = 0});
  world.delay(10ms, Part::compute);
  world.step({.kind = StepKind::unlock});
  world.finish();
  world.trace({0ms, 1ms, 200ms, 250ms});
  const models::WorldResult result = world.run();
  // 0 ms: wakes to 50 ms, works to 60 ms. 1 ms: waits 59 ms, works to 70 ms. 200 ms: left at 70 ms, so it
  // sleeps; wakes to 250 ms, works to 260 ms. 250 ms: waits 10 ms, works to 270 ms.
  CHECK(result.stores[0].requests == 4);
  CHECK(result.stores[0].woken == 2);
  CHECK(result.stores[0].waited == 2);
  CHECK(is_part(result, Part::cold_start, 100ms));
  CHECK(is_part(result, Part::compute, 40ms));
  CHECK(is_part(result, Part::state, 69ms));
}

TEST_CASE("Objects are M/M/1 queues of their shares of the requests", "[models][state]") {
  // Four objects, all alike: each has 8 / 4 = 2 requests/s of 0.2 s: response 0.2 / (1 - 0.4) = 1/3 s.
  WorldBuilder world;
  world.spec.warmup = 100s;
  world.spec.duration = 2000s;
  store(world, {.kind = StoreSpec::Kind::objects, .keys = keys(world, 4)});
  world.step({.kind = StepKind::lock, .index = 0});
  world.delay_by(world.law(sim::Distribution::exponential(0.2)), Part::compute);
  world.step({.kind = StepKind::unlock});
  world.finish();
  world.poisson(8);
  sim::Moments response;
  for (std::uint32_t i = 0; i < 20; ++i)
    response.add(world.run({.seed = 7, .replication = i}).classes[0].latency.mean() * 1e-9);
  CHECK(is_met(1.0 / 3.0, response));
}

TEST_CASE("An object is awake while it is held, and until it hibernates", "[models][state]") {
  // Held for 100 ms from 100 and from 250 ms, then for 100 ms from 900 ms: [100, 350] with the gap of 50 ms
  // in which it would not sleep before 100 ms, 100 ms more, then [900, 1000], where the recorded second ends.
  WorldBuilder world;
  store(world, {.kind = StoreSpec::Kind::objects, .keys = keys(world, 1), .hibernate_after = 100ms});
  world.step({.kind = StepKind::lock, .index = 0});
  world.delay(100ms);
  world.step({.kind = StepKind::unlock});
  world.finish();
  world.trace({100ms, 250ms, 900ms});
  CHECK(world.run().stores[0].awake == 450ms);
  // In pieces of 300 ms: [100, 300], [300, 450], nothing, [900, 1000].
  world.spec.series_step = 300ms;
  std::vector<sim::TotalTime> awake;
  for (const models::WorldPiece& piece : world.run().series) awake.push_back(piece.awake[0]);
  CHECK(awake == std::vector<sim::TotalTime>{200ms, 150ms, 0ms, 100ms});
}

TEST_CASE("A read is stale if a write made before it has not arrived", "[models][state]") {
  WorldBuilder world;
  store(world, {.kind = StoreSpec::Kind::replica, .keys = keys(world, 1), .longest_lag = 1s});
  world.step({.kind = StepKind::note, .index = 0});
  world.finish();
  const std::uint32_t write = world.step({.kind = StepKind::spawn});
  world.at(write).target = world.here() + 1;
  world.finish();
  world.delay(50ms, Part::state);
  world.step({.kind = StepKind::apply, .index = 0});
  world.step({.kind = StepKind::leave});
  world.trace({90ms, 110ms, 149ms, 151ms, 320ms});
  world.trace({100ms, 300ms, 310ms}, write);
  // Writes at 100, 300 and 310 ms arrive at 150, 350 and 360 ms: of the reads, those at 110, 149 and 320 ms
  // (once, though two writes are on their way) are stale.
  const models::StoreResult result = world.run().stores[0];
  CHECK(result.requests == 5);
  CHECK(result.applied == 3);
  CHECK(result.stale == 3);
}

TEST_CASE("Stale reads of a replica are those of an infinite server that is not empty", "[models][state]") {
  // Writes of an item at 2/s on their way for 0.1 s each: M/G/infinity, P(some) = 1 - exp(-0.2) = 0.18127,
  // whatever the law (here exponential); Poisson reads see it as it is.
  WorldBuilder world;
  world.spec.duration = 500s;
  store(world, {.kind = StoreSpec::Kind::replica, .keys = keys(world, 5), .longest_lag = 5s});
  world.step({.kind = StepKind::note, .index = 0});
  world.finish();
  const std::uint32_t write = world.step({.kind = StepKind::spawn});
  world.at(write).target = world.here() + 1;
  world.finish();
  world.delay_by(world.law(sim::Distribution::exponential(0.1)), Part::state);
  world.step({.kind = StepKind::apply, .index = 0});
  world.step({.kind = StepKind::leave});
  world.poisson(20);
  world.poisson(10, write);
  sim::Moments stale;
  for (std::uint32_t i = 0; i < 20; ++i) {
    const models::StoreResult result = world.run({.seed = 3, .replication = i}).stores[0];
    stale.add(static_cast<double>(result.stale) / static_cast<double>(result.requests));
  }
  CHECK(is_met(1 - std::exp(-0.2), stale));
}

TEST_CASE("An item goes the same way until it moves", "[models][state]") {
  WorldBuilder world;
  const std::uint32_t alike = keys(world, 10'000);
  world.spec.keys[alike].stay = 10s;
  world.spec.classes = 2;
  world.spec.duration = 100s;
  store(world, {.keys = alike});
  const std::uint32_t step = world.step({.kind = StepKind::by_item, .index = alike, .probability = 0.3});
  lookup(world, 0, 0ms);
  world.finish(0);
  world.at(step).target = world.here();
  world.finish(1);
  world.poisson(2000);
  const models::WorldResult result = world.run();
  const double all = static_cast<double>(result.classes[0].answered + result.classes[1].answered);
  CHECK(static_cast<double>(result.classes[0].answered) / all == Approx(0.3).margin(0.01));
  // Each item stays for 10 s, so in 100 s it begins 10 or 11 stays, of which 3 in 10 are here; of some 2
  // requests a stay the first misses: a share (1 - exp(-2)) / 2 = 0.432 misses.
  const models::StoreResult& cache = result.stores[0];
  CHECK(1 - static_cast<double>(cache.hits) / static_cast<double>(cache.requests) ==
        Approx((1 - std::exp(-2.0)) / 2).margin(0.02));
}

TEST_CASE("A user of a closed source waits for the answer, thinks, and asks again", "[models][closed]") {
  WorldBuilder world;
  world.spec.duration = 1s;
  world.delay(50ms);
  world.step({.kind = StepKind::renew});
  world.finish();
  world.source(
      {.process = SourceSpec::Process::closed, .users = 2, .think = sim::Distribution::deterministic(0.15)});
  const models::WorldResult result = world.run();
  // Both ask at 150, 350, 550, 750 and 950 ms.
  CHECK(result.classes[0].started == 10);
  CHECK(result.classes[0].answered == 10);
  CHECK(result.requests == 10);
}

TEST_CASE("A replayed request takes the time that it took", "[models][state]") {
  WorldBuilder world;
  world.spec.replays.push_back(
      std::make_shared<const std::vector<sim::Duration>>(std::vector<sim::Duration>{1ms, 7ms, 2ms}));
  world.pool({});
  world.at(world.serve(0, models::none)).replay = 0;
  world.finish();
  world.trace({0ms, 10ms, 20ms, 30ms});
  // The last stands for those beyond: 1 + 7 + 2 + 2 ms.
  CHECK(is_part(world.run(), Part::compute, 12ms));
}
