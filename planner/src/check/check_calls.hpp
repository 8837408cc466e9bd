#pragma once
#include "planner/scenario.hpp"
#include "read/issues.hpp"

namespace planner {

/// Checks the calls of one flow: the entry exists, `from` leads from every call to it, `after` names other
/// calls and waits in no circle. O(calls^2).
void check_calls(const Member& member, const Flow& flow, Issues& issues);

}  // namespace planner
