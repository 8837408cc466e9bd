#include "planner/latency_law.hpp"

#include <algorithm>
#include <cmath>

#include "compile/moments.hpp"
#include "sim/contract.hpp"
#include "sim/special_functions.hpp"

namespace planner {
namespace {

constexpr std::size_t most_parts = 64;

/// Below a millionth of the mean the spread is rounding, and a gamma law of that shape no longer computable.
bool is_constant(const LatencyLaw::Part& part) {
  return part.mean <= part.minimum || std::sqrt(part.variance) <= 1e-6 * part.mean;
}

double cdf_of(const LatencyLaw::Part& part, double x) {
  if (is_constant(part)) return x >= part.mean ? 1.0 : 0.0;
  if (x <= part.minimum) return 0.0;
  const double above = part.mean - part.minimum;
  return sim::math::gamma_p(above * above / part.variance, (x - part.minimum) * above / part.variance);
}

}  // namespace

void LatencyLaw::add(const Part& part) {
  if (part.weight <= 0) return;
  parts_.push_back(part);
  weight_ += part.weight;
}

void LatencyLaw::add(const LatencyLaw& other, double weight) {
  for (Part part : other.parts_) {
    part.weight *= weight / other.weight_;
    add(part);
  }
}

double LatencyLaw::mean() const {
  double sum = 0;
  for (const Part& part : parts_) sum += part.weight * part.mean;
  return weight_ > 0 ? sum / weight_ : 0.0;
}

double LatencyLaw::cdf(double x) const {
  double sum = 0;
  for (const Part& part : parts_) sum += part.weight * cdf_of(part, x);
  return weight_ > 0 ? sum / weight_ : 1.0;
}

LatencyLaw LatencyLaw::merged() const {
  std::vector<Part> sorted = parts_;
  std::sort(sorted.begin(), sorted.end(), [](const Part& a, const Part& b) { return a.mean < b.mean; });
  LatencyLaw few;
  const std::size_t each = (sorted.size() + most_parts - 1) / most_parts;
  for (std::size_t first = 0; first < sorted.size(); first += each) {
    Mixture common;
    for (std::size_t i = first; i < std::min(first + each, sorted.size()); ++i) {
      common.add(sorted[i].weight, {sorted[i].mean, sorted[i].variance, sorted[i].minimum});
    }
    const Moments moments = common.moments();
    few.add({common.weight(), moments.mean, moments.variance, moments.minimum});
  }
  return few;
}

double LatencyLaw::quantile(double p) const {
  SIM_EXPECT(!parts_.empty() && p > 0 && p < 1);
  if (parts_.size() > most_parts) return merged().quantile(p);
  double low = parts_.front().minimum, high = 0;
  for (const Part& part : parts_) {
    low = std::min(low, part.minimum);
    // Cantelli: no law of these moments exceeds this with more than 1 - p.
    high = std::max(high, part.mean + std::sqrt(part.variance * p / (1.0 - p)));
  }
  // Halving where the secant (Illinois) does not help, so that jumps of constants are found as well.
  double below = cdf(low) - p, above = cdf(high) - p;
  if (below >= 0) return low;
  for (int round = 0; round < 200 && high - low > 1e-7 * high; ++round) {
    const bool halve = round % 3 == 2 || above <= 0;
    const double x = halve ? (low + high) / 2 : low + (high - low) * -below / (above - below);
    const double at = cdf(x) - p;
    if (at >= 0) {
      high = x;
      above = at;
      below /= 2;
    } else {
      low = x;
      below = at;
      above /= 2;
    }
  }
  return high;
}

}  // namespace planner
