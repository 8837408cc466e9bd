#include "sim/statistics.hpp"

#include <Random123/philox.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "sim/distribution.hpp"
#include "sim/goodness_of_fit.hpp"
#include "sim/special_functions.hpp"
#include "sim/warmup.hpp"
#include "theory.hpp"

using theory::check_exact;
using theory::expected;
using theory::record;
using theory::Record;

namespace {

sim::Stream draws(std::uint32_t replication) {
  return sim::Streams{theory::seed, replication}.make("draws", "test");
}

std::vector<double> parameters_of(const sim::Distribution& law) {
  std::vector<double> values;
  for (const sim::Distribution::Parameter& parameter : law.parameters()) values.push_back(parameter.value);
  return values;
}

std::vector<std::vector<double>> pairs(const Record& list) {
  return list.get<std::vector<std::vector<double>>>();
}

void check_all(const std::vector<double>& values, const std::vector<double>& wanted) {
  REQUIRE(values.size() == wanted.size());
  for (std::size_t i = 0; i < values.size(); ++i) check_exact(values[i], wanted[i]);
}

}  // namespace

TEST_CASE("theory: stat-quantile-ci") {
  const Record& theory = record("stat-quantile-ci");
  const Record& of = theory.at("parameters");
  std::vector<double> lower, upper, coverage;
  for (std::size_t i = 0; i < of.at("n").size(); ++i) {
    const sim::RankInterval ranks =
        sim::quantile_ranks(of.at("n")[i], of.at("p")[i], of.at("confidence").get<double>());
    lower.push_back(static_cast<double>(ranks.lower));
    upper.push_back(static_cast<double>(ranks.upper));
    coverage.push_back(ranks.coverage);
  }
  check_exact(theory, "lower_rank", lower);
  check_exact(theory, "upper_rank", upper);
  check_exact(theory, "exact_coverage", coverage);
}

TEST_CASE("theory: stat-t-quantiles") {
  const Record& theory = record("stat-t-quantiles");
  std::vector<double> quantiles;
  for (const std::vector<double>& pair : pairs(theory.at("parameters").at("p_df")))
    quantiles.push_back(sim::math::student_t_quantile(pair[0], pair[1]));
  check_exact(theory, "t", quantiles);
}

TEST_CASE("theory: stat-paired-t") {
  const Record& theory = record("stat-paired-t");
  const auto x = theory.at("parameters").at("x").get<std::vector<double>>();
  const auto y = theory.at("parameters").at("y").get<std::vector<double>>();
  const double confidence = theory.at("parameters").at("confidence").get<double>();
  const sim::MeanEstimate alone = sim::mean_interval(x, confidence);
  check_exact(theory, "x_mean", alone.mean);
  check_exact(theory, "x_half_width", alone.half_width);
  const sim::PairedDifference paired = sim::paired_difference(x, y, confidence);
  check_exact(theory, "diff_mean", paired.difference.mean);
  check_exact(theory, "paired_half_width", paired.difference.half_width);
  check_exact(theory, "crn_variance_ratio", paired.variance_ratio);
  const sim::MeanEstimate welch = sim::welch_difference(x, y, confidence);
  check_exact(theory, "welch_df", welch.degrees);
  check_exact(theory, "welch_half_width", welch.half_width);
}

TEST_CASE("theory: stat-coverage") {
  const Record& theory = record("stat-coverage");
  const std::int64_t experiments = theory.at("parameters").at("experiments");
  const double confidence = theory.at("parameters").at("confidence").get<double>();
  check_exact(theory, "accept_low",
              static_cast<double>(sim::math::binomial_quantile(0.0005, experiments, confidence)));
  check_exact(theory, "accept_high",
              static_cast<double>(sim::math::binomial_quantile(0.9995, experiments, confidence)));
  // Each experiment: the interval of the mean of 10 normal values, whose true mean is 0.
  const sim::Stream stream = draws(0);
  std::uint32_t next = 0;
  double covered = 0;
  for (std::int64_t i = 0; i < experiments; ++i) {
    std::vector<double> values(10);
    for (double& value : values) value = sim::math::normal_quantile(stream.draw(next++).uniform());
    covered += sim::mean_interval(values, confidence).interval().contains(0.0) ? 1 : 0;
  }
  CHECK(covered >= expected(theory, "accept_low"));
  CHECK(covered <= expected(theory, "accept_high"));
}

