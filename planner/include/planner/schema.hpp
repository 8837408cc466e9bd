#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace planner {

/// The JSON Schema (Draft-07) of scenario files, format 1.0, as scenarios/schema/ has it.
[[nodiscard]] std::string_view scenario_schema();

/// Every schema of scenarios/schema/, compiled in: (`diag-1.schema.json`, text), sorted by name.
[[nodiscard]] std::span<const std::pair<std::string_view, std::string_view>> embedded_schemas();

/// docs/scenario-reference.md: every key of the format with type, unit, meaning and example.
[[nodiscard]] std::string reference_markdown();

}  // namespace planner
