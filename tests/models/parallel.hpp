#pragma once
#include <cstdint>
#include <vector>

#include "world_builder.hpp"

namespace test_support {

/// Splits into `branches`, adds each by `add_branch(index)` and joins them.
/// @param needed  of a quorum: how many have to end; 0: all
template <class AddBranch>
void add_parallel(WorldBuilder& world, std::size_t branches, const AddBranch& add_branch,
                  std::size_t needed = 0) {
  const auto first_target = static_cast<std::uint32_t>(world.spec.targets.size());
  world.step({.kind = models::StepKind::split,
              .index = first_target,
              .count = static_cast<std::uint16_t>(branches - 1),
              .needed = static_cast<std::uint16_t>(needed),
              .spare = static_cast<std::uint16_t>(needed > 0 ? branches - needed : 0)});
  world.spec.targets.resize(first_target + branches - 1);
  std::vector<std::uint32_t> ends;
  for (std::size_t i = 0; i < branches; ++i) {
    if (i > 0) world.spec.targets[first_target + i - 1] = world.here();
    add_branch(i);
    ends.push_back(world.step({.kind = models::StepKind::jump}));
  }
  const std::uint32_t join = world.step({.kind = models::StepKind::join});
  for (const std::uint32_t end : ends) world.at(end).target = join;
}

}  // namespace test_support
