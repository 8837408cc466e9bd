#pragma once
#include <cstdint>
#include <optional>

#include "sim/units.hpp"

/// What a 5G NR cell carries, from its carrier, its size and the surroundings.
///
/// Users stand evenly on the cell's disk; each has the signal-to-interference-and-noise ratio that path
/// loss, shadowing, noise and the six neighbouring sites leave, and the modulation and coding of the channel
/// quality index (CQI) that this ratio allows. The mean is a quadrature over distance, angle, line of sight
/// and shadowing: no random numbers.
///
/// Neglects: fast fading and the gain of scheduling around it, beam management, antenna patterns (a site
/// points one sector at its neighbour's users), indoor loss unless given, several users on one resource.
/// Sources: TR 38.901 7.4 (path loss, line of sight, shadowing), TS 38.214 5.2.2.1 (CQI efficiencies),
/// TS 38.101-1/-2 5.3.2 (resource blocks), TS 38.306 4.1.2 (overheads); SINR thresholds of the CQI after the
/// planning model pysim5G.
namespace models {

struct NrCell {
  enum class Surroundings : std::uint8_t {
    urban_macro,  ///< UMa: base station at 25 m, above the roofs
    urban_micro,  ///< UMi street canyon: base station at 10 m
  };
  Surroundings surroundings = Surroundings::urban_macro;
  double frequency = 3.5e9;      ///< [Hz] of the carrier, 0.5e9 to 100e9
  double bandwidth = 100e6;      ///< [Hz]; resource_blocks() has it at `numerology`
  std::uint32_t numerology = 1;  ///< subcarriers of 15 kHz * 2^numerology
  double radius = 400;           ///< [m], 35 to 5,000
  double load = 0.5;             ///< share of the time in which a neighbouring cell sends, [0, 1]
  double indoor_loss = 0;        ///< [dB] through the walls around the users, >= 0
  std::uint32_t downlink_layers = 2,
                uplink_layers = 1;  ///< most spatial streams of a user, 1..8; fewer where the signal is weak
  double block_error_rate = 0.1;    ///< of the first attempt; costs a repetition
};

/// Resource blocks of 12 subcarriers in a carrier; none where the standard has no such carrier.
[[nodiscard]] std::optional<std::uint32_t> resource_blocks(double bandwidth, std::uint32_t numerology,
                                                           double frequency);

struct NrCapacity {
  /// One direction of a cell that sends it all the time; multiply by the direction's share of the slots.
  struct Direction {
    sim::BitRate cell;      ///< harmonic mean over covered users: 1 / mean time to carry a bit
    sim::BitRate median;    ///< what half of all users reach alone in the cell
    double efficiency = 0;  ///< [bit/s/Hz] mean over covered users, all layers, before overhead
    double outage = 0;      ///< share of users without any usable signal
  };
  Direction downlink, uplink;
};

/// Some 30,000 evaluations of the path loss, a few milliseconds; pure.
///
/// The harmonic mean is what a cell's stability follows when users share time evenly (proportional fair
/// without fading): a request of a user at the edge holds the cell longer.
/// Source: Bonald and Proutiere, "Wireless downlink data channels", MobiCom 2003.
/// @pre resource_blocks() knows the carrier
[[nodiscard]] NrCapacity nr_capacity(const NrCell& cell);

/// Path loss [dB] at `distance` on the ground [m] >= 10, device at 1.5 m.
[[nodiscard]] double path_loss_in_sight(const NrCell& cell, double distance);
[[nodiscard]] double path_loss_out_of_sight(const NrCell& cell, double distance);
/// Probability of a line of sight at that distance.
[[nodiscard]] double line_of_sight(const NrCell& cell, double distance);

}  // namespace models
