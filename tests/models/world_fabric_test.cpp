#include <catch2/catch.hpp>
#include <mutex>

#include "models/world.hpp"
#include "random_world.hpp"
#include "support/meeting.hpp"

namespace {

using models::World;
using models::WorldResult;
using test_support::Calls;

World::Options options_for(std::uint64_t seed) {
  return {.seed = seed, .partitioning = models::Partitioning::split};
}

/// The result of all members together.
WorldResult together(const models::WorldSpec& spec, World::Options options, unsigned members) {
  std::vector<WorldResult> shares(members);
  test_support::Meeting meeting{members};
  meeting.run([&](sim::Fabric& fabric) {
    World::Options own = options;
    own.fabric = &fabric;
    shares[fabric.member()] = World{spec, own}.run();
  });
  for (unsigned i = 1; i < members; ++i) models::merge(shares.front(), shares[i]);
  return shares.front();
}

void check_same(const WorldResult& a, const WorldResult& b) {
  REQUIRE(a.fingerprint == b.fingerprint);
  CHECK(a.status == b.status);
  CHECK(a.simulated == b.simulated);
  CHECK(a.classes == b.classes);
  CHECK(a.pools == b.pools);
  CHECK(a.stations == b.stations);
  CHECK(a.guards == b.guards);
  CHECK(a.started == b.started);
  CHECK(a.meters == b.meters);
  CHECK(a.series == b.series);
  CHECK(a.unfinished == b.unfinished);
  CHECK(a.events == b.events);
  CHECK(a.requests == b.requests);
}

}  // namespace

TEST_CASE("A world that several share the partitions of gives the result of one process",
          "[models][world][fabric][threads]") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    models::WorldSpec spec = test_support::random_world(seed, seed % 2 == 0 ? Calls::guarded : Calls::plain);
    spec.series_step = spec.duration / 4;
    if (seed % 4 < 2) spec.drain = sim::Duration{0};  // some requests stay unfinished, far from home
    const WorldResult one = World{spec, options_for(seed)}.run();
    // 3 partitions: the fourth member has none.
    for (const unsigned members : {2U, 4U}) {
      CAPTURE(members);
      check_same(together(spec, options_for(seed), members), one);
    }
  }
}

TEST_CASE("What is told to stop at one member stops at all of them", "[models][world][fabric][threads]") {
  const models::WorldSpec spec = test_support::random_world(1);
  std::atomic<bool> stop = true;
  std::vector<WorldResult> shares(3);
  test_support::Meeting meeting{3};
  meeting.run([&](sim::Fabric& fabric) {
    World::Options own = options_for(1);
    own.fabric = &fabric;
    if (fabric.member() == 0) own.stop = &stop;
    shares[fabric.member()] = World{spec, own}.run();
  });
  for (const WorldResult& share : shares) CHECK(share.status == WorldResult::Status::stopped);
}
