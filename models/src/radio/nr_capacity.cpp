#include "models/nr_capacity.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "radio/decibel.hpp"
#include "sim/contract.hpp"

namespace models {
namespace {

// Transmitters and receivers of a planning model (pysim5G), and noise figures between the usual ones.
constexpr double antenna_gain = 16;                       // [dBi] of the base station, both directions
constexpr double macro_power = 40, micro_power = 24;      // [dBm] of a sector
constexpr double micro_gain = 5;                          // [dBi]
constexpr double array_gain = 24, device_array_gain = 9;  // [dBi] above 7 GHz, where both ends form beams
constexpr double device_power = 23;                       // [dBm], power class 3
constexpr double losses = 8;                              // [dB] body, cable, margin
constexpr double device_noise = 8, station_noise = 4;     // [dB] noise figures
constexpr double thermal_noise = -174;                    // [dBm/Hz]
constexpr double uplink_noise_rise = 3;                   // [dB] other cells' devices, at full load
constexpr double devices_at_a_time = 8;                   // share the uplink band of a busy cell
constexpr double low_band_limit = 7.125e9;                // [Hz] above lies frequency range 2

// TS 38.214 table 5.2.2.1-2: [bit/s/Hz] of CQI 1..15, and the ratios [dB] from which each is used.
constexpr std::array efficiencies{0.1523, 0.2344, 0.3770, 0.6016, 0.8770, 1.1758, 1.4766, 1.9141,
                                  2.4063, 2.7305, 3.3223, 3.9023, 4.5234, 5.1152, 5.5547};
constexpr std::array thresholds{-6.7, -4.7, -2.3, 0.2,  2.4,  4.3,  5.9, 8.1,
                                10.3, 11.7, 14.1, 16.3, 18.7, 21.0, 22.7};

/// [bit/s/Hz] of a layer at a ratio [dB]; 0 where no CQI can be used.
double efficiency_at(double ratio) {
  const auto above = std::ranges::upper_bound(thresholds, ratio) - thresholds.begin();
  return above == 0 ? 0.0 : efficiencies[static_cast<std::size_t>(above - 1)];
}

/// The same of as many layers as pay, which share the power. [bit/s/Hz]
double efficiency_at(double ratio, std::uint32_t most_layers) {
  double best = 0;
  for (std::uint32_t layers = 1; layers <= most_layers; ++layers)
    best = std::max(best, layers * efficiency_at(ratio - to_decibel(layers)));
  return best;
}

bool is_macro(const NrCell& cell) { return cell.surroundings == NrCell::Surroundings::urban_macro; }
bool is_low_band(const NrCell& cell) { return cell.frequency < low_band_limit; }
/// Of both ends together. [dBi]
double gain(const NrCell& cell) {
  if (!is_low_band(cell)) return array_gain + device_array_gain;
  return is_macro(cell) ? antenna_gain : micro_gain;
}
double shadowing(const NrCell& cell, bool in_sight) {
  if (in_sight) return 4;  // [dB]
  return is_macro(cell) ? 6 : 7.82;
}

/// Data symbols a second of one layer over the whole band, overhead taken off.
double symbol_rate(const NrCell& cell, double overhead) {
  const double blocks = *resource_blocks(cell.bandwidth, cell.numerology, cell.frequency);
  const double slots = 1000.0 * static_cast<double>(1U << cell.numerology);
  return blocks * 12 * 14 * slots * (1 - overhead);
}

double occupied_bandwidth(const NrCell& cell) {
  return *resource_blocks(cell.bandwidth, cell.numerology, cell.frequency) * 12 * 15e3 *
         static_cast<double>(1U << cell.numerology);
}

/// The six sites around, seen from one place in the cell.
struct Neighbours {
  double sum = 0;             ///< inverse losses
  double least_loss = 1e300;  ///< [dB] of the one that is received best
};

Neighbours neighbours(const NrCell& cell, double distance, double angle_cosine, double angle_sine) {
  // Hexagons of that radius stand sqrt(3) radii apart; the sites lie at multiples of 60 degrees.
  static const double half_root = std::sqrt(3.0) / 2;
  static const std::array<std::pair<double, double>, 6> directions{
      {{1, 0}, {0.5, half_root}, {-0.5, half_root}, {-1, 0}, {-0.5, -half_root}, {0.5, -half_root}}};
  const double spacing = std::sqrt(3.0) * cell.radius;
  Neighbours all;
  for (const auto& [east, north] : directions) {
    const double x = spacing * east - distance * angle_cosine;
    const double y = spacing * north - distance * angle_sine;
    const double away = std::max(std::sqrt(x * x + y * y), 10.0);
    // Averaged in decibels: a few sites in sight would dominate the mean of the powers.
    const double in_sight = line_of_sight(cell, away);
    const double loss =
        in_sight * path_loss_in_sight(cell, away) + (1 - in_sight) * path_loss_out_of_sight(cell, away);
    all.sum += from_decibel(-loss);
    all.least_loss = std::min(all.least_loss, loss);
  }
  return all;
}

/// Users' rates with their weights; of one direction.
class Rates {
 public:
  void add(double weight, double shared, double alone) {
    all_ += weight;
    alone_.emplace_back(alone, weight);
    if (shared <= 0) {
      lost_ += weight;
      return;
    }
    time_ += weight / shared;
    sum_ += weight * shared;
  }
  /// @param symbols  of a layer a second
  [[nodiscard]] NrCapacity::Direction result(double symbols) {
    NrCapacity::Direction direction;
    const double covered = all_ - lost_;
    direction.outage = lost_ / all_;
    if (covered <= 0) return direction;
    direction.cell = sim::BitRate{symbols * covered / time_};
    direction.efficiency = sum_ / covered;
    std::ranges::sort(alone_);
    double below = 0;
    for (const auto& [rate, weight] : alone_) {
      below += weight;
      direction.median = sim::BitRate{symbols * rate};
      if (below >= all_ / 2) break;
    }
    return direction;
  }

