#include "scenario_options.hpp"

#include <algorithm>
#include <filesystem>

#include "failure.hpp"
#include "files.hpp"

namespace cli {

void add_overlay_options(CLI::App& command, ScenarioOptions& options) {
  command.add_option("--set", options.sets, "/pointer=value laid over it (repeatable)")
      ->type_name("PTR=VAL")
      ->expected(1)
      ->take_all()
      ->group("Scenario");
  command.add_option("--patch", options.patches, "merge patch laid over it (repeatable)")
      ->type_name("FILE")
      ->expected(1)
      ->take_all()
      ->group("Scenario");
}

void add_scenario_options(CLI::App& command, ScenarioOptions& options) {
  command.add_option("FILE", options.file, "a scenario, its folder, or - (standard input)")
      ->type_name("")
      ->required();
  add_overlay_options(command, options);
}

std::string scenario_file(const std::string& file) {
  std::error_code ignored;
  if (file != "-" && std::filesystem::is_directory(file, ignored)) {
    return (std::filesystem::path{file} / "scenario.json").string();
  }
  return file;
}

namespace {

/// All of standard input, which can be read but once, though a command may load its scenario again and again.
const std::string& standard_input() {
  static const std::string text = read_file("-");
  return text;
}

}  // namespace

planner::Document load_scenario(const ScenarioOptions& options) {
  const planner::Overlays overlays{.patches = {options.patches.begin(), options.patches.end()},
                                   .sets = options.sets};
  if (options.file == "-") return planner::Document::parse(standard_input(), "<stdin>", ".", overlays);
  return planner::Document::load(scenario_file(options.file), overlays);
}

planner::LoadWith loader_of(const ScenarioOptions& options) {
  return [options](const std::vector<std::string>& sets) {
    ScenarioOptions more = options;
    more.sets.insert(more.sets.end(), sets.begin(), sets.end());
    return load_scenario(more);
  };
}

void expect_strategy(const planner::Document& document, const std::string& strategy) {
  const std::vector<std::string>& known = document.strategies();
  if (std::ranges::find(known, strategy) != known.end()) return;
  std::string all;
  for (const std::string& name : known) all += (all.empty() ? "" : ", ") + name;
  throw UsageError{"unknown strategy \"" + strategy + "\"",
                   did_you_mean(strategy, known, "the scenario has " + all)};
}

}  // namespace cli
