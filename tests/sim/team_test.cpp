#include "sim/team.hpp"

#include <catch2/catch.hpp>
#include <numeric>

TEST_CASE("Every member of a team works once a round and sees what the last one wrote", "[sim][team]") {
  const unsigned members = GENERATE(1u, 2u, 5u);
  sim::Team team{members};
  CHECK(team.members() == members);
  // Each adds what its neighbour had: started from 1 each, after r rounds all hold 2^r.
  std::vector<std::uint64_t> now(members, 1), before;
  for (int round = 0; round < 60; ++round) {
    before = now;
    team.run([&](unsigned member) { now[member] += before[(member + 1) % members]; });
  }
  CHECK(now == std::vector<std::uint64_t>(members, 1ULL << 60));
}

TEST_CASE("A team that is never asked for anything ends", "[sim][team]") {
  const sim::Team team{3};
  CHECK(team.members() == 3);
}
