#pragma once
#include <cstdint>

#include "models/world.hpp"

namespace models {

/// How many partitions the engine makes of those of `spec`, > 0: automatically as many as find work for a
/// while in every window of the lookahead.
[[nodiscard]] std::uint32_t engine_partitions(const WorldSpec& spec, Partitioning partitioning);

/// Length of the engine's windows: what goes on in later ones is sorted when they begin, which is cheaper
/// than a queue.
/// @param partitions  engine_partitions()
[[nodiscard]] sim::Duration window_length(const WorldSpec& spec, std::uint32_t partitions);

}  // namespace models
