#pragma once
#include <array>
#include <span>
#include <vector>

#include "models/world_spec.hpp"
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
/// Of starting an instance of an elastic pool, all parts.
[[nodiscard]] Moments moments_of_start(const models::PoolSpec& pool);
/// Of the sum of two independent times.
[[nodiscard]] Moments operator+(const Moments& a, const Moments& b);

/// One of several possible times, by weight. Times that differ most are kept apart, up to four; the others
/// count as one of their common moments.
class Mixture {
 public:
  struct Part {
    double weight = 0;
    Moments moments;
  };
  void add(double weight, const Moments& moments);
  void add(double weight, const Mixture& other);
  [[nodiscard]] double weight() const;
  /// Of all. @pre weight() > 0
  [[nodiscard]] Moments moments() const;
  [[nodiscard]] std::span<const Part> parts() const { return {parts_.data(), count_}; }

 private:
  void merge_closest();
  static constexpr std::size_t most_parts = 4;
  std::array<Part, most_parts + 1> parts_{};
  std::size_t count_ = 0;
};
/// `time` for certain.
[[nodiscard]] Mixture certain(const Moments& time);

/// Moments of the longest of several independent times, each taken as a gamma law shifted to its minimum.
/// By integrating 1 - product of the laws over 48 panels that are finer towards the minimum; relative error
/// below 1e-3.
[[nodiscard]] Moments longest(const std::vector<Moments>& times);

}  // namespace planner
