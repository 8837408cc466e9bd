#include "planner/sections.hpp"

#include <algorithm>
#include <cmath>

#include "sim/special_functions.hpp"
#include "sim/statistics.hpp"

namespace planner {
namespace {

/// Largest variance reduction that is told: beyond it, the paired variance is rounding.
constexpr double largest_reduction = 1e6;

}  // namespace

Spread spread(const Sections& sections) {
  Spread result;
  double squares = 0;
  for (const auto& own : sections.own) {
    if (!own) continue;
    squares += (*own - sections.overall) * (*own - sections.overall);
    ++result.replications;
  }
  if (result.replications > 1)
    result.error = std::sqrt(squares / (result.replications - 1) / result.replications);
  return result;
}

Estimate estimate(const Sections& sections, double confidence, std::string unit) {
  Estimate result{sections.overall, sections.overall, sections.overall, std::move(unit)};
  const Spread known = spread(sections);
  if (known.replications < 2) return result;
  const double half_width =
      known.error * sim::math::student_t_quantile(0.5 + confidence / 2, known.replications - 1);
  result.low -= half_width;
  result.high += half_width;
  return result;
}

Sections quantile_sections(double p, const std::function<double(double)>& quantile,
                           std::span<const std::optional<double>> at_most) {
  Sections result{quantile(p), {}};
  sim::Moments shares;
  for (const auto& share : at_most) {
    if (share) shares.add(*share);
  }
  const auto count = static_cast<double>(shares.count());
  double slope = 0;
  if (shares.count() >= 2 && shares.variance() > 0) {
    // Over about the width of the interval: nearer by, a few values would decide.
    const double half = std::sqrt(shares.variance() / count) *
                        sim::math::student_t_quantile(0.975, static_cast<int>(shares.count()) - 1);
    const double from = std::max(p - half, 0.0), to = std::min(p + half, 1.0);
    slope = (quantile(to) - quantile(from)) / (to - from);
  }
  for (const auto& share : at_most)
    result.own.push_back(share ? std::optional{result.overall + (p - *share) * slope} : std::nullopt);
  return result;
}

PairedSections paired(const Sections& value, const Sections& baseline) {
  PairedSections result;
  sim::Moments of_value, of_baseline, of_difference;
  const std::size_t common = std::min(value.own.size(), baseline.own.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (!value.own[i] || !baseline.own[i]) {
      result.difference.own.push_back(std::nullopt);
      continue;
    }
    of_value.add(*value.own[i]);
    of_baseline.add(*baseline.own[i]);
    of_difference.add(*value.own[i] - *baseline.own[i]);
    result.difference.own.push_back(*value.own[i] - *baseline.own[i]);
  }
  const bool same_replications = value.own.size() == baseline.own.size();
  result.difference.overall = same_replications ? value.overall - baseline.overall : of_difference.mean();
  const double unpaired = of_value.variance() + of_baseline.variance();
  if (unpaired > 0) {
    result.variance_reduction = std::min(
        unpaired / std::max(of_difference.variance(), unpaired / largest_reduction), largest_reduction);
  }
  return result;
}

}  // namespace planner
