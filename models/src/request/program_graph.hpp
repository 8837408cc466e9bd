#pragma once
#include <cstdint>
#include <vector>

#include "request/program.hpp"

namespace models {

/// Whether Op::next may follow.
[[nodiscard]] constexpr bool goes_on(OpKind kind) {
  return kind != OpKind::finish && kind != OpKind::fail && kind != OpKind::leave &&
         kind != OpKind::consumed && kind != OpKind::pick;
}

/// Calls `use` with the index of each operation that may follow `op`.
template <class Use>
void for_each_successor(const Program& program, const Op& op, Use use) {
  if (op.kind == OpKind::pick)
    for (std::uint32_t i = 0; i < op.choices(); ++i) use(program.targets[op.target + i]);
  if (!goes_on(op.kind)) return;
  use(op.next);
  if (has_two_ways(op.kind) && op.target != none) use(op.target);
  if (op.kind == OpKind::split)
    for (std::uint32_t i = 0; i < op.count(); ++i) use(program.targets[op.index + i]);
  if (op.kind == OpKind::race) {
    const RaceShape& shape = program.races[op.index];
    for (std::uint32_t i = 0; i < shape.further; ++i) use(program.targets[shape.first_target + i]);
  }
}

/// All operations, each after those that may precede it. O(operations).
/// @pre there is no cycle: one without delay would never end, and one with a delay would repeat its draws
[[nodiscard]] std::vector<std::uint32_t> topological_order(const Program& program);

/// Sets Op::in_order wherever a shared resource certainly meets its requests in the order in which they are
/// walked, so that they may pass it ahead of the clock, without an event.
///
/// That is so when all of its requests come from one source, or from one FIFO resource with one server in the
/// same partition, after the same constant delay: whoever left there first arrives here first.
/// @param order  topological_order(program)
void mark_in_order(Program& program, const WorldSpec& spec, const std::vector<std::uint32_t>& order);

}  // namespace models
