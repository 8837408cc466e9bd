#include "map/schematic_layout.hpp"

#include <cmath>
#include <numbers>
#include <set>
#include <vector>

namespace gui {
namespace {

constexpr QPointF middle{0.5, 0.5};
constexpr double site_radius = 0.012, population_radius = 0.024;  // [world]

QPointF on_circle(double radius, double turn) {
  const double angle = 2 * std::numbers::pi * turn - std::numbers::pi / 2;
  return middle + radius * QPointF{1.5 * std::cos(angle), std::sin(angle)};
}

/// The site that serves most users of each population; that it hangs on where none does.
std::map<std::string, std::string> homes(const planner::Scenario& scenario,
                                         std::span<const planner::Reach> reached) {
  std::map<std::string, std::string> home;
  std::map<std::string, double> most;
  for (const auto& [id, population] : scenario.populations) home[id] = population.site;
  for (const planner::Reach& one : reached) {
    if (one.users <= most[one.population]) continue;
    most[one.population] = one.users;
    home[one.population] = one.site;
  }
  return home;
}

/// Sites with a service, a link or users: those that there is something to say of.
std::set<std::string> sites_in_use(const planner::Scenario& scenario,
                                   const std::map<std::string, std::string>& home) {
  std::set<std::string> used;
  for (const auto& [service, sites] : scenario.placement) {
    for (const auto& [id, placement] : sites) used.insert(id);
  }
  for (const auto& [id, link] : scenario.links) used.insert({link.a, link.b});
  for (const auto& [population, site] : home) used.insert(site);
  std::erase_if(used, [&](const std::string& id) { return !scenario.sites.contains(id); });
  return used;
}

}  // namespace

SchematicLayout schematic_layout(const planner::Scenario& scenario, std::span<const planner::Reach> reached) {
  SchematicLayout layout;
  const auto home = homes(scenario, reached);
  std::vector<std::string> places;
  std::map<std::string, std::vector<std::string>> guests;
  for (const std::string& id : sites_in_use(scenario, home)) places.push_back(id);
  for (const auto& [id, site] : home) {
    if (!scenario.sites.contains(site) && guests[site].empty()) places.push_back(site);
    guests[site].push_back(id);
  }
  const auto count = static_cast<double>(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    const double turn = static_cast<double>(i) / count;
    if (scenario.sites.contains(places[i])) {
      layout.sites[places[i]] = places.size() == 1 ? middle : on_circle(site_radius, turn);
    }
    const auto& here = guests[places[i]];
    const auto seats = static_cast<double>(here.size());
    for (std::size_t k = 0; k < here.size(); ++k) {
      const double seat = (static_cast<double>(k) + 0.5) / seats - 0.5;  // within the site's own sector
      layout.populations[here[k]] = on_circle(population_radius, turn + 0.85 * seat / count);
    }
  }
  return layout;
}

}  // namespace gui
