#pragma once
#include <string>

#include "planner/render.hpp"

namespace planner {

/// Rows of a list of populations, sites, pools, calls or stores in text; JSON has them all.
inline constexpr std::size_t longest_list = 6;

/// Tables of what a strategy's pools, starts, guarded calls and stores did; those with nothing are left out.
[[nodiscard]] std::string use_tables(const StrategyResult& result, const TextOptions& options);

}  // namespace planner
