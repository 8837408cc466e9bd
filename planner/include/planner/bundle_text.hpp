#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "planner/document.hpp"

namespace planner {

/// A bundle as JSON, for reports and stores.
[[nodiscard]] nlohmann::ordered_json bundle_json(const Bundle& bundle);
/// @throws nlohmann::json::exception where it is not what bundle_json() makes
[[nodiscard]] Bundle bundle_from(const nlohmann::ordered_json& json);

}  // namespace planner
