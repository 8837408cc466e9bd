#include "compile/moments.hpp"

#include <algorithm>
#include <cmath>

#include "planner/latency_law.hpp"
#include "sim/contract.hpp"

namespace planner {

Moments moments_of(const sim::Distribution& law) {
  return {law.mean(), law.variance(), std::max(law.minimum(), 0.0)};
}

Moments moments_of_start(const models::PoolSpec& pool) {
  Moments sum = moments_of(pool.cold_start);
  for (const sim::Distribution& part : pool.preparation) sum = sum + moments_of(part);
  return sum;
}

Moments operator+(const Moments& a, const Moments& b) {
  return {a.mean + b.mean, a.variance + b.variance, a.minimum + b.minimum};
}

namespace {

Mixture::Part joined(const Mixture::Part& a, const Mixture::Part& b) {
  const double weight = a.weight + b.weight;
  const double mean = (a.weight * a.moments.mean + b.weight * b.moments.mean) / weight;
  const double second = (a.weight * a.moments.second() + b.weight * b.moments.second()) / weight;
  return {weight,
          {mean, std::max(second - mean * mean, 0.0), std::min(a.moments.minimum, b.moments.minimum)}};
}

/// What the variance within parts grows by when two become one (Ward).
double cost_of_joining(const Mixture::Part& a, const Mixture::Part& b) {
  const double apart = a.moments.mean - b.moments.mean;
  return a.weight * b.weight / (a.weight + b.weight) * apart * apart;
}

}  // namespace

void Mixture::add(double weight, const Moments& moments) {
  if (weight <= 0) return;
  parts_[count_++] = {weight, moments};
  if (count_ > most_parts) merge_closest();
}

void Mixture::add(double weight, const Mixture& other) {
  for (const Part& part : other.parts()) add(weight * part.weight, part.moments);
}

void Mixture::merge_closest() {
  std::size_t first = 0, second = 1;
  for (std::size_t i = 0; i < count_; ++i) {
    for (std::size_t j = i + 1; j < count_; ++j) {
      if (cost_of_joining(parts_[i], parts_[j]) < cost_of_joining(parts_[first], parts_[second])) {
        first = i;
        second = j;
      }
    }
  }
  parts_[first] = joined(parts_[first], parts_[second]);
  parts_[second] = parts_[--count_];
}

double Mixture::weight() const {
  double sum = 0;
  for (const Part& part : parts()) sum += part.weight;
  return sum;
}

Moments Mixture::moments() const {
  SIM_EXPECT(count_ > 0);
  Part all = parts_[0];
  for (std::size_t i = 1; i < count_; ++i) all = joined(all, parts_[i]);
  return all.moments;
}

Mixture certain(const Moments& time) {
  Mixture mixture;
  mixture.add(1.0, time);
  return mixture;
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
