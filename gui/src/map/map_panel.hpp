#pragma once
#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QString>

#include "map/map_scene.hpp"
#include "theme.hpp"

namespace gui {

/// Legend in the lower left of `area`: what marks, sizes, colours and lines mean, and `caption` in words; the
/// map's source in the lower right.
void draw_map_panel(QPainter& painter, const QRectF& area, const MapScene& scene, const QString& caption,
                    Appearance appearance);

/// Where that legend stands. @param font  of the painter
[[nodiscard]] QRectF map_panel_box(const QRectF& area, const MapScene& scene, const QString& caption,
                                   const QFont& font);

}  // namespace gui
