#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "planner/coverage.hpp"
#include "planner/number_text.hpp"
#include "planner/quantity.hpp"
#include "scenario_options.hpp"

namespace cli {

namespace {

struct CoverageOptions {
  ScenarioOptions scenario;
  std::string flow;
  std::string budget = "50 ms";
};

double budget_of(const std::string& text) {
  const auto parsed = planner::parse_quantity(text, planner::Dimension::time);
  if (const auto* error = std::get_if<planner::QuantityError>(&parsed)) {
    throw UsageError{"--budget: " + error->message};
  }
  return 1e3 * std::get<planner::ParsedQuantity>(parsed).value;
}

std::vector<std::string> flows_to_cover(const planner::Scenario& scenario, const std::string& asked) {
  std::vector<std::string> flows;
  for (const auto& [id, flow] : scenario.flows) flows.push_back(id);
  if (asked.empty()) return flows;
  if (std::ranges::find(flows, asked) != flows.end()) return {asked};
  throw UsageError{"unknown flow \"" + asked + "\"", did_you_mean(asked, flows, "")};
}

nlohmann::ordered_json reach_json(const std::vector<planner::Reach>& reached) {
  auto list = nlohmann::ordered_json::array();
  for (const planner::Reach& one : reached) {
    list.push_back({{"population", one.population},
                    {"site", one.site},
                    {"users", one.users},
                    {"round_trip", {{"value", one.round_trip}, {"unit", "ms"}}}});
  }
  return list;
}

Answer coverage(const CoverageOptions& options) {
  const double budget = budget_of(options.budget);
  Answer answer{.schema = "coverage/1"};
  answer.document["budget"] = {{"value", budget}, {"unit", "ms"}};
  auto& list = answer.document["coverage"] = nlohmann::ordered_json::array();
  answer.text = fmt::format("users whose network round trip is within {} ms, without load\n",
                            planner::number_text(budget));
  for (const planner::Resolution& resolution : load_scenario(options.scenario).resolve_all()) {
    const planner::Scenario& scenario = resolution.scenario();
    for (const std::string& flow : flows_to_cover(scenario, options.flow)) {
      const std::vector<planner::Reach> reached = planner::reach(scenario, flow);
      const double share = planner::covered_share(scenario, flow, reached, budget);
      answer.text +=
          fmt::format("  {:<24} {:<16} {:>8}\n", scenario.strategy, flow, planner::percent_text(share));
      list.push_back({{"strategy", scenario.strategy},
                      {"flow", flow},
                      {"share", share},
                      {"reach", reach_json(reached)}});
    }
  }
  return answer;
}

}  // namespace

void add_coverage(CommandLine& line) {
  auto options = std::make_shared<CoverageOptions>();
  CLI::App& command = line.add("coverage", "Scenario", "users within a latency budget of their site",
                               [options](const Settings&) { return coverage(*options); });
  add_scenario_options(command, options->scenario);
  command.add_option("--flow", options->flow, "only this one")->type_name("NAME");
  command.add_option("--budget", options->budget, "network round trip; default 50 ms")->type_name("TIME");
}

}  // namespace cli