 private:
  double all_ = 0, lost_ = 0, time_ = 0, sum_ = 0;
  std::vector<std::pair<double, double>> alone_;
};

class Survey {
 public:
  explicit Survey(const NrCell& cell)
      : cell_{cell},
        power_{is_macro(cell) ? macro_power : micro_power},
        down_noise_{from_decibel(thermal_noise + to_decibel(occupied_bandwidth(cell)) + device_noise)},
        up_noise_{thermal_noise + to_decibel(occupied_bandwidth(cell)) + station_noise +
                  cell.load * uplink_noise_rise} {}

  /// Users that lose so much to the cell's own site. The strongest site serves; the others disturb.
  void add(double weight, double own_loss, const Neighbours& around) {
    const double loss = std::min(own_loss, around.least_loss);
    const double others = cell_.load * (around.sum + from_decibel(-own_loss) - from_decibel(-loss));
    const double level = gain(cell_) - losses - cell_.indoor_loss;
    const double disturbance = down_noise_ + others * from_decibel(power_ + level);
    const double down = efficiency_at(power_ + level - loss - to_decibel(disturbance), cell_.downlink_layers);
    downlink_.add(weight, down, down);
    const double sent = device_power + level - loss;
    uplink_.add(weight, uplink_efficiency(sent, devices_at_a_time), best_uplink(sent));
  }

  [[nodiscard]] NrCapacity result() {
    const bool low_band = is_low_band(cell_);
    const double received = 1 - cell_.block_error_rate;
    return {downlink_.result(symbol_rate(cell_, low_band ? 0.14 : 0.18) * received),
            uplink_.result(symbol_rate(cell_, low_band ? 0.08 : 0.10) * received)};
  }

 private:
  /// A device that has 1/`part` of the band puts all its power there.
  [[nodiscard]] double uplink_efficiency(double sent, double part) const {
    return efficiency_at(sent - up_noise_ + to_decibel(part), cell_.uplink_layers);
  }
  [[nodiscard]] double best_uplink(double sent) const {
    double best = 0;
    for (double part = 1; part <= 64; part *= 2) best = std::max(best, uplink_efficiency(sent, part) / part);
    return best;
  }

  const NrCell& cell_;
  double power_, down_noise_, up_noise_;  // [dBm], [mW], [dBm]
  Rates downlink_, uplink_;
};

}  // namespace

std::optional<std::uint32_t> resource_blocks(double bandwidth, std::uint32_t numerology, double frequency) {
  struct Row {
    int megahertz;
    std::uint32_t blocks;
  };
  static const std::vector<Row> low15{{5, 25},   {10, 52},  {15, 79},  {20, 106},
                                      {25, 133}, {30, 160}, {40, 216}, {50, 270}};
  static const std::vector<Row> low30{{5, 11},   {10, 24},  {15, 38},  {20, 51},  {25, 65},
                                      {30, 78},  {40, 106}, {50, 133}, {60, 162}, {70, 189},
                                      {80, 217}, {90, 245}, {100, 273}};
  static const std::vector<Row> low60{{10, 11}, {15, 18}, {20, 24}, {25, 31},  {30, 38},  {40, 51},
                                      {50, 65}, {60, 79}, {70, 93}, {80, 107}, {90, 121}, {100, 135}};
  static const std::vector<Row> high60{{50, 66}, {100, 132}, {200, 264}};
  static const std::vector<Row> high120{{50, 32}, {100, 66}, {200, 132}, {400, 264}};
  static const std::vector<Row> none;
  const bool low = frequency < low_band_limit;
  const std::array<const std::vector<Row>*, 4> tables{low ? &low15 : &none, low ? &low30 : &none,
                                                      low ? &low60 : &high60, low ? &none : &high120};
  SIM_EXPECT(numerology < tables.size());
  for (const Row& row : *tables[numerology]) {
    if (row.megahertz * 1e6 == bandwidth) return row.blocks;
  }
  return std::nullopt;
}

NrCapacity nr_capacity(const NrCell& cell) {
  constexpr int rings = 24, angles = 4, shadows = 15;
  Survey survey{cell};
  for (int ring = 0; ring < rings; ++ring) {
    // Rings of equal area.
    const double distance = std::max(cell.radius * std::sqrt((ring + 0.5) / rings), 10.0);
    const double in_sight = line_of_sight(cell, distance);
    for (int step = 0; step < angles; ++step) {
      // Angles between two neighbours repeat every 60 degrees and mirror at 30.
      const double angle = sim::math::pi / 6 * (step + 0.5) / angles;
      const double sine = angle - angle * angle * angle / 6 * (1 - angle * angle / 20);
      const Neighbours around = neighbours(cell, distance, std::sqrt(1 - sine * sine), sine);
      for (int shadow = 0; shadow < shadows; ++shadow) {
        const double z = sim::math::normal_quantile((shadow + 0.5) / shadows);
        survey.add(in_sight, path_loss_in_sight(cell, distance) + shadowing(cell, true) * z, around);
        survey.add(1 - in_sight, path_loss_out_of_sight(cell, distance) + shadowing(cell, false) * z, around);
      }
    }
  }
  return survey.result();
}

}  // namespace models
