#pragma once
#include <string>
#include <string_view>
#include <variant>

#include "planner/sweep.hpp"

namespace planner {

/// Why a rule cannot be read.
struct SkipError {
  std::string message;
};

/// Reads a rule such as `load < 1.5 && (edge == 8 || tier != "metro")` over the axes of a sweep.
///
///     rule       = conjunction { "||" conjunction }
///     conjunction = term { "&&" term }
///     term       = "!" term | "(" rule ")" | axis ("<" | "<=" | ">" | ">=" | "==" | "!=") value
///     value      = number [unit] | quoted text                            text with == and != only
///
/// Of an axis value such as `20 ms` the number in front is compared; a unit in the rule must be the one that
/// the axis is written in.
[[nodiscard]] std::variant<SkipRule, SkipError> parse_skip(std::string_view text,
                                                           const std::vector<SweepAxis>& axes);

}  // namespace planner
