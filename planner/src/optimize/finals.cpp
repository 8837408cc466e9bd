#include "optimize/finals.hpp"

#include <algorithm>
#include <cmath>

#include "planner/study.hpp"
#include "sim/special_functions.hpp"

namespace planner {
namespace {

/// Share of the goal's figure by which a plan must be ahead to count as better.
constexpr double indifference = 0.01;

/// Null where the strategy was not simulated, or nothing of it was answered.
const Slice* slice_of(const StrategyResult& result, const Requirement& of) {
  for (const Slice& slice : result.slices) {
    if (slice.flow == of.flow && slice.population == of.population && slice.site.empty() &&
        slice.answered > 0)
      return &slice;
  }
  return nullptr;
}

std::optional<Estimate> simulated(const StrategyResult& result, const Requirement& of) {
  if (!result.feasible || result.replications == 0) return std::nullopt;
  switch (of.measure) {
    case Requirement::Measure::cost:
      return result.cost_total;
    case Requirement::Measure::energy:
      return result.energy_total;
    case Requirement::Measure::carbon:
      return result.carbon_total;
    case Requirement::Measure::latency:
      break;
  }
  const Slice* slice = slice_of(result, of);
  if (slice == nullptr) return std::nullopt;
  if (of.probability <= 0) return slice->mean;
  const auto rung = std::find(ladder.begin(), ladder.end(), of.probability);
  return slice->percentiles[static_cast<std::size_t>(rung - ladder.begin())];
}

}  // namespace

Finals::Figure Finals::figure(const Estimate& estimate, double confidence) const {
  if (replications_ < 2) return {estimate.value, 0.0};
  const double quantile = sim::math::student_t_quantile((1.0 + confidence) / 2.0, replications_ - 1.0);
  return {estimate.value, (estimate.high - estimate.low) / 2.0 / quantile};
}

double Finals::below(const Figure& figure, double limit) const {
  if (figure.error <= 0) return figure.mean <= limit ? 1.0 : 0.0;
  return sim::math::student_t_cdf((limit - figure.mean) / figure.error, replications_ - 1.0);
}

void Finals::judge(Plan& plan, const StrategyResult& result, double confidence) {
  double missed = 0;
  for (RequirementResult& one : plan.requirements) {
    one.simulated = simulated(result, one.requirement);
    one.probability = one.simulated ? below(figure(*one.simulated, confidence), one.requirement.limit) : 0.0;
    missed += 1.0 - one.probability;
  }
  const bool ran = result.feasible && result.replications > 0;
  plan.probability_feasible = ran ? std::max(1.0 - missed, 0.0) : 0.0;
  if (!ran) {
    plan.possible = false;
    plan.why_not = result.infeasible_reason;
    return;
  }
  plan.cost = result.cost_total;
  const auto goal = [&]() -> Figure {
    switch (evaluator_.options().goal) {
      case Goal::sites:
        return {static_cast<double>(plan.figures.sites), 0.0};
      case Goal::energy:
        return figure(result.energy_total, confidence);
      case Goal::carbon:
        return figure(result.carbon_total, confidence);
      case Goal::latency: {
        const auto latency = simulated(result, evaluator_.latency_goal());
        return latency ? figure(*latency, confidence) : Figure{};
      }
      case Goal::cost:
        break;
    }
    return figure(result.cost_total, confidence);
  };
  goals_[plan.name] = goal();
}

void Finals::compare(std::vector<Plan>& plans) const {
  const auto is_better = [&](const Plan& a, const Plan& b) {
    const auto goal_a = goals_.find(a.name), goal_b = goals_.find(b.name);
    if (goal_a == goals_.end() || goal_b == goals_.end()) return 0.0;
    const double ahead = goal_b->second.mean * (1.0 - indifference) - goal_a->second.mean;
    return below({-ahead, std::hypot(goal_a->second.error, goal_b->second.error)}, 0.0);
  };
  for (Plan& plan : plans) {
    double best = *plan.probability_feasible;
    for (const Plan& other : plans) {
      if (&other != &plan) best *= 1.0 - *other.probability_feasible * is_better(other, plan);
    }
    plan.probability_best = best;
  }
  std::stable_sort(plans.begin(), plans.end(),
                   [](const Plan& a, const Plan& b) { return *a.probability_best > *b.probability_best; });
}

void Finals::simulate(std::vector<Plan>& plans, std::uint32_t replications) {
  std::vector<Scenario> scenarios;
  for (const Plan& plan : plans) {
    scenarios.push_back(evaluator_.base());
    scenarios.back().placement = plan.placement;
    scenarios.back().strategy = plan.name;
    scenarios.back().baseline = scenarios.size() == 1;
  }
  StudyOptions options;
  options.replications = replications;
  options.stop = evaluator_.options().stop;
  options.progress = evaluator_.options().progress;
  const Study study = run_study(scenarios, options);
  interrupted_ = study.interrupted;
  if (interrupted_) return;  // what an earlier round found stays
  replications_ = replications;
  for (std::size_t i = 0; i < plans.size(); ++i) judge(plans[i], study.strategies[i], study.confidence);
  compare(plans);
}

bool Finals::decided(const std::vector<Plan>& plans) const {
  const double asked = evaluator_.options().probability;
  const bool hopeless = std::all_of(
      plans.begin(), plans.end(), [&](const Plan& plan) { return *plan.probability_feasible < 1.0 - asked; });
  return hopeless || *plans.front().probability_best >= asked;
}

void Finals::run(std::vector<Plan>& plans) {
  constexpr std::uint32_t first = 5;
  const std::uint32_t most = std::max(evaluator_.options().replications, 2U);
  for (std::uint32_t n = std::min(first, most);; n = std::min(2 * n, most)) {
    simulate(plans, n);
    if (interrupted_ || n == most || decided(plans)) return;
  }
}

}  // namespace planner
