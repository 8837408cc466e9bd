#pragma once
#include <cstdint>
#include <vector>

#include "planner/location.hpp"

namespace planner {

/// Bound on the cost of every plan, by Lagrangian relaxation of "each client is served once".
///
/// With a price for each client, sites decide for themselves: site j is worth its opening cost less what the
/// prices of clients exceed the costs of serving them. The prices are improved by subgradient steps.
class LocationRelaxation {
 public:
  /// @param problem  borrowed; capacities are neglected, which keeps the bound valid
  /// @param penalty  finite cost that stands for an infinite one; above any plan's saving
  LocationRelaxation(const LocationProblem& problem, double penalty);

  /// One step of the subgradient towards `target`, the cost of a plan. O(sites * clients).
  void step(double target);

  /// Best bound so far.
  [[nodiscard]] double bound() const { return best_bound_; }
  /// Sites that the last step would open.
  [[nodiscard]] std::vector<std::uint32_t> chosen() const;

  /// What remains possible in a plan that costs less than `target`, by reduced costs at the best prices.
  struct Reduction {
    enum class Fate : std::uint8_t { undecided, open, closed };
    std::vector<Fate> sites;
    std::vector<double> reach;  ///< of each client: no dearer site serves it
  };
  [[nodiscard]] Reduction reduce(double target);

 private:
  void evaluate();
  void choose();
  [[nodiscard]] double extra_to_open(std::uint32_t rank) const;
  [[nodiscard]] double extra_to_close(std::uint32_t rank) const;
  [[nodiscard]] double cost(std::size_t client, std::size_t site) const {
    return std::min(problem_.cost(client, site), penalty_);
  }

  const LocationProblem& problem_;
  double penalty_;
  std::vector<double> price_, best_price_;  // of each client
  std::vector<double> worth_;               // reduced cost of each site; negative: worth opening
  std::vector<std::uint32_t> order_;        // sites by worth
  std::size_t chosen_ = 0;                  // so many of order_ are open
  double bound_ = 0, best_bound_ = 0;
  double pace_ = 2.0;
  int idle_ = 0;  // steps since the bound rose
};

}  // namespace planner
