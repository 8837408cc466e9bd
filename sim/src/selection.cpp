#include "sim/selection.hpp"

#include <algorithm>
#include <numeric>

#include "sim/contract.hpp"
#include "sim/math.hpp"
#include "sim/statistics.hpp"

namespace sim {

BestSelection::BestSelection(Spec spec)
    : spec_{spec},
      sums_(spec.systems),
      spreads_(std::size_t{spec.systems} * spec.systems),
      remaining_(spec.systems) {
  SIM_EXPECT(spec.systems >= 2 && spec.first_stage >= 3);
  SIM_EXPECT(spec.indifference > 0);
  SIM_EXPECT(spec.confidence > 1.0 / spec.systems && spec.confidence < 1);
  std::iota(remaining_.begin(), remaining_.end(), 0U);
  const double degrees = spec.first_stage - 1.0;
  const double share = 2 * (1 - spec.confidence) / (spec.systems - 1.0);
  const double eta = (math::exp(-2.0 / degrees * math::log(share)) - 1) / 2;
  reach_ = 2 * eta * degrees;
}

void BestSelection::add(std::span<const double> values) {
  SIM_EXPECT(values.size() == spec_.systems);
  for (std::size_t i = 0; i < values.size(); ++i) sums_[i] += values[i];
  if (replications_ < spec_.first_stage) first_.emplace_back(values.begin(), values.end());
  if (++replications_ == spec_.first_stage) end_first_stage();
}

void BestSelection::end_first_stage() {
  for (std::uint32_t a = 0; a < spec_.systems; ++a) {
    for (std::uint32_t b = 0; b < spec_.systems; ++b) {
      Moments differences;
      for (const std::vector<double>& replication : first_) differences.add(replication[a] - replication[b]);
      spread(a, b) = differences.variance();
    }
  }
}

bool BestSelection::beaten(std::uint32_t system) const {
  const double r = replications_, d = spec_.indifference;
  return std::any_of(remaining_.begin(), remaining_.end(), [&](std::uint32_t other) {
    if (other == system) return false;
    const double variance = spreads_[std::size_t{system} * spec_.systems + other];
    const double margin = std::max(0.0, d / 2 * (reach_ * variance / (d * d) - r));
    return sums_[system] - sums_[other] > margin;
  });
}

void BestSelection::screen() {
  if (replications_ < spec_.first_stage) return;
  std::vector<std::uint32_t> kept;
  std::copy_if(remaining_.begin(), remaining_.end(), std::back_inserter(kept),
               [&](std::uint32_t system) { return !beaten(system); });
  if (!kept.empty()) remaining_ = std::move(kept);
}

std::uint32_t BestSelection::lowest() const {
  return *std::min_element(remaining_.begin(), remaining_.end(),
                           [&](std::uint32_t a, std::uint32_t b) { return sums_[a] < sums_[b]; });
}

std::optional<std::uint32_t> BestSelection::best() const {
  if (replications_ < spec_.first_stage) return std::nullopt;
  if (remaining_.size() == 1) return remaining_.front();
  double widest = 0;
  for (const std::uint32_t a : remaining_) {
    for (const std::uint32_t b : remaining_)
      widest = std::max(widest, spreads_[std::size_t{a} * spec_.systems + b]);
  }
  // Beyond this number every pair's margin is 0.
  if (replications_ <= reach_ * widest / (spec_.indifference * spec_.indifference)) return std::nullopt;
  return lowest();
}

}  // namespace sim
