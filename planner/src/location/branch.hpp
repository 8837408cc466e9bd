#pragma once
#include <vector>

#include "location/relaxation.hpp"
#include "planner/location.hpp"

namespace planner {

/// Outcome of a branch and bound that looked for plans below a cost.
struct BranchResult {
  bool finished = false;            ///< the tree was searched to its end
  double bound = 0;                 ///< of what was searched; meaningful where not finished
  std::vector<std::uint32_t> open;  ///< empty: no plan below the cost was found
};

/// Searches the reduced problem for a plan below `target` by COIN-OR CBC, in the radius formulation: a
/// variable a site, and one a client and distinct cost that tells whether no open site is that near.
[[nodiscard]] BranchResult branch_by_radius(const LocationProblem& problem,
                                            const LocationRelaxation::Reduction& reduction, double target,
                                            const LocationLimits& limits);

/// Number of variables that branch_by_radius() would make.
[[nodiscard]] std::size_t radius_variables(const LocationProblem& problem,
                                           const LocationRelaxation::Reduction& reduction);

/// The best plan with capacities: shares of demand, each at most its site's opening (strong formulation).
[[nodiscard]] LocationPlan branch_with_capacity(const LocationProblem& problem, const LocationLimits& limits);

}  // namespace planner
