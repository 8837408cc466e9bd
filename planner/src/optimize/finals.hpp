#pragma once
#include "optimize/evaluator.hpp"

namespace planner {

/// Simulates plans on common random numbers, with 5 replications, then twice as many, until one of them is
/// the best with the probability that is asked for, or has none.
///
/// A plan is the best if it meets all requirements and no other that does has a better figure of the goal.
/// Each comparison is Student's, of the means over replications; requirements are added up (Bonferroni),
/// plans count as independent of each other, which common random numbers make them better than.
class Finals {
 public:
  /// Borrowed.
  explicit Finals(const PlanEvaluator& evaluator) : evaluator_{evaluator} {}

  /// Fills in what was simulated and orders the plans, the likeliest best first.
  void run(std::vector<Plan>& plans);
  [[nodiscard]] std::uint32_t replications() const { return replications_; }
  [[nodiscard]] bool interrupted() const { return interrupted_; }

 private:
  void simulate(std::vector<Plan>& plans, std::uint32_t replications);
  void judge(Plan& plan, const StrategyResult& result, double confidence);
  void compare(std::vector<Plan>& plans) const;
  [[nodiscard]] bool decided(const std::vector<Plan>& plans) const;

  /// A mean over replications.
  struct Figure {
    double mean = 0, error = 0;  ///< standard error of the mean
  };
  [[nodiscard]] Figure figure(const Estimate& estimate, double confidence) const;
  /// P(the true mean <= limit).
  [[nodiscard]] double below(const Figure& figure, double limit) const;

  const PlanEvaluator& evaluator_;
  std::uint32_t replications_ = 0;
  bool interrupted_ = false;
  std::map<std::string, Figure> goals_;  // by plan
};

}  // namespace planner
