#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "planner/accounting.hpp"
#include "planner/compile.hpp"
#include "planner/results.hpp"

namespace planner {

/// Requests a month as the recorded spans met them, scaled to the mean demand as bills are.
struct Answered {
  double overall = 0;                     ///< answered, of all replications together
  std::vector<double> own;                ///< answered, of each
  std::map<std::string, double> started;  ///< by population, of all together
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
  void put(const Answered& answered, double confidence, StrategyResult& result) const;
  /// Totals and items as figures of expressions.
  void put_figures(const Answered& answered, FigureTable& table) const;

 private:
  void put_payers(const Answered& answered, StrategyResult& result) const;

  std::vector<Bill> bills_;  ///< by replication
};

}  // namespace planner
