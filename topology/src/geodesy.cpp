#include "topology/geodesy.hpp"

#include <GeographicLib/Geodesic.hpp>
#include <cmath>

#include "sim/contract.hpp"
#include "trigonometry.hpp"

namespace topology {
namespace {

double length(double x, double y, double z) { return std::sqrt(x * x + y * y + z * z); }

}  // namespace

Metres geodesic_distance(GeoPoint from, GeoPoint to) {
  SIM_EXPECT(valid(from) && valid(to));
  double metres = 0.0;
  GeographicLib::Geodesic::WGS84().Inverse(from.latitude, from.longitude, to.latitude, to.longitude, metres);
  return Metres{metres};
}

Metres haversine_distance(GeoPoint from, GeoPoint to) {
  return arc_distance(unit_vector(from), unit_vector(to));
}

std::int64_t whole_metres(Metres distance) {
  SIM_EXPECT(distance.value() >= 0 && distance.value() < 9e15);
  return static_cast<std::int64_t>(distance.value() + 0.5);
}

sim::Duration fibre_one_way(Metres length) {
  return sim::from_seconds(length.value() * fibre_index / light_speed);
}

sim::Duration vacuum_one_way(Metres length) {
  return sim::Duration{static_cast<std::int64_t>(length.value() / light_speed * 1e9)};
}

double initial_bearing(GeoPoint from, GeoPoint to) {
  SIM_EXPECT(valid(from) && valid(to));
  double at_start = 0.0;
  double at_end = 0.0;
  GeographicLib::Geodesic::WGS84().Inverse(from.latitude, from.longitude, to.latitude, to.longitude, at_start,
                                           at_end);
  return at_start;
}

GeoPoint destination(GeoPoint from, double bearing, Metres distance) {
  SIM_EXPECT(valid(from) && std::isfinite(bearing) && std::isfinite(distance.value()));
  GeoPoint to;
  GeographicLib::Geodesic::WGS84().Direct(from.latitude, from.longitude, bearing, distance.value(),
                                          to.latitude, to.longitude);
  return to;
}

UnitVector unit_vector(GeoPoint point) {
  SIM_EXPECT(valid(point));
  const auto latitude = sine_cosine_of_degrees(point.latitude);
  const auto longitude = sine_cosine_of_degrees(point.longitude);
  return {latitude.cosine * longitude.cosine, latitude.cosine * longitude.sine, latitude.sine};
}

// Half the angle is atan(|u - v| / |u + v|) (Kahan), which is well-conditioned at every distance, unlike
// the arccosine of the dot product near 0 and the arcsine of the half-chord near antipodes.
Metres arc_distance(const UnitVector& from, const UnitVector& to) {
  const double chord = length(from.x - to.x, from.y - to.y, from.z - to.z);
  const double opposite = length(from.x + to.x, from.y + to.y, from.z + to.z);
  return Metres{2.0 * mean_earth_radius * angle_of(chord, opposite)};
}

}  // namespace topology
