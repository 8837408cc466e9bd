#pragma once
#include <string>

#include "planner/assertion.hpp"

/// Verdicts in words, the same on the command line and on the desktop.
namespace planner {

/// `PASS`, `FAIL`, `WARN` (a failed one of level warn), `INCONCLUSIVE`.
[[nodiscard]] std::string outcome_word(const Verdict& verdict);
/// `44.6 ms [43.4, 45.8]`; why there is no value, where there is none.
[[nodiscard]] std::string value_text(const Verdict& verdict);

}  // namespace planner
