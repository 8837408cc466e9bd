#pragma once
#include <QImage>
#include <QRectF>
#include <memory>
#include <string>
#include <vector>

#include "map/projection.hpp"
#include "planner/coverage.hpp"
#include "theme.hpp"

namespace gui {

/// The places of a view from which the network round trip stays within a budget.
struct Isochrone {
  planner::Raster raster;
  std::vector<float> field;      ///< [ms], by planner::round_trip_field
  std::vector<float> reference;  ///< the same under another strategy; empty: none
  double budget = 0;             ///< [ms]
  double area = 0;               ///< within the budget, of the raster [km^2]
  double gained = 0, lost = 0;   ///< against the reference [km^2]
};

/// The raster that covers what `view` shows, in hundredths of a degree, of so many places on each side.
[[nodiscard]] planner::Raster raster_for(const Viewport& view, std::uint32_t side);

/// @param reference  the strategy to compare with; null: none
[[nodiscard]] std::shared_ptr<const Isochrone> compute_isochrone(const planner::Scenario& scenario,
                                                                 const std::string& flow,
                                                                 const std::string& population,
                                                                 const planner::Raster& raster, double budget,
                                                                 const planner::Scenario* reference);

/// Bands at quarters of the budget, from opaque (near) to clear. With a reference: what is within the budget
/// of both, of the strategy alone (gained), of the reference alone (lost, hatched). Drawn for `view`, one
/// pixel of the image is `step` pixels of it.
[[nodiscard]] QImage isochrone_image(const Isochrone& isochrone, const Viewport& view, const Colors& colors,
                                     int step);

}  // namespace gui
