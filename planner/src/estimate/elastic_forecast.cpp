#include "estimate/elastic_forecast.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

#include "models/erlang.hpp"
#include "sim/contract.hpp"
#include "sim/math.hpp"

namespace planner {
namespace {

using Complex = std::complex<double>;

/// Poisson probabilities up to where the rest no longer matters.
std::vector<double> poisson(double mean) {
  constexpr double neglected = 1e-9;
  std::vector<double> probability;
  const double log_mean = sim::math::log(mean);
  double log_term = -mean, covered = 0;
  for (double n = 0; covered < 1.0 - neglected && n < mean + 40 * std::sqrt(mean) + 40; ++n) {
    if (n > 0) log_term += log_mean - sim::math::log(n);
    probability.push_back(sim::math::exp(log_term));
    covered += probability.back();
  }
  return probability;
}

/// The times from the fall to n busy to the next rise to n + 1, mixed over the n at which an instance on
/// demand is taken, by the share of requests that do so.
class Absences {
 public:
  Absences(double rate, double mean_held, std::vector<double> shares)
      : rate_{rate}, end_rate_{1.0 / mean_held}, shares_{std::move(shares)} {}

  /// Sum of shares * E exp(-s absence), for a complex or real s.
  template <class Number>
  [[nodiscard]] Number transform(Number s) const {
    Number sum = 0, lower = 0;  // the absence from 0 waits for an arrival alone
    for (std::size_t n = 0; n < shares_.size(); ++n) {
      const double ends = static_cast<double>(n) * end_rate_;
      lower = rate_ / (rate_ + s + ends * (1.0 - lower));
      sum += shares_[n] * lower;
    }
    return sum;
  }

  /// Sum of shares * P(absence > time), and of shares * E min(absence, time).
  struct Beyond {
    double probability = 0, mean = 0;
  };
  [[nodiscard]] Beyond beyond(double time) const;
  [[nodiscard]] double total() const { return transform(0.0); }

 private:
  double rate_, end_rate_;
  std::vector<double> shares_;
};

Absences::Beyond Absences::beyond(double time) const {
  constexpr double precision = 18.4;  // discretisation error exp(-18.4) = 1e-8
  constexpr int terms = 15, averaged = 11;
  constexpr double binomials[averaged + 1] = {1, 11, 55, 165, 330, 462, 462, 330, 165, 55, 11, 1};
  const double total = this->total();
  Beyond sum, result;
  for (int k = 0; k <= terms + averaged; ++k) {
    const Complex s{precision / (2 * time), k * sim::math::pi / time};
    const Complex survival = (total - transform(s)) / s;
    const double sign = (k % 2 == 0 ? 1.0 : -1.0) * (k == 0 ? 0.5 : 1.0);
    sum.probability += sign * survival.real();
    sum.mean += sign * (survival / s).real();
    if (k < terms) continue;
    const double weight = binomials[k - terms] / 2048.0;
    result.probability += weight * sum.probability;
    result.mean += weight * sum.mean;
  }
  const double scale = sim::math::exp(precision / 2) / time;
  return {std::clamp(scale * result.probability, 0.0, total),
          std::clamp(scale * result.mean, 0.0, total * time)};
}

/// The same for a random keep-alive, by the middles of equally probable pieces.
Absences::Beyond beyond(const Absences& absences, const sim::Distribution& keep_alive) {
  if (keep_alive.is_deterministic()) {
    const double time = keep_alive.mean();
    return time > 0 ? absences.beyond(time) : Absences::Beyond{absences.total(), 0.0};
  }
  constexpr int pieces = 8;
  Absences::Beyond sum;
  for (int i = 0; i < pieces; ++i) {
    const Absences::Beyond one = absences.beyond(std::max(keep_alive.quantile((i + 0.5) / pieces), 1e-6));
    sum.probability += one.probability / pieces;
    sum.mean += one.mean / pieces;
  }
  return sum;
}

/// Instances on demand that see this rate, with a given time in use.
ElasticForecast on_demand(const models::PoolSpec& pool, double rate, double mean_held) {
  const std::vector<double> busy = poisson(rate * mean_held);
  std::vector<double> shares(busy.size(), 0.0);
  ElasticForecast result;
  for (std::size_t n = 0; n < busy.size(); ++n) {
    // Only the request that opens a new instance can be cold.
    if (n % pool.concurrency == 0) shares[n] = busy[n];
    const std::size_t instances = (n + pool.concurrency - 1) / pool.concurrency;
    result.in_use += busy[n] * static_cast<double>(instances);
    if (pool.max_instances != models::none && instances + pool.instances > pool.max_instances)
      result.beyond_quota += busy[n];
  }
  const Absences::Beyond cold = beyond(Absences{rate, mean_held, shares}, pool.keep_alive);
  result.cold_share = std::min(cold.probability, 1.0);
  result.alive = result.in_use + rate * cold.mean;
  return result;
}

/// One pass with a given time in use: what the provisioned instances leave goes to those on demand.
ElasticForecast pass(const models::PoolSpec& pool, double rate, double mean_held) {
  const double offered = rate * mean_held;
  const double left = models::erlang_b(std::uint64_t{pool.instances} * pool.concurrency, offered);
  ElasticForecast result;
  if (rate * left > 1e-12) result = on_demand(pool, rate * left, mean_held);
  result.beyond_provisioned = left;
  result.cold_share *= left;
  result.busy = offered;
  result.in_use += std::min<double>(offered * (1.0 - left), pool.instances);
  result.alive += pool.instances;
  return result;
}

}  // namespace

ElasticForecast forecast(const models::PoolSpec& pool, double rate, const Moments& held) {
  SIM_EXPECT(rate > 0);
  const double start = moments_of_start(pool).mean;
  ElasticForecast result;
  // Starts lengthen the time in use, which makes starts rarer: a few passes settle that.
  for (int i = 0; i < 3; ++i) {
    const double mean_held = std::max(held.mean + result.cold_share * start, 1e-9);
    const double before = result.cold_share;
    result = pass(pool, rate, mean_held);
    if (std::abs(result.cold_share - before) < 1e-3 * result.cold_share) break;
  }
  result.starting = rate * result.cold_share * start;
  return result;
}

}  // namespace planner
