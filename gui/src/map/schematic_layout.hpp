#pragma once
#include <QPointF>
#include <map>
#include <span>
#include <string>

#include "planner/coverage.hpp"
#include "planner/scenario.hpp"

namespace gui {

/// Places without geography, in world coordinates: sites on a circle in the order of their ids, each
/// population beyond the site that serves most of its users, those of one site side by side. Deterministic.
struct SchematicLayout {
  std::map<std::string, QPointF> sites, populations;
};
[[nodiscard]] SchematicLayout schematic_layout(const planner::Scenario& scenario,
                                               std::span<const planner::Reach> reached);

}  // namespace gui
