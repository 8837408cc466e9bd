#include <algorithm>
#include <memory>

#include "commands.hpp"
#include "study_options.hpp"

namespace cli {

namespace {

struct CompareOptions {
  StudyRequest study;
  std::string baseline;
};

/// The baseline is always among them: the others are compared with it.
std::vector<std::string> strategies_to_compare(const CompareOptions& options,
                                               const planner::Document& document,
                                               const std::string& baseline) {
  const std::vector<std::string>& asked = options.study.strategies;
  if (asked.empty()) return document.strategies();
  for (const std::string& name : asked) expect_strategy(document, name);
  std::vector<std::string> chosen;
  for (const std::string& name : document.strategies()) {
    if (name == baseline || std::ranges::find(asked, name) != asked.end()) chosen.push_back(name);
  }
  return chosen;
}

Answer compare(const CompareOptions& options, const Settings& settings) {
  const planner::Document document = load_scenario(options.study.scenario);
  const std::string& baseline = options.baseline.empty() ? document.baseline() : options.baseline;
  expect_strategy(document, baseline);
  return study_answer(simulate(options.study, document, strategies_to_compare(options, document, baseline),
                               baseline, settings),
                      StudyView::comparison, settings);
}

}  // namespace

void add_compare(CommandLine& line) {
  auto options = std::make_shared<CompareOptions>();
  CLI::App& command = line.add("compare", "Simulate", "simulate the strategies side by side",
                               [options](const Settings& settings) { return compare(*options, settings); });
  add_study_options(command, options->study);
  command.add_option("--baseline", options->baseline, "what the others are compared with")
      ->type_name("NAME")
      ->group("Scenario");
}

}  // namespace cli
