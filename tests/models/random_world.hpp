#pragma once
#include <cstdint>

#include "models/world_spec.hpp"

namespace test_support {

/// What else the programs are made of.
enum class Calls : std::uint8_t {
  plain,
  guarded,   ///< attempts with time-outs, retries, hedged copies and breakers, quorums, spawned branches
  stateful,  ///< caches, objects, replicas, choices by item; users who wait for their answer
};

/// A world of 3 partitions with random programs of all kinds of steps, properly nested, drawn from `seed`.
///
/// All times are whole multiples of 64 us (nothing but coarse grids, zero delays and periodic sources), so
/// that many things happen at the same instant. One class a partition; all requests can end.
[[nodiscard]] models::WorldSpec random_world(std::uint64_t seed, Calls calls = Calls::plain);

}  // namespace test_support
