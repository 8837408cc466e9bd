#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/distribution.hpp"

namespace models {

/// A law of delays as probabilities of equal intervals, evenly spread within each.
class DelayHistogram {
 public:
  /// Adds `probability` to the interval (index, index + 1) widths.
  void add(std::size_t index, double probability);
  /// With `probability` the delay grows by a time uniform on (0, widths); O(size + widths).
  void add_wait(double probability, std::size_t widths);
  /// As a quantile table. Intervals of equal density become one piece; others are joined while they hold less
  /// than 1/512 of all and 1/64 of the tail they lie in.
  /// @param width  of an interval [s]
  [[nodiscard]] sim::Distribution law(double width) const;

 private:
  std::vector<double> mass_;
};

}  // namespace models
