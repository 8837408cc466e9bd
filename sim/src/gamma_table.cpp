#include "gamma_table.hpp"

#include "sim/contract.hpp"
#include "sim/special_functions.hpp"

namespace sim {

GammaTable::GammaTable(double shape) : shape_{shape} {
  SIM_EXPECT(shape > 0 && shape < math::infinity);
  for (std::size_t i = 0; i <= pieces; ++i) {
    const double z = static_cast<double>(i) / steps_per_unit - reach;
    const double value = log_quantile(z);
    // For the smallest quantiles P = x^shape / Gamma(shape + 1), whose density in log(x) is shape * P.
    const double density =
        value < -35 ? shape * math::normal_cdf(z) : math::gamma_log_density(shape, math::exp(value));
    nodes_[i] = {value, math::normal_density(z) / density / steps_per_unit};
  }
}

double GammaTable::log_quantile(double z) const {
  return math::gamma_log_quantile(shape_, math::normal_cdf(z), math::normal_cdf(-z));
}

double GammaTable::beyond(double z) const {
  if (z == math::infinity || math::normal_cdf(-z) == 0) return math::infinity;
  if (math::normal_cdf(z) == 0) return 0.0;
  return math::exp(log_quantile(z));
}

}  // namespace sim
