#pragma once
#include <cstdint>
#include <string>
#include <string_view>

/// Text of a scenario inside other formats.
namespace planner {

/// For XML and HTML: neither markup nor the end of an attribute, whatever it holds.
[[nodiscard]] std::string markup_text(std::string_view text);
/// The same for XML 1.0, which cannot hold control characters: they become `?`.
[[nodiscard]] std::string xml_text(std::string_view text);
/// For a table's cell in Markdown: no markup, no mention of a user, no end of the cell.
[[nodiscard]] std::string markdown_text(std::string_view text);

/// Where in a workflow command a text stands: https://docs.github.com/actions, "Workflow commands".
enum class CommandPlace : std::uint8_t { property, message };
/// For GitHub's runner: no end of the command or of its property.
[[nodiscard]] std::string command_text(std::string_view text, CommandPlace place);

/// RFC 4180: in quotes where a comma, a quote or a line break is in it.
[[nodiscard]] std::string csv_cell(std::string_view text);
/// Nine significant digits; empty for what is not finite.
[[nodiscard]] std::string csv_number(double value);

}  // namespace planner
