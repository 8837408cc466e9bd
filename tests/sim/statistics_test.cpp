#include "sim/statistics.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "sim/distribution.hpp"
#include "sim/special_functions.hpp"

using namespace sim;

namespace {

/// Two configurations' means over the same ten replications.
const std::vector<double> first{4.1, 3.9, 5.2, 4.8, 4.4, 5.0, 3.7, 4.6, 4.9, 4.3};
const std::vector<double> second{3.8, 3.7, 4.9, 4.9, 4.0, 4.6, 3.5, 4.4, 4.4, 4.1};

std::vector<double> draws_of(const Distribution& law, std::size_t count, std::uint64_t key) {
  const Stream stream{key, 1};
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = law.sample(stream.draw(static_cast<std::uint32_t>(i)));
  return values;
}

Distribution standard_normal() {
  return Distribution::truncated_normal(0, 1, -math::infinity, math::infinity);
}

}  // namespace

TEST_CASE("Running moments give the mean and the unbiased variance", "[sim][statistics]") {
  const Moments moments = moments_of(std::array{2.0, 4.0, 9.0});
  CHECK(moments.count() == 3);
  CHECK(moments.mean() == Approx(5.0));
  CHECK(moments.variance() == Approx((9.0 + 1 + 16) / 2));
  CHECK(moments.standard_error() == Approx(std::sqrt(13.0 / 3)));
  CHECK(Moments{}.variance() == 0.0);
  CHECK(moments_of(std::array{7.0}).variance() == 0.0);
}

TEST_CASE("Moments keep small deviations beside a large mean", "[sim][statistics]") {
  // 1e9 + {4, 7, 13, 16}: variance (36 + 9 + 9 + 36) / 3.
  CHECK(moments_of(std::array{1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16}).variance() ==
        Approx(30.0).epsilon(1e-12));
}

TEST_CASE("Merged moments are those of all values", "[sim][statistics]") {
  const Moments whole = moments_of(first);
  Moments merged = moments_of(std::span{first}.first(3));
  merged.merge(moments_of(std::span{first}.subspan(3)));
  merged.merge(Moments{});
  CHECK(merged.count() == whole.count());
  CHECK(merged.mean() == Approx(whole.mean()).epsilon(1e-14));
  CHECK(merged.variance() == Approx(whole.variance()).epsilon(1e-13));
}

TEST_CASE("Student's interval of a mean is the textbook's", "[sim][statistics]") {
  const MeanEstimate estimate = mean_interval(first, 0.95);
  CHECK(estimate.mean == Approx(4.49).epsilon(1e-12));
  CHECK(estimate.half_width == Approx(0.35440462216275537).epsilon(1e-10));
  CHECK(estimate.degrees == 9);
  CHECK(estimate.interval().contains(4.2));
  CHECK_FALSE(estimate.interval().contains(4.1));
  CHECK(mean_interval(std::array{3.0}, 0.95).half_width == math::infinity);
  CHECK(mean_interval(std::array{3.0, 3.0}, 0.95).half_width == 0.0);
}

TEST_CASE("Pairing on common random numbers narrows the difference", "[sim][statistics]") {
  const PairedDifference paired = paired_difference(first, second, 0.95);
  CHECK(paired.difference.mean == Approx(0.26).epsilon(1e-12));
  CHECK(paired.difference.half_width == Approx(0.11778674831431846).epsilon(1e-10));
  CHECK(paired.variance_ratio == Approx(0.055835240274599664).epsilon(1e-10));
  CHECK(paired.variance_reduction() == Approx(1 / 0.055835240274599664).epsilon(1e-10));
  CHECK(paired.significant());
  const MeanEstimate welch = welch_difference(first, second, 0.95);
  CHECK(welch.mean == Approx(0.26).epsilon(1e-12));
  CHECK(welch.degrees == Approx(17.99782860060556).epsilon(1e-10));
  CHECK(welch.half_width == Approx(0.4629490068047679).epsilon(1e-10));
}

TEST_CASE("A difference that never varies is known exactly", "[sim][statistics]") {
  const std::vector<double> shifted{1.0, 2.0, 3.0}, base{0.5, 1.5, 2.5};
  const PairedDifference paired = paired_difference(shifted, base, 0.99);
  CHECK(paired.difference.interval().low == 0.5);
  CHECK(paired.significant());
  CHECK(paired.variance_reduction() == math::infinity);
  CHECK_FALSE(paired_difference(base, base, 0.99).significant());
  // One replication proves nothing.
  CHECK_FALSE(paired_difference(std::array{2.0}, std::array{1.0}, 0.95).significant());
}

