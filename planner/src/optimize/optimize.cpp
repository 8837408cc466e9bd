#include "planner/optimize.hpp"

#include <algorithm>

#include "optimize/evaluator.hpp"
#include "optimize/finals.hpp"
#include "optimize/plan_space.hpp"
#include "optimize/relax.hpp"
#include "optimize/search.hpp"

namespace planner {
namespace {

using Structure = PlanSpace::Structure;

/// Searches again with corrected estimates where the simulation refuses what the formulas allowed.
constexpr int rounds = 3;
constexpr std::size_t most_finalists = 5;
constexpr std::size_t longest_front = 12;
/// A plan is another one if at least this share of its services' sites differ.
constexpr double diverse = 0.25;
/// Of the limits, for what a requirement costs.
constexpr double widening = 1.05;

std::set<std::pair<std::string, std::string>> places_of(const Placements& placement) {
  std::set<std::pair<std::string, std::string>> places;
  for (const auto& [service, sites] : placement) {
    for (const auto& [site, one] : sites) places.insert({service, site + "/" + one.pool});
  }
  return places;
}

/// 1 less the share of places in common (Jaccard).
double distance(const Placements& a, const Placements& b) {
  const auto of_a = places_of(a), of_b = places_of(b);
  std::size_t common = 0;
  for (const auto& place : of_a) common += of_b.contains(place) ? 1 : 0;
  const std::size_t all = of_a.size() + of_b.size() - common;
  return all > 0 ? 1.0 - static_cast<double>(common) / static_cast<double>(all) : 0.0;
}

class Optimizer {
 public:
  Optimizer(const Scenario& base, const OptimizeOptions& options)
      : options_{options}, evaluator_{base, options}, space_{evaluator_.base(), options, evaluator_.wan()} {
    result_.goal = options.goal;
    result_.left_out = options.left_out;
    result_.scenario = base.name;
    result_.strategy = base.strategy;
  }

