#pragma once
#include <functional>
#include <optional>
#include <span>
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

/// A percentile of all replications' requests together, with each replication's part in it.
///
/// For percentiles with few requests above them, whose own values by replication are skewed and vary too
/// little: what varies is counted at the overall percentile instead, the share of a replication's requests at
/// or below it, and carried over by the slope of the quantiles around it (a value of a replication is its
/// linearised part, not its own percentile). Sources: Woodruff, "Confidence intervals for medians and other
/// position measures", JASA 47 (1952); Asmussen and Glynn, Stochastic Simulation, sec. III.4 (linearisation).
/// @param quantile  of all requests together, rising
/// @param at_most   by replication: share of its requests at or below quantile(p)
[[nodiscard]] Sections quantile_sections(double p, const std::function<double(double)>& quantile,
                                         std::span<const std::optional<double>> at_most);

/// The difference value - baseline on common random numbers, replication by replication.
struct PairedSections {
  Sections difference;
  double variance_reduction = 1;  ///< variance if the replications were independent / variance as paired
};
/// Of the replications that both have. Where one has more, those are left out of the overall difference too.
[[nodiscard]] PairedSections paired(const Sections& value, const Sections& baseline);

}  // namespace planner
