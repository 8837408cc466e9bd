#pragma once
#include <vector>

#include "sim/distribution.hpp"

namespace planner {

/// What the analytic estimate keeps of a random time: mean, variance, least value. [s, s^2, s]
struct Moments {
  double mean = 0;
  double variance = 0;
  double minimum = 0;

  [[nodiscard]] double second() const { return variance + mean * mean; }
  /// Squared coefficient of variation; 0 for a time of 0.
  [[nodiscard]] double squared_cv() const { return mean > 0 ? variance / (mean * mean) : 0.0; }
};

[[nodiscard]] Moments moments_of(const sim::Distribution& law);
[[nodiscard]] inline Moments constant(double seconds) { return {seconds, 0, seconds}; }
/// Of the sum of two independent times.
[[nodiscard]] Moments operator+(const Moments& a, const Moments& b);

/// One of several possible times, by weight.
class Mixture {
 public:
  void add(double weight, const Moments& moments);
  [[nodiscard]] double weight() const { return weight_; }
  /// @pre weight() > 0
  [[nodiscard]] Moments moments() const;

 private:
  double weight_ = 0, first_ = 0, second_ = 0, minimum_ = 0;
};

/// Moments of the longest of several independent times, each taken as a gamma law shifted to its minimum.
/// By integrating 1 - product of the laws over 48 panels that are finer towards the minimum; relative error
/// below 1e-3.
[[nodiscard]] Moments longest(const std::vector<Moments>& times);

}  // namespace planner
