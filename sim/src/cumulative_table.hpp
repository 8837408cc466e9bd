#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sim {

/// Rising cumulative probabilities, searched in O(1) on average.
/// Source: Chen and Asau, "On generating random variates from an empirical distribution", AIIE Trans. 6
/// (1974).
class CumulativeTable {
 public:
  /// Where a probability lies: the entry, and the share of the entry that lies below it.
  struct Place {
    std::size_t entry;
    double share;
  };

  CumulativeTable() = default;
  /// @param weights  >= 0, with sum 1 within 1e-9; scaled to sum 1
  static CumulativeTable of_weights(const std::vector<double>& weights);
  /// @param bounds  rises from 0 to 1; entry i is [bounds[i], bounds[i + 1])
  static CumulativeTable of_bounds(std::vector<double> bounds);

  /// @param p in [0, 1)
  [[nodiscard]] Place find(double p) const {
    const auto slot = static_cast<std::size_t>(p * static_cast<double>(guide_.size()));
    std::size_t entry = guide_[slot < guide_.size() ? slot : guide_.size() - 1];
    while (p >= bounds_[entry + 1]) ++entry;
    return {entry, (p - bounds_[entry]) / (bounds_[entry + 1] - bounds_[entry])};
  }
  [[nodiscard]] std::size_t size() const { return guide_.size(); }
  [[nodiscard]] double bound(std::size_t entry) const { return bounds_[entry]; }
  [[nodiscard]] double weight(std::size_t entry) const { return bounds_[entry + 1] - bounds_[entry]; }

 private:
  std::vector<double> bounds_;
  std::vector<std::uint32_t> guide_;  // by floor(p * size): an entry at or below that of p
};

}  // namespace sim
