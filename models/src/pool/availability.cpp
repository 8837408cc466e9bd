#include "models/availability.hpp"

#include <algorithm>
#include <vector>

#include "sim/contract.hpp"

namespace models {
namespace {

double failure_rate(const Redundancy& redundancy, std::uint32_t failed) {
  return (redundancy.parts - failed) / redundancy.mean_up;
}

double repair_rate(const Redundancy& redundancy, std::uint32_t failed) {
  return failed == 0 || redundancy.crews == 0 ? 0.0
                                              : std::min(failed, redundancy.crews) / redundancy.mean_down;
}

/// Probabilities of 0, 1, ... failed parts in the long run: each balance failures against repairs.
std::vector<double> shares(const Redundancy& redundancy) {
  SIM_EXPECT(redundancy.crews > 0);
  std::vector<double> share{1.0};
  double sum = 1.0;
  for (std::uint32_t failed = 0; failed < redundancy.parts; ++failed) {
    share.push_back(share.back() * failure_rate(redundancy, failed) / repair_rate(redundancy, failed + 1));
    sum += share.back();
  }
  for (double& each : share) each /= sum;
  return share;
}

}  // namespace

double availability(double mean_up, double mean_down) { return mean_up / (mean_up + mean_down); }

double in_series(std::span<const double> availabilities) {
  double all = 1.0;
  for (const double each : availabilities) all *= each;
  return all;
}

double in_parallel(std::span<const double> availabilities) {
  double none_left = 1.0;
  for (const double each : availabilities) none_left *= 1.0 - each;
  return 1.0 - none_left;
}

double availability(const Redundancy& redundancy) {
  SIM_EXPECT(redundancy.needed > 0 && redundancy.needed <= redundancy.parts);
  const std::vector<double> share = shares(redundancy);
  double up = 0.0;
  for (std::uint32_t failed = 0; failed <= redundancy.parts - redundancy.needed; ++failed)
    up += share[failed];
  return up;
}

double mean_failed(const Redundancy& redundancy) {
  const std::vector<double> share = shares(redundancy);
  double sum = 0.0;
  for (std::uint32_t failed = 1; failed <= redundancy.parts; ++failed) sum += failed * share[failed];
  return sum;
}

// The mean time from n failed parts to n + 1 is 1 / failures, and, where a repair comes before, twice the way
// from n - 1 on: m(n) = (1 + repairs * m(n - 1)) / failures.
double mean_time_to_failure(const Redundancy& redundancy) {
  SIM_EXPECT(redundancy.needed > 0 && redundancy.needed <= redundancy.parts);
  double sum = 0.0, step = 0.0;
  for (std::uint32_t failed = 0; failed <= redundancy.parts - redundancy.needed; ++failed) {
    step = (1.0 + repair_rate(redundancy, failed) * step) / failure_rate(redundancy, failed);
    sum += step;
  }
  return sum;
}

}  // namespace models
