#pragma once
#include <optional>
#include <vector>

#include "cumulative_table.hpp"
#include "gamma_table.hpp"
#include "sim/distribution.hpp"

namespace sim {

/// What does not fit into a Distribution itself; shared by its copies.
struct Distribution::Tables {
  CumulativeTable cumulative;       ///< empirical: over the pieces; discrete, mixture: the weights
  std::vector<double> values;       ///< empirical: at the bounds of the pieces; discrete: by weight
  std::vector<Distribution> parts;  ///< mixture
  std::optional<GammaTable> gamma;
  double standard_low = 0, standard_high = 0;  ///< truncated normal: the interval in standard deviations
};

}  // namespace sim
