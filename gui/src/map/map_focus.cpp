#include "map/map_focus.hpp"

#include <vector>

#include "planner/value.hpp"

namespace gui {
namespace {

/// Where a service is placed; all of its sites, or the one that is named.
std::set<std::string> sites_of(const planner::Scenario& scenario, const std::string& service,
                               const std::string& site) {
  std::set<std::string> sites;
  const auto placed = scenario.placement.find(service);
  if (placed == scenario.placement.end()) return sites;
  for (const auto& [id, placement] : placed->second) {
    if (site.empty() || id == site) sites.insert(id);
  }
  return sites;
}

}  // namespace

MapFocus focus_of(const std::string& pointer, const planner::Scenario& scenario) {
  const std::vector<std::string> tokens = planner::pointer_tokens(pointer);
  if (tokens.size() < 2) return {};
  const std::string &section = tokens[0], &id = tokens[1];
  if (section == "sites") return {.sites = {id}, .populations = {}, .links = {}};
  if (section == "populations") return {.sites = {}, .populations = {id}, .links = {}};
  if (section == "links") return {.sites = {}, .populations = {}, .links = {id}};
  if (section == "services" || section == "placement") {
    const std::string site = section == "placement" && tokens.size() > 2 ? tokens[2] : std::string{};
    return {.sites = sites_of(scenario, id, site), .populations = {}, .links = {}};
  }
  const auto workload = scenario.workloads.find(id);
  if (section == "workloads" && workload != scenario.workloads.end())
    return {.sites = {}, .populations = {workload->second.population}, .links = {}};
  return {};
}

}  // namespace gui
