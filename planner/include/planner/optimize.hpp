#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "planner/origin.hpp"
#include "planner/render.hpp"
#include "planner/requirement.hpp"
#include "planner/results.hpp"
#include "planner/scenario.hpp"
#include "planner/study.hpp"

/// The inverse question: which placement and sizing keeps every requirement at the least cost?
namespace planner {

/// Service -> site -> instances, as Scenario::placement.
using Placements = std::map<std::string, std::map<std::string, Placement>>;

enum class Goal : std::uint8_t {
  cost,     ///< a month
  sites,    ///< that anything is placed on; of as few, the cheapest
  energy,   ///< a month
  carbon,   ///< a month
  latency,  ///< OptimizeOptions::latency, else the first that is required, else p95 of the first flow
};

struct OptimizeOptions {
  Goal goal = Goal::cost;
  std::vector<Requirement> requirements;
  std::vector<std::string> left_out;  ///< assertions that no search can judge; the answer names them
  std::set<std::string> services;  ///< whose placement is decided; empty: all that are not on users' devices
  std::map<std::string, std::set<std::string>> allowed;    ///< sites of a service; services left out: any
  std::uint32_t least_sites = 1;                           ///< of each decided service, against a site's loss
  std::size_t most_sites = SIZE_MAX;                       ///< in all
  std::vector<std::pair<std::string, std::string>> apart;  ///< services that never share a site
  enum class Sites : std::uint8_t { free, kept } sites = Sites::free;  ///< kept: sizes alone are decided
  std::uint32_t effort = 1'500;                                        ///< plans whose figures are estimated
  std::uint32_t plans = 3;                                             ///< that are given, of different sites
  std::uint32_t replications = 40;                                     ///< of each finalist, at most
  double probability = 0.95;           ///< of the winner being the best finalist, at which simulation ends
  std::optional<Requirement> latency;  ///< that Goal::latency means; its limit does not count
  RunStore* store = nullptr;           ///< what was simulated before is not simulated again
  Executor* executor = nullptr;        ///< where finalists are simulated; none: here, by `threads`
  unsigned threads = 0;                ///< 0: as many as there are processors
  LoadWith load{};                     ///< the document of the base: needed for the executor
  const std::atomic<bool>* stop = nullptr;  ///< true: end soon with the best so far
  std::function<void(const Progress&)> progress;
};

/// What a plan costs and does, by formula.
struct PlanFigures {
  bool carries = false;  ///< no pool is offered more than it can carry, and nodes hold their replicas
  double cost = 0;       ///< [USD/month]
  double energy = 0;     ///< [kWh/month]
  double carbon = 0;     ///< [kgCO2e/month]
  double latency = 0;    ///< as Goal::latency takes it [ms]
  std::size_t sites = 0;
  std::vector<double> values;  ///< of the requirements, in their order and units; infinite without an answer
  double violation = 0;        ///< sum of the shares by which limits are exceeded; 0: feasible
};

/// What the goal looks at, in goal_unit().
[[nodiscard]] double goal_value(Goal goal, const PlanFigures& figures);
[[nodiscard]] const char* goal_unit(Goal goal);

/// A requirement as a simulated plan meets it.
struct RequirementResult {
  Requirement requirement;
  double estimated = 0;
  std::optional<Estimate> simulated;
  double probability = 0;  ///< that it is met; 0 or 1 by formula where it was not simulated
};

struct Plan {
  std::string name;  ///< `plan-1`, `current`, `all-region`, ...
  Placements placement;
  PlanFigures figures;
  bool possible = true;
  std::string why_not;  ///< where it is not possible
  std::vector<RequirementResult> requirements;
  std::optional<Estimate> cost;                ///< simulated [USD/month]
  std::optional<double> probability_feasible;  ///< at least: that all requirements are met, by simulation
  /// At least: that it is feasible, and no finalist that is feasible is better by over 1 %.
  std::optional<double> probability_best;
};

/// What would be enough where nothing keeps every requirement.
struct Relaxation {
  std::vector<Requirement> wider;  ///< with limits that the plan keeps in the simulation
  struct Nodes {
    std::string site, pool;
    double there = 0, needed = 0;
  };
  std::vector<Nodes> nodes;  ///< pools that need more
  /// A rule of the search, given up as far as the plan needs.
  struct Rule {
    enum class Kind : std::uint8_t {
      residency,    ///< the service may stand at the sites as well
      apart,        ///< the two services may share the sites
      least_sites,  ///< so many sites for each service are enough
      most_sites,   ///< so many sites in all are allowed
    } kind = Kind::residency;
    std::vector<std::string> services, sites;
    std::size_t limit = 0, asked = 0;  ///< of least_sites and most_sites
  };
  std::optional<Rule> rule{};
  Plan plan{};  ///< that holds then
  /// Smallest of all placements, each sized by formula; else of those that the search came to.
  bool smallest = false;
};

struct OptimizeResult {
  Goal goal = Goal::cost;
  std::string scenario, strategy;
  std::vector<Plan> plans;      ///< best first; the first is the answer. Empty: nothing is feasible
  std::vector<Plan> baselines;  ///< current, all-region, all-edge, nearest, greedy
  std::vector<Plan> front;      ///< no plan that was met is both cheaper and faster; by rising cost
  struct Binding {
    Requirement requirement;
    double saved = 0;  ///< of the goal's figure, if the limit were 5 % wider
  };
  std::vector<Binding> binding;  ///< requirements that cost something, the dearest first
  /// Nothing is feasible: each of these alone is enough.
  std::vector<Relaxation> relaxations;
  std::optional<Plan> least_violating;
  std::vector<std::string> left_out;  ///< assertions that plans were not held to
  std::uint64_t estimated = 0;        ///< plans
  /// Every placement that the rules allow was sized and estimated, not only those that the search came to.
  bool complete = false;
  std::uint32_t replications = 0;  ///< of each finalist
  bool chosen = false;             ///< the first plan is the best finalist with the probability asked for
  bool interrupted = false;
};

/// Searches by the analytic estimate, starting from location models (locate()), and decides among the
/// finalists by simulation on common random numbers. Method and limits: docs/optimize.md. Deterministic for
/// given options unless stopped.
/// @param base  a strategy; its sites, pools and sizes of pools are what there is to choose from
[[nodiscard]] OptimizeResult optimize(const Scenario& base, const OptimizeOptions& options);

/// Merge patch (RFC 7396) that turns the placement of `base` into `placement`.
[[nodiscard]] nlohmann::ordered_json placement_patch(const Scenario& base, const Placements& placement);

/// For people.
[[nodiscard]] std::string render_optimum(const Scenario& base, const OptimizeResult& result,
                                         const TextOptions& options);
/// Document type `optimum/1`, without what the command line adds.
[[nodiscard]] nlohmann::ordered_json optimum_json(const Scenario& base, const OptimizeResult& result);

}  // namespace planner
