#include <algorithm>
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

bool needs_baseline(const planner::Document& document, const std::string& strategy) {
  const planner::Resolution resolution = document.resolve(strategy);
  return std::ranges::any_of(resolution.scenario().assertions,
                             [](const planner::Assertion& assertion) { return uses_baseline(assertion); });
}

/// The baseline comes along where an assertion compares with it.
std::vector<std::string> strategies_to_run(RunOptions& options, const planner::Document& document) {
  if (options.all) return document.strategies();
  const std::string& baseline = document.baseline();
  std::vector<std::string> chosen = options.study.strategies;
  if (chosen.empty()) return {baseline};
  for (const std::string& name : chosen) expect_strategy(document, name);
  const bool there = std::ranges::find(chosen, baseline) != chosen.end();
  if (!there && std::ranges::any_of(chosen, [&](const auto& name) { return needs_baseline(document, name); }))
    chosen.insert(chosen.begin(), options.study.companion = baseline);
  return chosen;
}

Answer run(RunOptions options, const Settings& settings) {
  if (options.all && !options.study.strategies.empty()) {
    throw UsageError{"--all and --strategy exclude each other"};
  }
  const planner::Document document = load_scenario(options.study.scenario);
  const std::vector<std::string> strategies = strategies_to_run(options, document);
  return study_answer(simulate(options.study, document, strategies, document.baseline(), settings),
                      StudyView::detail, settings);
}

}  // namespace

void add_run(CommandLine& line) {
  auto options = std::make_shared<RunOptions>();
  CLI::App& command = line.add("run", "Simulate", "simulate a strategy, in detail",
                               [options](const Settings& settings) { return run(*options, settings); });
  line.offer(command, study_formats());
  add_study_options(command, options->study);
  command.add_flag("--all", options->all, "every strategy, not the baseline alone")->group("Scenario");
}

}  // namespace cli
