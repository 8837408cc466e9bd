#include "map/map_overlay.hpp"

#include "map/map_hits.hpp"
#include "map/map_painter.hpp"

namespace gui {

void draw_focus(QPainter& painter, const Viewport& view, const MapScene& scene, const MapFocus& focus,
                const Colors& colors) {
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  QColor glow = colors.accent;
  glow.setAlphaF(0.45F);
  for (const MapLine& line : scene.lines) {
    if (line.kind != MapLine::Kind::link || !focus.links.contains(line.id)) continue;
    painter.setPen(QPen{glow, line.width + 8, Qt::SolidLine, Qt::RoundCap});
    painter.drawLine(view.to_screen(line.from), view.to_screen(line.to));
  }
  painter.setPen(QPen{colors.accent, 3});
  const auto ring = [&](const std::vector<MapNode>& nodes, const std::set<std::string>& ids) {
    if (ids.empty()) return;
    for (const MapNode& node : nodes) {
      const double radius = radius_of(node, scene) + 6;
      if (ids.contains(node.id)) painter.drawEllipse(view.to_screen(node.at), radius, radius);
    }
  };
  ring(scene.sites, focus.sites);
  ring(scene.populations, focus.populations);
}

void draw_drag(QPainter& painter, const Viewport& view, const MapNode& node, QPointF now,
               const Colors& colors) {
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen{colors.accent, 1.5, Qt::DashLine});
  painter.drawLine(view.to_screen(node.at), now);
  painter.translate(now);
  painter.scale(site_radius(node), site_radius(node));
  painter.fillPath(site_sign(node.kind), colors.accent);
  painter.resetTransform();
}

}  // namespace gui
