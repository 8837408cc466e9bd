#include "planner/location.hpp"

#include <algorithm>
#include <cmath>

#include "location/branch.hpp"
#include "location/relaxation.hpp"
#include "location/swaps.hpp"
#include "sim/contract.hpp"

namespace planner {
namespace {

/// A branch and bound of more variables than this takes longer than a decision is worth; the bound stays.
constexpr std::size_t most_variables = 150'000;

void check(const LocationProblem& problem) {
  SIM_EXPECT(problem.opening.size() == problem.sites);
  SIM_EXPECT(problem.service.size() == problem.sites * problem.clients);
  SIM_EXPECT(problem.at_least >= 1);
  SIM_EXPECT(problem.at_least <= std::min(problem.at_most, problem.sites));
  SIM_EXPECT(problem.capacity.empty() == problem.demand.empty());
  SIM_EXPECT(problem.capacity.empty() || problem.capacity.size() == problem.sites);
  SIM_EXPECT(problem.demand.empty() || problem.demand.size() == problem.clients);
}

/// All costs are whole numbers, so costs of plans differ by 1 at least.
bool is_integral(const LocationProblem& problem) {
  const auto whole = [](double cost) { return !std::isfinite(cost) || cost == std::floor(cost); };
  return std::all_of(problem.opening.begin(), problem.opening.end(), whole) &&
         std::all_of(problem.service.begin(), problem.service.end(), whole);
}

/// The search without capacities: bound and plan meet, or CBC decides.
class Uncapacitated {
 public:
  Uncapacitated(const LocationProblem& problem, const LocationLimits& limits)
      : problem_{problem},
        limits_{limits},
        // A plan must be cheaper by this much to count as better: rounding, or 1 where costs are whole.
        step_{is_integral(problem) ? 1.0 - 1e-6 : 0.0},
        search_{problem},
        relaxation_{problem, search_.penalty()} {}

  LocationPlan solve() {
    search_.build();
    improve();
    restart();
    relax();
    if (!met()) branch();
    LocationPlan plan = serve_from(problem_, best_);
    plan.bound = met() ? plan.cost : std::min(bound_, plan.cost);
    return plan;
  }

 private:
  [[nodiscard]] double target() const { return cost_ - std::max(step_, 1e-9 * std::abs(cost_)); }
  [[nodiscard]] bool met() const { return bound_ > target(); }

  void improve() {
    search_.descend();
    if (best_.empty() || search_.cost() < cost_) {
      best_ = search_.open();
      cost_ = search_.cost();
    }
  }

  void restart() {
    for (int n = 0; n < limits_.restarts; ++n) {
      search_.set_open(best_);
      search_.disturb(static_cast<std::uint64_t>(n), 2 + best_.size() / 8);
      improve();
    }
  }

  void relax() {
    for (int pass = 0; pass < limits_.passes && !met(); ++pass) {
      relaxation_.step(cost_);
      bound_ = std::max(bound_, relaxation_.bound());
      if (pass % 50 != 49) continue;
      search_.set_open(relaxation_.chosen());
      improve();
    }
  }

  void branch() {
    const LocationRelaxation::Reduction reduction = relaxation_.reduce(target());
    if (radius_variables(problem_, reduction) > most_variables) return;
    const BranchResult result = branch_by_radius(problem_, reduction, target(), limits_);
    if (!result.open.empty()) {
      best_ = result.open;
      cost_ = serve_from(problem_, best_).cost;
    }
    bound_ = result.finished ? cost_ : std::max(bound_, result.bound);
  }

  const LocationProblem& problem_;
  const LocationLimits& limits_;
  double step_;
  SwapSearch search_;
  LocationRelaxation relaxation_;
  std::vector<std::uint32_t> best_;
  double cost_ = cannot_serve;
  double bound_ = 0;
};

}  // namespace

double LocationPlan::gap() const {
  if (!std::isfinite(cost)) return cannot_serve;
  if (bound >= cost) return 0.0;
  return cost > 0 ? (cost - bound) / cost : 0.0;
}

LocationPlan serve_from(const LocationProblem& problem, std::vector<std::uint32_t> open) {
  SIM_EXPECT(!open.empty());
  LocationPlan plan;
  plan.open = std::move(open);
  plan.cost = 0;
  for (const std::uint32_t site : plan.open) plan.cost += problem.opening[site];
  for (std::size_t i = 0; i < problem.clients; ++i) {
    std::uint32_t nearest = plan.open.front();
    for (const std::uint32_t site : plan.open) {
      if (problem.cost(i, site) < problem.cost(i, nearest)) nearest = site;
    }
    plan.serving.push_back(nearest);
    plan.cost += problem.cost(i, nearest);
  }
  return plan;
}

LocationPlan locate(const LocationProblem& problem, const LocationLimits& limits) {
  check(problem);
  if (problem.capacity.empty()) return Uncapacitated{problem, limits}.solve();
  return branch_with_capacity(problem, limits);
}

LocationPlan locate_greedily(const LocationProblem& problem) {
  check(problem);
  SwapSearch search{problem};
  search.build();
  return serve_from(problem, search.open());
}

LocationProblem maximal_covering(std::size_t sites, const std::vector<bool>& reached,
                                 const std::vector<double>& weights, std::size_t at_most) {
  SIM_EXPECT(reached.size() == sites * weights.size());
  LocationProblem problem;
  problem.sites = sites;
  problem.clients = weights.size();
  problem.opening.assign(sites, 0.0);
  problem.at_most = at_most;
  for (std::size_t pair = 0; pair < reached.size(); ++pair) {
    problem.service.push_back(reached[pair] ? 0.0 : weights[pair / sites]);
  }
  return problem;
}

LocationProblem set_covering(std::size_t sites, const std::vector<bool>& reached) {
  LocationProblem problem;
  problem.sites = sites;
  problem.opening.assign(sites, 1.0);
  for (std::size_t first = 0; first < reached.size(); first += sites) {
    const auto row = reached.begin() + static_cast<std::ptrdiff_t>(first);
    if (std::find(row, row + static_cast<std::ptrdiff_t>(sites), true) ==
        row + static_cast<std::ptrdiff_t>(sites))
      continue;
    ++problem.clients;
    for (std::size_t j = 0; j < sites; ++j)
      problem.service.push_back(row[static_cast<std::ptrdiff_t>(j)] ? 0.0 : cannot_serve);
  }
  return problem;
}

}  // namespace planner
