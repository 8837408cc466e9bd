#pragma once
#include <QString>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "map/map_scene.hpp"

namespace gui {

/// What a map colours, by id of site and population; nothing for those without a figure.
struct MapValues {
  QString title, unit;
  std::map<std::string, double> sites, populations;
  /// Of the colours where it is not that of the values: all slices of a series share one.
  std::optional<std::pair<double, double>> range{};
  /// Beyond it a value is alarming.
  std::optional<double> limit{};
  QString limit_name{};
};

/// Picks the figures out of a result, which holds them by slice, row and pool.
/// @param deadline  of the flow [ms]
[[nodiscard]] MapValues map_values(const MapQuestion& question, const planner::StrategyResult* result,
                                   std::span<const planner::Reach> reached, std::optional<double> deadline);

}  // namespace gui