TEST_CASE("About 950 of 1000 intervals of 95 % cover the mean", "[sim][statistics]") {
  int covered = 0;
  for (std::uint64_t experiment = 0; experiment < 1000; ++experiment)
    covered += mean_interval(draws_of(standard_normal(), 10, experiment), 0.95).interval().contains(0.0);
  // Central 99.9 % of the binomial law of 1000 trials at 0.95.
  CHECK(covered >= math::binomial_quantile(0.0005, 1000, 0.95));
  CHECK(covered <= math::binomial_quantile(0.9995, 1000, 0.95));
}

TEST_CASE("Common random numbers divide the variance of a difference by five", "[sim][statistics]") {
  // X = -ln U and Y = -0.5 ln U: var(X - Y) = 0.25 against 1 + 0.25 with independent draws.
  constexpr std::size_t replications = 20, size = 2000;
  std::vector<double> ratio, antithetic;
  for (std::uint64_t replication = 0; replication < replications; ++replication) {
    const Stream stream{replication, 3};
    std::vector<double> x, y, pairs;
    for (std::uint32_t i = 0; i < size; ++i) {
      const Draw draw = stream.draw(i);
      x.push_back(Distribution::exponential(1).sample(draw));
      y.push_back(Distribution::exponential(0.5).sample(draw));
      pairs.push_back((x.back() + Distribution::exponential(1).sample(draw.antithetic())) / 2);
    }
    ratio.push_back(paired_difference(x, y, 0.95).variance_ratio);
    antithetic.push_back(moments_of(pairs).variance());
  }
  const Moments of_ratio = moments_of(ratio), of_pairs = moments_of(antithetic);
  CHECK(std::abs(of_ratio.mean() - 0.2) <= 4 * of_ratio.standard_error() + 1e-12);
  // Cov(-ln U, -ln(1 - U)) = 1 - pi^2/6, so the mean of a pair has variance (1 + 1 - pi^2/6) / 2.
  CHECK(std::abs(of_pairs.mean() - (2 - math::pi * math::pi / 6) / 2) <= 4 * of_pairs.standard_error());
}

TEST_CASE("Intervals for a probability are the textbook's", "[sim][statistics]") {
  // Wilson, 10 of 100, z = 1.959964: (0.1 + z^2/200 -+ z sqrt(0.09/100 + z^2/40000)) / (1 + z^2/100).
  const double z = 1.959963984540054;
  const double centre = (0.1 + z * z / 200) / (1 + z * z / 100);
  const double half = z * std::sqrt(0.0009 + z * z / 40000) / (1 + z * z / 100);
  const Interval wilson = wilson_interval(10, 100, 0.95);
  CHECK(wilson.low == Approx(centre - half).epsilon(1e-12));
  CHECK(wilson.high == Approx(centre + half).epsilon(1e-12));
  // Clopper-Pearson without successes: 1 - (alpha/2)^(1/n).
  const Interval none = clopper_pearson_interval(0, 20, 0.95);
  CHECK(none.low == 0.0);
  CHECK(none.high == Approx(1 - std::pow(0.025, 1.0 / 20)).epsilon(1e-12));
  const Interval all = clopper_pearson_interval(20, 20, 0.95);
  CHECK(all.low == Approx(std::pow(0.025, 1.0 / 20)).epsilon(1e-12));
  CHECK(all.high == 1.0);
  CHECK(wilson_interval(0, 20, 0.95).low == 0.0);
  CHECK(wilson_interval(20, 20, 0.95).high == 1.0);
  // Its ends are where the binomial tails are alpha/2.
  const Interval exact = clopper_pearson_interval(7, 50, 0.9);
  CHECK(1 - math::binomial_cdf(6, 50, exact.low) == Approx(0.05).epsilon(1e-10));
  CHECK(math::binomial_cdf(7, 50, exact.high) == Approx(0.05).epsilon(1e-10));
}

TEST_CASE("Ranks around a quantile and their exact coverage are Conover's", "[sim][statistics]") {
  struct Case {
    std::uint64_t n;
    double p;
    std::uint64_t lower, upper;
    double coverage;
  };
  for (const Case& expected :
       {Case{100, 0.5, 40, 61, 0.9647997997822952}, Case{1000, 0.95, 936, 964, 0.9580952682226543},
        Case{200, 0.9, 171, 189, 0.9668839008979295}, Case{1000, 0.99, 983, 997, 0.976094763497977}}) {
    const RankInterval ranks = quantile_ranks(expected.n, expected.p, 0.95);
    CHECK(ranks.lower == expected.lower);
    CHECK(ranks.upper == expected.upper);
    CHECK(ranks.coverage == Approx(expected.coverage).epsilon(1e-10));
  }
  // Ten values say nothing about an upper bound of p99: 0.99^10 = 0.904 > 0.025.
  CHECK(quantile_ranks(10, 0.99, 0.95).upper == 11);
  CHECK(quantile_ranks(10, 0.01, 0.95).lower == 0);
}

