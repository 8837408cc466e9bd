#pragma once
#include <QString>

#include "planner/diagnostic.hpp"

/// The planner's diagnostics in the window's words: the codes and sentences of the command line.
namespace gui {

/// `✗ E1204`
[[nodiscard]] QString code_text(const planner::Diagnostic& issue);
/// The sentence with its proposals.
[[nodiscard]] QString message_text(const planner::Diagnostic& issue);
/// Both, in one line.
[[nodiscard]] QString short_text(const planner::Diagnostic& issue);

}  // namespace gui
