#pragma once
#include <cstddef>
#include <span>

namespace sim {

/// Where the initial transient of a run ends.
struct WarmUp {
  std::size_t observations = 0;  ///< to be dropped from the front
  double truncated_mean = 0.0;   ///< mean of the batches that are kept
  /// The best cut is the last that was tried: the run is too short to tell where its transient ends.
  bool at_limit = false;
};

/// MSER: drops the batches whose loss narrows the interval of the mean of the rest most, the minimum over d
/// of sum of (b(i) - mean)^2 / k^2 over the k batch means kept after the first d. Searches the first half.
///
/// The batch size of 5 (MSER-5) is the usual one. An incomplete last batch is left out. O(n).
/// Source: White, "An effective truncation heuristic for bias reduction in simulation output", Simulation 69
/// (1997).
/// @pre at least two batches
[[nodiscard]] WarmUp mser(std::span<const double> values, std::size_t batch = 5);

}  // namespace sim
