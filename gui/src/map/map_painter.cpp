#include "map/map_painter.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

namespace gui {
namespace {

constexpr double least_radius = 2.5, largest_radius = 17;
constexpr std::size_t crowded_lines = 2'000;  // beyond, straight thin lines without smoothing

QPainterPath polygon_sign(int corners, double turn) {
  QPolygonF polygon;
  for (int i = 0; i < corners; ++i) {
    const double angle = turn + 2 * std::numbers::pi * i / corners;
    polygon << QPointF{std::cos(angle), std::sin(angle)};
  }
  QPainterPath path;
  path.addPolygon(polygon);
  path.closeSubpath();
  return path;
}

/// A shallow arc, so that the lines of opposite directions do not cover each other.
QPainterPath arc(QPointF from, QPointF to) {
  const QPointF way = to - from;
  QPainterPath path{from};
  path.quadTo((from + to) / 2 + QPointF{-way.y(), way.x()} * 0.12, to);
  return path;
}

bool is_near(const QRectF& visible, QPointF a, QPointF b) {
  return QRectF{a, b}.normalized().adjusted(-1e-9, -1e-9, 1e-9, 1e-9).intersects(visible);
}

}  // namespace

double population_radius(const MapNode& population, double most_users) {
  const double share = most_users > 0 ? population.weight / most_users : 0;
  return std::max(least_radius, largest_radius * std::sqrt(share));
}

double site_radius(const MapNode& site) {
  if (site.use == MapNode::Use::unused) return 3;
  return site.kind == MapNode::Kind::pop ? 4.5 : 8;
}

QPainterPath site_sign(MapNode::Kind kind) {
  constexpr double up = -std::numbers::pi / 2;
  switch (kind) {
    case MapNode::Kind::region:
      return polygon_sign(4, up + std::numbers::pi / 4);
    case MapNode::Kind::metro:
      return polygon_sign(6, up);
    case MapNode::Kind::pop:
      return polygon_sign(4, up);
    case MapNode::Kind::edge:
      return polygon_sign(3, up);
    default:
      return polygon_sign(5, up);
  }
}

MapPainter::MapPainter(QPainter& painter, const Viewport& view, Appearance appearance)
    : painter_{painter}, view_{view}, appearance_{appearance}, colors_{colors(appearance)} {}

QColor MapPainter::value_color(const MapScene& scene, const std::optional<double>& value) const {
  return value ? ramp_color(scene.legend.share(*value), appearance_) : colors_.muted;
}

void MapPainter::world(const WorldMap& map) {
  painter_.fillRect(QRectF{{0, 0}, view_.size}, colors_.sea);
  painter_.save();
  painter_.setRenderHint(QPainter::Antialiasing);
  const QPointF origin = view_.to_screen({0, 0});
  painter_.translate(origin);
  painter_.scale(view_.scale, view_.scale);
  QPen border{colors_.border, 0.8};
  border.setCosmetic(true);
  painter_.setPen(border);
  painter_.setBrush(colors_.land);
  const QRectF visible = view_.visible();
  const std::size_t detail = WorldMap::detail_for(view_.scale);
  for (const WorldMap::Country& country : map.countries()) {
    for (const WorldMap::Ring& ring : country.rings) {
      if (ring.bounds.intersects(visible)) painter_.drawPolygon(ring.outline[detail]);
    }
  }
  painter_.restore();
}

void MapPainter::country_names(const WorldMap& map) {
  QFont font = painter_.font();
  font.setPointSizeF(font.pointSizeF() * 0.85);
  font.setLetterSpacing(QFont::AbsoluteSpacing, 1);
  painter_.setFont(font);
  painter_.setPen(colors_.land_text);
  const QFontMetricsF metrics{font};
  for (const WorldMap::Country& country : map.countries()) {
    const double width = metrics.horizontalAdvance(country.name);
    if (country.width * view_.scale < width * 1.3) continue;
    const QPointF at = view_.to_screen(country.label);
    const QRectF room{at.x() - width / 2, at.y() - metrics.height() / 2, width, metrics.height()};
    if (take_room(room)) painter_.drawText(room, Qt::AlignCenter | Qt::TextDontClip, country.name);
  }
}

void MapPainter::lines(const MapScene& scene) {
  const bool crowded = scene.lines.size() > crowded_lines;
  painter_.setRenderHint(QPainter::Antialiasing, !crowded);
  painter_.setBrush(Qt::NoBrush);
  const QRectF visible = view_.visible();
  std::vector<QLineF> plain;
  for (const MapLine& line : scene.lines) {
    if (!is_near(visible, line.from, line.to)) continue;
    const QPointF from = view_.to_screen(line.from), to = view_.to_screen(line.to);
    if (crowded) {
      plain.emplace_back(from, to);
      continue;
    }
    QColor color = line.kind == MapLine::Kind::link ? colors_.muted : value_color(scene, line.value);
    color.setAlphaF(line.kind == MapLine::Kind::link ? 0.9F : 0.6F);
    painter_.setPen({color, line.width, Qt::SolidLine, Qt::RoundCap});
    if (line.kind == MapLine::Kind::link) {
      painter_.drawLine(from, to);
    } else {
      painter_.drawPath(arc(from, to));
    }
  }
  if (plain.empty()) return;
  QColor color = colors_.muted;
  color.setAlphaF(0.35F);
  painter_.setPen({color, 0});
  painter_.drawLines(plain.data(), static_cast<int>(plain.size()));
}

void MapPainter::populations(const MapScene& scene) {
  painter_.setRenderHint(QPainter::Antialiasing);
  const QRectF visible = view_.visible();
  for (const MapNode& node : scene.populations) {
    if (!visible.contains(node.at)) continue;
    const double radius = population_radius(node, scene.most_users);
    QColor fill = value_color(scene, node.value);
    fill.setAlphaF(0.85F);
    painter_.setPen(QPen{colors_.surface, 1.2});
    painter_.setBrush(fill);
    painter_.drawEllipse(view_.to_screen(node.at), radius, radius);
  }
}

void MapPainter::draw_site(const MapNode& node, const MapScene& scene) {
  const double radius = site_radius(node);
  painter_.save();
  painter_.translate(view_.to_screen(node.at));
  painter_.scale(radius, radius);
  const bool used = node.use == MapNode::Use::used;
  const bool plain = !node.value;
  QColor fill = plain ? (used ? colors_.text : colors_.land) : value_color(scene, node.value);
  QPen edge{plain && used ? colors_.surface : used ? colors_.text : colors_.land_text, used ? 1.3 : 1.0};
  edge.setCosmetic(true);
  painter_.setPen(edge);
  painter_.setBrush(fill);
  painter_.drawPath(site_sign(node.kind));
  painter_.restore();
}

void MapPainter::sites(const MapScene& scene) {
  painter_.setRenderHint(QPainter::Antialiasing, scene.sites.size() < crowded_lines);
  const QRectF visible = view_.visible();
  for (const MapNode::Use use : {MapNode::Use::unused, MapNode::Use::used}) {
    for (const MapNode& node : scene.sites) {
      if (node.use == use && visible.contains(node.at)) draw_site(node, scene);
    }
  }
}

void MapPainter::site_names(const MapScene& scene) {
  QFont font = painter_.font();
  font.setBold(true);
  painter_.setFont(font);
  const QFontMetricsF metrics{font};
  const QRectF visible = view_.visible();
  // Those with a free place win over points of presence, of which there are hundreds.
  std::vector<const MapNode*> order;
  for (const MapNode& node : scene.sites) {
    if (visible.contains(node.at) && node.use == MapNode::Use::used) order.push_back(&node);
  }
  std::ranges::stable_sort(order, {}, [](const MapNode* node) { return node->kind; });
  constexpr std::size_t most_names = 400;
  order.resize(std::min(order.size(), most_names));
  for (const MapNode* node : order) {
    const QString name = QString::fromStdString(node->id);
    const QPointF at = view_.to_screen(node->at) + QPointF{site_radius(*node) + 4, -metrics.height() / 2};
    const QRectF room{at, QSizeF{metrics.horizontalAdvance(name), metrics.height()}};
    if (!take_room(room)) continue;
    QPainterPath outline;
    outline.addText(room.left(), room.top() + metrics.ascent(), font, name);
    painter_.strokePath(outline, QPen{colors_.land, 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin});
    painter_.fillPath(outline, colors_.text);
  }
}

bool MapPainter::take_room(const QRectF& room) {
  const auto overlaps = [&](const QRectF& other) { return other.intersects(room); };
  if (std::ranges::any_of(taken_, overlaps)) return false;
  taken_.push_back(room);
  return true;
}

}  // namespace gui
