#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "study_options.hpp"

namespace cli {

namespace {

struct RunOptions {
  StudyRequest study;
  bool all = false;
};

std::vector<std::string> strategies_to_run(const RunOptions& options, const planner::Document& document) {
  if (options.all) return document.strategies();
  if (options.study.strategies.empty()) return {document.baseline()};
  for (const std::string& name : options.study.strategies) expect_strategy(document, name);
  return options.study.strategies;
}

Answer run(const RunOptions& options, const Settings& settings) {
  if (options.all && !options.study.strategies.empty()) {
    throw UsageError{"--all and --strategy exclude each other"};
  }
  const planner::Document document = load_scenario(options.study.scenario);
  return study_answer(
      simulate(options.study, document, strategies_to_run(options, document), document.baseline(), settings),
      StudyView::detail, settings);
}

}  // namespace

void add_run(CommandLine& line) {
  auto options = std::make_shared<RunOptions>();
  CLI::App& command = line.add("run", "Simulate", "simulate a strategy, in detail",
                               [options](const Settings& settings) { return run(*options, settings); });
  add_study_options(command, options->study);
  command.add_flag("--all", options->all, "every strategy, not the baseline alone")->group("Scenario");
}

}  // namespace cli
