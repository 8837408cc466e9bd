#include "map/map_labels.hpp"

#include <QFontMetricsF>
#include <QPainterPath>
#include <algorithm>
#include <array>

namespace gui {
namespace {

constexpr double gap = 9;      // [pixel] between a mark and its name: room for the rings around it
constexpr double between = 5;  // [pixel] between name and value

}  // namespace

MapLabels::MapLabels(QPainter& painter, const Colors& colors)
    : painter_{painter}, colors_{colors}, font_{painter.font()} {}

void MapLabels::keep_clear(const QRectF& room) { taken_.push_back(room); }

bool MapLabels::is_free(const QRectF& room) const {
  return std::ranges::none_of(taken_, [&](const QRectF& other) { return other.intersects(room); });
}

QFont MapLabels::font_of(Text::Weight weight) const {
  QFont font = font_;
  font.setBold(weight == Text::Weight::bold);
  return font;
}

bool MapLabels::write_beside(QPointF mark, double radius, const Text& text) {
  if (try_beside(mark, radius, text)) return true;
  return !text.value.isEmpty() && try_beside(mark, radius, {text.name, {}, text.weight});
}

bool MapLabels::try_beside(QPointF mark, double radius, const Text& text) {
  const QFont font = font_of(text.weight);
  const QFontMetricsF metrics{font}, plain{font_};
  const double name = metrics.horizontalAdvance(text.name);
  const double value = text.value.isEmpty() ? 0 : between + plain.horizontalAdvance(text.value);
  const QSizeF size{name + value, metrics.height()};
  const std::array<QPointF, 4> corners{
      QPointF{mark.x() + radius + gap, mark.y() - size.height() / 2},
      QPointF{mark.x() - size.width() / 2, mark.y() - radius - gap - size.height()},
      QPointF{mark.x() - size.width() / 2, mark.y() + radius + gap},
      QPointF{mark.x() - radius - gap - size.width(), mark.y() - size.height() / 2}};
  for (const QPointF corner : corners) {
    const QRectF room{corner, size};
    if (!is_free(room)) continue;
    taken_.push_back(room);
    const QPointF base = corner + QPointF{0, metrics.ascent()};
    write(base, text.name, font, colors_.text);
    if (value > 0) write(base + QPointF{name + between, 0}, text.value, font_, colors_.text);
    return true;
  }
  return false;
}

bool MapLabels::write_on(QPointF middle, const QString& text, const QColor& color) {
  const QFontMetricsF metrics{font_};
  const QSizeF size{metrics.horizontalAdvance(text), metrics.height()};
  const QRectF room{middle - QPointF{size.width() / 2, size.height() / 2}, size};
  if (!is_free(room)) return false;
  taken_.push_back(room);
  write(room.topLeft() + QPointF{0, metrics.ascent()}, text, font_, color);
  return true;
}

bool MapLabels::write_country(QPointF middle, const QString& name) {
  QFont font = font_;
  font.setPointSizeF(font.pointSizeF() * 0.85);
  font.setLetterSpacing(QFont::AbsoluteSpacing, 1);
  font.setBold(true);
  const QFontMetricsF metrics{font};
  const QSizeF size{metrics.horizontalAdvance(name), metrics.height()};
  const QRectF room{middle - QPointF{size.width() / 2, size.height() / 2}, size};
  if (!is_free(room)) return false;
  taken_.push_back(room);
  painter_.setFont(font);
  painter_.setPen(colors_.land_text);
  painter_.drawText(room.topLeft() + QPointF{0, metrics.ascent()}, name);
  return true;
}

void MapLabels::write(QPointF base_line, const QString& text, const QFont& font, const QColor& color) {
  QPainterPath outline;
  outline.addText(base_line, font, text);
  painter_.strokePath(outline, QPen{colors_.land, 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin});
  painter_.fillPath(outline, color);
}

}  // namespace gui
