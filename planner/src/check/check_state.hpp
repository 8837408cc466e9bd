#pragma once
#include "read/fields.hpp"

namespace planner {

/// Checks what state says of placement, calls and populations: primaries, quorums, writes, residency.
void check_state(const Fields& root, ReadContext& context);

}  // namespace planner
