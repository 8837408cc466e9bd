#include "models/transfer.hpp"

#include <algorithm>
#include <cmath>

#include "sim/contract.hpp"

namespace models {

std::vector<sim::Duration> slow_start_windows(sim::Bytes size, sim::Bytes initial, sim::BitRate rate,
                                              sim::Duration round_trip) {
  SIM_EXPECT(initial.value() > 0 && rate.value() > 0);
  std::vector<sim::Duration> windows;
  double sent = 0;
  for (double window = initial.value();; window *= 2) {
    sent += window;
    if (sent >= size.value()) return windows;
    const sim::Duration busy = sim::serialization_delay(sim::Bytes{window}, rate);
    if (busy >= round_trip) return windows;
    windows.push_back(busy);
  }
}

sim::BitRate loss_limited_rate(double loss, sim::Duration round_trip) {
  SIM_EXPECT(loss > 0 && loss < 1 && round_trip > sim::Duration{0});
  const double trip = sim::to_seconds(round_trip);
  const double timeout = std::max(4 * trip, 1.0);
  const double seconds =
      trip * std::sqrt(2 * loss / 3) + timeout * 3 * std::sqrt(3 * loss / 8) * loss * (1 + 32 * loss * loss);
  return sim::BitRate{8 * segment_size / seconds};
}

double packets(sim::Bytes size) { return std::max(std::ceil(size.value() / segment_size), 1.0); }

}  // namespace models
