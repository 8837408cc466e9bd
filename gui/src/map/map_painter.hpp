#pragma once
#include <QPainter>
#include <QRectF>
#include <vector>

#include "map/map_labels.hpp"
#include "map/map_scene.hpp"
#include "map/projection.hpp"
#include "map/world_map.hpp"
#include "theme.hpp"

namespace gui {

/// Draws the layers of a map, each complete in itself, from back to front. Borrows everything; holds no state
/// but the places that labels have taken.
class MapPainter {
 public:
  MapPainter(QPainter& painter, const Viewport& view, Appearance appearance);

  void world(const WorldMap& map);
  void country_names(const WorldMap& map);
  void lines(const MapScene& scene);
  void populations(const MapScene& scene);
  void sites(const MapScene& scene);
  /// Of sites, users and links, with their figures, as far as there is room.
  void names(const MapScene& scene);

 private:
  [[nodiscard]] QColor value_color(const MapScene& scene, const std::optional<double>& value) const;
  [[nodiscard]] std::vector<const MapNode*> shown(const std::vector<MapNode>& nodes) const;
  /// @param people  the largest first
  [[nodiscard]] std::vector<const MapNode*> largest(const std::vector<const MapNode*>& people) const;
  void crowd(const MapScene& scene);
  void draw_site(const MapNode& node, const MapScene& scene);
  /// Around what is alarming.
  void ring(const MapNode& node, double radius);
  void keep_clear(const MapNode& node, double radius);
  void link_loads(const MapScene& scene);

  QPainter& painter_;
  const Viewport& view_;
  Appearance appearance_;
  const Colors& colors_;
  MapLabels labels_;
};

/// Radius of a population's circle [pixel]: its area is proportional to the users.
[[nodiscard]] double population_radius(const MapNode& population, double most_users);
/// Half the side of a site's sign [pixel].
[[nodiscard]] double site_radius(const MapNode& site);
/// Outline of a site's sign within [-1, 1]: square region, hexagon metro, diamond point of presence,
/// triangle edge, pentagon for the rest.
[[nodiscard]] QPainterPath site_sign(MapNode::Kind kind);

/// How a link is drawn that is so full: by colour and by dashes.
[[nodiscard]] QPen link_pen(LinkBand band, double width, const Colors& colors);

}  // namespace gui