TEST_CASE("Percentiles follow the three definitions", "[sim][statistics]") {
  std::vector<double> data(10);
  std::iota(data.begin(), data.end(), 1.0);
  const auto all = [&](PercentileRule rule) {
    std::vector<double> result;
    for (const double p : {0.5, 0.9, 0.95, 0.99}) result.push_back(percentile(data, p, rule));
    return result;
  };
  CHECK_THAT(all(PercentileRule::linear), Catch::Matchers::Approx(std::vector<double>{5.5, 9.1, 9.55, 9.91}));
  CHECK(all(PercentileRule::nearest_rank) == std::vector<double>{5, 9, 10, 10});
  CHECK_THAT(all(PercentileRule::median_unbiased),
             Catch::Matchers::Approx(std::vector<double>{5.5, 9.633333333333333, 10, 10}));
  CHECK(percentile(data, 0, PercentileRule::linear) == 1);
  CHECK(percentile(data, 1, PercentileRule::linear) == 10);
  CHECK(percentile(std::array{3.0}, 0.5, PercentileRule::median_unbiased) == 3);
}

TEST_CASE("A percentile's interval over replications is Student's over their percentiles",
          "[sim][statistics]") {
  std::vector<Histogram> replications(3);
  // Medians 1, 2 and 3 us: 20 values each side of the middle one are of no account.
  for (int r = 0; r < 3; ++r)
    for (int i = -20; i <= 20; ++i)
      replications[static_cast<std::size_t>(r)].record(Duration{1000 * (r + 1) + (i > 0) - (i < 0)});
  const MeanEstimate median = quantile_interval(replications, 0.5, 0.95);
  CHECK(median.mean == Approx(2000).epsilon(0.008));
  CHECK(median.half_width == Approx(math::student_t_quantile(0.975, 2) * 1000 / std::sqrt(3)).epsilon(0.016));
}

TEST_CASE("Batch means and lag-1 autocorrelation of a short series", "[sim][statistics]") {
  const std::vector<double> values{1, 3, 5, 7, 2, 4, 9};
  CHECK(batch_means(values, 2) == std::vector<double>{2, 6, 3});
  CHECK(batch_means(values, 8).empty());
  // Deviations of {1, 2, 3} from 2: (-1)(0) + (0)(1) = 0; of {1, 2, 6} from 3: (2 - 3) / (4 + 1 + 9).
  CHECK(lag1_autocorrelation(std::array{1.0, 2.0, 3.0}) == Approx(0.0).margin(1e-15));
  CHECK(lag1_autocorrelation(std::array{1.0, 2.0, 6.0}) == Approx((2.0 - 3.0) / 14));
  CHECK(lag1_autocorrelation(std::array{5.0, 5.0}) == 0.0);
  // Seven values in three batches: the first is left out; means 4, 4.5, 6.5 over the rest.
  CHECK(batch_means_interval(values, 3, 0.95).mean == Approx(15.0 / 3));
}

TEST_CASE("Batch means of an AR(1) series have the variance and correlation of theory", "[sim][statistics]") {
  // x(t) = 0.9 x(t-1) + e(t), stationary: var = 1 / (1 - 0.81); the rest from summing its covariances 0.9^k.
  constexpr double phi = 0.9, var_x = 1 / (1 - phi * phi);
  constexpr std::size_t n = 10'000, size = 500, replications = 40;
  std::vector<double> variance, batch_variance, lag1;
  for (std::uint64_t replication = 0; replication < replications; ++replication) {
    std::vector<double> x = draws_of(standard_normal(), n, 100 + replication);
    x[0] *= std::sqrt(var_x);
    for (std::size_t t = 1; t < n; ++t) x[t] += phi * x[t - 1];
    // About the known mean 0, so that the estimates have no bias.
    const std::vector<double> means = batch_means(x, size);
    double squares = 0, products = 0;
    for (std::size_t i = 0; i < means.size(); ++i) {
      squares += means[i] * means[i];
      if (i > 0) products += means[i] * means[i - 1];
    }
    variance.push_back(std::inner_product(x.begin(), x.end(), x.begin(), 0.0) / n);
    batch_variance.push_back(squares / static_cast<double>(means.size()));
    lag1.push_back(products / static_cast<double>(means.size() - 1));
  }
  const auto agrees = [](const std::vector<double>& estimates, double expected) {
    const Moments moments = moments_of(estimates);
    return std::abs(moments.mean() - expected) <= 4 * moments.standard_error();
  };
  CHECK(agrees(variance, var_x));
  CHECK(agrees(batch_variance, 0.19621052631578959));
  CHECK(agrees(lag1, 0.009656652360515024 * 0.19621052631578959));
}
