#include "optimize/plan_space.hpp"

#include <algorithm>

#include "planner/accounting.hpp"
#include "planner/location.hpp"

namespace planner {
namespace {

/// Services that any workload's requests may reach.
std::set<std::string> called_services(const Scenario& scenario) {
  std::set<std::string> called;
  for (const auto& [id, workload] : scenario.workloads) {
    for (const auto& [name, call] : scenario.flows.at(workload.flow).calls) called.insert(call.service);
  }
  return called;
}

/// Stands for all kinds together.
constexpr const char* any_kind = "*";

/// For distances, a place without a way counts as this far. [s]
constexpr double out_of_reach = 10.0;

}  // namespace

PlanSpace::PlanSpace(const Scenario& base, const OptimizeOptions& options, const Wan& wan)
    : base_{base}, limits_{options}, wan_{wan} {
  for (const std::string& service : called_services(base)) {
    const auto placed = base.placement.find(service);
    const bool on_device = placed != base.placement.end() && placed->second.contains(user_device);
    const bool asked = options.services.empty() ? !on_device : options.services.contains(service);
    if (!asked) continue;
    services_.push_back(service);
    options_[service] = options_of(service);
    distances_[service] = distances(service);
  }
}

bool PlanSpace::fits(const Service& service, const Site& site, const PoolType& pool) const {
  const auto stated = [&](const std::string& host) {
    return !host.empty() && service.time_on.contains(host);
  };
  const bool timed = service.time || stated(pool.device) || stated(pool.platform) || stated(site.tier) ||
                     (!service.inference.empty() && pool.inference.contains(service.inference));
  if (!timed) return false;
  if (pool.kind == PoolType::Kind::elastic) return service.gpus == 0;
  return pool.nodes > 0 && node_share(service, pool) <= 1.0 && (service.gpus == 0 || pool.gpus > 0);
}

std::vector<PlanSpace::Option> PlanSpace::options_of(const std::string& service) const {
  const auto residency = limits_.allowed.find(service);
  std::vector<Option> found;
  for (const auto& [site_id, site] : base_.sites) {
    if (residency != limits_.allowed.end() && !residency->second.contains(site_id)) continue;
    for (const auto& [pool_id, pool] : site.pools) {
      if (fits(base_.services.at(service), site, pool)) found.push_back({site_id, pool_id});
    }
  }
  return found;
}

std::string PlanSpace::kind_of(const Option& option) const {
  return base_.sites.at(option.site).tier + "/" + option.pool;
}

std::vector<std::string> PlanSpace::kinds(const std::string& service) const {
  std::set<std::string> ids;
  for (const Option& option : options(service)) ids.insert(kind_of(option));
  if (ids.size() > 1) ids.insert(any_kind);
  return {ids.begin(), ids.end()};
}

std::map<std::string, std::string> PlanSpace::everywhere(const std::string& service,
                                                         const std::function<bool(const Site&)>& pass) const {
  std::set<std::string> used;
  const auto placed = base_.placement.find(service);
  if (placed != base_.placement.end()) {
    for (const auto& [site, one] : placed->second) used.insert(one.pool);
  }
  std::map<std::string, std::string> pools;
  for (const Option& option : options(service)) {
    if (!pass(base_.sites.at(option.site))) continue;
    const auto [known, is_new] = pools.try_emplace(option.site, option.pool);
    if (!is_new && used.contains(option.pool) && !used.contains(known->second)) known->second = option.pool;
  }
  return pools;
}

std::map<std::string, double> PlanSpace::users(const std::string& service) const {
  std::map<std::string, double> rates;
  for (const auto& [id, workload] : base_.workloads) {
    for (const auto& [name, call] : base_.flows.at(workload.flow).calls) {
      if (call.service == service) rates[workload.population] += workload.rate * call.probability;
    }
  }
  return rates;
}

PlanSpace::Distances PlanSpace::distances(const std::string& service) const {
  Distances found;
  for (const auto& [population, rate] : users(service)) {
    ++found.users;
    const Location from = wan_.population(population);
    for (const Option& option : options(service)) {
      const sim::Duration way = wan_.one_way(from, wan_.site(option.site));
      found.of.push_back(rate * (way == sim::Duration::max() ? out_of_reach : sim::to_seconds(way)));
    }
  }
  return found;
}

std::size_t PlanSpace::position(const std::string& service, const Option& option) const {
  const std::vector<Option>& all = options(service);
  return static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), option) - all.begin());
}

double PlanSpace::distance(const std::string& service, const Option& option) const {
  const Distances& distances = distances_.at(service);
  const std::size_t stride = options(service).size();
  double sum = 0;
  for (std::size_t i = position(service, option); i < distances.of.size(); i += stride)
    sum += distances.of[i];
  return sum;
}

