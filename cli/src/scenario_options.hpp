#pragma once
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "planner/document.hpp"
#include "planner/origin.hpp"

namespace cli {

/// Which scenario, with what laid over it.
struct ScenarioOptions {
  std::string file;
  std::vector<std::string> patches, sets;
};

/// FILE, --patch and --set.
void add_scenario_options(CLI::App& command, ScenarioOptions& options);
/// --patch and --set alone, for commands with several files.
void add_overlay_options(CLI::App& command, ScenarioOptions& options);

/// The scenario's text, parsed and checked. A folder stands for the scenario.json in it, `-` for standard
/// input.
/// @throws planner::ScenarioError
[[nodiscard]] planner::Document load_scenario(const ScenarioOptions& options);

/// Loads it again with more laid over it.
[[nodiscard]] planner::LoadWith loader_of(const ScenarioOptions& options);

/// Path of the scenario's main file; as given, but for a folder.
[[nodiscard]] std::string scenario_file(const std::string& file);

/// @throws UsageError where the scenario has no such strategy, with the nearest name
void expect_strategy(const planner::Document& document, const std::string& strategy);

}  // namespace cli
