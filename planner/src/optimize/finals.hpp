#pragma once
#include "optimize/evaluator.hpp"
#include "planner/choice.hpp"

namespace planner {

/// Simulates plans on common random numbers, with 5 replications, then twice as many, until one of them is
/// the best with the probability that is asked for (standings(), error_of_a_look()), or has none.
class Finals {
 public:
  /// Borrowed.
  explicit Finals(const PlanEvaluator& evaluator) : evaluator_{evaluator} {}

  /// Fills in what was simulated and orders the plans, the likeliest best first.
  void run(std::vector<Plan>& plans);
  /// The same with so many replications, whatever they tell.
  void simulate(std::vector<Plan>& plans, std::uint32_t replications);
  [[nodiscard]] std::uint32_t replications() const { return replications_; }
  [[nodiscard]] bool interrupted() const { return interrupted_; }
  /// Whether the first plan is the best finalist with the probability that is asked for.
  [[nodiscard]] bool chosen() const { return chosen_; }

 private:
  [[nodiscard]] Sections goal(const Plan& plan, const StrategyResult& result) const;
  [[nodiscard]] Contestant contestant(Plan& plan, const StrategyResult& result, double confidence) const;
  [[nodiscard]] bool decided(const std::vector<Plan>& plans);
  /// Numbers of replications after which it may end.
  [[nodiscard]] std::vector<std::uint32_t> looks() const;

  const PlanEvaluator& evaluator_;
  std::uint32_t replications_ = 0;
  bool interrupted_ = false, chosen_ = false;
};

}  // namespace planner
