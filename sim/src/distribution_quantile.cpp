#include <algorithm>

#include "distribution_tables.hpp"
#include "sim/contract.hpp"
#include "sim/distribution.hpp"
#include "sim/special_functions.hpp"

namespace sim {
namespace {

/// Linear interpolation in piece `entry` of a quantile table.
double interpolate(const std::vector<double>& values, CumulativeTable::Place place) {
  const double low = values[place.entry];
  return low + (values[place.entry + 1] - low) * place.share;
}

double empirical_cdf(const CumulativeTable& cumulative, const std::vector<double>& values, double x) {
  const auto above =
      static_cast<std::size_t>(std::upper_bound(values.begin(), values.end(), x) - values.begin());
  if (above == 0) return 0.0;
  if (above == values.size()) return 1.0;
  const double share = (x - values[above - 1]) / (values[above] - values[above - 1]);
  return cumulative.bound(above - 1) + share * cumulative.weight(above - 1);
}

double discrete_cdf(const CumulativeTable& cumulative, const std::vector<double>& values, double x) {
  const auto above = std::upper_bound(values.begin(), values.end(), x) - values.begin();
  return cumulative.bound(static_cast<std::size_t>(above));
}

}  // namespace

double Distribution::standard_quantile(double p) const {
  switch (kind_) {
    case Kind::deterministic:
      return 0.0;
    case Kind::uniform:
      return p;
    case Kind::exponential:
      return -math::log1p(-p);
    case Kind::lognormal:
      return math::exp(a_ * math::normal_quantile(p));
    case Kind::normal:
      return math::normal_quantile(a_ + p * b_);
    case Kind::mirrored_normal:
      return -math::normal_quantile(a_ + (1.0 - p) * b_);
    case Kind::gamma:
      return tables_->gamma->quantile_at(math::normal_quantile(p));
    case Kind::weibull:
      return math::pow(-math::log1p(-p), a_);
    case Kind::pareto:
      return math::exp(-a_ * math::log1p(-p));
    case Kind::empirical:
      return interpolate(tables_->values, tables_->cumulative.find(p));
    case Kind::discrete:
      return tables_->values[tables_->cumulative.find(p).entry];
    case Kind::mixture:
      break;
  }
  const CumulativeTable::Place place = tables_->cumulative.find(p);
  return tables_->parts[place.entry].value_at(std::clamp(place.share, 0x1p-53, 1.0 - 0x1p-53));
}

double Distribution::quantile(double p) const {
  SIM_EXPECT(p > 0 && p < 1);
  if (kind_ == Kind::deterministic) return offset_;
  if (kind_ == Kind::mixture) return solved_quantile(p);
  return kept_within(standard_quantile(p));
}

double Distribution::solved_quantile(double p) const {
  double low = math::infinity, high = -math::infinity;
  for (const Distribution& part : tables_->parts) {
    const double quantile = part.quantile(p);
    low = std::min(low, quantile);
    high = std::max(high, quantile);
  }
  if (cdf(low) >= p) return low;
  for (double middle = low + (high - low) / 2; low < middle && middle < high; middle = low + (high - low) / 2)
    (cdf(middle) < p ? low : high) = middle;
  return high;
}

double Distribution::cdf(double x) const {
  if (x < low_) return 0.0;
  if (x >= high_) return 1.0;
  return standard_cdf((x - offset_) / factor_);
}

double Distribution::standard_cdf(double y) const {
  switch (kind_) {
    case Kind::deterministic:
      return y >= 0 ? 1.0 : 0.0;
    case Kind::uniform:
      return std::clamp(y, 0.0, 1.0);
    case Kind::exponential:
      return y <= 0 ? 0.0 : -math::expm1(-y);
    case Kind::lognormal:
      return y <= 0 ? 0.0 : math::normal_cdf(math::log(y) / a_);
    case Kind::normal:
    case Kind::mirrored_normal:
      if (y <= tables_->standard_low) return 0.0;
      if (y >= tables_->standard_high) return 1.0;
      return kind_ == Kind::normal ? (math::normal_cdf(y) - a_) / b_ : 1.0 - (math::normal_cdf(-y) - a_) / b_;
    case Kind::gamma:
      return math::gamma_p(a_, y);
    case Kind::weibull:
      return y <= 0 ? 0.0 : -math::expm1(-math::pow(y, 1.0 / a_));
    case Kind::pareto:
      return y <= 1 ? 0.0 : -math::expm1(-math::log(y) / a_);
    case Kind::empirical:
      return empirical_cdf(tables_->cumulative, tables_->values, y);
    case Kind::discrete:
      return discrete_cdf(tables_->cumulative, tables_->values, y);
    case Kind::mixture:
      break;
  }
  double sum = 0;
  for (std::size_t i = 0; i < tables_->parts.size(); ++i)
    sum += tables_->cumulative.weight(i) * tables_->parts[i].cdf(y);
  return sum;
}

}  // namespace sim
