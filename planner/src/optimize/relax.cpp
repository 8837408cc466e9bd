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

/// Sites that the first has and the second has not.
std::vector<std::string> sites_outside(const std::map<std::string, Placement>& places,
                                       const std::set<std::string>& allowed) {
  std::vector<std::string> outside;
  for (const auto& [site, one] : places) {
    if (!allowed.contains(site)) outside.push_back(site);
  }
  return outside;
}

std::vector<std::string> sites_shared(const std::map<std::string, Placement>& a,
                                      const std::map<std::string, Placement>& b) {
  std::vector<std::string> shared;
  for (const auto& [site, one] : a) {
    if (b.contains(site)) shared.push_back(site);
  }
  return shared;
}

struct Least {
  Placements placement;
  bool of_all = false;  ///< the search looked at every placement
};

/// The plan that keeps everything with the least excess above 0, of those the best; nothing without any.
std::optional<Least> least(PlanEvaluator& evaluator, const OptimizeOptions& options,
                           const std::function<double(const Placements&)>& excess) {
  const PlanSpace space{evaluator.base(), options, evaluator.wan()};
  PlanSearch search{space, evaluator, options.effort / 2};
  search.run();
  const PlanEvaluator::Known* best = nullptr;
  double fewest = 0;
  for (const auto& [key, known] : evaluator.known()) {
    if (known.figures.violation > 0) continue;
    const double number = excess(known.placement);
    const bool ahead = best == nullptr || number < fewest ||
                       (number == fewest && evaluator.better(known.figures, best->figures));
    if (number <= 0 || !ahead) continue;
    best = &known;
    fewest = number;
  }
  return best != nullptr ? std::optional{Least{best->placement, search.complete()}} : std::nullopt;
}

}  // namespace

bool Relaxer::stopped() const {
  const auto* stop = evaluator_.options().stop;
  return stop != nullptr && stop->load();
}

std::vector<Relaxation> Relaxer::run() {
  const std::size_t count = evaluator_.options().requirements.size();
  for (std::size_t i = 0; i < count && !stopped(); ++i) widen_one(i);
  if (count > 1 && least_violating_ != nullptr && !stopped()) widen_all();
  if (!stopped()) add_nodes();
  if (evaluator_.options().sites == OptimizeOptions::Sites::free) lift_rules();
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
  Relaxation relaxation;
  relaxation.smallest = search.complete();
  keep_if_it_holds(judge, ranking.front().placement, wider, std::move(relaxation));
}

void Relaxer::widen_all() {
  PlanEvaluator judge{evaluator_.base(), evaluator_.options()};
  if (!judge.figures(*least_violating_).carries) return;
  Relaxation relaxation;
  relaxation.smallest = of_all_;
  keep_if_it_holds(judge, *least_violating_,
                   std::vector<bool>(evaluator_.options().requirements.size(), true), std::move(relaxation));
}

void Relaxer::add_nodes() {
  Scenario ample = evaluator_.base();
  for (auto& [id, site] : ample.sites) {
    for (auto& [name, pool] : site.pools) {
      if (pool.kind == PoolType::Kind::nodes) pool.nodes = plenty * std::max(pool.nodes, 1U);
    }
  }
  const auto more = [this](const Placements& placement) { return more_nodes(evaluator_.base(), placement); };
  PlanEvaluator evaluator{ample, evaluator_.options()};
  evaluator.correct(evaluator_.corrections());
  const auto best = least(evaluator, evaluator_.options(),
                          [&](const Placements& placement) { return number_of(more(placement)); });
  if (!best) return;
  Relaxation relaxation;
  relaxation.nodes = more(best->placement);
  relaxation.smallest = best->of_all;
  keep_if_it_holds(evaluator, best->placement, {}, std::move(relaxation));
}

void Relaxer::lift(const OptimizeOptions& lifted, const Excess& excess,
                   const std::function<Relaxation::Rule(const Placements&)>& rule) {
  if (stopped()) return;
  PlanEvaluator evaluator{evaluator_.base(), lifted};
  evaluator.correct(evaluator_.corrections());
  const auto best = least(evaluator, lifted, excess);
  if (!best) return;
  Relaxation relaxation;
  relaxation.rule = rule(best->placement);
  relaxation.smallest = best->of_all;
  keep_if_it_holds(evaluator, best->placement, {}, std::move(relaxation));
}

