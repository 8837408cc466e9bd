#include <array>
#include <atomic>
#include <catch2/catch.hpp>

#include "world_builder.hpp"

using models::Part;
using models::StepKind;
using sim::operator""ms;
using sim::operator""us;
using sim::operator""ns;
using sim::operator""s;
using test_support::WorldBuilder;

namespace {

constexpr sim::BitRate ten_megabit{1e7};  // 1250 B take 1 ms

double mean_part(const models::ClassResult& result, Part part) {
  return result.breakdown.composition(0.0).mean[static_cast<std::size_t>(part)];
}
sim::Duration in_ticks(std::int64_t ticks) { return sim::Duration{ticks << models::breakdown_tick_shift}; }

}  // namespace

TEST_CASE("A request is charged part by part for what it passes", "[models][world]") {
  // Starts at 1 ms. Access 2 ms, 1250 B on the wire 1 ms, path 5 ms, service 4 ms: 12 ms in all.
  WorldBuilder world;
  const auto cell = world.station(ten_megabit);
  const auto pool = world.pool({.instances = 1});
  world.delay(2ms, Part::access);
  world.pass(cell, sim::Bytes{1250});
  world.delay(5ms);
  world.serve(pool, world.constant(0.004));
  world.finish();
  world.trace({1ms});
  const models::WorldResult result = world.run();
  const models::ClassResult& all = result.classes[0];
  REQUIRE(all.answered == 1);
  CHECK(all.latency.max() == 12ms);
  // Times from 0, in ticks of 64 ns: 1 ms is 15625 of them, so everything here is whole.
  CHECK(mean_part(all, Part::access) == 2 * 15625);
  CHECK(mean_part(all, Part::transmission) == 15625);
  CHECK(mean_part(all, Part::propagation) == 5 * 15625);
  CHECK(mean_part(all, Part::compute) == 4 * 15625);
  CHECK(mean_part(all, Part::network_queue) == 0);
  CHECK(mean_part(all, Part::pool_queue) == 0);
}

TEST_CASE("The parts of a request add up to its latency in whole ticks, whatever the clocks",
          "[models][world]") {
  models::Request request{.start = sim::at(1'000'001ns)};
  const std::array<sim::Duration, 4> clocks{1'000'001ns, 1'000'063ns, 1'000'129ns, 7'654'321ns};
  const std::array<Part, 3> parts{Part::access, Part::propagation, Part::access};
  for (std::size_t i = 0; i < parts.size(); ++i)
    models::charge(request, parts[i], sim::at(clocks[i]), sim::at(clocks[i + 1]));
  std::uint64_t sum = 0;
  for (const std::uint32_t part : request.parts) sum += part;
  // floor(7654321 / 64) - floor(1000001 / 64) = 119598 - 15625
  CHECK(sum == 119'598 - 15'625);
}

TEST_CASE("A part beyond its range stays at the largest value", "[models][world]") {
  models::Request request;
  const auto most = sim::at(in_ticks(std::int64_t{UINT32_MAX}));  // 274.9 s
  models::charge(request, Part::retry, sim::time_zero, most);
  models::charge(request, Part::retry, most, most + 1s);
  CHECK(request.parts[static_cast<std::size_t>(Part::retry)] == UINT32_MAX);
}

TEST_CASE("A station sends one request after the other, in their order of arrival", "[models][world]") {
  // Two requests at 0 and one at 0.5 ms, 1 ms on the wire each: latencies 1, 2 and 2.5 ms.
  WorldBuilder world;
  const auto link = world.station(ten_megabit);
  world.pass(link, sim::Bytes{1250});
  world.finish();
  world.trace({0ms, 0ms, 500us});
  const models::WorldResult result = world.run();
  CHECK(result.classes[0].latency.sum() == Approx(5.5e6));
  CHECK(result.classes[0].latency.min() == 1ms);
  CHECK(result.classes[0].latency.max() == 2500us);
  CHECK(result.stations[link].passed == 3);
  CHECK(result.stations[link].bytes == 3750.0);
  CHECK(result.stations[link].busy == 3ms);
}

TEST_CASE("Requests of one instant pass in the order of their sources, then of their numbers",
          "[models][world]") {
  // Both sources send at 0; the second source's request waits for the first one's.
  WorldBuilder world;
  world.spec.classes = 2;
  const auto link = world.station(ten_megabit);
  for (std::uint32_t source = 0; source < 2; ++source) {
    const auto program = world.pass(link, sim::Bytes{1250});
    world.finish(source);
    world.trace({0ms}, program);
  }
  const models::WorldResult result = world.run();
  CHECK(result.classes[0].latency.max() == 1ms);
  CHECK(result.classes[1].latency.max() == 2ms);
}

