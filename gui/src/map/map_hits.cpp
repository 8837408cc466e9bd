#include "map/map_hits.hpp"

#include <algorithm>
#include <cmath>

#include "map/map_painter.hpp"

namespace gui {
namespace {

constexpr std::size_t most_lines = 2'000;  // that tell about themselves

double length_of(QPointF way) { return std::hypot(way.x(), way.y()); }

/// [pixel]
double distance_to(QPointF pixel, QPointF from, QPointF to) {
  const QPointF way = to - from;
  const double square = QPointF::dotProduct(way, way);
  const double along = square > 0 ? std::clamp(QPointF::dotProduct(pixel - from, way) / square, 0.0, 1.0) : 0;
  return length_of(pixel - (from + along * way));
}

}  // namespace

double radius_of(const MapNode& node, const MapScene& scene) {
  return node.kind == MapNode::Kind::population ? population_radius(node, scene.most_users)
                                                : site_radius(node);
}

const MapNode* node_at(const MapScene& scene, const Viewport& view, QPointF pixel) {
  constexpr double reach = 4;  // [pixel] beside a mark
  const MapNode* best = nullptr;
  double nearest = reach;
  for (const auto* nodes : {&scene.sites, &scene.populations}) {
    for (const MapNode& node : *nodes) {
      const double distance = length_of(view.to_screen(node.at) - pixel) - radius_of(node, scene);
      if (distance >= nearest) continue;
      best = &node;
      nearest = distance;
    }
    if (best != nullptr) return best;  // a site in front of a population is meant
  }
  return best;
}

const MapLine* link_at(const MapScene& scene, const Viewport& view, QPointF pixel) {
  constexpr double reach = 6;
  if (scene.lines.size() > most_lines) return nullptr;
  const MapLine* best = nullptr;
  double nearest = reach;
  for (const MapLine& line : scene.lines) {
    if (line.kind != MapLine::Kind::link) continue;
    const double distance = distance_to(pixel, view.to_screen(line.from), view.to_screen(line.to));
    if (distance >= nearest) continue;
    nearest = distance;
    best = &line;
  }
  return best;
}

}  // namespace gui