TEST_CASE("theory: stat-ar1") {
  const Record& theory = record("stat-ar1");
  const double phi = theory.at("parameters").at("phi").get<double>();
  const std::size_t n = theory.at("parameters").at("n");
  const std::size_t batch = theory.at("parameters").at("batch_size");
  constexpr std::size_t runs = 25;  // of n values, in one sequence
  theory::Estimates estimates;
  sim::Moments lag;
  const auto mean_square = [](const std::vector<double>& values) {  // the true mean is 0
    return std::inner_product(values.begin(), values.end(), values.begin(), 0.0) /
           static_cast<double>(values.size());
  };
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    const sim::Stream stream = draws(replication);
    std::vector<double> values(runs * n);
    double x = sim::math::normal_quantile(stream.draw(0, 2).uniform()) / std::sqrt(1 - phi * phi);
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = x;
      x = phi * x + sim::math::normal_quantile(stream.draw(static_cast<std::uint32_t>(i)).uniform());
    }
    const double of_mean = mean_square(sim::batch_means(values, n));
    const std::vector<double> batches = sim::batch_means(values, batch);
    estimates.add("var_x", mean_square(values));
    estimates.add("var_of_mean_n", of_mean);
    // n times the variance of the mean of n values is short of its limit by a thousandth.
    estimates.add("asymptotic_variance", static_cast<double>(n) * of_mean);
    estimates.add("var_of_batch_mean", mean_square(batches));
    lag.add(sim::lag1_autocorrelation(batches));
  }
  theory::check_simulated(theory, estimates, {"lag1_batch_autocorrelation"});
  // Too close to 0 to be told within 5 % by any run of seconds; the bound is 4 standard errors all the same.
  CAPTURE(lag.mean(), lag.standard_error());
  CHECK(std::abs(lag.mean() - expected(theory, "lag1_batch_autocorrelation")) <= 4 * lag.standard_error());
  CHECK(lag.standard_error() < 0.01);
}

TEST_CASE("theory: stat-mser5-1") {
  const Record& theory = record("stat-mser5-1");
  const Record& of = theory.at("parameters");
  const auto first = theory.at("expected").at("first_u").get<std::vector<double>>();
  std::uint64_t state = 12345;
  std::vector<double> values, uniforms;
  for (int i = 0; i < of.at("n").get<int>(); ++i) {
    state = (1103515245 * state + 12345) % (std::uint64_t{1} << 31);
    uniforms.push_back(static_cast<double>(state) * 0x1p-31);
    values.push_back(of.at("amplitude").get<double>() * std::exp(-i / of.at("decay").get<double>()) +
                     uniforms.back());
  }
  for (std::size_t i = 0; i < first.size(); ++i) check_exact(uniforms[i], first[i]);
  const sim::WarmUp warm_up = sim::mser(values);
  check_exact(theory, "truncation_observations", static_cast<double>(warm_up.observations));
  check_exact(theory, "truncated_mean", warm_up.truncated_mean);
}

TEST_CASE("theory: stat-crn") {
  const auto x_law = sim::Distribution::exponential(1);
  const auto y_law = sim::Distribution::exponential(0.5);
  constexpr std::uint32_t pairs_a_replication = 10'000;
  theory::Estimates estimates;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    const sim::Stream stream = draws(replication);
    std::vector<double> x, common, independent;
    sim::Moments products, averages;
    for (std::uint32_t i = 0; i < pairs_a_replication; ++i) {
      const auto [u, v] = stream.pair(i);
      x.push_back(x_law.sample(u));
      common.push_back(y_law.sample(u));
      independent.push_back(y_law.sample(v));
      const double opposite = x_law.sample(u.antithetic());
      products.add((x.back() - 1) * (opposite - 1));
      averages.add((x.back() + opposite) / 2);
    }
    const auto variance_of_difference = [&](const std::vector<double>& y) {
      const double error = sim::paired_difference(x, y, 0.95).difference.standard_error;
      return error * error * pairs_a_replication;
    };
    estimates.add("var_diff_independent", variance_of_difference(independent));
    estimates.add("var_diff_crn", variance_of_difference(common));
    estimates.add("variance_reduction_factor", sim::paired_difference(x, common, 0.95).variance_reduction());
    estimates.add("cov_antithetic_exp1", products.mean());
    estimates.add("var_antithetic_pair_mean", averages.variance());
  }
  theory::check_simulated(record("stat-crn"), estimates);
}

