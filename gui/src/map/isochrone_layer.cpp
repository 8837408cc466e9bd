#include "map/isochrone_layer.hpp"

#include <QColor>
#include <algorithm>
#include <cmath>

namespace gui {
namespace {

/// Bilinear between the middles of the cells; NaN where one of the four is.
double sample(const planner::Raster& raster, const std::vector<float>& field, double longitude,
              double latitude) {
  const double x = (longitude - raster.west) / (raster.east - raster.west) * raster.columns - 0.5;
  const double y = (raster.north - latitude) / (raster.north - raster.south) * raster.rows - 0.5;
  const double column = std::clamp(std::floor(x), 0.0, raster.columns - 2.0);
  const double row = std::clamp(std::floor(y), 0.0, raster.rows - 2.0);
  const double fx = std::clamp(x - column, 0.0, 1.0), fy = std::clamp(y - row, 0.0, 1.0);
  const auto at = [&](double r, double c) {
    return static_cast<double>(
        field[static_cast<std::size_t>(r) * raster.columns + static_cast<std::size_t>(c)]);
  };
  const double above = at(row, column) * (1 - fx) + at(row, column + 1) * fx;
  const double below = at(row + 1, column) * (1 - fx) + at(row + 1, column + 1) * fx;
  return above * (1 - fy) + below * fy;
}

QColor with_alpha(QColor color, int alpha) {
  color.setAlpha(alpha);
  return color;
}

QColor band_color(double value, double budget, const Colors& colors) {
  static constexpr int alphas[] = {120, 90, 64, 38};
  if (!(value <= budget)) return Qt::transparent;
  return with_alpha(colors.accent, alphas[std::min(3, static_cast<int>(4 * value / budget))]);
}

/// @param hatch  whether the place lies on a line of the hatching
QColor difference_color(bool own, bool reference, bool hatch, const Colors& colors) {
  if (own && reference) return with_alpha(colors.muted, 60);
  if (own) return with_alpha(colors.good, 110);
  return reference && hatch ? with_alpha(colors.bad, 150) : QColor{Qt::transparent};
}

}  // namespace

planner::Raster raster_for(const Viewport& view, std::uint32_t side) {
  const QRectF visible = view.visible();
  planner::Raster raster;
  raster.west = std::max(-180.0, longitude_of(visible.topLeft()));
  raster.east = std::min(180.0, longitude_of(visible.bottomRight()));
  raster.north = std::min(84.0, latitude_of(visible.topLeft()));
  raster.south = std::max(-84.0, latitude_of(visible.bottomRight()));
  // A box that can be written down for the command line.
  for (double* edge : {&raster.west, &raster.east, &raster.north, &raster.south})
    *edge = std::round(*edge * 100) / 100;
  raster.columns = raster.rows = side;
  return raster;
}

std::shared_ptr<const Isochrone> compute_isochrone(const planner::Scenario& scenario, const std::string& flow,
                                                   const std::string& population,
                                                   const planner::Raster& raster, double budget,
                                                   const planner::Scenario* reference) {
  auto isochrone = std::make_shared<Isochrone>();
  isochrone->raster = raster;
  isochrone->budget = budget;
  isochrone->field = planner::round_trip_field(scenario, flow, population, raster);
  if (reference != nullptr)
    isochrone->reference = planner::round_trip_field(*reference, flow, population, raster);
  isochrone->area = planner::covered_area(raster, isochrone->field, budget);
  if (reference == nullptr) return isochrone;
  isochrone->gained = planner::gained_area(raster, isochrone->field, isochrone->reference, budget);
  isochrone->lost = planner::gained_area(raster, isochrone->reference, isochrone->field, budget);
  return isochrone;
}

QImage isochrone_image(const Isochrone& isochrone, const Viewport& view, const Colors& colors, int step) {
  const int width = static_cast<int>(view.size.width()) / step + 1;
  const int height = static_cast<int>(view.size.height()) / step + 1;
  QImage image{width, height, QImage::Format_ARGB32_Premultiplied};
  image.fill(Qt::transparent);
  const planner::Raster& raster = isochrone.raster;
  for (int y = 0; y < height; ++y) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
    const double latitude = latitude_of(view.from_screen({0, static_cast<double>(y * step)}));
    if (latitude > raster.north || latitude < raster.south) continue;
    for (int x = 0; x < width; ++x) {
      const double longitude = longitude_of(view.from_screen({static_cast<double>(x * step), 0}));
      if (longitude < raster.west || longitude > raster.east) continue;
      const double own = sample(raster, isochrone.field, longitude, latitude);
      QColor color =
          isochrone.reference.empty()
              ? band_color(own, isochrone.budget, colors)
              : difference_color(own <= isochrone.budget,
                                 sample(raster, isochrone.reference, longitude, latitude) <= isochrone.budget,
                                 (x + y) % 4 < 2, colors);
      line[x] = qPremultiply(color.rgba());
    }
  }
  return image;
}

}  // namespace gui
