#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "planner/scenario.hpp"

namespace planner {

/// The strategy of a result that a scenario is. @throws ScenarioError where the result has none of that id,
/// or it could not carry its load
[[nodiscard]] const nlohmann::ordered_json& strategy_of(const nlohmann::ordered_json& result,
                                                        const Scenario& scenario);

}  // namespace planner
