#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "world_builder.hpp"

namespace test_support {

/// A call that is given up, tried again, or sent twice.
struct Attempts {
  std::uint32_t guard = 0;
  std::uint32_t partition = 0;  ///< of the caller
  std::uint32_t retries = 0;
  std::optional<sim::Duration> timeout{};
  std::optional<sim::Duration> hedge_after{};
  std::vector<sim::Duration> backoff{};  ///< before each retry, none where it is too short
};

/// Writes the steps of a call: `body()` writes those of one copy, which ends in the caller's partition. What
/// remains of it is marked if all attempts failed; goes on at the next step.
template <class Body>
void add_attempts(WorldBuilder& world, const Attempts& call, Body body) {
  using models::StepKind;
  std::vector<std::uint32_t> ends;  // jumps to the end
  for (std::uint32_t attempt = 0; attempt <= call.retries; ++attempt) {
    if (attempt > 0 && attempt <= call.backoff.size())
      world.delay(call.backoff[attempt - 1], models::Part::retry);
    ends.push_back(world.step({.kind = StepKind::admit, .partition = call.partition, .index = call.guard}));
    const std::uint32_t copies = call.hedge_after ? 2 : 1;
    const std::uint32_t branches = copies + (call.timeout ? 1 : 0);
    const auto first_target = static_cast<std::uint32_t>(world.spec.targets.size());
    world.step({.kind = StepKind::attempt,
                .partition = call.partition,
                .index = first_target,
                .count = static_cast<std::uint16_t>(branches - 1),
                .needed = 1,
                .spare = static_cast<std::uint16_t>(copies - 1)});
    world.spec.targets.resize(first_target + branches - 1);
    std::vector<std::uint32_t> decided;  // jumps to the settling
    for (std::uint32_t copy = 0; copy < copies; ++copy) {
      if (copy > 0) {
        world.spec.targets[first_target + copy - 1] = world.here();
        world.delay(*call.hedge_after, models::Part::retry);
        world.step({.kind = StepKind::enter, .partition = call.partition, .index = call.guard});
      }
      body();
      world.step({.kind = StepKind::answer, .partition = call.partition});
      decided.push_back(world.step({.kind = StepKind::jump}));
    }
    if (call.timeout) {
      world.spec.targets[first_target + branches - 2] = world.here();
      world.delay(*call.timeout, models::Part::retry);
      world.step({.kind = StepKind::expire, .partition = call.partition, .index = call.guard});
    }
    for (const std::uint32_t jump : decided) world.at(jump).target = world.here();
    const std::uint32_t settle =
        world.step({.kind = StepKind::settle, .partition = call.partition, .index = call.guard});
    if (attempt < call.retries) world.at(settle).target = world.here() + 1;
    ends.push_back(world.step({.kind = StepKind::jump}));
  }
  for (const std::uint32_t end : ends) world.at(end).target = world.here();
}

/// Marks the request with this probability.
inline void fail_with(WorldBuilder& world, double probability) {
  const std::uint32_t branch =
      world.step({.kind = models::StepKind::branch, .target = world.here() + 2, .probability = probability});
  world.step({.kind = models::StepKind::fail, .target = branch + 2});
}

}  // namespace test_support
