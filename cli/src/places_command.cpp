#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "commands.hpp"
#include "failure.hpp"
#include "planner/number_text.hpp"
#include "planner/place_values.hpp"
#include "study_options.hpp"

namespace cli {

namespace {

struct PlacesOptions {
  StudyRequest study;
  std::string flow;
};

using Values = std::map<std::string, double>;

/// Sites, or populations, with what each metric tells of them.
struct Table {
  std::string heading;
  std::vector<std::pair<planner::PlaceMetric, Values>> columns;  ///< that tell of any place

  void add(planner::PlaceMetric metric, Values values) {
    if (!values.empty()) columns.emplace_back(metric, std::move(values));
  }
  [[nodiscard]] std::set<std::string> places() const {
    std::set<std::string> ids;
    for (const auto& [metric, values] : columns)
      for (const auto& [id, value] : values) ids.insert(id);
    return ids;
  }
  [[nodiscard]] std::string text() const {
    std::string text = fmt::format("  {:<24}", heading);
    for (const auto& [metric, values] : columns)
      text += fmt::format(" {:>22}", fmt::format("{} [{}]", planner::name(metric), planner::unit_of(metric)));
    for (const std::string& id : places()) {
      text += fmt::format("\n  {:<24}", id);
      for (const auto& [metric, values] : columns) {
        const auto found = values.find(id);
        text += fmt::format(" {:>22}", found == values.end() ? "-" : planner::number_text(found->second));
      }
    }
    return text + "\n";
  }
  [[nodiscard]] nlohmann::ordered_json json() const {
    auto json = nlohmann::ordered_json::object();
    for (const std::string& id : places()) {
      auto& place = json[id] = nlohmann::ordered_json::object();
      for (const auto& [metric, values] : columns) {
        if (const auto found = values.find(id); found != values.end())
          place[std::string{planner::name(metric)}] = {{"value", found->second},
                                                       {"unit", planner::unit_of(metric)}};
      }
    }
    return json;
  }
};

std::string flow_of(const PlacesOptions& options, const planner::Scenario& scenario) {
  std::vector<std::string> known;
  for (const auto& [id, flow] : scenario.flows) known.push_back(id);
  if (options.flow.empty()) return known.empty() ? std::string{} : known.front();
  if (!scenario.flows.contains(options.flow))
    throw UsageError{"unknown flow \"" + options.flow + "\"", did_you_mean(options.flow, known, "")};
  return options.flow;
}

Answer places(const PlacesOptions& options, const Settings& settings) {
  const planner::Document document = load_scenario(options.study.scenario);
  std::vector<std::string> strategies = options.study.strategies;
  for (const std::string& name : strategies) expect_strategy(document, name);
  if (strategies.empty()) strategies = {document.baseline()};
  const StudyOutcome outcome = simulate(options.study, document, strategies, document.baseline(), settings);
  Answer answer{.schema = "places/1"};
  answer.code = outcome.code;
  auto& list = answer.document["places"] = nlohmann::ordered_json::array();
  for (const std::string& strategy : strategies) {
    const auto result =
        std::ranges::find(outcome.study.strategies, strategy, &planner::StrategyResult::strategy);
    if (result == outcome.study.strategies.end()) continue;
    const planner::Resolution resolution = document.resolve(strategy);
    const std::string flow = flow_of(options, resolution.scenario());
    const auto reached = planner::reach(resolution.scenario(), flow);
    Table sites{"site", {}}, populations{"population", {}};
    for (const planner::PlaceMetric metric : planner::place_metrics) {
      planner::PlaceValues values = planner::place_values(metric, &*result, reached, flow);
      sites.add(metric, std::move(values.sites));
      populations.add(metric, std::move(values.populations));
    }
    answer.text += fmt::format("{}, flow {}\n{}{}", strategy, flow, sites.text(), populations.text());
    list.push_back({{"strategy", strategy},
                    {"flow", flow},
                    {"sites", sites.json()},
                    {"populations", populations.json()}});
  }
  return answer;
}

}  // namespace

void add_places(CommandLine& line) {
  auto options = std::make_shared<PlacesOptions>();
  CLI::App& command = line.add("places", "Simulate", "results by site and population, as on a map",
                               [options](const Settings& settings) { return places(*options, settings); });
  add_study_options(command, options->study);
  command.add_option("--flow", options->flow, "whose latency (default: the first)")
      ->type_name("NAME")
      ->group("Output");
}

}  // namespace cli
