#pragma once
#include <limits>
#include <vector>

#include "planner/location.hpp"

namespace planner {

/// A mixed-integer program that is built row by row and solved by COIN-OR CBC.
///
/// This is the only place that knows the solver. It uses CBC's classes, not its command line, so that no
/// signal handler and no option file takes part.
class IntegerProgram {
 public:
  enum class Kind { binary, share };  ///< 0 or 1; any number between

  /// @return the new variable's index
  int add_variable(Kind kind, double cost, double low = 0, double high = 1);

  /// Terms of a row: the sum of coefficient * variable lies in [low, high].
  struct Term {
    int variable;
    double coefficient;
  };
  void add_row(const std::vector<Term>& terms, double low, double high);

  struct Outcome {
    bool finished = false;       ///< the tree was searched to its end
    double bound = 0;            ///< no solution below the cutoff costs less
    double cost = 0;             ///< of `values`
    std::vector<double> values;  ///< empty: no solution below the cutoff was found
  };
  /// @param cutoff  only solutions of less cost are of interest
  [[nodiscard]] Outcome solve(double cutoff, const LocationLimits& limits) const;

  [[nodiscard]] std::size_t variables() const { return cost_.size(); }
  static constexpr double unlimited = std::numeric_limits<double>::infinity();

 private:
  std::vector<double> cost_, low_, high_;
  std::vector<int> binaries_;
  std::vector<int> entry_row_, entry_column_;
  std::vector<double> entry_;
  std::vector<double> row_low_, row_high_;
};

}  // namespace planner
