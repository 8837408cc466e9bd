#include "map/world_map.hpp"

#include <QDataStream>
#include <QFile>
#include <algorithm>
#include <cmath>

#include "map/projection.hpp"

/// Resources of a static library are not found by themselves; the macro must stand outside of namespaces.
static void load_resources() { Q_INIT_RESOURCE(gui); }

namespace gui {
namespace {

constexpr double units_per_degree = 100;

/// Scales up to which each degree of detail is drawn; corners nearer than a pixel at it are left out.
constexpr std::array<double, WorldMap::details> scales{1'500, 5'000, 20'000, 1e12};

/// Leaves out corners nearer than `tolerance` to the one before.
QPolygonF simplified(const QPolygonF& outline, double tolerance) {
  QPolygonF kept;
  for (const QPointF& point : outline) {
    if (kept.isEmpty() || (point - kept.back()).manhattanLength() >= tolerance) kept << point;
  }
  if (kept.size() < 4) return {};
  kept << kept.front();
  return kept;
}

QPolygonF read_outline(QDataStream& stream) {
  quint16 points = 0;
  stream >> points;
  QPolygonF outline;
  outline.reserve(points);
  int longitude = 0, latitude = 0;
  for (int i = 0; i < points; ++i) {
    qint16 east = 0, north = 0;
    stream >> east >> north;
    longitude += east;
    latitude += north;
    outline << to_world(longitude / units_per_degree, latitude / units_per_degree);
  }
  return outline;
}

WorldMap::Ring ring_of(const QPolygonF& outline) {
  WorldMap::Ring ring;
  ring.bounds = outline.boundingRect();
  for (std::size_t i = 0; i < WorldMap::details; ++i) {
    ring.outline[i] = i + 1 == WorldMap::details ? outline : simplified(outline, 1.0 / scales[i]);
  }
  return ring;
}

WorldMap::Country read_country(QDataStream& stream) {
  WorldMap::Country country;
  quint8 length = 0;
  stream >> length;
  QByteArray name(length, '\0');
  stream.readRawData(name.data(), length);
  qint16 longitude = 0, latitude = 0;
  quint16 rings = 0;
  stream >> longitude >> latitude >> rings;
  country.name = QString::fromUtf8(name);
  country.label = to_world(longitude / units_per_degree, latitude / units_per_degree);
  for (int i = 0; i < rings; ++i) {
    country.rings.push_back(ring_of(read_outline(stream)));
    country.width = std::max(country.width, country.rings.back().bounds.width());
  }
  return country;
}

}  // namespace

WorldMap::WorldMap() {
  load_resources();
  QFile file{QStringLiteral(":/data/countries.bin")};
  if (!file.open(QIODevice::ReadOnly)) qFatal("the map is missing from the program's resources");
  const QByteArray bytes = qUncompress(file.readAll());
  QDataStream stream{bytes};
  stream.setByteOrder(QDataStream::LittleEndian);
  quint16 count = 0;
  stream >> count;
  for (int i = 0; i < count; ++i) countries_.push_back(read_country(stream));
}

std::size_t WorldMap::detail_for(double scale) {
  return static_cast<std::size_t>(std::ranges::lower_bound(scales, scale) - scales.begin());
}

}  // namespace gui
