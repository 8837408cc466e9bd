#include "optimize/evaluator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "planner/accounting.hpp"
#include "planner/demand.hpp"

namespace planner {
namespace {

constexpr double no_answer = std::numeric_limits<double>::infinity();

/// The scenario whose rates are always those of the peaks within the recorded span.
Scenario at_peak(Scenario scenario) {
  for (auto& [id, workload] : scenario.workloads) {
    workload.rate = peak_rate(workload, scenario.warmup, scenario.duration);
    workload.profile.clear();
  }
  return scenario;
}

bool changes(const Scenario& scenario) {
  return std::any_of(scenario.workloads.begin(), scenario.workloads.end(), [&](const auto& entry) {
    const double mean = mean_rate(entry.second, scenario.warmup, scenario.duration);
    return peak_rate(entry.second, scenario.warmup, scenario.duration) > 1.01 * mean;
  });
}

/// Of the requests of a flow, or of a population's; infinite where there is no answer. [ms]
double latency(const CompiledScenario& compiled, const AnalyticEstimate& estimate, const Requirement& of) {
  LatencyLaw law;
  double rate = 0;
  for (const auto& [index, answer] : estimate.classes) {
    const ClassLabel& label = compiled.classes[index];
    if (label.flow != of.flow || (!of.population.empty() && label.population != of.population)) continue;
    if (answer.rate <= 0) continue;
    law.add(answer.law, answer.rate);
    rate += answer.rate;
  }
  if (rate <= 0) return no_answer;
  return 1e3 * (of.probability > 0 ? law.quantile(of.probability) : law.mean());
}

/// By how much pools are offered more than they serve, as shares of what they serve, added up.
double beyond_capacity(const Load& load) {
  double beyond = 0;
  for (const ResourceLoad& pool : load.pools) {
    const double busy = pool.utilisation();
    if (std::isfinite(busy)) beyond += std::max(busy - 1.0, 0.0);
  }
  return beyond;
}

}  // namespace

std::set<std::string> sites_of(const Placements& placement) {
  std::set<std::string> sites;
  for (const auto& [service, places] : placement) {
    for (const auto& [site, one] : places) {
      if (site != user_device) sites.insert(site);
    }
  }
  return sites;
}

std::string plan_key(const Placements& placement) {
  std::string key;
  for (const auto& [service, places] : placement) {
    key += service + ":";
    for (const auto& [site, one] : places) {
      key += fmt::format("{}/{}*{}+{},", site, one.pool, one.replicas, one.provisioned);
    }
    key += ";";
  }
  return key;
}

std::map<std::pair<std::string, std::string>, double> nodes_taken(const Scenario& scenario,
                                                                  const Placements& placement) {
  std::map<std::pair<std::string, std::string>, double> taken;
  for (const auto& [service, places] : placement) {
    for (const auto& [site, one] : places) {
      if (site == user_device) continue;
      const PoolType& pool = scenario.sites.at(site).pools.at(one.pool);
      if (pool.kind != PoolType::Kind::nodes) continue;
      taken[{site, one.pool}] += one.replicas * node_share(scenario.services.at(service), pool);
    }
  }
  return taken;
}

Plan make_plan(PlanEvaluator& evaluator, std::string name, const Placements& placement) {
  Plan plan;
  plan.name = std::move(name);
  plan.placement = placement;
  plan.figures = evaluator.figures(placement);
  const std::vector<Requirement>& requirements = evaluator.options().requirements;
  for (std::size_t i = 0; i < requirements.size(); ++i) {
    const double value = plan.figures.values[i];
    plan.requirements.push_back(
        {requirements[i], value, std::nullopt, value <= requirements[i].limit ? 1.0 : 0.0});
  }
  return plan;
}

PlanEvaluator::PlanEvaluator(const Scenario& base, const OptimizeOptions& options)
    : base_{base},
      options_{&options},
      wan_{base_},
      has_peaks_{changes(base_)},
      corrections_(options.requirements.size(), 1.0) {}

double PlanEvaluator::overflow(const Scenario& scenario) const {
  double over = 0;
  for (const auto& [where, nodes] : nodes_taken(scenario, scenario.placement)) {
    const double there = scenario.sites.at(where.first).pools.at(where.second).nodes;
    over += std::max(nodes / std::max(there, 1e-3) - 1.0 - 1e-9, 0.0);
  }
  return over;
}

void PlanEvaluator::measure(const CompiledScenario& compiled, const AnalyticEstimate& answer,
                            PlanFigures& figures) const {
  figures.carries = answer.does_not_hold.empty() && compiled.unreachable.empty();
  const auto value = [&](const Requirement& of) {
    return figures.carries ? latency(compiled, answer, of) : no_answer;
  };
  figures.latency = value(latency_goal());
  for (std::size_t i = 0; i < options_->requirements.size(); ++i) {
    const Requirement& one = options_->requirements[i];
    if (one.measure == Requirement::Measure::latency) figures.values[i] = value(one) * corrections_[i];
  }
}

void PlanEvaluator::judge(PlanFigures& figures) const {
  for (std::size_t i = 0; i < options_->requirements.size(); ++i) {
    const Requirement& one = options_->requirements[i];
    double& value = figures.values[i];
    if (one.measure == Requirement::Measure::cost) value = figures.cost;
    if (one.measure == Requirement::Measure::energy) value = figures.energy;
    if (one.measure == Requirement::Measure::carbon) value = figures.carbon;
    // A pool that is offered too much is worse than any limit missed, but by how much nobody knows.
    figures.violation += std::isfinite(value) ? std::max(value / one.limit - 1.0, 0.0) : 100.0;
  }
  if (!figures.carries) figures.violation += 1'000;
}

PlanFigures PlanEvaluator::evaluate(const Placements& placement) {
  ++evaluations_;
  Scenario scenario = base_;
  scenario.placement = placement;
  PlanFigures figures;
  figures.values.assign(options_->requirements.size(), no_answer);
  figures.sites = sites_of(placement).size();
  const CompiledScenario compiled = compile(scenario, wan_);
  const Load load = load_with_spill_over(compiled);
  const AnalyticEstimate answer = estimate(compiled, load, Claim::guides);
  if (has_peaks_) {
    const CompiledScenario peak = compile(at_peak(scenario), wan_);
    measure(peak, estimate(peak, load_with_spill_over(peak), Claim::guides), figures);
  } else {
    measure(compiled, answer, figures);
  }
  const Bill bill = expected_bill(scenario, compiled, load, answer);
  figures.cost = bill.cost_total();
  figures.energy = bill.energy_total();
  figures.carbon = bill.carbon_total();
  judge(figures);
  if (!figures.carries) figures.violation += beyond_capacity(load);
  const double over = overflow(scenario);
  if (over > 0) figures.carries = false;
  figures.violation += 10 * over;
  if (figures.sites > options_->most_sites)
    figures.violation += static_cast<double>(figures.sites - options_->most_sites);
  return figures;
}

const PlanFigures& PlanEvaluator::figures(const Placements& placement) {
  const std::string key = plan_key(placement);
  const auto found = known_.find(key);
  if (found != known_.end()) return found->second.figures;
  return known_.emplace(key, Known{placement, evaluate(placement)}).first->second.figures;
}

std::map<std::pair<std::string, std::string>, double> PlanEvaluator::busy(const Placements& placement) {
  Scenario scenario = has_peaks_ ? at_peak(base_) : base_;
  scenario.placement = placement;
  const CompiledScenario compiled = compile(scenario, wan_);
  const Load load = load_with_spill_over(compiled);
  std::map<std::pair<std::string, std::string>, double> found;
  for (std::size_t i = 0; i < compiled.pools.size(); ++i) {
    const ResourceLoad& pool = load.pools[i];
    found[{compiled.pools[i].service, compiled.pools[i].site}] = pool.rates.recorded * pool.service;
  }
  return found;
}

void PlanEvaluator::correct(std::vector<double> factors) {
  corrections_ = std::move(factors);
  known_.clear();
}

Requirement PlanEvaluator::latency_goal() const {
  if (options_->latency) return *options_->latency;
  for (const Requirement& one : options_->requirements) {
    if (one.measure == Requirement::Measure::latency) return one;
  }
  Requirement first;
  first.flow = base_.workloads.begin()->second.flow;
  first.probability = 0.95;
  return first;
}

bool PlanEvaluator::better(const PlanFigures& a, const PlanFigures& b) const {
  if (std::max(a.violation, b.violation) > 1e-9) {
    if (std::abs(a.violation - b.violation) > 1e-9) return a.violation < b.violation;
  }
  const double goal_a = goal_of(a), goal_b = goal_of(b);
  if (std::abs(goal_a - goal_b) > 1e-9 * std::abs(goal_b)) return goal_a < goal_b;
  if (std::abs(a.cost - b.cost) > 1e-9 * std::abs(b.cost)) return a.cost < b.cost;
  if (a.sites != b.sites) return a.sites < b.sites;  // one that nobody is served by is of no use
  return a.latency < b.latency;
}

}  // namespace planner
