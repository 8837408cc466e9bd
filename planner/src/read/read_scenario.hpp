#pragma once
#include "check/check_references.hpp"
#include "text/strategy_chain.hpp"

namespace planner {

/// The typed scenario of a merged and expanded tree that the schema has passed. Issues go to `issues`; the
/// result is to be used only if none is an error. `sha256` is left to the caller.
[[nodiscard]] Scenario read_scenario(const Value& tree, const StrategyEntry& strategy,
                                     const ProjectFolder& folder, Issues& issues, UsedIds& used);

}  // namespace planner
