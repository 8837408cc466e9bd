#pragma once
#include "optimize/evaluator.hpp"
#include "optimize/plan_space.hpp"

namespace planner {

/// The least sizes with which the requirements hold at the given sites: first by a common target for how busy
/// pools may be, then, where there are few pools, taken back one by one while nothing breaks.
///
/// Where no size helps, sizes with which it is violated least. Elastic pools get provisioned instances only
/// where that is needed.
[[nodiscard]] Placements sized(const PlanSpace& space, PlanEvaluator& evaluator,
                               const PlanSpace::Structure& structure);

/// Sizes by rule: pools of nodes 70 % busy, nothing provisioned. One look at the demand.
[[nodiscard]] Placements roughly_sized(const PlanSpace& space, PlanEvaluator& evaluator,
                                       const PlanSpace::Structure& structure);

}  // namespace planner
