#pragma once
#include <cstdint>

#include "sim/time.hpp"
#include "sim/units.hpp"

namespace topology {

using Metres = sim::Quantity<struct MetresTag>;  ///< [m]

/// A point of the Earth's surface. [degrees], WGS84.
struct GeoPoint {
  double latitude = 0.0;   ///< [-90, 90], north positive
  double longitude = 0.0;  ///< [-180, 180], east positive

  friend constexpr bool operator==(GeoPoint, GeoPoint) = default;
};

/// Both coordinates are numbers within their range; every function below expects it.
[[nodiscard]] constexpr bool valid(GeoPoint point) {
  return point.latitude >= -90 && point.latitude <= 90 && point.longitude >= -180 && point.longitude <= 180;
}

/// Speed of light in vacuum. [m/s] Source: SI definition of the metre.
inline constexpr double light_speed = 299'792'458.0;
/// Group index of standard single-mode fibre at 1550 nm (ITU-T G.652 products: 1.4677-1.4682).
inline constexpr double fibre_index = 1.468;
/// Mean radius of the Earth. [m] Source: IUGG (2a+b)/3, WGS84.
inline constexpr double mean_earth_radius = 6'371'008.8;

/// Length of the shortest path on the WGS84 ellipsoid, accurate to nanometres.
///
/// Its last bits may differ between processors (GeographicLib uses the C library's functions): pass it
/// through whole_metres() before it reaches a latency. About 1 us.
/// Source: Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), as in GeographicLib.
[[nodiscard]] Metres geodesic_distance(GeoPoint from, GeoPoint to);

/// Great-circle distance on the sphere of mean_earth_radius; at most 0.56 % off the geodesic.
///
/// The same bits on every machine. About 50 ns; see UnitVector for many distances.
[[nodiscard]] Metres haversine_distance(GeoPoint from, GeoPoint to);

/// The nearest whole number of metres. @pre 0 <= distance < 9e15 m
[[nodiscard]] std::int64_t whole_metres(Metres distance);

/// Time light needs along `length` of fibre (c / fibre_index), to the nearest nanosecond.
[[nodiscard]] sim::Duration fibre_one_way(Metres length);
/// Time light needs along `length` of vacuum, rounded down: no signal is faster.
[[nodiscard]] sim::Duration vacuum_one_way(Metres length);

/// Direction in which the geodesic from `from` to `to` starts.
/// @return clockwise from north [degrees], in [-180, 180]; 0 or 180 between equal points
[[nodiscard]] double initial_bearing(GeoPoint from, GeoPoint to);

/// Where the geodesic that starts at `from` with `bearing` arrives after `distance`.
/// @param bearing  clockwise from north [degrees], any finite value
[[nodiscard]] GeoPoint destination(GeoPoint from, double bearing, Metres distance);

/// A point of the unit sphere: the form in which many distances are cheap.
struct UnitVector {
  double x = 1.0;  ///< towards (0, 0)
  double y = 0.0;  ///< towards (0, 90 E)
  double z = 0.0;  ///< towards the north pole
};

/// The same bits on every machine.
[[nodiscard]] UnitVector unit_vector(GeoPoint point);

/// haversine_distance() of the two points; about 15 ns, accurate to 1e-8 m at any distance.
[[nodiscard]] Metres arc_distance(const UnitVector& from, const UnitVector& to);

}  // namespace topology
