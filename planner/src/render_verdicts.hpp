#pragma once
#include <string>

#include "planner/render.hpp"

namespace planner {

/// A line for each assertion of a strategy: outcome, id, expression, value with its bounds. Empty without.
[[nodiscard]] std::string verdict_lines(const StrategyResult& result, const TextOptions& options);
/// Outcome of each assertion by strategy, as a table with the ids below each other. Empty without.
[[nodiscard]] std::string verdict_table(const Study& study, const TextOptions& options);
/// What the study aimed at and whether it got there; empty where the number of replications was given.
[[nodiscard]] std::string precision_line(const Study& study, const TextOptions& options);

/// `PASS`, `FAIL`, `WARN` (a failed one of level warn), `?`.
[[nodiscard]] std::string outcome_word(const Verdict& verdict);
/// `44.6 ms [43.4, 45.8]`; why there is no value, where there is none.
[[nodiscard]] std::string value_text(const Verdict& verdict);

}  // namespace planner