std::vector<PlanSpace::Option> PlanSpace::located(const std::string& service,
                                                  const std::vector<Option>& among, std::size_t count,
                                                  bool greedily) const {
  const Distances& distances = distances_.at(service);
  LocationProblem problem;
  problem.sites = among.size();
  problem.clients = distances.users;
  problem.opening.assign(among.size(), 0.0);
  problem.at_least = problem.at_most = std::min(count, among.size());
  if (problem.at_least == 0) return {};
  std::vector<std::size_t> columns;
  for (const Option& option : among) columns.push_back(position(service, option));
  const std::size_t stride = options(service).size();
  for (std::size_t user = 0; user < distances.users; ++user) {
    for (const std::size_t column : columns) problem.service.push_back(distances.of[user * stride + column]);
  }
  LocationLimits limits;
  limits.passes = 300;
  limits.restarts = 5;
  limits.nodes = 200;
  const LocationPlan plan = greedily ? locate_greedily(problem) : locate(problem, limits);
  std::vector<Option> open;
  for (const std::uint32_t site : plan.open) open.push_back(among[site]);
  return open;
}

std::vector<PlanSpace::Option> PlanSpace::one_at_each_site(const std::string& service) const {
  std::vector<Option> among;
  for (const auto& [site, pool] : everywhere(service, [](const Site&) { return true; })) {
    among.push_back({site, pool});
  }
  return among;
}

std::vector<PlanSpace::Option> PlanSpace::medians(const std::string& service, const std::string& kind,
                                                  std::size_t count) const {
  const auto [known, is_new] = medians_.try_emplace({service, kind, count});
  if (!is_new) return known->second;
  std::vector<Option> among;
  for (const Option& option : options(service)) {
    if (kind_of(option) == kind) among.push_back(option);
  }
  known->second = located(service, kind == any_kind ? one_at_each_site(service) : among, count, false);
  return known->second;
}

std::vector<PlanSpace::Option> PlanSpace::greedy(const std::string& service, std::size_t count) const {
  return located(service, one_at_each_site(service), count, true);
}

std::size_t PlanSpace::count() const {
  constexpr std::size_t enough = 1'000'000;
  std::size_t structures = 1;
  for (const std::string& service : services_) {
    std::map<std::string, std::size_t> pools;  // by site
    for (const Option& option : options(service)) ++pools[option.site];
    std::size_t choices = 1;  // of places, none included
    for (const auto& [site, number] : pools) choices = std::min(choices * (number + 1), enough);
    structures *= choices - 1;
    if (structures >= enough) return SIZE_MAX;
  }
  return structures;
}

std::vector<PlanSpace::Structure> PlanSpace::all() const {
  std::vector<Structure> structures{{}};
  for (const std::string& service : services_) {
    std::vector<std::map<std::string, std::string>> choices{{}};
    for (const Option& option : options(service)) {
      const std::size_t before = choices.size();
      for (std::size_t i = 0; i < before; ++i) {
        if (choices[i].contains(option.site)) continue;
        choices.push_back(choices[i]);
        choices.back().emplace(option.site, option.pool);
      }
    }
    std::vector<Structure> longer;
    for (const Structure& structure : structures) {
      for (const auto& places : choices) {
        if (places.empty()) continue;
        longer.push_back(structure);
        longer.back().emplace(service, places);
      }
    }
    structures = std::move(longer);
  }
  std::erase_if(structures, [this](const Structure& one) { return !allows(one); });
  return structures;
}

PlanSpace::Structure PlanSpace::current() const {
  Structure structure;
  for (const std::string& service : services_) {
    const auto placed = base_.placement.find(service);
    if (placed == base_.placement.end()) continue;
    for (const auto& [site, one] : placed->second) {
      if (site != user_device) structure[service][site] = one.pool;
    }
  }
  return structure;
}

Placements PlanSpace::placements(const Structure& structure) const {
  Placements all = base_.placement;
  for (const auto& [service, places] : structure) {
    const std::map<std::string, Placement> before = all[service];
    all[service].clear();
    for (const auto& [site, pool] : places) {
      Placement& one = all[service][site];
      const auto known = before.find(site);
      if (known != before.end() && known->second.pool == pool) one = known->second;
      one.pool = pool;
      one.replicas = 1;
      one.provisioned = 0;
    }
  }
  return all;
}

bool PlanSpace::allows(const Structure& structure) const {
  std::set<std::string> sites;
  for (const auto& [service, places] : structure) {
    if (places.size() < limits_.least_sites) return false;
    const auto residency = limits_.allowed.find(service);
    for (const auto& [site, pool] : places) {
      if (residency != limits_.allowed.end() && !residency->second.contains(site)) return false;
      sites.insert(site);
    }
  }
  if (sites.size() > limits_.most_sites) return false;
  for (const auto& [a, b] : limits_.apart) {
    const auto of_a = structure.find(a), of_b = structure.find(b);
    if (of_a == structure.end() || of_b == structure.end()) continue;
    for (const auto& [site, pool] : of_a->second) {
      if (of_b->second.contains(site)) return false;
    }
  }
  return structure.size() == services_.size();
}

}  // namespace planner
