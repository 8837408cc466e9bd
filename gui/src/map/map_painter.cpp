#include "map/map_painter.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numbers>

namespace gui {
namespace {

constexpr double least_radius = 2.5, largest_radius = 17;
constexpr std::size_t crowded_lines = 2'000;  // beyond, straight thin lines without smoothing
constexpr std::size_t many_lines = 100;       // beyond, paler
constexpr std::size_t most_names = 150;
// Names of users: of all where there are few, of the largest where there are hundreds.
constexpr std::size_t few_people = 40, most_people = 14;
constexpr double same_place = 16;  // [pixel]

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

QPen link_pen(LinkBand band, double width, const Colors& colors) {
  switch (band) {
    case LinkBand::half_empty:
    case LinkBand::unknown:
      break;
    case LinkBand::filling:
      return {colors.accent, width, Qt::SolidLine, Qt::RoundCap};
    case LinkBand::full:
      return {colors.caution, width, Qt::DashLine, Qt::FlatCap};
    case LinkBand::overfull:
      return {colors.bad, width, Qt::DotLine, Qt::FlatCap};
  }
  return {colors.muted, width, Qt::SolidLine, Qt::RoundCap};
}

MapPainter::MapPainter(QPainter& painter, const Viewport& view, Appearance appearance)
    : painter_{painter},
      view_{view},
      appearance_{appearance},
      colors_{colors(appearance)},
      labels_{painter, colors_} {}

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
  const QFontMetricsF metrics{painter_.font()};
  for (const WorldMap::Country& country : map.countries()) {
    if (country.width * view_.scale < metrics.horizontalAdvance(country.name) * 1.3) continue;
    labels_.write_country(view_.to_screen(country.label), country.name);
  }
}

void MapPainter::lines(const MapScene& scene) {
  if (scene.lines.size() > crowded_lines) return crowd(scene);
  painter_.setRenderHint(QPainter::Antialiasing);
  painter_.setBrush(Qt::NoBrush);
  const QRectF visible = view_.visible();
  for (const MapLine& line : scene.lines) {
    if (!is_near(visible, line.from, line.to)) continue;
    const QPointF from = view_.to_screen(line.from), to = view_.to_screen(line.to);
    if (line.kind == MapLine::Kind::link) {
      painter_.setPen(link_pen(line.band, line.width, colors_));
      painter_.drawLine(from, to);
      continue;
    }
    QColor color = value_color(scene, line.value);
    color.setAlphaF(scene.lines.size() > many_lines ? 0.35F : 0.6F);
    painter_.setPen({color, line.width, Qt::SolidLine, Qt::RoundCap});
    painter_.drawPath(arc(from, to));
  }
}

// Hairlines, the fullest last so that they are on top.
void MapPainter::crowd(const MapScene& scene) {
  painter_.setRenderHint(QPainter::Antialiasing, false);
  const QRectF visible = view_.visible();
  std::map<LinkBand, std::vector<QLineF>> bands;
  for (const MapLine& line : scene.lines) {
    if (is_near(visible, line.from, line.to))
      bands[line.band].emplace_back(view_.to_screen(line.from), view_.to_screen(line.to));
  }
  for (const auto& [band, members] : bands) {
    QPen pen = link_pen(band, 0, colors_);
    QColor color = pen.color();
    color.setAlphaF(band < LinkBand::filling ? 0.35F : 0.8F);
    painter_.setPen({color, 0});
    painter_.drawLines(members.data(), static_cast<int>(members.size()));
  }
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
    if (node.state == MapNode::State::alarming) ring(node, radius);
  }
}

void MapPainter::ring(const MapNode& node, double radius) {
  painter_.setPen(QPen{colors_.bad, 1.6});
  painter_.setBrush(Qt::NoBrush);
  painter_.drawEllipse(view_.to_screen(node.at), radius + 3, radius + 3);
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
  if (node.state == MapNode::State::alarming) ring(node, radius);
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

std::vector<const MapNode*> MapPainter::shown(const std::vector<MapNode>& nodes) const {
  const QRectF visible = view_.visible();
  std::vector<const MapNode*> found;
  for (const MapNode& node : nodes)
    if (visible.contains(node.at) && node.use == MapNode::Use::used) found.push_back(&node);
  return found;
}

// Those of one town, at home and under way, are named once.
std::vector<const MapNode*> MapPainter::largest(const std::vector<const MapNode*>& people) const {
  std::vector<const MapNode*> kept;
  for (const MapNode* node : people) {
    const QPointF at = view_.to_screen(node->at);
    const auto is_here = [&](const MapNode* other) {
      return (view_.to_screen(other->at) - at).manhattanLength() < same_place;
    };
    if (kept.size() < most_people && std::ranges::none_of(kept, is_here)) kept.push_back(node);
  }
  return kept;
}

void MapPainter::names(const MapScene& scene) {
  std::vector<const MapNode*> sites = shown(scene.sites), people = shown(scene.populations);
  // Those with a free place win over points of presence, of which there are hundreds; many users over few.
  std::ranges::stable_sort(sites, {}, [](const MapNode* node) { return node->kind; });
  std::ranges::stable_sort(people, std::greater{}, [](const MapNode* node) { return node->weight; });
  sites.resize(std::min(sites.size(), most_names));
  if (people.size() > few_people) people = largest(people);
  for (const MapNode* node : sites) keep_clear(*node, site_radius(*node));
  for (const MapNode* node : people) keep_clear(*node, population_radius(*node, scene.most_users));
  // Beside the users who stand at a site; they are not named again where they have its name.
  const auto room_of = [&](const MapNode& site) {
    double radius = site_radius(site);
    for (const MapNode* node : people)
      if (node->at == site.at) radius = std::max(radius, population_radius(*node, scene.most_users));
    return radius;
  };
  const auto is_named = [&](const MapNode* node) {
    return std::ranges::any_of(
        sites, [&](const MapNode* site) { return site->at == node->at && site->id == node->id; });
  };
  for (const MapNode* node : sites)
    labels_.write_beside(view_.to_screen(node->at), room_of(*node),
                         {QString::fromStdString(node->id), node->label, MapLabels::Text::Weight::bold});
  link_loads(scene);
  std::erase_if(people, is_named);
  for (const MapNode* node : people)
    labels_.write_beside(view_.to_screen(node->at), population_radius(*node, scene.most_users),
                         {QString::fromStdString(node->id), node->label, MapLabels::Text::Weight::plain});
}

void MapPainter::keep_clear(const MapNode& node, double radius) {
  const QPointF at = view_.to_screen(node.at);
  // A name may touch the round of a large circle, not its middle.
  const double half = 0.7 * radius;
  labels_.keep_clear({at - QPointF{half, half}, QSizeF{2 * half, 2 * half}});
}

void MapPainter::link_loads(const MapScene& scene) {
  if (scene.lines.size() > most_names) return;
  const QRectF visible = view_.visible();
  for (const MapLine& line : scene.lines) {
    const QPointF middle = (line.from + line.to) / 2;
    if (line.label.isEmpty() || !visible.contains(middle)) continue;
    labels_.write_on(view_.to_screen(middle), line.label, link_pen(line.band, 1, colors_).color());
  }
}

}  // namespace gui
