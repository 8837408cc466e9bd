#pragma once
#include <QMarginsF>
#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace gui {

/// Web Mercator onto the unit square: x 0 at 180 W to 1 at 180 E, y 0 at 85.05 N to 1 at 85.05 S.
[[nodiscard]] QPointF to_world(double longitude, double latitude);
[[nodiscard]] double longitude_of(QPointF world);
[[nodiscard]] double latitude_of(QPointF world);

/// What part of the world a widget shows. Plain data.
struct Viewport {
  QPointF centre{0.5, 0.4};  ///< [world]
  double scale = 800;        ///< pixels across the whole world
  QSizeF size{800, 600};     ///< [pixel]

  [[nodiscard]] QPointF to_screen(QPointF world) const;
  [[nodiscard]] QPointF from_screen(QPointF pixel) const;
  [[nodiscard]] QRectF visible() const;  ///< [world]
  /// Magnifies by `factor` about a pixel, within sensible bounds.
  void zoom(double factor, QPointF about);
  void pan(QPointF pixels);
  /// Shows all of `world` within the view less `frame` [pixel]; a single place with some land around it.
  void fit(QRectF world, QMarginsF frame);
};

}  // namespace gui