  OptimizeResult run() {
    for (int round = 0; round < rounds; ++round) {
      PlanSearch search{space_, evaluator_, options_.effort};
      search.run();
      ranking_ = search.ranking();
      result_.complete = search.complete();
      if (!choose() || stopped() || settle()) break;
    }
    if (result_.plans.empty() && !result_.least_violating && !stopped()) relax();  // refuted every round
    add_baselines();
    add_front();
    if (!result_.plans.empty() && !stopped()) add_binding();
    result_.estimated = evaluator_.evaluations();
    result_.interrupted = result_.interrupted || stopped();
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool stopped() const { return options_.stop != nullptr && options_.stop->load(); }

  Plan plan(std::string name, const Placements& placement) {
    return make_plan(evaluator_, std::move(name), placement);
  }

  /// Takes the best plans, two that are best and others that differ. @return whether there is any
  bool choose() {
    result_.plans.clear();
    for (const PlanSearch::Found& found : ranking_) {
      if (result_.plans.size() >= most_finalists || evaluator_.figures(found.placement).violation > 0) break;
      const bool differs = std::all_of(result_.plans.begin(), result_.plans.end(), [&](const Plan& other) {
        return distance(other.placement, found.placement) >= diverse;
      });
      if (result_.plans.size() < 2 || differs) result_.plans.push_back(plan({}, found.placement));
    }
    rename();
    if (result_.plans.empty()) relax();
    return !result_.plans.empty();
  }

  void rename() {
    for (std::size_t i = 0; i < result_.plans.size(); ++i)
      result_.plans[i].name = "plan-" + std::to_string(i + 1);
  }

  /// Simulates the finalists. @return whether one of them is likelier to be feasible than not
  bool settle() {
    Finals finals{evaluator_};
    finals.run(result_.plans);
    result_.replications = finals.replications();
    result_.interrupted = finals.interrupted();
    result_.chosen = finals.chosen();
    rename();
    const bool feasible = result_.interrupted || *result_.plans.front().probability_feasible >= 0.5;
    if (!feasible) correct();
    if (feasible && result_.plans.size() > options_.plans) result_.plans.resize(std::max(options_.plans, 1U));
    return feasible;
  }

  /// Learns from the finalists by how much the formulas fall short.
  void correct() {
    std::vector<double> factors = evaluator_.corrections();
    for (const Plan& one : result_.plans) {
      for (std::size_t i = 0; i < factors.size(); ++i) {
        const RequirementResult& met = one.requirements[i];
        if (!met.simulated || !(met.estimated > 0)) continue;
        factors[i] = std::max(factors[i], evaluator_.corrections()[i] * met.simulated->high / met.estimated);
      }
    }
    evaluator_.correct(std::move(factors));
    result_.plans.clear();
  }

  void relax() {
    const Placements* least_violating = ranking_.empty() ? nullptr : &ranking_.front().placement;
    if (least_violating != nullptr) result_.least_violating = plan("least-violating", *least_violating);
    result_.relaxations = Relaxer{evaluator_, least_violating, result_.complete}.run();
  }

  void add_baseline(const std::string& name, const Structure& structure) {
    PlanSearch sizing{space_, evaluator_, options_.effort};
    for (const std::string& service : space_.services()) {
      const auto places = structure.find(service);
      if (places != structure.end() && !places->second.empty()) continue;
      Plan impossible;
      impossible.name = name;
      impossible.possible = false;
      impossible.why_not = "no such site can hold " + service;
      result_.baselines.push_back(std::move(impossible));
      return;
    }
    result_.baselines.push_back(plan(name, sizing.consider(structure)));
  }

  Structure everywhere(const std::function<bool(const Site&)>& pass) const {
    Structure structure;
    for (const std::string& service : space_.services())
      structure[service] = space_.everywhere(service, pass);
    return structure;
  }

  void add_baselines() {
    result_.baselines.push_back(plan("current", evaluator_.base().placement));
    if (options_.sites == OptimizeOptions::Sites::kept || stopped()) return;
    add_baseline("all-region", everywhere([](const Site& site) { return site.tier == "region"; }));
    add_baseline("all-edge", everywhere([](const Site& site) { return site.tier != "region"; }));
    add_baseline("nearest", everywhere([](const Site&) { return true; }));
    if (result_.plans.empty()) return;
    Structure greedy;
    for (const std::string& service : space_.services()) {
      const std::size_t count = result_.plans.front().placement.at(service).size();
      for (const PlanSpace::Option& option : space_.greedy(service, count)) {
        greedy[service][option.site] = option.pool;
      }
    }
    add_baseline("greedy-median", greedy);
  }

  void add_front() {
    std::vector<const PlanEvaluator::Known*> all;
    for (const auto& [key, known] : evaluator_.known()) {
      if (known.figures.carries) all.push_back(&known);
    }
    std::stable_sort(all.begin(), all.end(), [](const auto* a, const auto* b) {
      return a->figures.cost != b->figures.cost ? a->figures.cost < b->figures.cost
                                                : a->figures.latency < b->figures.latency;
    });
    std::vector<const PlanEvaluator::Known*> front;
    for (const auto* known : all) {
      if (front.empty() || known->figures.latency < front.back()->figures.latency) front.push_back(known);
    }
    const std::size_t shown = std::min(front.size(), longest_front);
    for (std::size_t i = 0; i < shown; ++i) {
      const std::size_t at = shown > 1 ? i * (front.size() - 1) / (shown - 1) : 0;
      result_.front.push_back(plan("front-" + std::to_string(i + 1), front[at]->placement));
    }
  }

  /// What each requirement costs: the winner is improved once more under a limit that is 5 % wider.
  void add_binding() {
    const Plan& winner = result_.plans.front();
    Structure structure;
    for (const std::string& service : space_.services()) {
      for (const auto& [site, one] : winner.placement.at(service)) structure[service][site] = one.pool;
    }
    for (std::size_t i = 0; i < options_.requirements.size(); ++i) {
      OptimizeOptions wider = options_;
      wider.requirements[i].limit *= widening;
      wider.progress = nullptr;
      PlanEvaluator evaluator{evaluator_.base(), wider};
      evaluator.correct(evaluator_.corrections());
      const PlanSpace space{evaluator.base(), wider, evaluator.wan()};
      PlanSearch search{space, evaluator, options_.effort / 10 + 20};
      if (options_.sites == OptimizeOptions::Sites::kept)
        search.consider(structure);
      else
        search.climb(structure);
      if (search.ranking().empty()) continue;
      const PlanFigures& best = evaluator.figures(search.ranking().front().placement);
      const double before = evaluator_.goal_of(winner.figures), after = evaluator.goal_of(best);
      if (best.violation == 0 && before - after > 1e-6 * std::abs(before))
        result_.binding.push_back({options_.requirements[i], before - after});
    }
    std::stable_sort(result_.binding.begin(), result_.binding.end(),
                     [](const auto& a, const auto& b) { return a.saved > b.saved; });
  }

  const OptimizeOptions& options_;
  PlanEvaluator evaluator_;
  PlanSpace space_;
  std::vector<PlanSearch::Found> ranking_;
  OptimizeResult result_;
};

}  // namespace

OptimizeResult optimize(const Scenario& base, const OptimizeOptions& options) {
  return Optimizer{base, options}.run();
}

}  // namespace planner
