#include <algorithm>
#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "planner/quantity.hpp"
#include "planner/sensitivity.hpp"
#include "signals.hpp"
#include "study_options.hpp"

namespace cli {

namespace {

struct SensitivityOptions {
  StudyRequest study;
  std::string flow, by = "10 %";
  std::size_t top = 12;
};

double share_of(const std::string& text) {
  const auto parsed = planner::parse_quantity(text, planner::Dimension::ratio);
  const auto* share = std::get_if<planner::ParsedQuantity>(&parsed);
  if (share == nullptr || !(share->value > 0 && share->value < 1))
    throw UsageError{"--by: \"" + text + "\" is not between 0 and 100 %"};
  return share->value;
}

Answer sensitivity(const SensitivityOptions& options, const Settings& settings) {
  const double by = share_of(options.by);
  const planner::Document document = load_scenario(options.study.scenario);
  if (options.study.strategies.size() > 1) throw UsageError{"sensitivity is about one --strategy at a time"};
  const std::string strategy =
      options.study.strategies.empty() ? document.baseline() : options.study.strategies.front();
  expect_strategy(document, strategy);
  const planner::Scenario scenario = scenario_of(options.study, document, strategy);
  if (!options.flow.empty() && !scenario.flows.contains(options.flow))
    throw UsageError{"unknown flow \"" + options.flow + "\""};
  const auto load = [&](const std::vector<std::string>& sets) {
    ScenarioOptions file = options.study.scenario;
    file.sets.insert(file.sets.end(), sets.begin(), sets.end());
    return load_scenario(file);
  };
  planner::Sensitivity all;
  supervised(options.study, settings, [&](planner::StudyOptions study, planner::ResultStore*) {
    study.replications = scenario.experiment.min_replications;
    all = planner::find_sensitivity(load, strategy, options.flow, by, study);
  });
  Answer answer{.text = planner::render_sensitivity(all, options.top, text_options(settings)),
                .schema = "sensitivity/1"};
  answer.document = planner::sensitivity_json(all);
  if (const auto signal = stop_signal()) answer.code = *signal;
  return answer;
}

}  // namespace

void add_sensitivity(CommandLine& line) {
  auto options = std::make_shared<SensitivityOptions>();
  CLI::App& command =
      line.add("sensitivity", "Simulate", "which inputs the answer hangs on",
               [options](const Settings& settings) { return sensitivity(*options, settings); });
  add_study_options(command, options->study);
  const auto option = [&](const std::string& name, auto& target, const std::string& type,
                          const std::string& what) {
    command.add_option(name, target, what)->type_name(type)->group("Simulation");
  };
  option("--by", options->by, "10%", "how far each input is lowered and raised");
  option("--flow", options->flow, "NAME", "whose p99; the first by default");
  option("--top", options->top, "N", "how many inputs are printed");
}

}  // namespace cli
