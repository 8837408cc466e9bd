#include <algorithm>
#include <array>

#include "planner/accounting.hpp"

namespace planner {
namespace {

using Needs = std::array<double, 3>;  ///< shares of a node: CPU, memory, accelerators

double share(double need, double offer) { return need > 0 && offer > 0 ? need / offer : 0.0; }

Needs needs(const Service& service, const PoolType& pool) {
  const Needs stated{share(service.cpu, pool.cpu), share(service.memory.value(), pool.memory.value()),
                     share(service.gpus, pool.gpus)};
  const bool none_stated = std::all_of(stated.begin(), stated.end(), [](double need) { return need <= 0; });
  return none_stated ? Needs{1.0, 1.0, 1.0} : stated;
}

constexpr double rounding = 1e-9;  ///< three thirds of a node are one node

bool fits(const Needs& used, const Needs& more) {
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (used[i] + more[i] > 1.0 + rounding) return false;
  }
  return true;
}

}  // namespace

double node_share(const Service& service, const PoolType& pool) {
  const Needs stated = needs(service, pool);
  return std::min(*std::max_element(stated.begin(), stated.end()), 1.0);
}

std::uint32_t nodes_needed(const Scenario& scenario, const std::string& site, const std::string& pool) {
  const PoolType& type = scenario.sites.at(site).pools.at(pool);
  std::vector<Needs> replicas;
  for (const auto& [service, places] : scenario.placement) {
    const auto placed = places.find(site);
    if (placed == places.end() || placed->second.pool != pool) continue;
    replicas.insert(replicas.end(), placed->second.replicas, needs(scenario.services.at(service), type));
  }
  std::stable_sort(replicas.begin(), replicas.end(), [](const Needs& a, const Needs& b) {
    return *std::max_element(a.begin(), a.end()) > *std::max_element(b.begin(), b.end());
  });
  std::vector<Needs> nodes;
  for (const Needs& replica : replicas) {
    auto node =
        std::find_if(nodes.begin(), nodes.end(), [&](const Needs& used) { return fits(used, replica); });
    if (node == nodes.end()) node = nodes.insert(nodes.end(), Needs{});
    for (std::size_t i = 0; i < replica.size(); ++i) (*node)[i] += replica[i];
  }
  return std::min(static_cast<std::uint32_t>(nodes.size()), type.nodes);
}

}  // namespace planner
