#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <sstream>

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
  std::string area;  ///< population whose access counts; empty: no area
  std::string box;   ///< west,south,east,north; empty: around all places
};

constexpr std::uint32_t raster_side = 160;

/// What `--box` says, or the places of the scenario with some degrees around them.
planner::Raster raster_of(const CoverageOptions& options, const planner::Scenario& scenario) {
  constexpr double margin = 3;  // [degree]
  if (options.box.empty()) {
    const auto around = planner::raster_around(scenario, margin, raster_side, raster_side);
    if (!around) throw UsageError{"--area: nothing in the scenario has coordinates", "give a --box W,S,E,N"};
    return *around;
  }
  planner::Raster raster{.columns = raster_side, .rows = raster_side};
  std::istringstream text{options.box};
  char comma = ',';
  text >> raster.west >> comma >> raster.south >> comma >> raster.east >> comma >> raster.north;
  const bool on_earth =
      raster.west >= -180 && raster.east <= 180 && raster.south >= -90 && raster.north <= 90;
  if (!text || !text.eof() || !on_earth || raster.west >= raster.east || raster.south >= raster.north)
    throw UsageError{"--box: \"" + options.box + "\" is no box",
                     "such as --box -10,36,30,60 (W,S,E,N in degrees)"};
  return raster;
}

/// The area of each strategy's flows, and what it gains and loses against the baseline.
class Areas {
 public:
  Areas(const CoverageOptions& options, const planner::Scenario& baseline, double budget)
      : options_{options}, budget_{budget}, baseline_{baseline}, raster_{raster_of(options, baseline)} {}

  struct Area {
    double covered = 0;           ///< [km^2]
    double gained = 0, lost = 0;  ///< against the baseline [km^2]
    bool compared = false;
  };
  [[nodiscard]] Area of(const planner::Scenario& scenario, const std::string& flow) {
    const auto field = planner::round_trip_field(scenario, flow, options_.area, raster_);
    Area area{.covered = planner::covered_area(raster_, field, budget_)};
    const bool both = baseline_.flows.contains(flow) && baseline_.populations.contains(options_.area);
    if (scenario.strategy == baseline_.strategy || !both) return area;
    const auto [known, added] = of_baseline_.try_emplace(flow);
    if (added) known->second = planner::round_trip_field(baseline_, flow, options_.area, raster_);
    area.gained = planner::gained_area(raster_, field, known->second, budget_);
    area.lost = planner::gained_area(raster_, known->second, field, budget_);
    area.compared = true;
    return area;
  }

  [[nodiscard]] nlohmann::ordered_json json(const Area& area) const {
    nlohmann::ordered_json json{{"value", area.covered},
                                {"unit", "km2"},
                                {"access_of", options_.area},
                                {"box",
                                 {{"west", raster_.west},
                                  {"south", raster_.south},
                                  {"east", raster_.east},
                                  {"north", raster_.north}}}};
    if (area.compared)
      json["against"] = {{"strategy", baseline_.strategy}, {"gained", area.gained}, {"lost", area.lost}};
    return json;
  }

  [[nodiscard]] static std::string text(const Area& area) {
    std::string text = fmt::format(" {:>14} km2", planner::number_text(area.covered));
    if (area.compared)
      text += fmt::format("  +{} -{}", planner::number_text(area.gained), planner::number_text(area.lost));
    return text;
  }

 private:
  const CoverageOptions& options_;
  double budget_;
  const planner::Scenario& baseline_;
  planner::Raster raster_;
  std::map<std::string, std::vector<float>> of_baseline_;  ///< by flow
};

void expect_population(const CoverageOptions& options, const planner::Scenario& scenario) {
  if (options.area.empty() || scenario.populations.contains(options.area)) return;
  std::vector<std::string> known;
  for (const auto& [id, population] : scenario.populations) known.push_back(id);
  throw UsageError{"--area: unknown population \"" + options.area + "\"",
                   did_you_mean(options.area, known, "")};
}

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

const planner::Scenario& baseline_of(const std::vector<planner::Resolution>& resolutions) {
  const auto found = std::ranges::find_if(
      resolutions, [](const planner::Resolution& each) { return each.scenario().baseline; });
  return (found != resolutions.end() ? *found : resolutions.front()).scenario();
}

std::string heading(const CoverageOptions& options, double budget) {
  return fmt::format("users whose network round trip is within {} ms, without load; mean of all [ms]{}\n",
                     planner::number_text(budget),
                     options.area.empty() ? "" : "; area, + gained and - lost against the baseline");
}

Answer coverage(const CoverageOptions& options) {
  const double budget = budget_of(options.budget);
  Answer answer{.schema = "coverage/1"};
  answer.document["budget"] = {{"value", budget}, {"unit", "ms"}};
  auto& list = answer.document["coverage"] = nlohmann::ordered_json::array();
  answer.text = heading(options, budget);
  const std::vector<planner::Resolution> resolutions = load_scenario(options.scenario).resolve_all();
  for (const planner::Resolution& each : resolutions) expect_population(options, each.scenario());
  std::optional<Areas> areas;
  if (!options.area.empty()) areas.emplace(options, baseline_of(resolutions), budget);
  for (const planner::Resolution& resolution : resolutions) {
    const planner::Scenario& scenario = resolution.scenario();
    for (const std::string& flow : flows_to_cover(scenario, options.flow)) {
      const std::vector<planner::Reach> reached = planner::reach(scenario, flow);
      const double share = planner::covered_share(scenario, flow, reached, budget);
      const std::optional<double> mean = planner::mean_round_trip(reached);
      answer.text += fmt::format("  {:<24} {:<16} {:>8} {:>8}", scenario.strategy, flow,
                                 planner::percent_text(share), mean ? planner::number_text(*mean) : "-");
      auto& entry = list.emplace_back(nlohmann::ordered_json{
          {"strategy", scenario.strategy}, {"flow", flow}, {"share", share}, {"reach", reach_json(reached)}});
      if (mean) entry["mean_round_trip"] = {{"value", *mean}, {"unit", "ms"}};
      if (areas) {
        const Areas::Area area = areas->of(scenario, flow);
        entry["area"] = areas->json(area);
        answer.text += Areas::text(area);
      }
      answer.text += "\n";
    }
  }
  if (areas)
    answer.text += "area, land and sea, where users with the access of " + options.area + " are within\n";
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
  command.add_option("--area", options->area, "also the area, for users with its access")
      ->type_name("POPULATION");
  command.add_option("--box", options->box, "where the area is measured; around all places")
      ->type_name("W,S,E,N");
}

}  // namespace cli
