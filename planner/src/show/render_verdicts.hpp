#pragma once
#include <string>

#include "planner/render.hpp"
#include "planner/verdict_text.hpp"

namespace planner {

/// A line for each assertion of a strategy: outcome, id, expression, value with its bounds. Empty without.
[[nodiscard]] std::string verdict_lines(const StrategyResult& result, const TextOptions& options);
/// Outcome of each assertion by strategy, as a table with the ids below each other. Empty without.
[[nodiscard]] std::string verdict_table(const Study& study, const TextOptions& options);
/// What the study aimed at and whether it got there; empty where the number of replications was given.
[[nodiscard]] std::string precision_line(const Study& study, const TextOptions& options);

}  // namespace planner
