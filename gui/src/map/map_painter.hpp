#pragma once
#include <QPainter>
#include <QRectF>
#include <vector>

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
  void site_names(const MapScene& scene);

 private:
  [[nodiscard]] QColor value_color(const MapScene& scene, const std::optional<double>& value) const;
  void draw_site(const MapNode& node, const MapScene& scene);
  /// @return whether there was room, which is taken then
  bool take_room(const QRectF& room);

  QPainter& painter_;
  const Viewport& view_;
  Appearance appearance_;
  const Colors& colors_;
  std::vector<QRectF> taken_;
};

/// Radius of a population's circle [pixel]: its area is proportional to the users.
[[nodiscard]] double population_radius(const MapNode& population, double most_users);
/// Half the side of a site's sign [pixel].
[[nodiscard]] double site_radius(const MapNode& site);
/// Outline of a site's sign within [-1, 1]: square region, hexagon metro, diamond point of presence,
/// triangle edge, pentagon for the rest.
[[nodiscard]] QPainterPath site_sign(MapNode::Kind kind);

}  // namespace gui
