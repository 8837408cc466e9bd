#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "planner/scenario.hpp"

/// Where users are sent and how far that is without load: what a map draws as isochrones.
namespace planner {

/// A share of a population's users and the site that serves their entry call.
struct Reach {
  std::string population;
  std::string site;  ///< `user-device` for the user's own
  double users = 0;  ///< of the population, times the share that the routing policy sends there
  /// Network round trip without load [ms]: medians of both directions of the access, and twice the typical
  /// one-way latency to the site. Excluded: connection set-up, transmission of bytes, queues, computing,
  /// calls behind the entry. 0 on the user's own device.
  double round_trip = 0;
};

/// The entry sites of a flow for each population that asks for it, in order of population, then site; empty
/// for a flow without workload. A population that reaches no site is left out.
[[nodiscard]] std::vector<Reach> reach(const Scenario& scenario, const std::string& flow);

/// Users whose round trip is at most `budget` [ms], of all users of the populations that ask for the flow;
/// 0 where there are none.
[[nodiscard]] double covered_share(const Scenario& scenario, const std::string& flow,
                                   std::span<const Reach> reached, double budget);

/// Mean round trip over the users [ms]; nothing where there are none.
[[nodiscard]] std::optional<double> mean_round_trip(std::span<const Reach> reached);

/// A raster of places. [degree]
struct Raster {
  double west = 0, south = 0, east = 0, north = 0;
  std::uint32_t columns = 0, rows = 0;

  /// Middle of a cell; rows count from the north.
  [[nodiscard]] Place place(std::uint32_t column, std::uint32_t row) const;
  /// Area of a cell of that row on the sphere [km^2].
  [[nodiscard]] double cell_area(std::uint32_t row) const;
};

/// Around all sites and populations with coordinates, `margin` degrees wide; nothing where there are none.
/// Does not go across the date line: a scenario on both sides of it gets the long way round.
[[nodiscard]] std::optional<Raster> raster_around(const Scenario& scenario, double margin,
                                                  std::uint32_t columns, std::uint32_t rows);

/// The round trip of reach() for a user with the access of `population` who stood at each place of the
/// raster: row by row from the north [ms], NaN where no site is within reach. On land and at sea alike:
/// whether there is an access network is not known. About 20 us a place and hundred sites.
/// @pre the scenario has the flow and the population
[[nodiscard]] std::vector<float> round_trip_field(const Scenario& scenario, const std::string& flow,
                                                  const std::string& population, const Raster& raster);

/// Area within `budget` [ms] of a field over `raster` [km^2].
[[nodiscard]] double covered_area(const Raster& raster, std::span<const float> field, double budget);

/// Area within `budget` [ms] of `field` that is not within it of `other`, a field over the same raster
/// [km^2].
[[nodiscard]] double gained_area(const Raster& raster, std::span<const float> field,
                                 std::span<const float> other, double budget);

}  // namespace planner
