#include "map/projection.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gui {
namespace {

constexpr double largest_latitude = 85.05;
constexpr double least_scale = 300, largest_scale = 4e6;

}  // namespace

QPointF to_world(double longitude, double latitude) {
  const double bounded = std::clamp(latitude, -largest_latitude, largest_latitude) * std::numbers::pi / 180;
  return {longitude / 360 + 0.5, 0.5 - std::asinh(std::tan(bounded)) / (2 * std::numbers::pi)};
}

double longitude_of(QPointF world) { return (world.x() - 0.5) * 360; }

double latitude_of(QPointF world) {
  return std::atan(std::sinh((0.5 - world.y()) * 2 * std::numbers::pi)) * 180 / std::numbers::pi;
}

QPointF Viewport::to_screen(QPointF world) const {
  return (world - centre) * scale + QPointF{size.width() / 2, size.height() / 2};
}

QPointF Viewport::from_screen(QPointF pixel) const {
  return (pixel - QPointF{size.width() / 2, size.height() / 2}) / scale + centre;
}

QRectF Viewport::visible() const { return {from_screen({0, 0}), from_screen({size.width(), size.height()})}; }

void Viewport::zoom(double factor, QPointF about) {
  const QPointF fixed = from_screen(about);
  scale = std::clamp(scale * factor, least_scale, largest_scale);
  centre += fixed - from_screen(about);
}

void Viewport::pan(QPointF pixels) { centre -= pixels / scale; }

void Viewport::fit(QRectF world) {
  constexpr double margin = 1.25;
  centre = world.center();
  const double width = std::max(world.width() * margin, 1e-4);
  const double height = std::max(world.height() * margin, 1e-4);
  scale = std::clamp(std::min(size.width() / width, size.height() / height), least_scale, largest_scale);
}

}  // namespace gui
