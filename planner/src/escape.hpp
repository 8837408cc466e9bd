#pragma once
#include <string>
#include <string_view>

/// Text of a scenario inside other formats.
namespace planner {

/// For XML and HTML: neither markup nor the end of an attribute, whatever it holds.
[[nodiscard]] std::string markup_text(std::string_view text);

/// RFC 4180: in quotes where a comma, a quote or a line break is in it.
[[nodiscard]] std::string csv_cell(std::string_view text);
/// Nine significant digits; empty for what is not finite.
[[nodiscard]] std::string csv_number(double value);

}  // namespace planner