TEST_CASE("A population spread over cells fills them evenly and meets its cell again", "[models][world]") {
  constexpr std::uint32_t cells = 4;
  WorldBuilder world;
  world.spec.duration = 100s;
  for (std::uint32_t i = 0; i < 2 * cells; ++i) world.station(sim::BitRate{1e9});
  for (const std::uint32_t first : {0U, cells}) {
    const auto step = world.pass(first, sim::Bytes{100});
    world.at(step).count = cells;
    world.at(step).purpose = sim::hash_name("cell");
  }
  world.finish();
  world.poisson(1000.0);
  const models::WorldResult result = world.run();
  const double requests = static_cast<double>(result.requests);
  for (std::uint32_t i = 0; i < cells; ++i) {
    CHECK(result.stations[i].passed == result.stations[cells + i].passed);
    // Binomial(n, 1/4): standard error sqrt(n * 1/4 * 3/4).
    const double expected = requests / cells;
    CHECK(std::abs(static_cast<double>(result.stations[i].passed) - expected) <=
          4 * std::sqrt(requests * 0.25 * 0.75));
  }
}

TEST_CASE("A branch is taken with its probability", "[models][world]") {
  WorldBuilder world;
  world.spec.classes = 2;
  world.spec.duration = 100s;
  const auto branch = world.step({.kind = StepKind::branch, .probability = 0.35});
  world.finish(0);
  world.at(branch).target = world.finish(1);
  world.poisson(1000.0);
  const models::WorldResult result = world.run();
  const double requests = static_cast<double>(result.requests);
  const double error = std::sqrt(requests * 0.35 * 0.65);
  CHECK(std::abs(static_cast<double>(result.classes[0].answered) - 0.35 * requests) <= 4 * error);
  CHECK(result.classes[0].answered + result.classes[1].answered == result.requests);
}

namespace {

/// Splits into branches of 3, 7 and 5 ms, of which the second is compute, and goes on for 1 ms.
WorldBuilder fork_join() {
  WorldBuilder world;
  const auto split = world.step({.kind = StepKind::split, .index = 0, .count = 2});
  std::array<std::uint32_t, 3> jumps{};
  world.delay(3ms);
  jumps[0] = world.step({.kind = StepKind::jump});
  world.spec.targets.push_back(world.delay(7ms, Part::compute));
  jumps[1] = world.step({.kind = StepKind::jump});
  world.spec.targets.push_back(world.delay(5ms));
  jumps[2] = world.step({.kind = StepKind::jump});
  for (const std::uint32_t jump : jumps) world.at(jump).target = world.here();
  world.step({.kind = StepKind::join});
  world.delay(1ms);
  world.finish();
  world.trace({0ms});
  REQUIRE(world.at(split).count == world.spec.targets.size());
  return world;
}

}  // namespace

TEST_CASE("A request goes on when its last branch ends, charged with the slowest", "[models][world]") {
  const models::WorldResult result = fork_join().run();
  REQUIRE(result.classes[0].answered == 1);
  CHECK(result.classes[0].latency.max() == 8ms);  // max(3, 7, 5) + 1
  CHECK(mean_part(result.classes[0], Part::compute) == 7 * 15625);
  CHECK(mean_part(result.classes[0], Part::propagation) == 15625);
}

TEST_CASE("A request of which one branch failed fails when all have ended", "[models][world]") {
  WorldBuilder world = fork_join();
  // The shortest branch becomes an error reply.
  models::Step& first_jump = world.at(2);
  first_jump = {.kind = StepKind::fail, .index = 0, .target = first_jump.target};
  const models::WorldResult result = world.run();
  CHECK(result.classes[0].started == 1);
  CHECK(result.classes[0].answered == 0);
  CHECK(result.classes[0].failed == 1);
  CHECK(result.unfinished == 0);
}

TEST_CASE("Only requests that start in the recorded span are counted", "[models][world]") {
  WorldBuilder world;
  world.spec.meters = 1;
  world.spec.warmup = 10ms;
  world.spec.duration = 20ms;
  world.at(world.delay(15ms)).index = 0;
  world.finish();
  // 0 and 9 are warm-up, 10 and 29 are recorded, 30 never starts as sources have stopped.
  world.trace({0ms, 9ms, 10ms, 29ms, 30ms});
  const models::WorldResult result = world.run();
  CHECK(result.requests == 4);
  CHECK(result.started == std::vector<std::uint64_t>{2});
  CHECK(result.classes[0].started == 2);
  CHECK(result.classes[0].answered == 2);
  CHECK(result.meters == std::vector<std::uint64_t>{2});
  CHECK(result.simulated == 20ms);
}

