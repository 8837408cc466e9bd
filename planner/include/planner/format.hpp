#pragma once
#include <string>

#include "planner/diagnostic.hpp"

namespace planner {

/// The canonical form of a scenario, import or patch file: 2 spaces, one member a line, short arrays on one
/// line, canonical quantities, comments and the order of members kept. Idempotent.
///
/// @param name  how diagnostics call the text
/// @throws ScenarioError where the text is not JSON with comments; a text that is but breaks the schema is
///         formatted all the same
[[nodiscard]] std::string format_scenario(std::string text, std::string name);

/// What changes between two texts, as unified diff with 3 lines of context; empty where nothing does.
/// @param what  how the later text is told from the earlier one in the diff's head
[[nodiscard]] std::string unified_diff(std::string_view before, std::string_view after, std::string_view name,
                                       std::string_view what = "formatted");

/// The text with every safe suggestion for it applied (`validate --fix`); others are left alone.
/// @param name  only diagnostics of that file count
[[nodiscard]] std::string apply_fixes(std::string_view text, std::string_view name,
                                      std::span<const Diagnostic> diagnostics);

}  // namespace planner
