#pragma once
#include <nlohmann/json_fwd.hpp>

#include "planner/fail.hpp"

namespace planner {

/// Merge patch (RFC 7396) over a strategy that leaves it as it is after the loss and its failover: what
/// find_losses() simulates, to be looked at as a strategy of its own.
[[nodiscard]] nlohmann::ordered_json loss_patch(const Scenario& scenario, Losable each,
                                                const std::vector<std::string>& lost);

}  // namespace planner
