#include "optimize/finals.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "planner/sections.hpp"
#include "planner/sha256.hpp"
#include "planner/study.hpp"

namespace planner {
namespace {

/// Share of the goal's figure by which a plan must be ahead to count as better.
constexpr double indifference = 0.01;
constexpr std::uint32_t first_look = 5;

/// Nothing where the strategy was not simulated, or nothing of it was answered.
std::optional<Sections> simulated(const StrategyResult& result, const Requirement& of) {
  if (!result.feasible || result.replications == 0) return std::nullopt;
  const auto found = result.figures.find(of.metric().key());
  return found != result.figures.end() ? std::optional{found->second.sections} : std::nullopt;
}

/// The plan as a reader of the scenario's files would get it; nothing where it would be another one.
std::optional<Variant> read_plan(const Scenario& base, const Plan& plan, const OptimizeOptions& options) {
  if (!options.load || (options.store == nullptr && options.executor == nullptr)) return std::nullopt;
  auto variant = read_variant(options.load, base.strategy, placement_patch(base, plan.placement));
  if (variant && !placement_patch(variant->scenario, plan.placement).at("placement").empty())
    return std::nullopt;
  return variant;
}

/// The base with the plan's placement, under an address of its own in a store.
Variant planned(const Scenario& base, const Plan& plan, const OptimizeOptions& options) {
  std::optional<Variant> variant = read_plan(base, plan, options);
  if (!variant) {
    variant = Variant{.scenario = base, .origin = {}};
    variant->scenario.placement = plan.placement;
    if (!base.content_sha256.empty())
      variant->scenario.content_sha256 = sha256_hex(base.content_sha256 + plan_key(plan.placement));
  }
  variant->scenario.strategy = plan.name;
  variant->scenario.baseline = false;
  variant->scenario.experiment = base.experiment;
  return std::move(*variant);
}

Requirement total(Requirement::Measure measure) {
  Requirement one;
  one.measure = measure;
  return one;
}

}  // namespace

Sections Finals::goal(const Plan& plan, const StrategyResult& result) const {
  const auto figure = [&](const Requirement& of) { return simulated(result, of).value_or(Sections{}); };
  switch (evaluator_.options().goal) {
    case Goal::sites:
      return {static_cast<double>(plan.figures.sites), {}};
    case Goal::energy:
      return figure(total(Requirement::Measure::energy));
    case Goal::carbon:
      return figure(total(Requirement::Measure::carbon));
    case Goal::latency:
      return figure(evaluator_.latency_goal());
    case Goal::cost:
      break;
  }
  return figure(total(Requirement::Measure::cost));
}

Contestant Finals::contestant(Plan& plan, const StrategyResult& result, double confidence) const {
  Contestant contestant;
  contestant.ran = result.feasible && result.replications > 0;
  if (contestant.ran) {
    plan.cost = result.cost_total;
  } else {
    plan.possible = false;
    plan.why_not = result.infeasible_reason;
  }
  for (RequirementResult& one : plan.requirements) {
    const auto sections = simulated(result, one.requirement);
    one.simulated =
        sections ? std::optional{estimate(*sections, confidence, one.requirement.unit())} : std::nullopt;
    contestant.ran = contestant.ran && sections;
    contestant.requirements.push_back({sections.value_or(Sections{}), one.requirement.limit});
  }
  contestant.goal = goal(plan, result);
  return contestant;
}

void Finals::simulate(std::vector<Plan>& plans, std::uint32_t replications) {
  std::vector<Scenario> scenarios;
  StudyOptions options;
  for (const Plan& plan : plans) {
    Variant variant = planned(evaluator_.base(), plan, evaluator_.options());
    scenarios.push_back(std::move(variant.scenario));
    options.origins.push_back(std::move(variant.origin));
  }
  scenarios.front().baseline = true;
  options.replications = replications;
  options.executor = evaluator_.options().executor;
  options.threads = evaluator_.options().threads;
  options.store = evaluator_.options().store;
  options.stop = evaluator_.options().stop;
  options.progress = evaluator_.options().progress;
  const Study study = run_study(scenarios, options);
  interrupted_ = study.interrupted;
  if (interrupted_) return;  // what an earlier round found stays
  replications_ = replications;
  std::vector<Contestant> contestants;
  for (std::size_t i = 0; i < plans.size(); ++i)
    contestants.push_back(contestant(plans[i], study.strategies[i], study.confidence));
  const std::vector<Standing> all = standings(contestants, indifference);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    for (std::size_t k = 0; k < plans[i].requirements.size(); ++k)
      plans[i].requirements[k].probability = all[i].kept[k];
    plans[i].probability_feasible = all[i].feasible;
    plans[i].probability_best = all[i].best;
  }
  std::stable_sort(plans.begin(), plans.end(),
                   [](const Plan& a, const Plan& b) { return *a.probability_best > *b.probability_best; });
}

bool Finals::decided(const std::vector<Plan>& plans) {
  const double error = 1.0 - evaluator_.options().probability;
  const double least = 1.0 - error_of_a_look(error, plans.size(), plans.front().requirements.size(),
                                             static_cast<std::uint32_t>(looks().size()));
  chosen_ = *plans.front().probability_best >= least;
  const bool hopeless = std::all_of(plans.begin(), plans.end(),
                                    [&](const Plan& plan) { return *plan.probability_feasible < error; });
  return hopeless || chosen_;
}

std::vector<std::uint32_t> Finals::looks() const {
  const std::uint32_t most = std::max(evaluator_.options().replications, 2U);
  std::vector<std::uint32_t> all;
  for (std::uint32_t n = first_look; n < most; n *= 2) all.push_back(n);
  all.push_back(most);
  return all;
}

void Finals::run(std::vector<Plan>& plans) {
  for (const std::uint32_t replications : looks()) {
    simulate(plans, replications);
    if (interrupted_ || decided(plans)) return;
  }
}

}  // namespace planner
