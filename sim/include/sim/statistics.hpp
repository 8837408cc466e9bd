#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/histogram.hpp"

/// Statistics of replicated simulation runs. Sums run in the order of the data, so results have the same
/// bits everywhere. `confidence` is in (0, 1), such as 0.95; all intervals are two-sided.
namespace sim {

struct Interval {
  double low = 0.0, high = 0.0;
  [[nodiscard]] bool contains(double x) const { return low <= x && x <= high; }
  [[nodiscard]] double half_width() const { return (high - low) / 2; }
};

/// Count, mean and variance of a sequence, in one pass without cancellation.
/// Source: Chan, Golub, LeVeque, "Algorithms for computing the sample variance", Am. Stat. 37 (1983).
class Moments {
 public:
  void add(double value);
  /// As if the values of `other` had followed; equal up to rounding. Merge in a fixed order.
  void merge(const Moments& other);

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] double mean() const { return mean_; }
  /// Unbiased sample variance (divisor n - 1); 0 for fewer than two values.
  [[nodiscard]] double variance() const;
  /// Of the mean, for independent values: sqrt(variance / n).
  [[nodiscard]] double standard_error() const;

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0.0;
  double squares_ = 0.0;  // sum of squared deviations from the mean
};

[[nodiscard]] Moments moments_of(std::span<const double> values);

/// A mean (or difference of means) with its Student interval.
struct MeanEstimate {
  double mean = 0.0;
  double half_width = 0.0;  ///< infinite for a single value
  double standard_error = 0.0;
  double degrees = 0.0;  ///< of freedom
  [[nodiscard]] Interval interval() const { return {mean - half_width, mean + half_width}; }
};

/// Student interval for the mean of independent, about normal values, such as means or percentiles of
/// replications. @pre not empty
[[nodiscard]] MeanEstimate mean_interval(std::span<const double> values, double confidence);

/// Student interval over replications for the p-quantile [ns]: mean and spread of the replications' own
/// quantiles, whose bias of order 1/n (n the requests of one replication) is neglected. @pre not empty
[[nodiscard]] MeanEstimate quantile_interval(std::span<const Histogram> replications, double p,
                                             double confidence);

/// Difference x - y of two systems' results on common random numbers, replication by replication.
struct PairedDifference {
  MeanEstimate difference;
  /// var(x - y) / (var x + var y): below 1 where common random numbers help; 1 when both are constant.
  double variance_ratio = 1.0;
  /// The interval excludes 0; a difference that is the same in every replication always does unless it is 0.
  [[nodiscard]] bool significant() const { return !difference.interval().contains(0.0); }
  /// How many times more replications independent runs would need, 1 / variance_ratio (infinite for 0).
  [[nodiscard]] double variance_reduction() const;
};
/// @pre equally many, at least one
[[nodiscard]] PairedDifference paired_difference(std::span<const double> x, std::span<const double> y,
                                                 double confidence);

/// Welch's interval for the difference of means of independent samples with their own variances.
/// @pre both have at least two values
[[nodiscard]] MeanEstimate welch_difference(std::span<const double> x, std::span<const double> y,
                                            double confidence);

/// Wilson's score interval for a probability; covers close to `confidence` on average. @pre trials >= 1
[[nodiscard]] Interval wilson_interval(std::uint64_t successes, std::uint64_t trials, double confidence);
/// Clopper and Pearson's exact interval: covers at least `confidence` for every probability. @pre trials >= 1
[[nodiscard]] Interval clopper_pearson_interval(std::uint64_t successes, std::uint64_t trials,
                                                double confidence);

/// Ranks (1-based) of the order statistics that enclose the p-quantile of any continuous law.
struct RankInterval {
  std::uint64_t lower = 0;  ///< 0: no lower bound at this confidence, too few values
  std::uint64_t upper = 0;  ///< n + 1: no upper bound
  double coverage = 0.0;    ///< exact P(X(lower) <= quantile < X(upper)), at least the confidence asked
};
/// The smallest such ranks with each tail at most (1 - confidence) / 2, for n independent values.
/// Source: Conover, Practical Nonparametric Statistics, 3rd ed., sec. 3.2.
[[nodiscard]] RankInterval quantile_ranks(std::uint64_t n, double p, double confidence);

/// How a percentile is read off a sample.
enum class PercentileRule : std::uint8_t {
  linear,           ///< Hyndman and Fan's type 7: between (n - 1) p + 1 neighbours; default of NumPy and R
  nearest_rank,     ///< the ceil(n p)-th value; what histograms report
  median_unbiased,  ///< Hyndman and Fan's type 8, position (n + 1/3) p + 1/3
};
/// @param sorted  by rising value, not empty; @param p in [0, 1]
/// Source: Hyndman and Fan, "Sample quantiles in statistical packages", Am. Stat. 50 (1996).
[[nodiscard]] double percentile(std::span<const double> sorted, double p, PercentileRule rule);

/// Means of successive batches of `size`; an incomplete last batch is left out. @pre size >= 1
[[nodiscard]] std::vector<double> batch_means(std::span<const double> values, std::size_t size);

/// Student interval from the means of `batches` equal batches of one long run (values beyond a multiple are
/// left out at the start). Valid when batches are long against the correlation of the values: check
/// lag1_autocorrelation of the batch means. @pre 2 <= batches <= size of values
[[nodiscard]] MeanEstimate batch_means_interval(std::span<const double> values, std::size_t batches,
                                                double confidence);

/// Estimate of corr(X(i), X(i + 1)); 0 for constant or fewer than two values.
[[nodiscard]] double lag1_autocorrelation(std::span<const double> values);

}  // namespace sim
