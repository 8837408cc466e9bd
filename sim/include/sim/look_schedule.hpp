#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sim {

/// When to look at the results of a study that may stop early, and how sure to be at each look.
///
/// Looks are fixed before the study: after `first` replications, then at each doubling, last at `maximum`.
/// The error budget 1 - confidence is spent over the looks so that all their intervals hold together with
/// `confidence`, whatever rule stops the study (union bound; it needs no model of how looks depend on each
/// other). Look k of K gets the share 2k / (K (K + 1)): more at later looks, where a study that is hard to
/// decide ends. The price against a single look is small: with 5 looks the last interval of a 95 % study is
/// at 98.3 %, 22 % wider.
class LookSchedule {
 public:
  /// @param first >= 2, @param maximum >= first, @param confidence in (0, 1)
  LookSchedule(std::uint32_t first, std::uint32_t maximum, double confidence);

  [[nodiscard]] std::size_t looks() const { return replications_.size(); }
  /// Replications at look k. @param k in [0, looks())
  [[nodiscard]] std::uint32_t replications(std::size_t k) const { return replications_[k]; }
  /// Confidence of the intervals to be used at look k. @param k in [0, looks())
  [[nodiscard]] double confidence(std::size_t k) const;

 private:
  std::vector<std::uint32_t> replications_;
  double error_budget_;
};

}  // namespace sim
