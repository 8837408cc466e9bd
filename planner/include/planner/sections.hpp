#pragma once
#include <string>

#include "planner/figure_table.hpp"
#include "planner/results.hpp"

namespace planner {

/// How far the overall figure may be off.
struct Spread {
  double error = 0;  ///< standard error; 0 for fewer than two replications
  int replications = 0;
};
[[nodiscard]] Spread spread(const Sections& sections);

/// Student interval about the overall figure; without width for fewer than two replications.
[[nodiscard]] Estimate estimate(const Sections& sections, double confidence, std::string unit);

/// The difference value - baseline on common random numbers, replication by replication.
struct PairedSections {
  Sections difference;
  double variance_reduction = 1;  ///< variance if the replications were independent / variance as paired
};
/// Of the replications that both have. Where one has more, those are left out of the overall difference too.
[[nodiscard]] PairedSections paired(const Sections& value, const Sections& baseline);

}  // namespace planner
