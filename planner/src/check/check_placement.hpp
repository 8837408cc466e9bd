#pragma once
#include "check/check_references.hpp"

namespace planner {

/// Checks where services run: sites and services exist, every called service is placed, its time is known
/// there, the nodes hold the replicas, and sites can be reached. Adds used sites and services to `used`.
void check_placement(const Fields& root, ReadContext& context, UsedIds& used);

}  // namespace planner
