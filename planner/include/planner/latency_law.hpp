#pragma once
#include <vector>

namespace planner {

/// A mixture of shifted gamma laws: what the analytic estimate takes latencies for.
///
/// Unlike sim::Distribution it is made in nanoseconds, because it is only evaluated, never sampled.
class LatencyLaw {
 public:
  /// One law of the mixture, of these moments; weights need not add up to 1.
  struct Part {
    double weight = 1;
    double mean = 0;      ///< [s]
    double variance = 0;  ///< [s^2]
    double minimum = 0;   ///< least value, <= mean [s]
  };
  void add(const Part& part);
  void add(const LatencyLaw& other, double weight);

  [[nodiscard]] double mean() const;
  /// P(latency <= x). Some 200 ns a part.
  [[nodiscard]] double cdf(double x) const;
  /// Smallest x with cdf(x) >= p, relative error < 1e-6; p in (0, 1). @pre not empty
  ///
  /// Of more than 64 parts those of neighbouring means count as one of their common moments.
  [[nodiscard]] double quantile(double p) const;
  [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }

 private:
  [[nodiscard]] LatencyLaw merged() const;
  std::vector<Part> parts_;
  double weight_ = 0;
};

}  // namespace planner
