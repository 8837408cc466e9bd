// Path loss of nr_capacity.hpp. Source: TR 38.901, tables 7.4.1-1 and 7.4.2-1.
#include <algorithm>
#include <cmath>

#include "models/nr_capacity.hpp"
#include "radio/decibel.hpp"

namespace models {
namespace {

constexpr double device_height = 1.5;        // [m]
constexpr double environment_height = 1.0;   // [m], of what reflects
constexpr double light_speed = 299'792'458;  // [m/s]

bool is_macro(const NrCell& cell) { return cell.surroundings == NrCell::Surroundings::urban_macro; }
double station_height(const NrCell& cell) { return is_macro(cell) ? 25.0 : 10.0; }

double distance_in_space(const NrCell& cell, double distance) {
  const double rise = station_height(cell) - device_height;
  return std::sqrt(distance * distance + rise * rise);
}

/// Loss of 20 log10 of the frequency in GHz.
double frequency_loss(const NrCell& cell) { return 20 * log10(cell.frequency / 1e9); }

}  // namespace

double path_loss_in_sight(const NrCell& cell, double distance) {
  const double rise = station_height(cell) - device_height;
  const double break_point = 4 * (station_height(cell) - environment_height) *
                             (device_height - environment_height) * cell.frequency / light_speed;
  const double base = is_macro(cell) ? 28.0 : 32.4;
  const double length = log10(distance_in_space(cell, distance));
  if (distance <= break_point) return base + (is_macro(cell) ? 22 : 21) * length + frequency_loss(cell);
  return base + 40 * length + frequency_loss(cell) -
         (is_macro(cell) ? 9 : 9.5) * log10(break_point * break_point + rise * rise);
}

double path_loss_out_of_sight(const NrCell& cell, double distance) {
  const double length = log10(distance_in_space(cell, distance));
  const double loss = is_macro(cell) ? 13.54 + 39.08 * length + frequency_loss(cell)
                                     : 22.4 + 35.3 * length + 21.3 * log10(cell.frequency / 1e9);
  return std::max(path_loss_in_sight(cell, distance), loss);
}

double line_of_sight(const NrCell& cell, double distance) {
  if (distance <= 18) return 1;
  const double near = 18 / distance;
  return near + sim::math::exp(-distance / (is_macro(cell) ? 63.0 : 36.0)) * (1 - near);
}

}  // namespace models