TEST_CASE("A request that outlives the drain is unfinished", "[models][world]") {
  WorldBuilder world;
  world.spec.duration = 10ms;
  world.spec.drain = 5ms;
  world.delay(10ms);
  world.finish();
  // Ends at 14 ms, just before the horizon of 15; at 15, which is too late; at 19.
  world.trace({4ms, 5ms, 9ms});
  const models::WorldResult result = world.run();
  CHECK(result.classes[0].answered == 1);
  CHECK(result.unfinished == 2);
}

TEST_CASE("A series holds the latencies of the requests that start in each piece", "[models][world]") {
  WorldBuilder world;
  world.spec.warmup = 5ms;
  world.spec.duration = 25ms;
  world.spec.series_step = 10ms;
  world.delay(100ms);
  world.finish();
  world.trace({0ms, 5ms, 14ms, 15ms, 29ms});
  const models::WorldResult result = world.run();
  // Pieces [5, 15), [15, 25), [25, 30): 2, 1 and 1 requests.
  REQUIRE(result.series.size() == 3);
  CHECK(result.series[0].classes[0].latency.count() == 2);
  CHECK(result.series[1].classes[0].latency.count() == 1);
  CHECK(result.series[2].classes[0].latency.count() == 1);
  CHECK(result.series[1].length == 10ms);
  CHECK(result.series[2].length == 5ms);
}

