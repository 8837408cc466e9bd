#include "planner/law_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "sim/goodness_of_fit.hpp"
#include "sim/math.hpp"

namespace planner {
namespace {

using nlohmann::ordered_json;
using sim::Distribution;

/// Kolmogorov's distance times the root of the sample's size, which a law with parameters fitted to the
/// sample itself exceeds with probability 0.05: less than Kolmogorov's 1.358 for a law stated beforehand.
/// Sources: M. A. Stephens, EDF statistics for goodness of fit, JASA 69 (1974), table 1A (lognormal as the
/// normal with both parameters unknown, exponential); M. Chandra, N. D. Singpurwalla, M. A. Stephens, JASA 76
/// (1981) (Weibull with both unknown). That of the gamma depends on its shape; the normal's, its limit, is
/// used.
constexpr double lognormal_distance = 0.895, gamma_distance = 0.895, weibull_distance = 0.874,
                 exponential_distance = 1.094;

struct Summary {
  double mean = 0, sd = 0;
  double log_mean = 0, log_sd = 0;  ///< of the positive values
  bool positive = true;             ///< all of them
  [[nodiscard]] double cv() const { return mean > 0 ? sd / mean : 0; }
};

std::pair<double, double> mean_and_sd(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  double sum = 0, squares = 0;
  for (const double value : values) sum += value;
  const double mean = sum / n;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / n)};
}

Summary summary_of(const std::vector<double>& sample) {
  Summary summary;
  std::tie(summary.mean, summary.sd) = mean_and_sd(sample);
  std::vector<double> logs;
  for (const double value : sample) {
    if (value > 0) logs.push_back(sim::math::log(value));
  }
  summary.positive = logs.size() == sample.size();
  if (!logs.empty()) std::tie(summary.log_mean, summary.log_sd) = mean_and_sd(logs);
  return summary;
}

double share(double value) { return std::round(value * 1e6) / 1e6; }

std::optional<FittedLaw> lognormal(const Summary& of) {
  if (!of.positive || of.log_sd < 1e-6) return std::nullopt;
  constexpr double z99 = 2.3263478740408408;
  const double median = sim::math::exp(of.log_mean), p99 = sim::math::exp(of.log_mean + z99 * of.log_sd);
  return FittedLaw{Distribution::lognormal(of.log_mean, of.log_sd),
                   {{"dist", "lognormal"}, {"median", time_text(median)}, {"p99", time_text(p99)}}};
}

std::optional<FittedLaw> gamma(const Summary& of) {
  if (of.cv() < 0.001 || of.cv() > 30) return std::nullopt;
  return FittedLaw{Distribution::gamma_by_mean_cv(of.mean, of.cv()),
                   {{"dist", "gamma"}, {"mean", time_text(of.mean)}, {"cv", share(of.cv())}}};
}

std::optional<FittedLaw> weibull(const Summary& of) {
  if (of.cv() < 0.01 || of.cv() > 100) return std::nullopt;
  Distribution law = Distribution::weibull_by_mean_cv(of.mean, of.cv());
  const auto parameters = law.parameters();
  const auto value = [&](std::string_view name) {
    return std::ranges::find(parameters, name, &Distribution::Parameter::name)->value;
  };
  return FittedLaw{
      law, {{"dist", "weibull"}, {"shape", share(value("shape"))}, {"scale", time_text(value("scale"))}}};
}

std::optional<FittedLaw> exponential(const Summary& of) {
  return FittedLaw{Distribution::exponential(of.mean),
                   {{"dist", "exponential"}, {"mean", time_text(of.mean)}}};
}

FittedLaw quantiles_of(const std::vector<double>& sorted) {
  std::vector<std::pair<double, double>> table;
  for (const double p :
       {0.0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0})
    table.emplace_back(p, sample_quantile(sorted, p));
  return law_of_quantiles(table);
}

double distance(const std::vector<double>& sorted, const Distribution& law) {
  return sim::kolmogorov_distance(sorted, [&](double x) { return law.cdf(x); });
}

}  // namespace

double sample_quantile(const std::vector<double>& sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::string time_text(double seconds) {
  if (seconds >= 1 || seconds <= 0) return fmt::format("{:.6g} s", std::max(seconds, 0.0));
  return seconds >= 1e-3 ? fmt::format("{:.6g} ms", seconds * 1e3) : fmt::format("{:.6g} us", seconds * 1e6);
}

FittedLaw law_of_quantiles(const std::vector<std::pair<double, double>>& quantiles) {
  std::vector<double> probabilities, values;
  FittedLaw fitted;
  ordered_json table = ordered_json::object();
  for (const auto& [probability, value] : quantiles) {
    probabilities.push_back(probability);
    values.push_back(value);
    table[fmt::format("p{:.6g}", probability * 100)] = time_text(value);
  }
  fitted.law = Distribution::empirical(std::move(probabilities), std::move(values));
  fitted.text = {{"dist", "empirical"}, {"quantiles", std::move(table)}};
  return fitted;
}

FittedLaw fit_law(std::vector<double> sample) {
  std::ranges::sort(sample);
  const Summary summary = summary_of(sample);
  if (summary.cv() < 0.001) return {Distribution::deterministic(summary.mean), time_text(summary.mean), 0};
  const double root = std::sqrt(static_cast<double>(sample.size()));
  struct Family {
    std::optional<FittedLaw> (*fit)(const Summary&);
    double critical;
  };
  for (const Family& family :
       {Family{lognormal, lognormal_distance}, Family{gamma, gamma_distance},
        Family{weibull, weibull_distance}, Family{exponential, exponential_distance}}) {
    auto fitted = family.fit(summary);
    if (!fitted) continue;
    fitted->distance = distance(sample, fitted->law);
    if (fitted->distance * root <= family.critical) return *fitted;
  }
  FittedLaw table = quantiles_of(sample);
  table.distance = distance(sample, table.law);
  return table;
}

FittedArrivals fit_arrivals(const std::vector<sim::Duration>& arrivals) {
  std::vector<double> gaps;
  for (std::size_t i = 1; i < arrivals.size(); ++i)
    gaps.push_back(sim::to_seconds(arrivals[i] - arrivals[i - 1]));
  std::ranges::sort(gaps);
  const auto [mean, sd] = mean_and_sd(gaps);
  FittedArrivals fitted{FittedArrivals::Kind::other, 1 / mean, sd / mean};
  if (fitted.gap_cv < 0.05) {
    fitted.kind = FittedArrivals::Kind::periodic;
  } else if (distance(gaps, Distribution::exponential(mean)) <=
             exponential_distance / std::sqrt(static_cast<double>(gaps.size()))) {
    fitted.kind = FittedArrivals::Kind::poisson;
  }
  return fitted;
}

}  // namespace planner
