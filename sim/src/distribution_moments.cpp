#include <algorithm>
#include <cmath>

#include "distribution_tables.hpp"
#include "sim/contract.hpp"
#include "sim/distribution.hpp"
#include "sim/special_functions.hpp"

namespace sim {
namespace {

double power_of(double base, int power) { return power == 1 ? base : base * base; }

/// z phi(z), which vanishes at both ends.
double weighted_density(double z) { return std::abs(z) < 39 ? z * math::normal_density(z) : 0.0; }

/// Probability of (low, high] under the normal law, from the tail that keeps the digits.
double normal_mass(double low, double high) {
  return low > 0 ? math::normal_cdf(-low) - math::normal_cdf(-high)
                 : math::normal_cdf(high) - math::normal_cdf(low);
}

/// The unnormalised part above y of a moment of the normal law on (low, high).
double normal_upper_moment(int power, double y, double low, double high) {
  const double from = std::max(y, low);
  if (from >= high) return 0.0;
  if (power == 1) return math::normal_density(from) - math::normal_density(high);
  return normal_mass(from, high) + weighted_density(from) - weighted_density(high);
}

/// Integral of x^power over a piece of probability `weight` on which the quantile rises evenly.
double piece_moment(int power, double weight, double low, double high) {
  return power == 1 ? weight * 0.5 * (low + high) : weight * (low * low + low * high + high * high) / 3.0;
}

double empirical_upper_moment(int power, const CumulativeTable& cumulative, const std::vector<double>& values,
                              double y) {
  double sum = 0;
  for (std::size_t i = 0; i < cumulative.size(); ++i) {
    const double low = values[i], high = values[i + 1];
    if (high <= y) continue;
    const double from = std::max(low, y);
    const double share = low < from ? (high - from) / (high - low) : 1.0;
    sum += piece_moment(power, share * cumulative.weight(i), from, high);
  }
  return sum;
}

/// E[W; W > y] or of the square, for the Weibull law of scale 1: Gamma(1 + power a) Q(1 + power a, y^(1/a)).
double weibull_upper_moment(int power, double inverse_shape, double y) {
  const double order = 1.0 + power * inverse_shape;
  const double moment = math::exp(math::log_gamma(order));
  return y <= 0 ? moment : moment * math::gamma_q(order, math::pow(y, 1.0 / inverse_shape));
}

double pareto_upper_moment(int power, double inverse_shape, double y) {
  if (power * inverse_shape >= 1) return math::infinity;
  const double above = y <= 1 ? 1.0 : math::exp((power - 1.0 / inverse_shape) * math::log(y));
  return above / (1.0 - power * inverse_shape);
}

}  // namespace

/// E[Y^power; Y > y] of the standard law.
double Distribution::standard_upper_moment(int power, double y) const {
  const double above_zero = std::max(y, 0.0);
  switch (kind_) {
    case Kind::deterministic:
      return 0.0;
    case Kind::uniform:
      return piece_moment(power, std::max(1.0 - above_zero, 0.0), above_zero, 1.0);
    case Kind::exponential:
      return power * math::gamma_q(power + 1, above_zero);  // power! = power
    case Kind::lognormal:
      return math::exp(0.5 * power * power * a_ * a_) *
             math::normal_cdf(power * a_ - math::log(above_zero) / a_);
    case Kind::normal:
    case Kind::mirrored_normal:
      return normal_upper_moment(power, y, tables_->standard_low, tables_->standard_high) / b_;
    case Kind::gamma:
      return (power == 1 ? a_ : a_ * (a_ + 1.0)) * math::gamma_q(a_ + power, above_zero);
    case Kind::weibull:
      return weibull_upper_moment(power, a_, y);
    case Kind::pareto:
      return pareto_upper_moment(power, a_, y);
    case Kind::empirical:
      return empirical_upper_moment(power, tables_->cumulative, tables_->values, y);
    case Kind::discrete:
    case Kind::mixture:
      break;
  }
  double sum = 0;
  for (std::size_t i = 0; i < tables_->cumulative.size(); ++i) {
    const double weight = tables_->cumulative.weight(i);
    if (kind_ == Kind::mixture)
      sum += weight * tables_->parts[i].upper_moment(power, y);
    else if (tables_->values[i] > y)
      sum += weight * power_of(tables_->values[i], power);
  }
  return sum;
}

/// The same of offset + factor * Y.
double Distribution::uncut_upper_moment(int power, double x) const {
  const double y = (x - offset_) / factor_;
  const double highest = power_of(factor_, power) * standard_upper_moment(power, y);
  if (offset_ == 0 || highest == math::infinity) return highest;
  const double probability = 1.0 - standard_cdf(y);
  if (power == 1) return offset_ * probability + highest;
  return offset_ * (offset_ * probability + 2.0 * factor_ * standard_upper_moment(1, y)) + highest;
}

double Distribution::upper_moment(int power, double x) const {
  SIM_EXPECT(power == 1 || power == 2);
  if (kind_ == Kind::deterministic) return offset_ > x ? power_of(offset_, power) : 0.0;
  if (!is_cut_ || x >= low_) return uncut_upper_moment(power, x);
  return power_of(low_, power) * cdf(low_) + uncut_upper_moment(power, low_);
}

double Distribution::mean() const { return upper_moment(1, -math::infinity); }

double Distribution::variance() const {
  if (!is_cut_) return factor_ * factor_ * standard_variance();
  // Of what exceeds the cut, X - low for X > low and else 0.
  const double y = (low_ - offset_) / factor_;
  const double above = 1.0 - standard_cdf(y);
  const double first = standard_upper_moment(1, y) - y * above;
  const double second = standard_upper_moment(2, y) - 2.0 * y * standard_upper_moment(1, y) + y * y * above;
  return second == math::infinity ? second : factor_ * factor_ * (second - first * first);
}

double Distribution::standard_variance() const {
  switch (kind_) {
    case Kind::deterministic:
      return 0.0;
    case Kind::uniform:
      return 1.0 / 12;
    case Kind::exponential:
      return 1.0;
    case Kind::lognormal:
      return math::expm1(a_ * a_) * math::exp(a_ * a_);
    case Kind::gamma:
      return a_;
    case Kind::pareto:
      if (2 * a_ >= 1) return math::infinity;
      return a_ * a_ / ((1.0 - a_) * (1.0 - a_) * (1.0 - 2.0 * a_));
    case Kind::normal:
    case Kind::mirrored_normal:
    case Kind::weibull: {
      const double first = standard_upper_moment(1, -math::infinity);
      return standard_upper_moment(2, -math::infinity) - first * first;
    }
    case Kind::empirical:
    case Kind::discrete:
    case Kind::mixture:
      break;
  }
  const double centre = mean();
  if (centre == math::infinity) return centre;
  double sum = 0;
  for (std::size_t i = 0; i < tables_->cumulative.size(); ++i) {
    const double weight = tables_->cumulative.weight(i);
    if (kind_ == Kind::mixture)
      sum += weight * (tables_->parts[i].variance() + power_of(tables_->parts[i].mean() - centre, 2));
    else if (kind_ == Kind::discrete)
      sum += weight * power_of(tables_->values[i] - centre, 2);
    else
      sum += piece_moment(2, weight, tables_->values[i] - centre, tables_->values[i + 1] - centre);
  }
  return sum;
}

}  // namespace sim
