// The part of WorldParts that makes what services share at a site: quotas, processors and accelerators.
#include <algorithm>
#include <cmath>

#include "compile/world_parts.hpp"
#include "planner/accounting.hpp"

namespace planner {

namespace {

/// Calls `use` with each service on a pool, and its placement, in the order of their ids.
template <class Use>
void for_each_on(const Hosting& host, Use use) {
  for (const auto& [service, places] : host.scenario->placement) {
    const auto placed = places.find(*host.site_id);
    if (placed == places.end() || placed->second.pool != host.placement->pool) continue;
    use(service, host.scenario->services.at(service), placed->second);
  }
}

/// Whole accelerators that the replicas of all services with batches take which share them.
std::uint32_t shared_accelerators(const Hosting& host) {
  double taken = 0;
  for_each_on(host, [&](const std::string&, const Service& service, const Placement& placement) {
    if (service.batch && shares_accelerators(service)) taken += service.gpus * placement.replicas;
  });
  constexpr double rounding = 1e-9;
  return static_cast<std::uint32_t>(std::ceil(taken - rounding));
}

}  // namespace

std::uint32_t WorldParts::account(const Hosting& host) {
  if (!host.pool->account || host.placement->reserved) return models::none;
  const auto [known, added] = accounts_.try_emplace(*host.site_id + "/" + host.placement->pool,
                                                    static_cast<std::uint32_t>(out_.world.accounts.size()));
  if (added) {
    std::uint64_t left = *host.pool->account;
    for_each_on(host, [&](const std::string& service, const Service&, const Placement& placement) {
      if (!placement.reserved) return;
      const std::uint64_t taken = most_instances(hosting(*host.scenario, service, *host.site_id));
      left -= std::min(left, taken);
    });
    out_.world.accounts.push_back({known->first, node(wan_.site(*host.site_id)), left});
  }
  return known->second;
}

std::uint32_t WorldParts::accelerators(const Hosting& host) {
  const bool shared = shares_accelerators(*host.service);
  const std::string name =
      *host.site_id + "/" + host.placement->pool + (shared ? "" : "/" + *host.service_id);
  const auto [known, added] =
      accelerators_.try_emplace(name, static_cast<std::uint32_t>(out_.world.accelerators.size()));
  if (added) {
    models::AcceleratorSpec spec{.name = name, .partition = node(wan_.site(*host.site_id))};
    spec.count = shared ? shared_accelerators(host) : host.placement->replicas;
    // A model that has an accelerator of its own is never put out of it.
    if (shared) spec.memory = host.pool->parameter_cache;
    out_.world.accelerators.push_back(std::move(spec));
  }
  return known->second;
}

WorldParts::Processors WorldParts::processors(const std::string& service, Location site) {
  const Hosting host = hosting(scenario_, service, wan_.name(site));
  if (!shares_processors(host)) return {};
  std::string name = *host.site_id + "/" + host.placement->pool;
  models::ProcessorSpec spec{.name = {}, .partition = node(site), .cores = host.pool->cpu};
  std::uint64_t before = 0;
  if (is_elastic(host)) {
    name += "/" + service;
    spec.cores = host.service->cpu;
  } else {
    spec.count = nodes_needed(scenario_, *host.site_id, host.placement->pool);
    for_each_on(host, [&](const std::string& other, const Service&, const Placement& placement) {
      if (other < service) before += placement.replicas;
    });
  }
  const auto [known, added] =
      processors_.try_emplace(name, static_cast<std::uint32_t>(out_.world.processors.size()));
  if (added) {
    spec.name = name;
    out_.world.processors.push_back(std::move(spec));
  }
  const std::uint64_t nodes = std::max<std::uint64_t>(spec.count, 1);
  return {known->second, static_cast<std::uint16_t>(before % std::min<std::uint64_t>(nodes, 65'536))};
}

}  // namespace planner
