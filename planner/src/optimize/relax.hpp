#pragma once
#include <functional>
#include <vector>

#include "optimize/evaluator.hpp"
#include "optimize/plan_space.hpp"

namespace planner {

/// Where nothing keeps every requirement: what would be enough.
///
/// Each requirement alone is given up and made as good as the others allow; then all of them are widened to
/// what the plan that violates least reaches; then pools get more nodes, as few as any plan needs that was
/// looked at; then each rule of the search (residency, services apart, numbers of sites) is given up as
/// little as a plan needs. Each answer is simulated, and left out where what it promises does not hold.
/// Smallest means of the plans that the search looked at, which says whether these were all; fewest changes
/// come first.
class Relaxer {
 public:
  /// Borrowed. @param least_violating  of the plans by formula; null: the rules leave none
  /// @param of_all  every plan that the rules allow was looked at
  Relaxer(const PlanEvaluator& evaluator, const Placements* least_violating, bool of_all)
      : evaluator_{evaluator}, least_violating_{least_violating}, of_all_{of_all} {}

  [[nodiscard]] std::vector<Relaxation> run();

 private:
  void widen_one(std::size_t index);
  void widen_all();
  void add_nodes();
  void lift_rules();
  void lift_numbers();
  /// Searches with `lifted` instead of the options; of the plans that keep all else the one with the least
  /// `excess`, which is what it needs beyond the rule.
  using Excess = std::function<double(const Placements&)>;
  void lift(const OptimizeOptions& lifted, const Excess& excess,
            const std::function<Relaxation::Rule(const Placements&)>& rule);
  /// Widens what the simulation shows to be missed of the requirements in `wider`, if the others hold.
  void keep_if_it_holds(PlanEvaluator& evaluator, const Placements& placement, const std::vector<bool>& wider,
                        Relaxation relaxation);
  [[nodiscard]] bool stopped() const;

  const PlanEvaluator& evaluator_;
  const Placements* least_violating_;
  bool of_all_;
  std::vector<Relaxation> found_;
};

}  // namespace planner
