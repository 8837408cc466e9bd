#pragma once
#include <QImage>
#include <QRectF>
#include <memory>
#include <string>
#include <vector>

#include "map/projection.hpp"
#include "planner/coverage.hpp"

namespace gui {

/// The places of a view from which the network round trip stays within a budget.
struct Isochrone {
  planner::Raster raster;
  std::vector<float> field;  ///< [ms], by planner::round_trip_field
  double budget = 0;         ///< [ms]
  double area = 0;           ///< within the budget, of the raster [km^2]
};

/// The raster that covers what `view` shows, with about `places` places.
[[nodiscard]] planner::Raster raster_for(const Viewport& view, std::uint32_t places);

[[nodiscard]] std::shared_ptr<const Isochrone> compute_isochrone(const planner::Scenario& scenario,
                                                                 const std::string& flow,
                                                                 const std::string& population,
                                                                 const planner::Raster& raster,
                                                                 double budget);

/// Bands at quarters of the budget in `color`, from opaque (near) to clear, drawn for `view`; a line at the
/// budget itself. One pixel of the image is `step` pixels of the view.
[[nodiscard]] QImage isochrone_image(const Isochrone& isochrone, const Viewport& view, QColor color,
                                     int step);

}  // namespace gui
