#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/random.hpp"
#include "sim/time.hpp"

namespace sim {

/// A law of a non-negative (or, for normal without truncation, real) random quantity, sampled by inversion.
///
/// sample(draw) is monotone in draw.uniform(), so common random numbers keep two strategies' samples
/// ordered. No libm takes part in a draw: the same bits give the same value on every machine. A value
/// type of shared immutable state; copying is cheap. Unit-free: durations are laws of seconds.
class Distribution {
 public:
  /// Always `value`.
  static Distribution deterministic(double value);
  /// Uniform on [low, high], low <= high.
  static Distribution uniform(double low, double high);
  /// @param mean > 0
  static Distribution exponential(double mean);
  /// exp(N(mu, sigma^2)); sigma >= 0.
  static Distribution lognormal(double mu, double sigma);
  /// Lognormal with these quantiles, 0 < median <= p99.
  static Distribution lognormal_by_median_p99(double median, double p99);
  /// Lognormal with this mean and coefficient of variation, mean > 0, cv >= 0.
  static Distribution lognormal_by_mean_cv(double mean, double cv);
  /// N(mean, sd^2) conditioned on [low, high]; sd > 0, low < high.
  static Distribution truncated_normal(double mean, double sd, double low, double high);
  /// Gamma (Erlang for whole shape); shape > 0, scale > 0; mean = shape * scale.
  static Distribution gamma(double shape, double scale);
  /// Weibull; shape > 0, scale > 0.
  static Distribution weibull(double shape, double scale);
  /// Pareto: P(X > x) = (minimum/x)^shape for x >= minimum > 0; shape > 0.
  static Distribution pareto(double shape, double minimum);
  /// With probability weights[i]: exponential of means[i]. Weights sum to 1 within 1e-9.
  static Distribution hyperexponential(std::vector<double> weights, std::vector<double> means);
  /// Piecewise-linear quantile table: value[i] is the quantile at probability[i]; probabilities rise from
  /// 0 to 1, values do not fall.
  static Distribution empirical(std::vector<double> probabilities, std::vector<double> values);
  /// Takes values[i] with probability weights[i].
  static Distribution discrete(std::vector<double> values, std::vector<double> weights);
  /// With probability weights[i]: a draw of parts[i]. Sampled with one uniform, re-used within the part.
  static Distribution mixture(std::vector<double> weights, std::vector<Distribution> parts);
  /// X + offset.
  [[nodiscard]] Distribution shifted(double offset) const;
  /// X * factor, factor > 0.
  [[nodiscard]] Distribution scaled(double factor) const;
  /// max(X, low): no draw is lower. So a law over a distance can have a lookahead.
  [[nodiscard]] Distribution at_least(double low) const;

  Distribution();  ///< deterministic 0
  Distribution(const Distribution&);
  Distribution(Distribution&&) noexcept;
  Distribution& operator=(const Distribution&);
  Distribution& operator=(Distribution&&) noexcept;
  ~Distribution();

  /// The value at draw.uniform(); monotone but for mixtures, which are monotone within a part.
  [[nodiscard]] double sample(Draw draw) const;
  /// sample() as seconds, rounded to whole nanoseconds, negative values as 0.
  [[nodiscard]] Duration sample_duration(Draw draw) const;
  /// Quantile at p in (0,1).
  [[nodiscard]] double quantile(double p) const;
  [[nodiscard]] double cdf(double x) const;
  /// May be infinite (Pareto with shape <= 1).
  [[nodiscard]] double mean() const;
  /// May be infinite.
  [[nodiscard]] double variance() const;
  /// Smallest value that can occur; lookahead relies on it.
  [[nodiscard]] double minimum() const;
  [[nodiscard]] bool is_deterministic() const;
  /// Readable form with parameters, such as `lognormal(mu=1.2, sigma=0.4)`.
  [[nodiscard]] std::string describe() const;

 private:
  struct Law;
  explicit Distribution(std::shared_ptr<const Law> law);
  std::shared_ptr<const Law> law_;
};

}  // namespace sim
