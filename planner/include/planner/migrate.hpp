#pragma once
#include <string>
#include <vector>

#include "planner/diagnostic.hpp"

/// Brings scenario files of older formats to the one that this program reads.
namespace planner {

/// The format that this program reads and writes.
inline constexpr const char* scenario_format = "1.0";

struct Migration {
  std::string from;                  ///< format that the text was of
  std::string text;                  ///< of format scenario_format
  std::vector<std::string> changes;  ///< what was changed in its meaning or its form, a sentence each
};

/// Applies the rules of each later format in turn, as edits that keep comments and layout.
/// @param name  how diagnostics call the text
/// @throws ScenarioError where the text is no JSON with comments, states no format, or one that this program
///         does not know (of a later version, say)
[[nodiscard]] Migration migrate(const std::string& text, const std::string& name);

}  // namespace planner