TEST_CASE("theory: stat-ks") {
  const Record& theory = record("stat-ks");
  auto values = theory.at("parameters").at("x").get<std::vector<double>>();
  std::sort(values.begin(), values.end());
  const auto law = sim::Distribution::exponential(1);
  const sim::FitTest fit = sim::kolmogorov_smirnov(values, [&](double x) { return law.cdf(x); });
  check_exact(theory, "D", fit.statistic);
  check_exact(theory, "p_value_exact", fit.p_value);
  check_exact(theory, "critical_D_0_05_n100", sim::kolmogorov_critical(100, 0.05));
}

TEST_CASE("theory: stat-percentile-def") {
  const Record& theory = record("stat-percentile-def");
  const auto data = theory.at("parameters").at("data").get<std::vector<double>>();
  const auto check = [&](const std::string& quantity, sim::PercentileRule rule) {
    std::vector<double> values;
    for (const double p : theory.at("parameters").at("p")) values.push_back(sim::percentile(data, p, rule));
    check_exact(theory, quantity, values);
  };
  check("type7", sim::PercentileRule::linear);
  check("nearest_rank", sim::PercentileRule::nearest_rank);
  check("type8", sim::PercentileRule::median_unbiased);
}

TEST_CASE("theory: dist-params") {
  const Record& theory = record("dist-params");
  const Record& of = theory.at("parameters");
  const Record& wanted = theory.at("expected");
  const auto lognormal = pairs(of.at("lognormal"));
  for (std::size_t i = 0; i < lognormal.size(); ++i) {
    const auto law = sim::Distribution::lognormal_by_mean_cv(lognormal[i][0], lognormal[i][1]);
    check_all(parameters_of(law), pairs(wanted.at("lognormal_mu_sigma"))[i]);
    check_exact(law.quantile(0.99), wanted.at("lognormal_p99")[i].get<double>());
  }
  const auto weibull = pairs(of.at("weibull"));
  for (std::size_t i = 0; i < weibull.size(); ++i)
    check_all(parameters_of(sim::Distribution::weibull_by_mean_cv(weibull[i][0], weibull[i][1])),
              pairs(wanted.at("weibull_shape_scale"))[i]);
  const auto gamma = pairs(of.at("gamma"));
  for (std::size_t i = 0; i < gamma.size(); ++i)
    check_all(parameters_of(sim::Distribution::gamma_by_mean_cv(gamma[i][0], gamma[i][1])),
              pairs(wanted.at("gamma_shape_scale"))[i]);
  const auto balanced = pairs(of.at("hyperexp2_balanced"))[0];
  const auto parts = sim::Distribution::hyperexponential_by_mean_cv(balanced[0], balanced[1]).parts();
  REQUIRE(parts.size() == 2);
  check_all({parts[0].weight, 1 / parts[0].law.mean(), 1 / parts[1].law.mean()},
            wanted.at("hyperexp2_p_rates").get<std::vector<double>>());
}

// The simulator offers no MRG32k3a, so its numbers have nothing to be held against.
TEST_CASE("theory: rng-known-answers") {
  const Record& theory = record("rng-known-answers");
  sim::SplitMix64 split{theory.at("parameters").at("splitmix64_seed").get<std::uint64_t>()};
  for (const std::string answer : theory.at("expected").at("splitmix64"))
    CHECK(split() == std::stoull(answer));

  const auto philox = theory.at("expected").at("philox4x32_10").get<std::vector<std::vector<std::string>>>();
  const auto word = [&](std::size_t vector, std::size_t index) {
    return std::stoull(philox.at(vector).at(index), nullptr, 16);
  };
  // A stream's draw k is the block of counter (k, lane / 2, entity) under the key, two words a draw.
  const auto zero = sim::Stream{0, 0}.pair(0);
  CHECK(zero[0].bits == (word(0, 1) << 32 | word(0, 0)));
  CHECK(zero[1].bits == (word(0, 3) << 32 | word(0, 2)));
  // No lane reaches a counter of all ones: the generator beneath is asked.
  const auto ones = r123::Philox4x32{}({{~0U, ~0U, ~0U, ~0U}}, {{~0U, ~0U}});
  for (std::size_t i = 0; i < 4; ++i) CHECK(ones[i] == word(1, i));
}
