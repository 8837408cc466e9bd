#include "world/delay_histogram.hpp"

#include <algorithm>
#include <numeric>

#include "sim/contract.hpp"

namespace models {
namespace {

// A gap between values keeps this much, because a quantile table's probabilities have to rise.
constexpr double gap_probability = 0x1p-40;

/// Pieces of the table: values [width] and the probability below each.
struct Pieces {
  std::vector<double> below{0.0}, values;

  void end(double value, double probability) {
    values.push_back(value);
    below.push_back(below.back() + probability);
  }
};

bool alike(double a, double b) { return std::max(a, b) - std::min(a, b) <= 1e-9 * std::max(a, b); }

}  // namespace

void DelayHistogram::add(std::size_t index, double probability) {
  if (index >= mass_.size()) mass_.resize(index + 1, 0.0);
  mass_[index] += probability;
}

void DelayHistogram::add_wait(double probability, std::size_t widths) {
  if (probability <= 0 || widths == 0) return;
  std::vector<double> result(mass_.size() + widths - 1, 0.0);
  double window = 0;
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (i < mass_.size()) window += mass_[i];
    if (i >= widths && i - widths < mass_.size()) window -= mass_[i - widths];
    result[i] = probability * std::max(window, 0.0) / static_cast<double>(widths);
    if (i < mass_.size()) result[i] += (1.0 - probability) * mass_[i];
  }
  mass_ = std::move(result);
}

sim::Distribution DelayHistogram::law(double width) const {
  const double total = std::accumulate(mass_.begin(), mass_.end(), 0.0);
  SIM_EXPECT(total > 0);
  const auto occupied = [](double mass) { return mass > 1e-15; };
  auto at = static_cast<std::size_t>(std::ranges::find_if(mass_, occupied) - mass_.begin());
  Pieces pieces;
  pieces.values.push_back(static_cast<double>(at));
  while (at < mass_.size()) {
    const std::size_t first = at;
    double piece = 0;
    if (!occupied(mass_[at])) {
      while (at < mass_.size() && !occupied(mass_[at])) ++at;
      if (at == mass_.size()) break;
      piece = gap_probability;
    } else {
      const double tail = std::min(pieces.below.back(), std::max(1.0 - pieces.below.back(), 0.0));
      const double most = std::min(1.0 / 512, tail / 64);
      while (at < mass_.size() && occupied(mass_[at])) {
        if (at > first && !alike(mass_[at], mass_[first]) && piece + mass_[at] / total > most) break;
        piece += mass_[at++] / total;
      }
    }
    pieces.end(static_cast<double>(at), piece);
  }
  for (double& bound : pieces.below) bound /= pieces.below.back();
  for (double& value : pieces.values) value *= width;
  return sim::Distribution::empirical(std::move(pieces.below), std::move(pieces.values));
}

}  // namespace models
