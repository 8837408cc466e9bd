#pragma once
#include <string>

/// What GitHub Actions offers to programs that run in it.
namespace cli {

[[nodiscard]] bool runs_in_github_actions();

/// Appends to the summary of the job's step, where there is one; at most 900 KiB, of the 1 MiB allowed.
/// @return what went wrong, to be told; empty if nothing did
[[nodiscard]] std::string write_step_summary(const std::string& markdown);

/// The text with every `::` broken up, so that no title of a scenario is taken for a workflow command.
[[nodiscard]] std::string without_commands(std::string text);

}  // namespace cli
