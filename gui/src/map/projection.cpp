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

void Viewport::fit(QRectF world, QMarginsF frame) {
  constexpr double place = 1e-5, around = 2e-3, least_room = 60;
  const bool is_place = world.width() < place && world.height() < place;
  const double width = is_place ? around : std::max(world.width(), 1e-7);
  const double height = is_place ? around : std::max(world.height(), 1e-7);
  const QRectF room = QRectF{{0, 0}, size}.marginsRemoved(frame);
  const double across = std::max(room.width(), least_room), down = std::max(room.height(), least_room);
  scale = std::clamp(std::min(across / width, down / height), least_scale, largest_scale);
  centre = world.center() - (room.center() - QPointF{size.width() / 2, size.height() / 2}) / scale;
}

}  // namespace gui
