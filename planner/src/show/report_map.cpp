#include <fmt/format.h>

#include <map>

#include "planner/number_text.hpp"
#include "show/report_model.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

std::string degrees(double value) { return fmt::format("{:.2f}", value); }

/// Sites by id with the strategies that place something there.
std::map<std::string, Json> hosts(const ReportInput& input) {
  std::map<std::string, Json> by_site;
  for (const Scenario& scenario : input.scenarios) {
    std::map<std::string, bool> used;
    for (const auto& [service, sites] : scenario.placement) {
      for (const auto& [site, placement] : sites) used[site] = true;
    }
    for (const auto& [site, yes] : used) {
      if (by_site[site].is_null()) by_site[site] = Json::array();
      for (std::size_t i = 0; i < input.study.strategies.size(); ++i) {
        if (input.study.strategies[i].strategy == scenario.strategy) by_site[site].push_back(i);
      }
    }
  }
  return by_site;
}

}  // namespace

ReportSection map_section(const ReportInput& input) {
  ReportSection section{"map", "Places", {}, {}};
  if (input.scenarios.empty()) return section;
  const Scenario& base = input.scenarios.front();
  ReportFigure figure{"Sites and users",
                      "Squares are sites, filled where a strategy places something; circles are populations, "
                      "as large as their number of users. Land: Natural Earth.",
                      {{"place", "what", "used by", "latitude", "longitude", "users"}, {}, 3},
                      {}};
  figure.chart = {{"kind", "map"},
                  {"names", series_names(input.study)},
                  {"sites", Json::array()},
                  {"populations", Json::array()}};
  const auto used = hosts(input);
  for (const auto& [id, site] : base.sites) {
    if (!site.at) continue;
    const auto found = used.find(id);
    const Json by = found == used.end() ? Json::array() : found->second;
    std::string strategies;
    for (const std::size_t index : by) {
      strategies += (strategies.empty() ? "" : ", ") + input.study.strategies[index].strategy;
    }
    figure.chart["sites"].push_back(
        {{"name", id},
         {"at", {chart_number(site.at->longitude), chart_number(site.at->latitude)}},
         {"used", by}});
    figure.table.rows.push_back({id, site.tier.empty() ? "site" : site.tier, strategies,
                                 degrees(site.at->latitude), degrees(site.at->longitude), ""});
  }
  for (const auto& [id, population] : base.populations) {
    if (!population.at) continue;
    const Place& at = *population.at;
    figure.chart["populations"].push_back({{"name", id},
                                           {"at", {chart_number(at.longitude), chart_number(at.latitude)}},
                                           {"users", chart_number(population.users)}});
    figure.table.rows.push_back(
        {id, "population", "", degrees(at.latitude), degrees(at.longitude), number_text(population.users)});
  }
  if (!figure.table.rows.empty()) section.figures.push_back(std::move(figure));
  return section;
}

}  // namespace planner
