#include "moments.hpp"

#include <algorithm>
#include <cmath>

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

sim::Distribution fit(const Moments& moments) {
  const double above = moments.mean - moments.minimum;
  // Below a millionth of the mean the spread is rounding, and a gamma law of that shape no longer computable.
  if (above <= 0 || std::sqrt(moments.variance) <= 1e-6 * moments.mean) {
    return sim::Distribution::deterministic(moments.mean);
  }
  const double shape = above * above / moments.variance;
  return sim::Distribution::gamma(shape, above / shape).shifted(moments.minimum);
}

Moments longest(const std::vector<Moments>& times) {
  std::vector<sim::Distribution> laws;
  Moments result;
  double end = 0;
  for (const Moments& time : times) {
    laws.push_back(fit(time));
    result.minimum = std::max(result.minimum, time.minimum);
    end = std::max(end, laws.back().quantile(1.0 - 1e-9));
  }
  // E[X] = min + integral of P(X > x), E[X^2] = min^2 + integral of 2 x P(X > x), by the midpoint rule.
  constexpr int pieces = 4000;
  const double width = (end - result.minimum) / pieces;
  double first = result.minimum, second = result.minimum * result.minimum;
  for (int i = 0; i < pieces; ++i) {
    const double x = result.minimum + (i + 0.5) * width;
    double all_done = 1.0;
    for (const sim::Distribution& law : laws) all_done *= law.cdf(x);
    first += (1.0 - all_done) * width;
    second += 2.0 * x * (1.0 - all_done) * width;
  }
  result.mean = first;
  result.variance = std::max(second - first * first, 0.0);
  return result;
}

}  // namespace planner
