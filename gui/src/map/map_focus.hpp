#pragma once
#include <set>
#include <string>

#include "planner/scenario.hpp"

namespace gui {

/// Ids of what a map points out.
struct MapFocus {
  std::set<std::string> sites, populations, links;
  friend bool operator==(const MapFocus&, const MapFocus&) = default;
};

/// Where on a map the entry at `pointer` is: a site, population or link itself; the population of a workload;
/// the sites where a service is placed.
[[nodiscard]] MapFocus focus_of(const std::string& pointer, const planner::Scenario& scenario);

}  // namespace gui
