#include "sim/statistics.hpp"

#include <algorithm>
#include <cmath>

#include "sim/contract.hpp"
#include "sim/math.hpp"
#include "sim/special_functions.hpp"

namespace sim {
namespace {

bool is_confidence(double value) { return value > 0 && value < 1; }

MeanEstimate estimate(double mean, double standard_error, double degrees, double confidence) {
  SIM_EXPECT(is_confidence(confidence));
  if (!(degrees > 0)) return {mean, math::infinity, standard_error, 0.0};
  const double t = standard_error > 0 ? math::student_t_quantile(0.5 + confidence / 2, degrees) : 0.0;
  return {mean, t * standard_error, standard_error, degrees};
}

}  // namespace

void Moments::add(double value) {
  ++count_;
  const double deviation = value - mean_;
  mean_ += deviation / static_cast<double>(count_);
  squares_ += deviation * (value - mean_);
}

void Moments::merge(const Moments& other) {
  if (other.count_ == 0) return;
  const auto here = static_cast<double>(count_), there = static_cast<double>(other.count_);
  const double deviation = other.mean_ - mean_;
  mean_ += deviation * (there / (here + there));
  squares_ += other.squares_ + deviation * deviation * (here * there / (here + there));
  count_ += other.count_;
}

double Moments::variance() const { return count_ < 2 ? 0.0 : squares_ / static_cast<double>(count_ - 1); }

double Moments::standard_error() const {
  return count_ == 0 ? 0.0 : std::sqrt(variance() / static_cast<double>(count_));
}

Moments moments_of(std::span<const double> values) {
  Moments moments;
  for (const double value : values) moments.add(value);
  return moments;
}

MeanEstimate mean_interval(std::span<const double> values, double confidence) {
  SIM_EXPECT(!values.empty());
  const Moments moments = moments_of(values);
  return estimate(moments.mean(), moments.standard_error(), static_cast<double>(values.size() - 1),
                  confidence);
}

MeanEstimate quantile_interval(std::span<const Histogram> replications, double p, double confidence) {
  std::vector<double> quantiles;
  for (const Histogram& replication : replications)
    quantiles.push_back(static_cast<double>(replication.quantile(p).count()));
  return mean_interval(quantiles, confidence);
}

double PairedDifference::variance_reduction() const {
  return variance_ratio > 0 ? 1.0 / variance_ratio : math::infinity;
}

PairedDifference paired_difference(std::span<const double> x, std::span<const double> y, double confidence) {
  SIM_EXPECT(x.size() == y.size());
  std::vector<double> differences;
  for (std::size_t i = 0; i < x.size(); ++i) differences.push_back(x[i] - y[i]);
  const double unpaired = moments_of(x).variance() + moments_of(y).variance();
  const double paired = moments_of(differences).variance();
  return {mean_interval(differences, confidence), unpaired > 0 ? paired / unpaired : 1.0};
}

MeanEstimate welch_difference(std::span<const double> x, std::span<const double> y, double confidence) {
  SIM_EXPECT(x.size() >= 2 && y.size() >= 2);
  const Moments of_x = moments_of(x), of_y = moments_of(y);
  const auto n = static_cast<double>(x.size()), m = static_cast<double>(y.size());
  const double a = of_x.variance() / n, b = of_y.variance() / m;
  // Welch and Satterthwaite's degrees of freedom; when both samples are constant any number serves.
  const double degrees = a + b > 0 ? (a + b) * (a + b) / (a * a / (n - 1) + b * b / (m - 1)) : n + m - 2;
  return estimate(of_x.mean() - of_y.mean(), std::sqrt(a + b), degrees, confidence);
}

Interval wilson_interval(std::uint64_t successes, std::uint64_t trials, double confidence) {
  SIM_EXPECT(trials >= 1 && successes <= trials && is_confidence(confidence));
  const auto n = static_cast<double>(trials);
  const double share = static_cast<double>(successes) / n;
  const double z = math::normal_quantile(0.5 + confidence / 2);
  const double scale = 1.0 / (1.0 + z * z / n);
  const double centre = scale * (share + z * z / (2 * n));
  const double half = scale * z * std::sqrt(share * (1.0 - share) / n + z * z / (4 * n * n));
  // The ends at 0 and 1 are exact; rounding would leave them a little off.
  return {successes == 0 ? 0.0 : centre - half, successes == trials ? 1.0 : centre + half};
}

Interval clopper_pearson_interval(std::uint64_t successes, std::uint64_t trials, double confidence) {
  SIM_EXPECT(trials >= 1 && successes <= trials && is_confidence(confidence));
  const double tail = (1.0 - confidence) / 2;
  const auto hits = static_cast<double>(successes), misses = static_cast<double>(trials - successes);
  return {successes == 0 ? 0.0 : math::beta_p_inverse(hits, misses + 1, tail),
          successes == trials ? 1.0 : math::beta_p_inverse(hits + 1, misses, 1.0 - tail)};
}

RankInterval quantile_ranks(std::uint64_t n, double p, double confidence) {
  SIM_EXPECT(n >= 1 && p > 0 && p < 1 && is_confidence(confidence));
  const double tail = (1.0 - confidence) / 2;
  const auto trials = static_cast<std::int64_t>(n);
  const std::int64_t lower = math::binomial_quantile(tail, trials, p);
  const std::int64_t upper = math::binomial_quantile(1.0 - tail, trials, p) + 1;
  const double coverage = math::binomial_cdf(upper - 1, trials, p) - math::binomial_cdf(lower - 1, trials, p);
  return {static_cast<std::uint64_t>(lower), static_cast<std::uint64_t>(upper), coverage};
}

double percentile(std::span<const double> sorted, double p, PercentileRule rule) {
  SIM_EXPECT(!sorted.empty() && p >= 0 && p <= 1);
  if (rule == PercentileRule::nearest_rank) return sorted[nearest_rank(sorted.size(), p) - 1];
  const auto n = static_cast<double>(sorted.size());
  const double position = rule == PercentileRule::linear ? (n - 1) * p + 1 : (n + 1.0 / 3) * p + 1.0 / 3;
  if (position <= 1) return sorted.front();
  if (position >= n) return sorted.back();
  const double below = std::floor(position);
  const auto rank = static_cast<std::size_t>(below);
  return sorted[rank - 1] + (position - below) * (sorted[rank] - sorted[rank - 1]);
}

std::vector<double> batch_means(std::span<const double> values, std::size_t size) {
  SIM_EXPECT(size >= 1);
  std::vector<double> means;
  for (std::size_t from = 0; from + size <= values.size(); from += size)
    means.push_back(moments_of(values.subspan(from, size)).mean());
  return means;
}

MeanEstimate batch_means_interval(std::span<const double> values, std::size_t batches, double confidence) {
  SIM_EXPECT(batches >= 2 && batches <= values.size());
  const std::size_t size = values.size() / batches;
  return mean_interval(batch_means(values.subspan(values.size() - size * batches), size), confidence);
}

double lag1_autocorrelation(std::span<const double> values) {
  const double mean = moments_of(values).mean();
  double products = 0, squares = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double deviation = values[i] - mean;
    squares += deviation * deviation;
    if (i + 1 < values.size()) products += deviation * (values[i + 1] - mean);
  }
  return squares > 0 ? products / squares : 0.0;
}

}  // namespace sim
