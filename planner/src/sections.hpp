#pragma once
#include <optional>
#include <string>
#include <vector>

#include "planner/results.hpp"

namespace planner {

/// A figure of all replications together, and of each one by itself (nothing where it has none).
///
/// Sectioning: the figure of all together is the estimate; its spread is that of the replications about it.
/// A percentile of all requests has a far smaller bias than the mean of the replications' percentiles, and
/// the interval is about the number that is printed. Source: Asmussen and Glynn, Stochastic Simulation
/// (2007), sec. III.5; Nakayama, "Confidence intervals for quantiles using sectioning", ACM TOMACS 24 (2014).
struct Sections {
  double overall = 0;
  std::vector<std::optional<double>> own;  ///< by replication
};

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
