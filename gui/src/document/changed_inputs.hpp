#pragma once
#include <string>
#include <vector>

#include "planner/value.hpp"

namespace gui {

/// JSON Pointers of what differs between two states of a scenario: the innermost values that were changed,
/// added or removed, in the order of `after`, what was removed last. O(n log n), and O(n)
/// where what is in both stands in the same order.
[[nodiscard]] std::vector<std::string> changed_inputs(const planner::Value& before,
                                                      const planner::Value& after);

}  // namespace gui
