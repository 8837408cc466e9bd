#pragma once
#include <QFont>
#include <QImage>
#include <memory>

#include "map/isochrone_layer.hpp"
#include "map/map_scene.hpp"
#include "map/projection.hpp"
#include "map/world_map.hpp"
#include "theme.hpp"

namespace gui {

/// All that a picture of the map depends on; shares what it shows, so that it may be painted on any thread.
struct MapOrder {
  Viewport view;
  double ratio = 1;  ///< pixels of the screen to those of the view
  QFont font;
  Appearance appearance = Appearance::light;
  std::shared_ptr<const WorldMap> world;
  std::shared_ptr<const MapScene> scene;       ///< null: the world alone
  std::shared_ptr<const Isochrone> isochrone;  ///< null: none
};

/// Paints the layers of a map: world, isochrones, lines, users, sites, names. 10 to 300 ms.
[[nodiscard]] QImage map_picture(const MapOrder& order);

}  // namespace gui
