#pragma once
#include <map>
#include <string>
#include <vector>

#include "planner/compile.hpp"
#include "planner/estimate.hpp"
#include "planner/load.hpp"
#include "planner/optimize.hpp"

namespace planner {

/// Figures of plans by formula, remembered, so that a plan that is met again costs nothing.
class PlanEvaluator {
 public:
  /// Rates that change within the recorded span count as their peak for latencies, as they are for cost.
  PlanEvaluator(const Scenario& base, const OptimizeOptions& options);

  const PlanFigures& figures(const Placements& placement);
  /// Slots that are busy on average at each place that requests reach, at the peak; whatever the sizes are.
  [[nodiscard]] std::map<std::pair<std::string, std::string>, double> busy(const Placements& placement);

  /// Estimates exceed what is simulated, or fall short of it: limits are judged after this correction.
  /// @param factors  simulated / estimated of each requirement. Forgets all figures.
  void correct(std::vector<double> factors);
  [[nodiscard]] const std::vector<double>& corrections() const { return corrections_; }

  /// The first is better: feasible first, then by the goal, by cost, by fewer sites, by latency.
  [[nodiscard]] bool better(const PlanFigures& a, const PlanFigures& b) const;
  [[nodiscard]] double goal_of(const PlanFigures& figures) const {
    return goal_value(options_->goal, figures);
  }

  /// The latency that Goal::latency means.
  [[nodiscard]] Requirement latency_goal() const;

  [[nodiscard]] const Scenario& base() const { return base_; }
  [[nodiscard]] const Wan& wan() const { return wan_; }
  [[nodiscard]] const OptimizeOptions& options() const { return *options_; }
  [[nodiscard]] std::uint64_t evaluations() const { return evaluations_; }
  /// All plans that were met, by a text that names them.
  struct Known {
    Placements placement;
    PlanFigures figures;
  };
  [[nodiscard]] const std::map<std::string, Known>& known() const { return known_; }

 private:
  [[nodiscard]] PlanFigures evaluate(const Placements& placement);
  void measure(const CompiledScenario& compiled, const AnalyticEstimate& answer, PlanFigures& figures) const;
  [[nodiscard]] double overflow(const Scenario& scenario) const;
  void judge(PlanFigures& figures) const;

  const Scenario base_;
  const OptimizeOptions* options_;
  Wan wan_;
  bool has_peaks_ = false;
  std::vector<double> corrections_;
  std::map<std::string, Known> known_;
  std::uint64_t evaluations_ = 0;
};

/// With its figures by formula, and what they say of each requirement.
[[nodiscard]] Plan make_plan(PlanEvaluator& evaluator, std::string name, const Placements& placement);
/// Nodes that a placement takes of pools of nodes, by site and pool; users' devices aside.
[[nodiscard]] std::map<std::pair<std::string, std::string>, double> nodes_taken(const Scenario& scenario,
                                                                                const Placements& placement);
/// The plan as a text that is the same for the same plan.
[[nodiscard]] std::string plan_key(const Placements& placement);
/// Sites that anything is placed on, users' devices aside.
[[nodiscard]] std::set<std::string> sites_of(const Placements& placement);

}  // namespace planner
