#pragma once
#include <string>

#include "planner/scenario.hpp"
#include "read/fields.hpp"

namespace planner {

/// A law of times as the schema's `law` has it: `"50 ms"` or an object with `dist`. [s]
///
/// Reports missing and foreign parameters, inverted bounds, weights that do not sum to 1 and laws whose
/// draws would not fit a duration; then returns a constant 0. The input is listed among the assumptions
/// where its basis is not better.
/// @param what  for the list of assumptions, such as "service time of detector"
[[nodiscard]] Law read_law(const Value& value, const std::string& what, ReadContext& context);

/// The law of member `key`, none where it is missing.
[[nodiscard]] std::optional<Law> read_law(const Fields& fields, std::string_view key, const std::string& what,
                                          ReadContext& context);

}  // namespace planner
