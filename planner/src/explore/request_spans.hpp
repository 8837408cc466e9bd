#pragma once
#include <vector>

#include "models/request.hpp"
#include "models/world_spec.hpp"
#include "planner/compile.hpp"
#include "planner/request_trace.hpp"

namespace planner {

/// A step that the followed request came to.
struct StepVisit {
  models::Request request;
  std::uint32_t strand = 0;
  sim::Time at{};
};

/// The step that a request has come to; null for one that the engine put in.
[[nodiscard]] const models::Step* step_of(const models::WorldSpec& world, const models::Request& request);

/// Fills the spans and the visits of services of a trace.
/// @param visits  of one request, in the order in which they were traced
void put_spans(RequestTrace& trace, const CompiledScenario& compiled, const std::vector<StepVisit>& visits);

}  // namespace planner
