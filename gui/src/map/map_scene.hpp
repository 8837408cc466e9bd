#pragma once
#include <QPointF>
#include <QRectF>
#include <QString>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "planner/coverage.hpp"
#include "planner/place_values.hpp"
#include "planner/results.hpp"
#include "planner/scenario.hpp"

namespace gui {

/// What the colours of the map tell.
using MapColor = planner::PlaceMetric;
/// Where things stand: at their coordinates, or in rings around what serves them.
enum class MapLayout : std::uint8_t { geographic, schematic };

/// A site or population as the map draws it, in world coordinates (projection.hpp).
struct MapNode {
  enum class Kind : std::uint8_t { region, metro, pop, edge, on_premises, population };
  std::string id;
  Kind kind = Kind::region;
  QPointF at;
  double weight = 0;            ///< users of a population
  std::optional<double> value;  ///< of the legend's unit
  enum class Use : std::uint8_t { unused, used } use = Use::used;
  enum class Hold : std::uint8_t { fixed, movable } hold = Hold::fixed;  ///< whether the mouse may drag it
  /// Whether the value is beyond what is meant to be: the flow's deadline, nine tenths of a pool.
  enum class State : std::uint8_t { good, alarming } state = State::good;
  QString label{};  ///< the value as text, for beside the name; empty: none
  QString tip{};
};

/// How full a link is, told apart by colour and by dashes.
enum class LinkBand : std::uint8_t { unknown, half_empty, filling, full, overfull };
/// Up to 50, 80 and 90 %, and above; unknown: not simulated, or no bandwidth is said.
[[nodiscard]] LinkBand link_band(const std::optional<double>& load);

struct MapLine {
  enum class Kind : std::uint8_t { link, serves };
  Kind kind = Kind::link;
  QPointF from, to;
  double width = 1;                   ///< [pixel]
  std::optional<double> value{};      ///< of the legend's unit; of a link nothing
  LinkBand band = LinkBand::unknown;  ///< of a link: its fuller direction
  QString label{};                    ///< of a link: how full it is
  QString tip{};
  std::string id{};  ///< of a link
};

/// Text and range of the colours.
struct MapLegend {
  QString title, unit;
  double low = 0, high = 1;
  std::optional<double> limit{};  ///< beyond it a value is alarming
  QString limit_name{};
  [[nodiscard]] double share(double value) const { return high > low ? (value - low) / (high - low) : 0.5; }
};

/// All that a map shows of one strategy. Immutable.
struct MapScene {
  std::vector<MapNode> sites, populations;
  std::vector<MapLine> lines;
  MapLegend legend;
  MapLayout layout = MapLayout::geographic;
  QRectF bounds;
  double most_users = 0;
  enum class Loads : std::uint8_t { unknown, known } loads = Loads::unknown;  ///< of the links
  [[nodiscard]] bool has_links() const;
};

struct MapQuestion {
  MapColor color = MapColor::round_trip;
  MapLayout layout = MapLayout::geographic;
  std::string flow;
  std::optional<std::size_t> slice{};  ///< of the results over time; nothing: the whole run
};

/// @param result   of the same strategy; null: not simulated, so values but the round trip are missing
/// @param reached  planner::reach() of the flow
[[nodiscard]] MapScene make_scene(const planner::Scenario& scenario, const planner::StrategyResult* result,
                                  std::span<const planner::Reach> reached, const MapQuestion& question);

/// Whether any site of the scenario has coordinates.
[[nodiscard]] bool has_places(const planner::Scenario& scenario);

}  // namespace gui
