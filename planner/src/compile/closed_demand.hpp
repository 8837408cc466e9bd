#pragma once
#include "planner/compile.hpp"

namespace planner {

/// Sets the rates of the sources whose users wait for their answers: the asymptotic bound
/// X <= min(users / (think + R), what the busiest resource can serve), R without any waiting.
/// What they really ask for is known when they have been simulated.
/// Source: Denning, Buzen, "The operational analysis of queueing network models", 1978, sec. 5.
void bound_closed_demand(CompiledScenario& compiled);

}  // namespace planner
