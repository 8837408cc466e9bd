#pragma once
#include <QPainter>

#include "map/map_focus.hpp"
#include "map/map_scene.hpp"
#include "map/projection.hpp"
#include "theme.hpp"

/// What is drawn over the map's picture at each frame.
namespace gui {

/// A ring around what is pointed out, a glow along links.
void draw_focus(QPainter& painter, const Viewport& view, const MapScene& scene, const MapFocus& focus,
                const Colors& colors);
/// A node that is being dragged, at `now`. [pixel]
void draw_drag(QPainter& painter, const Viewport& view, const MapNode& node, QPointF now,
               const Colors& colors);

}  // namespace gui
