#pragma once
#include <utility>
#include <vector>

#include "planner/accounting.hpp"
#include "planner/compile.hpp"
#include "planner/results.hpp"

namespace planner {

/// Answered requests a month: of all replications together, and of each.
struct Answered {
  double overall = 0;
  std::vector<double> own;
};

/// Cost, energy and carbon of a strategy through its replications.
class BillTally {
 public:
  /// Adds the next replication's.
  void add(Bill bill) { bills_.push_back(std::move(bill)); }

  [[nodiscard]] Sections cost() const;
  [[nodiscard]] Sections energy() const;
  [[nodiscard]] Sections carbon() const;

  /// Rows, totals and what they come to by request and by population; nothing without a replication.
  void put(const CompiledScenario& compiled, const Answered& answered, double confidence,
           StrategyResult& result) const;
  /// Totals and items as figures of expressions.
  void put_figures(const Answered& answered, FigureTable& table) const;

 private:
  void put_payers(const CompiledScenario& compiled, StrategyResult& result) const;

  std::vector<Bill> bills_;  ///< by replication
};

}  // namespace planner
