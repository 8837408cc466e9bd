#pragma once
#include "planner/value.hpp"
#include "read/issues.hpp"

namespace planner {

/// Writes site sets and population sets out into their members, and spreads placements and workloads that
/// name a set over them. Members carry the set's id as `x-set` and the spans of what they were made from.
///
/// An entry that is written out wins: keys of a site `pops-fra`, a population, or a placement at one member
/// are merged over what the set says. Reports unknown lists, filters that leave nothing, and ids that clash.
/// O(members x size of an entry).
void expand_sets(Value& scenario, Issues& issues);

}  // namespace planner
