#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

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

/// What the replications of a strategy gave for one metric.
struct Figure {
  std::string unit;  ///< as find_unit() reads it; `1` for a share
  Sections sections;
  /// Of a share: the requests it is a share of, all replications together.
  std::optional<std::uint64_t> trials;
};

/// Samples by the metric's canonical text (Metric::key()): `p99(latency{flow=x})`, `cost.total`.
///
/// Everything that is decided about a strategy (assertions, differences, precision) is computed from its
/// table, so a stored table can be judged again without simulating.
using FigureTable = std::map<std::string, Figure>;

}  // namespace planner
