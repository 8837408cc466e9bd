#pragma once
#include <QPainter>
#include <QString>

#include "map/map_scene.hpp"
#include "theme.hpp"

namespace gui {

/// Draws the map's legend with the signs of the sites, the colours and their range, and the caption, in the
/// lower left of `area`.
void draw_map_panel(QPainter& painter, const QRectF& area, const MapScene& scene, const QString& caption,
                    Appearance appearance);

}  // namespace gui
