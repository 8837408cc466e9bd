#include "optimize/relax.hpp"

#include <algorithm>
#include <cmath>

#include "optimize/finals.hpp"
#include "optimize/search.hpp"

namespace planner {
namespace {

/// Nodes that a pool may have where their number is what is asked.
constexpr std::uint32_t plenty = 8;

/// Of a plan whose limits are set by what is simulated.
constexpr std::uint32_t enough_replications = 20;

/// Three significant digits, upwards: a limit that the value keeps.
double rounded_up(double value) {
  double unit = 1.0;
  while (value / unit >= 1000) unit *= 10;
  while (value / unit < 100) unit /= 10;
  return std::ceil(value / unit) * unit;
}

Goal goal_of(Requirement::Measure measure) {
  switch (measure) {
    case Requirement::Measure::cost:
      return Goal::cost;
    case Requirement::Measure::energy:
      return Goal::energy;
    case Requirement::Measure::carbon:
      return Goal::carbon;
    case Requirement::Measure::latency:
      break;
  }
  return Goal::latency;
}

std::vector<Relaxation::Nodes> more_nodes(const Scenario& base, const Placements& placement) {
  std::vector<Relaxation::Nodes> more;
  for (const auto& [where, asked] : nodes_taken(base, placement)) {
    const auto& [site, pool] = where;
    const double there = base.sites.at(site).pools.at(pool).nodes;
    if (asked > there + 1e-9) more.push_back({site, pool, there, std::ceil(asked - 1e-9)});
  }
  return more;
}

double number_of(const std::vector<Relaxation::Nodes>& more) {
  double sum = 0;
  for (const Relaxation::Nodes& one : more) sum += one.needed - one.there;
  return sum;
}

}  // namespace

bool Relaxer::stopped() const {
  const auto* stop = evaluator_.options().stop;
  return stop != nullptr && stop->load();
}

std::vector<Relaxation> Relaxer::run() {
  const std::size_t count = evaluator_.options().requirements.size();
  for (std::size_t i = 0; i < count && !stopped(); ++i) widen_one(i);
  if (count > 1 && !stopped()) widen_all();
  if (!stopped()) add_nodes();
  return std::move(found_);
}

void Relaxer::widen_one(std::size_t index) {
  OptimizeOptions options = evaluator_.options();
  const Requirement given_up = options.requirements[index];
  const auto at = static_cast<std::ptrdiff_t>(index);
  options.requirements.erase(options.requirements.begin() + at);
  options.goal = goal_of(given_up.measure);
  if (given_up.measure == Requirement::Measure::latency) options.latency = given_up;
  std::vector<double> corrections = evaluator_.corrections();
  corrections.erase(corrections.begin() + at);
  PlanEvaluator evaluator{evaluator_.base(), options};
  evaluator.correct(std::move(corrections));
  const PlanSpace space{evaluator.base(), options, evaluator.wan()};
  PlanSearch search{space, evaluator, options.effort / 2};
  search.run();
  const auto ranking = search.ranking();
  if (ranking.empty() || evaluator.figures(ranking.front().placement).violation > 0) return;
  std::vector<bool> wider(evaluator_.options().requirements.size(), false);
  wider[index] = true;
  PlanEvaluator judge{evaluator_.base(), evaluator_.options()};
  keep_if_it_holds(judge, ranking.front().placement, wider, {});
}

void Relaxer::widen_all() {
  PlanEvaluator judge{evaluator_.base(), evaluator_.options()};
  if (!judge.figures(least_violating_).carries) return;
  keep_if_it_holds(judge, least_violating_, std::vector<bool>(evaluator_.options().requirements.size(), true),
                   {});
}

void Relaxer::add_nodes() {
  Scenario ample = evaluator_.base();
  for (auto& [id, site] : ample.sites) {
    for (auto& [name, pool] : site.pools) {
      if (pool.kind == PoolType::Kind::nodes) pool.nodes = plenty * std::max(pool.nodes, 1U);
    }
  }
  const OptimizeOptions& options = evaluator_.options();
  PlanEvaluator evaluator{ample, options};
  evaluator.correct(evaluator_.corrections());
  const PlanSpace space{evaluator.base(), options, evaluator.wan()};
  PlanSearch search{space, evaluator, options.effort / 2};
  search.run();
  const Placements* best = nullptr;
  double fewest = 0;
  for (const auto& [key, known] : evaluator.known()) {
    if (known.figures.violation > 0) continue;
    const double number = number_of(more_nodes(evaluator_.base(), known.placement));
    if (number <= 0 || (best != nullptr && number >= fewest)) continue;
    best = &known.placement;
    fewest = number;
  }
  if (best == nullptr) return;
  const Placements placement = *best;
  keep_if_it_holds(evaluator, placement, std::vector<bool>(options.requirements.size(), false),
                   more_nodes(evaluator_.base(), placement));
}

void Relaxer::keep_if_it_holds(PlanEvaluator& evaluator, const Placements& placement,
                               const std::vector<bool>& wider, std::vector<Relaxation::Nodes> nodes) {
  Relaxation relaxation{{}, std::move(nodes), make_plan(evaluator, "relaxed", placement)};
  std::vector<Plan> alone{relaxation.plan};
  Finals finals{evaluator};
  finals.simulate(alone, std::min(evaluator.options().replications, enough_replications));
  relaxation.plan = alone.front();
  if (finals.interrupted()) return;
  for (std::size_t i = 0; i < wider.size(); ++i) {
    const RequirementResult& one = relaxation.plan.requirements[i];
    if (!one.simulated) return;
    if (!wider[i] && one.probability < 0.5) return;
    Requirement limit = one.requirement;
    if (!wider[i] || one.simulated->high <= limit.limit) continue;
    limit.limit = rounded_up(one.simulated->high);
    relaxation.wider.push_back(std::move(limit));
  }
  const bool known = std::any_of(found_.begin(), found_.end(), [&](const Relaxation& other) {
    return other.wider.size() == 1 && relaxation.wider.size() == 1 && other.nodes.empty() &&
           other.wider.front().text() == relaxation.wider.front().text();
  });
  if (!known && (!relaxation.wider.empty() || !relaxation.nodes.empty()))
    found_.push_back(std::move(relaxation));
}

}  // namespace planner
