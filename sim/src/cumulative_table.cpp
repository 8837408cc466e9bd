#include "cumulative_table.hpp"

#include <cmath>
#include <utility>

#include "sim/contract.hpp"

namespace sim {

CumulativeTable CumulativeTable::of_weights(const std::vector<double>& weights) {
  SIM_EXPECT(!weights.empty());
  double total = 0;
  for (const double weight : weights) {
    SIM_EXPECT(weight >= 0);
    total += weight;
  }
  SIM_EXPECT(std::abs(total - 1.0) <= 1e-9);
  std::vector<double> bounds(weights.size() + 1);
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) bounds[i + 1] = (sum += weights[i]) / total;
  return of_bounds(std::move(bounds));
}

CumulativeTable CumulativeTable::of_bounds(std::vector<double> bounds) {
  SIM_EXPECT(bounds.size() >= 2 && bounds.front() == 0.0 && bounds.back() == 1.0);
  CumulativeTable table;
  table.bounds_ = std::move(bounds);
  const std::size_t entries = table.bounds_.size() - 1;
  table.guide_.resize(entries);
  std::size_t entry = 0;
  for (std::size_t i = 0; i < entries; ++i) {
    SIM_EXPECT(table.bounds_[i] <= table.bounds_[i + 1]);
    // The product in find may round up to i, so the guide stands a little lower.
    const double from = (static_cast<double>(i) - 1e-9) / static_cast<double>(entries);
    while (entry + 1 < entries && table.bounds_[entry + 1] <= from) ++entry;
    table.guide_[i] = static_cast<std::uint32_t>(entry);
  }
  return table;
}

}  // namespace sim
