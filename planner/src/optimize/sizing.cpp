#include "optimize/sizing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "compile/hosting.hpp"
#include "planner/accounting.hpp"
#include "planner/routes.hpp"

namespace planner {
namespace {

/// More pools than this are sized alike, not one by one.
constexpr std::size_t few_pools = 24;

using Place = std::pair<std::string, std::string>;  // service, site

class Sizing {
 public:
  Sizing(const PlanSpace& space, PlanEvaluator& evaluator, const PlanSpace::Structure& structure)
      : evaluator_{evaluator}, plan_{space.placements(structure)} {
    for (const auto& [service, places] : structure) {
      for (const auto& [site, pool] : places) places_.push_back({service, site});
    }
    scenario_ = space.base();
    scenario_.placement = plan_;
    // Where requests spill over, the sizes tell who serves them: here what the nodes near to the users leave.
    Placements largest = plan_;
    for (const Place& place : places_) {
      if (const auto most = most_at(place)) at(largest, place).replicas = *most;
    }
    busy_ = evaluator.busy(largest);
  }

  [[nodiscard]] Placements sized_for(double target) const {
    Placements plan = plan_;
    for (const Place& place : places_) {
      if (is_elastic(host(place))) continue;
      const double replicas = std::max(std::ceil(slots_wanted(place) / target), 1.0);
      const double most = most_at(place).value_or(UINT32_MAX);
      at(plan, place).replicas = static_cast<std::uint32_t>(std::min(replicas, most));
    }
    return plan;
  }

  Placements run() {
    choose_target();
    if (evaluator_.figures(plan_).violation > 0) provision();
    if (places_.size() <= few_pools) {
      take_back();
      if (spills()) exchange();
    }
    return plan_;
  }

 private:
  Placement& at(Placements& plan, const Place& place) const { return plan.at(place.first).at(place.second); }
  [[nodiscard]] Hosting host(const Place& place) const {
    return hosting(scenario_, place.first, place.second);
  }
  [[nodiscard]] double slots_wanted(const Place& place) const {
    const auto found = busy_.find(place);
    return found != busy_.end() ? found->second / concurrency(host(place)) : 0.0;
  }

  /// That the nodes there hold of the service alone; nothing where they set no limit.
  [[nodiscard]] std::optional<std::uint32_t> most_at(const Place& place) const {
    const auto& [service, site] = place;
    if (is_elastic(host(place))) return std::nullopt;
    const PoolType& pool = scenario_.sites.at(site).pools.at(plan_.at(service).at(site).pool);
    const double share = node_share(scenario_.services.at(service), pool);
    if (share <= 0) return std::nullopt;
    return static_cast<std::uint32_t>(std::clamp(std::floor(pool.nodes / share + 1e-9), 1.0, 1e6));
  }
  [[nodiscard]] bool spills() const {
    const Routes routes{evaluator_.base(), evaluator_.wan()};
    return std::any_of(places_.begin(), places_.end(),
                       [&](const Place& place) { return routes.policy(place.first).spill_at <= 1.0; });
  }

  /// Where pools help each other, one of them may be larger for another that is smaller.
  void exchange() {
    for (bool moved = true; moved;) {
      moved = false;
      for (const Place& more : places_) {
        for (const Place& less : places_) moved = moved || exchanged(more, less);
      }
    }
  }
  bool exchanged(const Place& more, const Place& less) {
    if (more == less || more.first != less.first || is_elastic(host(more)) || is_elastic(host(less)))
      return false;
    Placements plan = plan_;
    if (at(plan, less).replicas < 2) return false;
    --at(plan, less).replicas;
    ++at(plan, more).replicas;
    if (!evaluator_.better(evaluator_.figures(plan), evaluator_.figures(plan_))) return false;
    plan_ = plan;
    return true;
  }

  void keep_if_better(const Placements& plan) {
    if (evaluator_.better(evaluator_.figures(plan), evaluator_.figures(plan_))) plan_ = plan;
  }

  void choose_target() {
    for (const double target : {0.9, 0.8, 0.7, 0.6, 0.45, 0.3, 0.15, 0.08}) {
      keep_if_better(sized_for(target));
      const bool fastest = evaluator_.options().goal == Goal::latency;
      if (!fastest && evaluator_.figures(plan_).violation == 0) return;
    }
  }

  /// So many standard deviations of a Poisson number above the mean are kept warm.
  void provision() {
    for (const double deviations : {0.0, 1.0, 2.0, 3.0}) {
      Placements plan = plan_;
      bool any = false;
      for (const Place& place : places_) {
        if (!is_elastic(host(place)) || slots_wanted(place) <= 0) continue;
        const double wanted = slots_wanted(place) + deviations * std::sqrt(slots_wanted(place));
        at(plan, place).provisioned = static_cast<std::uint32_t>(std::ceil(wanted));
        any = true;
      }
      if (!any) return;
      keep_if_better(plan);
      if (evaluator_.figures(plan_).violation == 0) return;
    }
  }

  void take_back() {
    for (const Place& place : places_) {
      const bool elastic = is_elastic(host(place));
      const std::uint32_t least = elastic ? 0 : 1;
      // Halving steps: large pools need few trials.
      std::uint32_t& size = elastic ? at(plan_, place).provisioned : at(plan_, place).replicas;
      for (std::uint32_t step = std::max(size / 4, 1U); step > 0;) {
        if (size < least + step || !holds_with(place, size - step)) {
          step /= 2;
          continue;
        }
        size -= step;
      }
    }
  }

  bool holds_with(const Place& place, std::uint32_t size) {
    Placements plan = plan_;
    (is_elastic(host(place)) ? at(plan, place).provisioned : at(plan, place).replicas) = size;
    const PlanFigures& before = evaluator_.figures(plan_);
    const PlanFigures& after = evaluator_.figures(plan);
    return after.violation <= before.violation && evaluator_.goal_of(after) <= evaluator_.goal_of(before) &&
           after.cost <= before.cost;
  }

  PlanEvaluator& evaluator_;
  Placements plan_;
  Scenario scenario_;
  std::map<Place, double> busy_;
  std::vector<Place> places_;
};

}  // namespace

Placements roughly_sized(const PlanSpace& space, PlanEvaluator& evaluator,
                         const PlanSpace::Structure& structure) {
  return Sizing{space, evaluator, structure}.sized_for(0.7);
}

Placements sized(const PlanSpace& space, PlanEvaluator& evaluator, const PlanSpace::Structure& structure) {
  return Sizing{space, evaluator, structure}.run();
}

}  // namespace planner
