#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/math.hpp"
#include "sim/random.hpp"
#include "sim/time.hpp"

namespace sim {

/// A law of a non-negative (or, for normal without truncation, real) random quantity, sampled by inversion.
///
/// sample(draw) is monotone in draw.uniform(), so common random numbers keep two strategies' samples
/// ordered. No libm takes part in a draw: the same bits give the same value on every machine. A value
/// type of shared immutable state; copying is cheap. Unit-free: durations are laws of seconds.
/// Factories take finite parameters unless they say otherwise; others are a broken contract.
class Distribution {
 public:
  struct Parameter;
  struct Part;

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
  /// N(mean, sd^2) conditioned on [low, high]; sd > 0, low < high, either may be infinite.
  /// @pre low <= mean + 35 sd and high >= mean - 35 sd: farther out the normal law has no mass in double
  static Distribution truncated_normal(double mean, double sd, double low, double high);
  /// Gamma (Erlang for whole shape); shape > 0, scale > 0; mean = shape * scale.
  static Distribution gamma(double shape, double scale);
  /// Gamma with this mean and coefficient of variation, both > 0.
  static Distribution gamma_by_mean_cv(double mean, double cv);
  /// Weibull; shape > 0, scale > 0.
  static Distribution weibull(double shape, double scale);
  /// Weibull with this mean > 0 and coefficient of variation, 0.01 <= cv <= 100.
  static Distribution weibull_by_mean_cv(double mean, double cv);
  /// Pareto: P(X > x) = (minimum/x)^shape for x >= minimum > 0; shape > 0.
  static Distribution pareto(double shape, double minimum);
  /// With probability weights[i]: exponential of means[i]. Weights sum to 1 within 1e-9.
  static Distribution hyperexponential(std::vector<double> weights, std::vector<double> means);
  /// Two exponentials that contribute half of the mean each ("balanced means"); mean > 0, cv >= 1.
  static Distribution hyperexponential_by_mean_cv(double mean, double cv);
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

  Distribution() = default;  ///< deterministic 0

  /// The value at draw.uniform(); monotone but for mixtures, which are monotone within a part. 2 ns
  /// (uniform), 6 (exponential), 15 (lognormal), 22 (gamma, Weibull).
  [[nodiscard]] double sample(Draw draw) const { return value_at(draw.uniform()); }
  /// sample() as seconds, rounded to whole nanoseconds, negative values as 0, values above
  /// longest_duration as that.
  [[nodiscard]] Duration sample_duration(Draw draw) const {
    const double seconds = sample(draw);
    if (!(seconds > 0)) return Duration{0};
    return seconds < to_seconds(longest_duration) ? from_seconds(seconds) : longest_duration;
  }
  /// 146 years: a sample can be added to any time of a run of up to as long.
  static constexpr Duration longest_duration = Duration::max() / 2;

  /// The smallest x with cdf(x) >= p, p in (0,1); equal to sample() at the same uniform but for mixtures,
  /// where it solves for x. Relative error < 1e-13; gamma < 1e-9 for shapes from 0.5, 1e-7
  /// from 0.01.
  [[nodiscard]] double quantile(double p) const;
  /// P(X <= x); absolute error < 1e-13.
  [[nodiscard]] double cdf(double x) const;
  /// Closed form for every law. May be infinite (Pareto with shape <= 1).
  [[nodiscard]] double mean() const;
  /// Closed form for every law. May be infinite.
  [[nodiscard]] double variance() const;
  /// E[X^power; X > x]: the part of a moment that lies above x. @param power 1 or 2
  [[nodiscard]] double upper_moment(int power, double x) const;
  /// Smallest value that can occur; lookahead relies on it.
  [[nodiscard]] double minimum() const { return low_; }
  [[nodiscard]] bool is_deterministic() const { return kind_ == Kind::deterministic; }
  /// Readable form with parameters, such as `lognormal(mu=1.2, sigma=0.4)`.
  [[nodiscard]] std::string describe() const;
  /// Parameters as the factory of the law takes them, scaling included; of a table only its size.
  [[nodiscard]] std::vector<Parameter> parameters() const;
  /// Parts of a mixture or hyper-exponential law, none for others.
  [[nodiscard]] std::vector<Part> parts() const;

 private:
  enum class Kind : std::uint8_t {
    deterministic,
    uniform,
    exponential,
    lognormal,
    normal,           // truncated: Phi^-1(a + p b)
    mirrored_normal,  // the same from above, -Phi^-1(a + (1 - p) b), where the upper tail is longer
    gamma,
    weibull,
    pareto,
    empirical,
    discrete,
    mixture,
  };
  struct Tables;

  // A parametric law is offset + factor * Y with Y of a standard law of one or two parameters, kept within
  // [low, high]. The laws with tables have factor 1 and offset 0: transforming them transforms the tables.
  Distribution(Kind kind, double offset, double factor, double a = 0.0, double b = 0.0)
      : kind_{kind}, offset_{offset}, factor_{factor}, a_{a}, b_{b} {}
  [[nodiscard]] Distribution within(double low, double high) const;
  [[nodiscard]] bool has_table() const { return kind_ >= Kind::empirical; }
  static Distribution of_table(Kind kind, Tables tables);
  static Distribution empirical_at_least(const Tables& tables, double low);
  template <class MapValue, class MapPart>
  [[nodiscard]] Distribution with_mapped_table(const MapValue& map_value, const MapPart& map_part) const;

  [[nodiscard]] double value_at(double p) const {
    switch (kind_) {
      case Kind::deterministic:
        return offset_;
      case Kind::uniform:
        return kept_within(p);
      case Kind::exponential:
        return kept_within(math::exponential_quantile(p));
      default:
        return kept_within(standard_quantile(p));
    }
  }
  [[nodiscard]] double kept_within(double standard) const {
    const double value = offset_ + factor_ * standard;
    return value < low_ ? low_ : value > high_ ? high_ : value;
  }
  [[nodiscard]] double standard_quantile(double p) const;
  [[nodiscard]] double standard_cdf(double y) const;
  [[nodiscard]] double standard_upper_moment(int power, double y) const;
  [[nodiscard]] double uncut_upper_moment(int power, double x) const;
  [[nodiscard]] double standard_variance() const;
  [[nodiscard]] double solved_quantile(double p) const;
  [[nodiscard]] const char* name() const;

  Kind kind_ = Kind::deterministic;
  bool is_cut_ = false;  // by at_least: low_ has the probability of all that lies below
  double offset_ = 0.0, factor_ = 0.0;
  double a_ = 0.0, b_ = 0.0;  // of the standard law; see standard_quantile
  double low_ = 0.0, high_ = 0.0;
  std::shared_ptr<const Tables> tables_;
};

struct Distribution::Parameter {
  std::string name;
  double value;
};

struct Distribution::Part {
  double weight;
  Distribution law;
};

}  // namespace sim
