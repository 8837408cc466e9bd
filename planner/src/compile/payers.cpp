#include "compile/payers.hpp"

#include <algorithm>

namespace planner {

namespace {

double sum(const Shares& shares) {
  double whole = 0;
  for (const auto& [population, share] : shares) whole += share;
  return whole;
}

}  // namespace

void apportion(double amount, const Shares& shares, Shares& target) {
  const double whole = sum(shares);
  if (whole <= 0) return;
  for (const auto& [population, share] : shares) target[population] += amount * share / whole;
}

// Programs lie one after the other, each from the step where its source starts.
Payers::Payers(const CompiledScenario& compiled, const Load& load)
    : compiled_{compiled}, pools_(compiled.pools.size()), meters_(compiled.meters.size()) {
  const models::WorldSpec& world = compiled.world;
  std::map<std::uint32_t, std::string> population_from;
  for (std::size_t i = 0; i < world.sources.size(); ++i) {
    population_from[world.sources[i].program] = compiled.sources[i].population;
    all_[compiled.sources[i].population] += compiled.sources[i].recorded_rate;
  }
  auto next = population_from.begin();
  const std::string* population = nullptr;
  for (std::uint32_t i = 0; i < world.steps.size(); ++i) {
    if (next != population_from.end() && next->first == i) population = &(next++)->second;
    if (population == nullptr) continue;
    const models::Step& step = world.steps[i];
    using enum models::StepKind;
    if (step.kind == delay && step.index != models::none) meters_[step.index][*population] += load.steps[i];
    if (step.kind != serve && step.kind != acquire && step.kind != batch) continue;
    pools_[step.index][*population] += load.steps[i];
    sites_[compiled.pools[step.index].site][*population] += load.steps[i];
  }
}

const Shares& Payers::of_pool(std::size_t pool) const {
  return sum(pools_[pool]) > 0 ? pools_[pool] : of_site(compiled_.pools[pool].site);
}

const Shares& Payers::of_meter(std::size_t meter) const {
  return sum(meters_[meter]) > 0 ? meters_[meter] : all_;
}

const Shares& Payers::of_site(const std::string& site) const {
  const auto known = sites_.find(site);
  return known != sites_.end() && sum(known->second) > 0 ? known->second : all_;
}

}  // namespace planner
