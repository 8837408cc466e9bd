#pragma once
#include <string>

#include "planner/compile.hpp"

namespace planner {

/// `cell uplink of berlin`, `link ams--fra out of ams`.
[[nodiscard]] std::string resource_name(const StationLabel& station);
/// `web @ ams`.
[[nodiscard]] std::string resource_name(const PoolLabel& pool);

}  // namespace planner
