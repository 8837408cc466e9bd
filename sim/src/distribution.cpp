#include "sim/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "distribution_tables.hpp"
#include "sim/contract.hpp"
#include "sim/special_functions.hpp"

namespace sim {
namespace {

constexpr double infinity = math::infinity;

bool finite(double value) { return std::abs(value) < infinity; }

}  // namespace

Distribution Distribution::within(double low, double high) const {
  Distribution law = *this;
  law.low_ = low;
  law.high_ = high;
  return law;
}

Distribution Distribution::deterministic(double value) {
  SIM_EXPECT(finite(value));
  return Distribution{Kind::deterministic, value, 0.0}.within(value, value);
}

Distribution Distribution::uniform(double low, double high) {
  SIM_EXPECT(finite(low) && finite(high) && low <= high);
  if (low == high) return deterministic(low);
  return Distribution{Kind::uniform, low, high - low}.within(low, high);
}

Distribution Distribution::exponential(double mean) {
  SIM_EXPECT(finite(mean) && mean > 0);
  return Distribution{Kind::exponential, 0.0, mean}.within(0.0, infinity);
}

Distribution Distribution::lognormal(double mu, double sigma) {
  SIM_EXPECT(std::abs(mu) < 700 && sigma >= 0 && finite(sigma));
  if (sigma == 0) return deterministic(math::exp(mu));
  return Distribution{Kind::lognormal, 0.0, math::exp(mu), sigma}.within(0.0, infinity);
}

Distribution Distribution::lognormal_by_median_p99(double median, double p99) {
  SIM_EXPECT(0 < median && median <= p99);
  return lognormal(math::log(median), math::log(p99 / median) / math::normal_quantile(0.99));
}

Distribution Distribution::lognormal_by_mean_cv(double mean, double cv) {
  SIM_EXPECT(mean > 0 && cv >= 0);
  const double variance = math::log1p(cv * cv);
  return lognormal(math::log(mean) - variance / 2, std::sqrt(variance));
}

Distribution Distribution::truncated_normal(double mean, double sd, double low, double high) {
  SIM_EXPECT(finite(mean) && finite(sd) && sd > 0 && low < high);
  Tables tables;
  tables.standard_low = (low - mean) / sd;
  tables.standard_high = (high - mean) / sd;
  SIM_EXPECT(tables.standard_low <= 35 && tables.standard_high >= -35);
  // From the side of the longer tail: small tail probabilities keep their digits, those near 1 would not.
  const bool mirrored = tables.standard_low + tables.standard_high > 0;
  const double start = math::normal_cdf(mirrored ? -tables.standard_high : tables.standard_low);
  const double end = math::normal_cdf(mirrored ? -tables.standard_low : tables.standard_high);
  SIM_EXPECT(start < end);
  Distribution law{mirrored ? Kind::mirrored_normal : Kind::normal, mean, sd, start, end - start};
  law.tables_ = std::make_shared<const Tables>(std::move(tables));
  return law.within(low, high);
}

Distribution Distribution::gamma(double shape, double scale) {
  SIM_EXPECT(finite(shape) && shape > 0 && finite(scale) && scale > 0);
  Tables tables;
  tables.gamma.emplace(shape);
  Distribution law{Kind::gamma, 0.0, scale, shape};
  law.tables_ = std::make_shared<const Tables>(std::move(tables));
  return law.within(0.0, infinity);
}

Distribution Distribution::gamma_by_mean_cv(double mean, double cv) {
  SIM_EXPECT(mean > 0 && cv > 0);
  return gamma(1.0 / (cv * cv), mean * cv * cv);
}

Distribution Distribution::weibull(double shape, double scale) {
  SIM_EXPECT(finite(shape) && shape > 0 && finite(scale) && scale > 0);
  return Distribution{Kind::weibull, 0.0, scale, 1.0 / shape}.within(0.0, infinity);
}

Distribution Distribution::weibull_by_mean_cv(double mean, double cv) {
  SIM_EXPECT(mean > 0 && cv >= 0.01 && cv <= 100);
  // cv^2 = Gamma(1 + 2a) / Gamma(1 + a)^2 - 1 rises with a = 1 / shape.
  double low = 0.005, high = 20;
  for (double middle = 1; low < middle && middle < high; middle = low + (high - low) / 2) {
    const double squared = math::expm1(math::log_gamma(1 + 2 * middle) - 2 * math::log_gamma(1 + middle));
    (squared < cv * cv ? low : high) = middle;
  }
  return weibull(1.0 / low, mean / math::exp(math::log_gamma(1 + low)));
}

Distribution Distribution::pareto(double shape, double minimum) {
  SIM_EXPECT(finite(shape) && shape > 0 && finite(minimum) && minimum > 0);
  return Distribution{Kind::pareto, 0.0, minimum, 1.0 / shape}.within(minimum, infinity);
}

Distribution Distribution::hyperexponential(std::vector<double> weights, std::vector<double> means) {
  std::vector<Distribution> parts;
  for (const double mean : means) parts.push_back(exponential(mean));
  return mixture(std::move(weights), std::move(parts));
}

Distribution Distribution::hyperexponential_by_mean_cv(double mean, double cv) {
  SIM_EXPECT(mean > 0 && cv >= 1);
  const double square = cv * cv;
  const double first = 0.5 * (1.0 + std::sqrt((square - 1.0) / (square + 1.0)));
  return hyperexponential({first, 1.0 - first}, {mean / (2 * first), mean / (2 * (1.0 - first))});
}

Distribution Distribution::of_table(Kind kind, Tables tables) {
  double low = infinity, high = -infinity;
  for (const double value : tables.values) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  for (const Distribution& part : tables.parts) {
    low = std::min(low, part.low_);
    high = std::max(high, part.high_);
  }
  Distribution law{kind, 0.0, 1.0};
  law.tables_ = std::make_shared<const Tables>(std::move(tables));
  return law.within(low, high);
}

Distribution Distribution::empirical(std::vector<double> probabilities, std::vector<double> values) {
  SIM_EXPECT(probabilities.size() == values.size());
  SIM_EXPECT(std::is_sorted(values.begin(), values.end()) && finite(values.front()) && finite(values.back()));
  Tables tables;
  tables.cumulative = CumulativeTable::of_bounds(std::move(probabilities));
  tables.values = std::move(values);
  return of_table(Kind::empirical, std::move(tables));
}

Distribution Distribution::discrete(std::vector<double> values, std::vector<double> weights) {
  SIM_EXPECT(values.size() == weights.size());
  Tables tables;
  // By rising values, so that a sample is monotone in its uniform; values that never occur are left out.
  std::vector<std::pair<double, double>> sorted;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (weights[i] != 0) sorted.emplace_back(values[i], weights[i]);
  std::stable_sort(sorted.begin(), sorted.end(), [](auto x, auto y) { return x.first < y.first; });
  std::vector<double> sorted_weights;
  for (const auto& [value, weight] : sorted) {
    SIM_EXPECT(finite(value));
    tables.values.push_back(value);
    sorted_weights.push_back(weight);
  }
  tables.cumulative = CumulativeTable::of_weights(sorted_weights);
  return of_table(Kind::discrete, std::move(tables));
}

Distribution Distribution::mixture(std::vector<double> weights, std::vector<Distribution> parts) {
  SIM_EXPECT(weights.size() == parts.size());
  Tables tables;
  std::vector<double> occurring;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (weights[i] == 0) continue;
    occurring.push_back(weights[i]);
    tables.parts.push_back(std::move(parts[i]));
  }
  tables.cumulative = CumulativeTable::of_weights(occurring);
  return of_table(Kind::mixture, std::move(tables));
}

}  // namespace sim
