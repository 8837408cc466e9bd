#include "moments.hpp"

#include <algorithm>
#include <cmath>

#include "planner/latency_law.hpp"
#include "sim/contract.hpp"

namespace planner {

Moments moments_of(const sim::Distribution& law) {
  return {law.mean(), law.variance(), std::max(law.minimum(), 0.0)};
}

Moments operator+(const Moments& a, const Moments& b) {
  return {a.mean + b.mean, a.variance + b.variance, a.minimum + b.minimum};
}

void Mixture::add(double weight, const Moments& moments) {
  if (weight <= 0) return;
  minimum_ = weight_ > 0 ? std::min(minimum_, moments.minimum) : moments.minimum;
  weight_ += weight;
  first_ += weight * moments.mean;
  second_ += weight * moments.second();
}

Moments Mixture::moments() const {
  SIM_EXPECT(weight_ > 0);
  const double mean = first_ / weight_;
  return {mean, std::max(second_ / weight_ - mean * mean, 0.0), minimum_};
}

Moments longest(const std::vector<Moments>& times) {
  std::vector<LatencyLaw> laws(times.size());
  Moments result;
  double mean = 0, spread = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    laws[i].add({1.0, times[i].mean, times[i].variance, times[i].minimum});
    result.minimum = std::max(result.minimum, times[i].minimum);
    mean = std::max(mean, times[i].mean);
    spread += std::sqrt(times[i].variance);
  }
  // E[X] = min + integral of P(X > x), E[X^2] = min^2 + integral of 2 x P(X > x). With x = min + width t^3 /
  // (1 - t) the integrand is flat at both ends, where the midpoint rule would err.
  const double width = (mean - result.minimum) + 2.0 * spread;
  double first = result.minimum, second = result.minimum * result.minimum;
  constexpr int panels = 48;
  for (int i = 0; i < panels && width > 0; ++i) {
    const double t = (i + 0.5) / panels;
    const double x = result.minimum + width * t * t * t / (1.0 - t);
    const double dx = width * t * t * (3.0 - 2.0 * t) / ((1.0 - t) * (1.0 - t)) / panels;
    double all_done = 1.0;
    for (const LatencyLaw& law : laws) all_done *= law.cdf(x);
    first += (1.0 - all_done) * dx;
    second += 2.0 * x * (1.0 - all_done) * dx;
  }
  result.mean = first;
  result.variance = std::max(second - first * first, 0.0);
  return result;
}

}  // namespace planner
