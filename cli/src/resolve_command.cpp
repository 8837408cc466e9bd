#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "scenario_options.hpp"

namespace cli {

namespace {

struct ResolveOptions {
  ScenarioOptions scenario;
  std::string strategy;
  std::string pointer;
};

Answer effective_scenario(const planner::Resolution& resolution) {
  Answer answer;
  answer.document = resolution.json();
  answer.text = answer.document.dump(2) + "\n";
  return answer;
}

Answer explanation(const planner::Resolution& resolution, const std::string& pointer) {
  const std::vector<planner::ValueOrigin> origins = resolution.explain(pointer);
  if (origins.empty()) throw UsageError{"nothing stands at " + pointer + " in the resolved scenario"};
  Answer answer{.schema = "origins/1"};
  answer.document["pointer"] = pointer;
  auto& layers = answer.document["layers"] = nlohmann::ordered_json::array();
  answer.text = pointer + ", lowest layer first, the last one counts:\n";
  for (const planner::ValueOrigin& origin : origins) {
    const std::string place =
        origin.file + ":" + std::to_string(origin.at.line) + ":" + std::to_string(origin.at.column);
    layers.push_back({{"layer", origin.layer},
                      {"file", origin.file},
                      {"line", origin.at.line},
                      {"column", origin.at.column},
                      {"value", origin.value}});
    answer.text += "  " + origin.layer + "  " + (origin.value.empty() ? "(deleted)" : origin.value) +
                   "\n      " + place + "\n";
  }
  return answer;
}

Answer resolve(const ResolveOptions& options) {
  const planner::Document document = load_scenario(options.scenario);
  const std::string& strategy = options.strategy.empty() ? document.baseline() : options.strategy;
  expect_strategy(document, strategy);
  const planner::Resolution resolution = document.resolve(strategy);
  return options.pointer.empty() ? effective_scenario(resolution) : explanation(resolution, options.pointer);
}

}  // namespace

void add_resolve(CommandLine& line) {
  auto options = std::make_shared<ResolveOptions>();
  CLI::App& command = line.add("resolve", "Scenario", "print the scenario a strategy amounts to",
                               [options](const Settings&) { return resolve(*options); });
  add_scenario_options(command, options->scenario);
  command.add_option("--strategy", options->strategy, "which one; the baseline by default")
      ->type_name("NAME")
      ->group("Scenario");
  command.add_option("--explain", options->pointer, "which layers set this value, instead")->type_name("PTR");
}

}  // namespace cli