void Relaxer::lift_rules() {
  using Kind = Relaxation::Rule::Kind;
  const OptimizeOptions& asked = evaluator_.options();
  const auto count = [](const std::vector<std::string>& sites) { return static_cast<double>(sites.size()); };
  for (const auto& [service, sites] : asked.allowed) {
    OptimizeOptions lifted = asked;
    lifted.allowed.erase(service);
    const auto outside = [&, &service = service](const Placements& placement) {
      return sites_outside(placement.at(service), asked.allowed.at(service));
    };
    lift(
        lifted, [&](const Placements& p) { return count(outside(p)); },
        [&, &service = service](const Placements& p) {
          return Relaxation::Rule{Kind::residency, {service}, outside(p)};
        });
  }
  for (std::size_t i = 0; i < asked.apart.size(); ++i) {
    OptimizeOptions lifted = asked;
    lifted.apart.erase(lifted.apart.begin() + static_cast<std::ptrdiff_t>(i));
    const auto& [a, b] = asked.apart[i];
    const auto shared = [&a = a, &b = b](const Placements& p) { return sites_shared(p.at(a), p.at(b)); };
    lift(
        lifted, [&](const Placements& p) { return count(shared(p)); },
        [&, &a = a, &b = b](const Placements& p) {
          return Relaxation::Rule{Kind::apart, {a, b}, shared(p)};
        });
  }
  lift_numbers();
}

void Relaxer::lift_numbers() {
  using Kind = Relaxation::Rule::Kind;
  const OptimizeOptions& asked = evaluator_.options();
  OptimizeOptions fewer = asked, more = asked;
  fewer.least_sites = 1;
  more.most_sites = SIZE_MAX;
  const PlanSpace space{evaluator_.base(), asked, evaluator_.wan()};
  const auto fewest = [&space](const Placements& placement) {
    std::size_t number = SIZE_MAX;
    for (const std::string& service : space.services())
      number = std::min(number, placement.at(service).size());
    return number;
  };
  if (asked.least_sites > 1) {
    lift(
        fewer,
        [&](const Placements& p) {
          return static_cast<double>(asked.least_sites) - static_cast<double>(fewest(p));
        },
        [&](const Placements& p) {
          return Relaxation::Rule{Kind::least_sites, {}, {}, fewest(p), asked.least_sites};
        });
  }
  if (asked.most_sites < SIZE_MAX) {
    lift(
        more,
        [&](const Placements& p) {
          return static_cast<double>(sites_of(p).size()) - static_cast<double>(asked.most_sites);
        },
        [&](const Placements& p) {
          return Relaxation::Rule{Kind::most_sites, {}, {}, sites_of(p).size(), asked.most_sites};
        });
  }
}

void Relaxer::keep_if_it_holds(PlanEvaluator& evaluator, const Placements& placement,
                               const std::vector<bool>& wider, Relaxation relaxation) {
  relaxation.plan = make_plan(evaluator, "relaxed", placement);
  std::vector<Plan> alone{relaxation.plan};
  Finals finals{evaluator};
  finals.simulate(alone, std::min(evaluator.options().replications, enough_replications));
  relaxation.plan = alone.front();
  if (finals.interrupted()) return;
  for (std::size_t i = 0; i < relaxation.plan.requirements.size(); ++i) {
    const RequirementResult& one = relaxation.plan.requirements[i];
    const bool may_be_wider = i < wider.size() && wider[i];
    if (!one.simulated) return;
    if (!may_be_wider && one.probability < 0.5) return;
    Requirement limit = one.requirement;
    if (!may_be_wider || one.simulated->high <= limit.limit) continue;
    limit.limit = rounded_up(one.simulated->high);
    relaxation.wider.push_back(std::move(limit));
  }
  const bool known = std::any_of(found_.begin(), found_.end(), [&](const Relaxation& other) {
    return other.wider.size() == 1 && relaxation.wider.size() == 1 && other.nodes.empty() &&
           other.wider.front().text() == relaxation.wider.front().text();
  });
  if (!known && (!relaxation.wider.empty() || !relaxation.nodes.empty() || relaxation.rule))
    found_.push_back(std::move(relaxation));
}

}  // namespace planner
