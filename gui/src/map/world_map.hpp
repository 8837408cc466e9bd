#pragma once
#include <QPolygonF>
#include <QRectF>
#include <QString>
#include <array>
#include <vector>

namespace gui {

/// Outlines of the countries, in world coordinates (projection.hpp), at several degrees of detail.
/// Source: Natural Earth 1:50m (public domain); gui/data/natural_earth.R says how they came here.
class WorldMap {
 public:
  static constexpr std::size_t details = 4;
  struct Ring {
    QRectF bounds;
    std::array<QPolygonF, details> outline;  ///< from coarse to fine; empty where it is too small to see
  };
  struct Country {
    QString name;
    QPointF label;
    double width = 0;  ///< of its largest ring: a label shows where it fits
    std::vector<Ring> rings;
  };

  /// Read once from the program's resources, a few milliseconds.
  WorldMap();
  [[nodiscard]] const std::vector<Country>& countries() const { return countries_; }
  /// The degree of detail of which no corner is missed at `scale` pixels a world.
  [[nodiscard]] static std::size_t detail_for(double scale);

 private:
  std::vector<Country> countries_;
};

}  // namespace gui
