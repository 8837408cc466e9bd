#pragma once
#include <nlohmann/json_fwd.hpp>

#include "planner/results.hpp"

/// Numbers as JSON documents hold them.
namespace planner {

/// 9 significant digits: more would be noise of the last bits, and tie results to how they are summed.
/// What is no number (the mean of a law that has none) is null.
[[nodiscard]] nlohmann::ordered_json rounded(double value);
/// `{"v": 12.5, "lo": 12.1, "hi": 12.9, "unit": "ms"}`
[[nodiscard]] nlohmann::ordered_json estimate_json(const Estimate& estimate);

}  // namespace planner
