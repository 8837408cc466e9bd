#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "planner/diagnostic.hpp"

/// Changes of a scenario's text that an editor makes one at a time: everything else in it, comments, order
/// and spelling, stays as it is. A text in canonical form (format_scenario) stays in canonical form, another
/// one is changed at that place alone, so the difference is what one would have typed.
///
/// Meaning is not checked: the next Document::parse tells. O(text). All throw ScenarioError where the text is
/// not valid JSON with comments, or the edit cannot be made (stated at each).
namespace planner {

struct ParsedText;

/// Whether a text is as format_scenario() writes it.
enum class Form : std::uint8_t { canonical, free };
/// @param parsed  a text without issues; any other is free
[[nodiscard]] Form form_of(const ParsedText& parsed);

/// The text with `json` at `pointer`. Objects that are missing on the way are made; a new member goes to the
/// end of its object.
/// @param pointer  RFC 6901, into the file; not empty; an array's items are counted from 0 and must exist
/// @param json     JSON text of the value; comments around it are left out
/// @throws ScenarioError also where `json` is no JSON, or the way leads through a value that has no members
[[nodiscard]] std::string with_value(std::string_view text, std::string_view pointer, std::string_view json);
/// The same for an editor, which knows its text already: a copy, and work for the place of the edit alone.
/// @param form  form_of(text)
[[nodiscard]] std::string with_value(const ParsedText& text, Form form, std::string_view pointer,
                                     std::string_view json);

/// The text without the member that `pointer` names; its comments stay.
/// @throws ScenarioError also where nothing is there, or it is no member of an object
[[nodiscard]] std::string without_value(std::string_view text, std::string_view pointer);
/// The same for an editor; a canonical text is formatted anew as a whole where comments or blank lines are at
/// its side.
[[nodiscard]] std::string without_value(const ParsedText& text, Form form, std::string_view pointer);

/// The outcome of an edit, in canonical form if that is how the text was written before.
[[nodiscard]] std::string in_form_of(std::string_view before, std::string after);

/// Text as a JSON string, quotes included.
[[nodiscard]] std::string json_string(std::string_view text);

}  // namespace planner
