#pragma once
#include <string>
#include <string_view>

#include "planner/diagnostic.hpp"

namespace planner {

struct ParsedText;

/// The canonical form of a scenario, import or patch file: 2 spaces, one member a line, short arrays on one
/// line, canonical quantities, comments and the order of members kept. Idempotent.
///
/// @param name  how diagnostics call the text
/// @throws ScenarioError where the text is not JSON with comments; a text that is but breaks the schema is
///         formatted all the same
[[nodiscard]] std::string format_scenario(std::string text, std::string name);
/// As above. @pre parsed without issues
[[nodiscard]] std::string format_scenario(const ParsedText& parsed);

/// One member of an object in the canonical form of the whole, without the indent before it: what the rest
/// says makes no difference to it. O(member).
/// @param key     as written, with its quotes
/// @param value   as written
/// @param pointer JSON Pointer of the member, into a scenario
/// @param indent  [columns] of the line that it begins
/// @pre the value is valid JSON with comments, and its object has its members on lines of their own
[[nodiscard]] std::string format_member(std::string_view key, std::string_view value,
                                        std::string_view pointer, std::size_t indent);

/// What changes between two texts, as unified diff with 3 lines of context; empty where nothing does.
/// @param what  how the later text is told from the earlier one in the diff's head
[[nodiscard]] std::string unified_diff(std::string_view before, std::string_view after, std::string_view name,
                                       std::string_view what = "formatted");

/// The text with every safe suggestion for it applied (`validate --fix`); others are left alone.
/// @param name  only diagnostics of that file count
[[nodiscard]] std::string apply_fixes(std::string_view text, std::string_view name,
                                      std::span<const Diagnostic> diagnostics);

}  // namespace planner
