#include <catch2/catch.hpp>

#include "attempts.hpp"
#include "support/allocations.hpp"
#include "world_builder.hpp"

using models::PoolSpec;
using models::SourceSpec;
using models::StepKind;
using sim::operator""ms;
using sim::operator""s;
using test_support::WorldBuilder;

namespace {

/// Periodic requests over two partitions that meet every kind of step, forever the same after a second.
WorldBuilder steady_world() {
  WorldBuilder world;
  world.spec.partitions = 2;
  world.spec.lookahead = 5ms;
  const auto link = world.station(sim::BitRate{1e8});
  const auto fixed = world.pool({.instances = 2, .spill_at = 1.0});
  const auto elastic = world.pool({.partition = 1,
                                   .kind = PoolSpec::Kind::elastic,
                                   .instances = 0,
                                   .max_instances = 20,
                                   .cold_start = sim::Distribution::deterministic(0.004),
                                   .keep_alive = sim::Distribution::deterministic(0.001),
                                   .cold_purpose = sim::hash_name("cold")});
  const auto service = world.constant(0.008);
  world.pass(link, sim::Bytes{1250});
  const auto split = world.step({.kind = StepKind::split, .index = 0, .count = 1});
  world.serve(fixed, service);
  const auto jump = world.step({.kind = StepKind::jump});
  world.spec.targets.push_back(world.delay(6ms));
  world.acquire(elastic);
  world.delay(7ms, models::Part::compute);
  world.release(1);
  world.delay(6ms);
  world.at(jump).target = world.here();
  world.step({.kind = StepKind::join});
  world.finish();
  world.at(split).count = 1;
  world.source({.process = SourceSpec::Process::periodic,
                .profile = {.step = 1s, .rates = {200}},
                .phase = SourceSpec::Phase::aligned});
  return world;
}

std::size_t allocations_of(WorldBuilder world, sim::Duration duration, models::Path path) {
  world.spec.duration = duration;
  models::World run{world.spec, {.path = path, .partitioning = models::Partitioning::split}};
  const std::size_t before = test_support::allocations();
  const models::WorldResult result = run.run();
  const std::size_t allocated = test_support::allocations() - before;
  REQUIRE(result.unfinished == 0);
  REQUIRE(result.requests == static_cast<std::uint64_t>(duration / 5ms));
  return allocated;
}

/// Sites with users behind a cell, a link both ways and a pool, that nobody ever asks for anything.
WorldBuilder idle_sites(std::uint32_t sites) {
  WorldBuilder world;
  world.spec.partitions = world.spec.classes = sites;
  world.spec.lookahead = 5ms;
  const auto service = world.constant(0.008);
  for (std::uint32_t site = 0; site < sites; ++site) {
    const auto first = world.here();
    const auto up = world.station(sim::BitRate{1e8}, site), down = world.station(sim::BitRate{1e8}, site);
    const auto pool = world.pool({.partition = site, .instances = 1});
    world.pass(up, sim::Bytes{1250});
    world.serve(pool, service);
    world.pass(down, sim::Bytes{1250});
    world.step({.kind = StepKind::finish, .partition = site, .index = site});
    world.source({.partition = site, .program = first, .profile = {.step = 1s, .rates = {0}}});
  }
  // As scenarios are compiled: draws are named by what is asked, not by the site.
  for (models::Step& step : world.spec.steps) step.purpose = sim::hash_name("call");
  return world;
}

/// Of the world alone, whose spec exists already.
std::ptrdiff_t bytes_of(const WorldBuilder& world) {
  const std::ptrdiff_t before = test_support::held_bytes();
  const models::World run{world.spec, {}};
  return test_support::held_bytes() - before;
}

/// What a world holds at its end whose calls are answered after 5 ms, all within 20 s, and given up later.
std::ptrdiff_t bytes_of_calls(std::optional<sim::Duration> timeout) {
  WorldBuilder world;
  world.spec.duration = 20s;
  world.spec.guards.push_back({.name = "caller"});
  test_support::add_attempts(world, {.timeout = timeout}, [&] { world.delay(5ms); });
  world.finish();
  world.source({.process = SourceSpec::Process::periodic, .profile = {.step = 1s, .rates = {1'000}}});
  const std::ptrdiff_t before = test_support::held_bytes();
  models::World run{world.spec, {}};
  const models::WorldResult result = run.run();
  REQUIRE(result.requests == 20'000);
  REQUIRE(result.unfinished == 0);
  return test_support::held_bytes() - before;
}

}  // namespace

TEST_CASE("A time-out that nobody waits for any more leaves its event behind, and no more",
          "[models][world]") {
  if (!test_support::counts_allocations()) {
    WARN("skipped: a sanitizer allocates");
    return;
  }
  // At the end of the 20 s all 20,000 time-outs of 30 s are pending: events of 32 bytes in chunks, and 4 + 4
  // for the place of each, in tables that grow by doubling. A branch, its frame and its race would be 190
  // more.
  const auto bytes = static_cast<double>(bytes_of_calls(30s) - bytes_of_calls(20ms));
  CHECK(bytes / 20'000 < 80);
}

TEST_CASE("A site at which nothing happens takes less than a kibibyte of a world", "[models][world]") {
  if (!test_support::counts_allocations()) {
    WARN("skipped: a sanitizer allocates");
    return;
  }
  constexpr std::uint32_t sites = 10'000;
  const auto bytes = static_cast<double>(bytes_of(idle_sites(2 * sites)) - bytes_of(idle_sites(sites)));
  CHECK(bytes / sites < 1024);
}

TEST_CASE("A warm world allocates nothing, however long it runs", "[models][world]") {
  if (!test_support::counts_allocations()) {
    WARN("skipped: a sanitizer allocates");
    return;
  }
  const auto path = GENERATE(models::Path::compiled, models::Path::general);
  const std::size_t short_run = allocations_of(steady_world(), 20s, path);
  CHECK(short_run > 0);
  // 36,000 more requests. Where windows and progress reports fall may make a table grow once more or less.
  CHECK(allocations_of(steady_world(), 200s, path) <= short_run + 4);
}
