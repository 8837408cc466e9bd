#pragma once
#include "map/map_scene.hpp"
#include "map/projection.hpp"

/// What of a scene is below a pixel of its view.
namespace gui {

/// A site, else a population. Null: neither.
[[nodiscard]] const MapNode* node_at(const MapScene& scene, const Viewport& view, QPointF pixel);
/// Null: none, or there are too many to look at.
[[nodiscard]] const MapLine* link_at(const MapScene& scene, const Viewport& view, QPointF pixel);
/// Radius of a node's mark [pixel].
[[nodiscard]] double radius_of(const MapNode& node, const MapScene& scene);

}  // namespace gui