TEST_CASE("An overloaded station ends with unfinished requests, not with a hang", "[models][world]") {
  // 1 ms on the wire each, 10,000 arrivals in a second, 1 s to drain: 2000 leave by the horizon.
  WorldBuilder world;
  world.spec.drain = 1s;
  world.pass(world.station(ten_megabit), sim::Bytes{1250});
  world.finish();
  world.source({.process = models::SourceSpec::Process::periodic,
                .profile = {.step = 1s, .rates = {10'000.0}},
                .phase = models::SourceSpec::Phase::aligned});
  const models::WorldResult result = world.run();
  CHECK(result.requests == 10'000);
  CHECK(result.classes[0].answered == 1999);  // the 2000th leaves at 2 s, which is the horizon
  CHECK(result.unfinished == 8001);
  CHECK(result.stations[0].busy == 1s);
}

TEST_CASE("A world without users ends at once with nothing", "[models][world]") {
  WorldBuilder world;
  world.spec.drain = 0s;
  world.delay(1ms);
  world.finish();
  const models::WorldResult result = world.run();
  CHECK(result.status == models::WorldResult::Status::complete);
  CHECK(result.requests == 0);
  CHECK(result.events == 0);
  CHECK(result.classes[0].latency.empty());
}

TEST_CASE("A request meets the same draws whatever else is in the world", "[models][world]") {
  // A second population, with its own station and pool, changes nothing for the first.
  const auto build = [](bool crowded) {
    WorldBuilder world;
    world.spec.classes = 2;
    const auto service = world.law(sim::Distribution::exponential(0.004));
    const auto program = [&](const std::string& site, std::uint32_t class_index) {
      const auto pool = world.pool({.name = "pool-" + site});
      const auto first = world.delay_by(service);
      world.at(first).purpose = sim::hash_name("access");
      world.at(world.serve(pool, service)).purpose = sim::hash_name("compute");
      world.finish(class_index);
      world.source({.name = "users-" + site, .program = first, .profile = {.step = 1s, .rates = {100.0}}});
    };
    if (crowded) program("b", 1);
    program("a", 0);
    return world.run();
  };
  const models::WorldResult alone = build(false), crowded = build(true);
  REQUIRE(alone.classes[0].answered > 50);
  CHECK(alone.classes[0] == crowded.classes[0]);
  CHECK(crowded.classes[1].answered > 50);
  CHECK_FALSE(crowded.classes[1].latency == crowded.classes[0].latency);
}

TEST_CASE("Another replication and another seed give other requests, the same ones the same",
          "[models][world]") {
  WorldBuilder world;
  world.delay_by(world.law(sim::Distribution::exponential(0.01)));
  world.finish();
  world.poisson(1000.0);
  const auto fingerprint = [&](std::uint64_t seed, std::uint32_t replication) {
    return world.run({.seed = seed, .replication = replication}).fingerprint;
  };
  CHECK(fingerprint(1, 0) == fingerprint(1, 0));
  CHECK_FALSE(fingerprint(1, 0) == fingerprint(1, 1));
  CHECK_FALSE(fingerprint(1, 0) == fingerprint(2, 0));
}

TEST_CASE("A run can be stopped, and says how far it came", "[models][world]") {
  WorldBuilder world;
  world.spec.duration = 1000s;
  world.delay(1ms);
  world.finish();
  world.poisson(1000.0);
  SECTION("by its flag") {
    const std::atomic<bool> stop{true};
    const models::WorldResult result = world.run({.stop = &stop});
    CHECK(result.status == models::WorldResult::Status::stopped);
    CHECK(result.simulated == 0s);
  }
  SECTION("by its number of events") {
    const models::WorldResult result = world.run({.event_limit = 500'000});
    CHECK(result.status == models::WorldResult::Status::event_limit);
    CHECK(result.events == 500'000);
    CHECK(result.simulated > 0s);
    CHECK(result.simulated < 1000s);
    CHECK(result.classes[0].started == result.classes[0].answered + result.unfinished);
  }
}

TEST_CASE("A run that ends early counts busy time up to where it came, not beyond", "[models][world]") {
  // A request a second from 1 s on, each 5.5 s in one of the 40 slots of 20 instances, and after it 0.25 s on
  // the wire: of the one that begins at a, min(T - a, 5.5) s of service lie before the end T. The limit falls
  // in the middle of a slice of the run.
  WorldBuilder world;
  world.spec.duration = 1000s;
  world.spec.series_step = 8s;
  world.pool({.instances = 20, .concurrency = 2});
  world.serve(0, world.constant(5.5));
  world.station(sim::BitRate{400.0});
  world.pass(0, sim::Bytes{12.5});
  world.finish();
  std::vector<sim::Duration> starts;
  for (std::int64_t second = 1; second < 1000; ++second) starts.push_back(second * 1s);
  world.trace(starts);
  for (const models::Path path : {models::Path::compiled, models::Path::general}) {
    const models::WorldResult result = world.run({.path = path, .event_limit = 77});
    const double end = sim::to_seconds(result.simulated);
    CHECK(end > 20);
    double busy = 0, wire = 0;
    for (double start = 1; start < end; ++start) {
      busy += std::min(end - start, 5.5);
      wire += std::clamp(end - start - 5.5, 0.0, 0.25);
    }
    CHECK(sim::to_seconds(result.pools[0].slot_busy) == Approx(busy));
    CHECK(sim::to_seconds(result.pools[0].instance_alive) == Approx(20 * end));
    CHECK(sim::to_seconds(result.stations[0].busy) == Approx(wire));
    models::PoolResult pieces;
    for (const models::WorldPiece& piece : result.series) {
      pieces.slot_busy += piece.pools[0].slot_busy;
      pieces.instance_busy += piece.pools[0].instance_busy;
      pieces.instance_alive += piece.pools[0].instance_alive;
    }
    CHECK(pieces.slot_busy == result.pools[0].slot_busy);
    CHECK(pieces.instance_busy == result.pools[0].instance_busy);
    CHECK(pieces.instance_alive == result.pools[0].instance_alive);
  }
}

TEST_CASE("Progress is reported in simulated time and ends at the horizon", "[models][world]") {
  WorldBuilder world;
  world.spec.drain = 1s;
  world.delay(1ms);
  world.finish();
  world.poisson(100.0);
  std::atomic<std::int64_t> progress{0};
  const models::WorldResult result = world.run({.progress = &progress});
  CHECK(result.status == models::WorldResult::Status::complete);
  CHECK(progress.load() == sim::Duration{1s + 1s}.count());
}

TEST_CASE("Replayed sizes and late answers are the same on the compiled and the general path",
          "[models][world]") {
  // A third of the requests needs no time on the wire at all, so that leaving in the order of arrival is not
  // enough to run ahead of the clock.
  WorldBuilder world;
  world.spec.duration = sim::from_seconds(5);
  constexpr std::array<std::int64_t, 6> lengths{0, 3, 9, 0, 1, 20};
  std::vector<sim::Duration> times;
  for (std::size_t i = 0; i < 1000; ++i) times.push_back(sim::Duration{1'000'000 * lengths[i % 6]});
  world.spec.replays.push_back(std::make_shared<const std::vector<sim::Duration>>(std::move(times)));
  const std::uint32_t late = world.law(sim::Distribution::uniform(0, 0.010));
  for (int i = 0; i < 2; ++i) {
    const std::uint32_t station = world.station(sim::BitRate{8e6});
    const std::uint32_t step = world.pass(station, sim::Bytes{5500});
    world.at(step).replay = 0;
  }
  world.step({.kind = models::StepKind::doze, .part = Part::access, .law = late, .fixed = 15ms});
  const std::uint32_t last = world.station(sim::BitRate{80e6});
  world.pass(last, sim::Bytes{10'000});
  world.finish();
  world.poisson(100);
  const auto run = [&](models::Path path) { return world.run({.seed = 5, .path = path}); };
  const models::WorldResult compiled = run(models::Path::compiled), general = run(models::Path::general);
  CHECK(compiled.classes == general.classes);
  CHECK(compiled.stations == general.stations);
  CHECK(compiled.fingerprint == general.fingerprint);
  CHECK(compiled.classes[0].latency.count() > 400);
}
