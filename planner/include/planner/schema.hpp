#pragma once
#include <string>
#include <string_view>

namespace planner {

/// The JSON Schema (Draft-07) of scenario files, format 1.0, as scenarios/schema/ has it.
[[nodiscard]] std::string_view scenario_schema();

/// docs/scenario-reference.md: every key of the format with type, unit, meaning and example.
[[nodiscard]] std::string reference_markdown();

}  // namespace planner
