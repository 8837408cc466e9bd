#include "compile/world_parts.hpp"

#include <algorithm>
#include <cmath>

#include "planner/accounting.hpp"
#include "topology/partition.hpp"

namespace planner {

WorldParts::WorldParts(const Scenario& scenario, const Wan& wan, Routes& routes, CompiledScenario& out)
    : scenario_{scenario},
      wan_{wan},
      routes_{routes},
      out_{out},
      state_{scenario, out},
      weights_(wan.sites() + wan.populations(), 0.0) {
  add_pools();
}

void WorldParts::add_pools() {
  for (const auto& [service, places] : scenario_.placement) {
    for (const auto& [place, placement] : places) {
      if (place == user_device) continue;
      const Hosting host = hosting(scenario_, service, place);
      models::PoolSpec spec = pool_spec(host, routes_.policy(service));
      spec.partition = node(wan_.site(place));
      spec.account = account(host);
      if (spec.scaler) spec.processors = processors(service, wan_.site(place)).group;
      if (spec.batching) spec.batching->accelerators = accelerators(host);
      pools_[{service, place}] = static_cast<std::uint32_t>(out_.world.pools.size());
      out_.world.pools.push_back(std::move(spec));
      out_.pools.push_back({service, place, placement.pool});
      if (const auto& batching = out_.world.pools.back().batching)
        out_.pools.back().accelerators = out_.world.accelerators[batching->accelerators].count;
      if (shares_processors(host)) {
        out_.pools.back().work = service_time(host).mean();
        out_.pools.back().cores = is_elastic(host)
                                      ? host.service->cpu
                                      : nodes_needed(scenario_, place, placement.pool) * host.pool->cpu;
      }
    }
  }
}

std::uint32_t WorldParts::node(Location location) const {
  const auto sites = static_cast<std::uint32_t>(wan_.sites());
  return location.kind == Location::Kind::site ? location.index : sites + location.index;
}

std::uint32_t WorldParts::law(const std::string& name, const sim::Distribution& law) {
  const auto [known, added] = laws_.try_emplace(name, static_cast<std::uint32_t>(out_.world.laws.size()));
  if (added) out_.world.laws.push_back(law);
  return known->second;
}

std::uint32_t WorldParts::meter(const MeterLabel& label) {
  const auto [known, added] = meters_.try_emplace(label, out_.world.meters);
  if (added) {
    ++out_.world.meters;
    out_.meters.push_back(label);
  }
  return known->second;
}

std::uint32_t WorldParts::class_of(const std::string& workload_id, const Workload& workload,
                                   Location served_at, Location user) {
  const std::string site = served_at == user ? user_device : wan_.name(served_at);
  const auto [known, added] = classes_.try_emplace({workload_id, site}, out_.world.classes);
  if (added) {
    ++out_.world.classes;
    out_.classes.push_back({workload_id, workload.flow, workload.population, site});
  }
  return known->second;
}

std::uint32_t WorldParts::pool(const std::string& service, Location site) const {
  return pools_.at({service, wan_.name(site)});
}

// In the order of their ids; a cell without a name is the population's own.
std::vector<std::string> WorldParts::members_of_cell(const std::string& population) const {
  const std::string& name = scenario_.populations.at(population).access.cell;
  if (name.empty()) return {population};
  std::vector<std::string> members;
  for (const auto& [id, users] : scenario_.populations) {
    if (users.access.cell == name) members.push_back(id);
  }
  return members;
}

WorldParts::Cells WorldParts::cells(Location population, StationLabel::Kind direction, sim::BitRate rate) {
  const std::string& id = wan_.name(population);
  const std::vector<std::string> members = members_of_cell(id);
  double users = 0;
  for (const std::string& member : members) users += scenario_.populations.at(member).users;
  const double per_cell = scenario_.populations.at(id).access.users_per_cell;
  const double wanted = per_cell > 0 ? std::ceil(users / per_cell) : 1.0;
  const auto count = static_cast<std::uint16_t>(std::clamp(wanted, 1.0, 65535.0));
  const auto [known, added] = cells_.try_emplace({members.front(), direction},
                                                 static_cast<std::uint32_t>(out_.world.stations.size()));
  if (added) add_cells(members, direction, rate, count);
  const auto tenant = std::find(members.begin(), members.end(), id) - members.begin();
  return {known->second, count, static_cast<std::uint16_t>(tenant)};
}

void WorldParts::add_cells(const std::vector<std::string>& members, StationLabel::Kind direction,
                           sim::BitRate rate, std::uint16_t count) {
  const bool up = direction == StationLabel::Kind::cell_uplink;
  const Location home = wan_.population(members.front());
  const Access& access = scenario_.populations.at(members.front()).access;
  models::StationSpec cell{members.front() + (up ? "/up" : "/down"), node(home), rate, access.sharing, {}};
  for (const std::string& member : members) {
    const Access& its = scenario_.populations.at(member).access;
    models::TenantSpec share = its.share;
    share.cap = up ? its.uplink : its.downlink;
    if (access.sharing == models::Sharing::fair) cell.tenants.push_back(share);
    // Who shares a cell meets there at once, so all are in one partition.
    exchange(home, wan_.population(member), sim::Duration{0});
  }
  for (std::uint16_t i = 0; i < count; ++i) {
    out_.world.stations.push_back(cell);
    out_.stations.push_back({direction, members.front(), access.cell});
  }
}

std::uint32_t WorldParts::link(const Hop& hop) {
  // Whoever stands at its end waits in the same queue, a site's users as well as what runs there.
  const Location end = wan_.standing(hop.from);
  if (end != hop.from) exchange(hop.from, end, sim::Duration{0});
  const std::string& from = wan_.name(end);
  const auto [known, added] =
      links_.try_emplace({*hop.link_id, from}, static_cast<std::uint32_t>(out_.world.stations.size()));
  if (added) {
    models::StationSpec link{
        *hop.link_id + "/" + from, node(end), *hop.link->bandwidth, hop.link->sharing, {}};
    if (link.sharing == models::Sharing::fair) link.tenants.emplace_back();
    out_.world.stations.push_back(std::move(link));
    out_.stations.push_back({StationLabel::Kind::link, *hop.link_id, from});
  }
  return known->second;
}

std::uint32_t WorldParts::route(const std::vector<std::uint32_t>& links) {
  const auto [known, added] =
      transfer_routes_.try_emplace(links, static_cast<std::uint32_t>(out_.world.routes.size()));
  if (added) out_.world.routes.push_back(links);
  return known->second;
}

std::uint32_t WorldParts::guard(const GuardLabel& label, const Call& call, Location caller) {
  const auto [known, added] =
      guards_.try_emplace(label, static_cast<std::uint32_t>(out_.world.guards.size()));
  if (added) {
    out_.world.guards.push_back(
        {label.flow + "/" + label.call + "@" + label.caller, node(caller), call.breaker, call.retry.budget});
    out_.guards.push_back(label);
  }
  return known->second;
}

std::uint32_t WorldParts::queue(const std::string& service, Location site) {
  const auto [known, added] =
      queues_.try_emplace({service, wan_.name(site)}, static_cast<std::uint32_t>(out_.world.queues.size()));
  if (added) {
    const QueueRule& rule = *scenario_.services.at(service).queue;
    out_.world.queues.push_back({service + "@" + wan_.name(site), node(site), rule.capacity, rule.full});
    out_.queues.push_back({service, wan_.name(site)});
  }
  return known->second;
}

std::uint32_t WorldParts::balancer(const std::string& name, Location caller, models::BalancerSpec::Rule rule,
                                   std::size_t choices) {
  const std::string full = name + "@" + wan_.name(caller);
  const auto [known, added] =
      balancers_.try_emplace(full, static_cast<std::uint32_t>(out_.world.balancers.size()));
  if (added) out_.world.balancers.push_back({full, node(caller), rule, static_cast<std::uint32_t>(choices)});
  return known->second;
}

void WorldParts::exchange(Location a, Location b, sim::Duration minimum) {
  const auto ends = std::minmax({node(a), node(b)});
  if (ends.first == ends.second) return;
  const auto [known, added] = exchanges_.try_emplace({ends.first, ends.second}, minimum);
  if (!added) known->second = std::min(known->second, minimum);
}

void WorldParts::weigh(Location location, double events_per_second) {
  weights_[node(location)] += events_per_second;
}

void WorldParts::assign_partitions() {
  std::vector<topology::Exchange> exchanges;
  for (const auto& [ends, minimum] : exchanges_) exchanges.push_back({ends.first, ends.second, minimum});
  const topology::Partitioning groups = topology::partition(weights_.size(), exchanges, weights_);

  // A group without work would only cost time in every window, so it joins the first.
  std::vector<double> work(groups.groups, 0.0);
  for (std::size_t i = 0; i < weights_.size(); ++i) work[groups.group_of[i]] += weights_[i];
  std::vector<std::uint32_t> partition(groups.groups, 0);
  std::uint32_t used = 0;
  for (std::size_t group = 0; group < work.size(); ++group) {
    if (work[group] > 0) partition[group] = used++;
  }
  const auto of_node = [&](std::uint32_t node) { return partition[groups.group_of[node]]; };
  models::WorldSpec& world = out_.world;
  for (auto& step : world.steps) step.partition = of_node(step.partition);
  for (auto& station : world.stations) station.partition = of_node(station.partition);
  for (auto& pool : world.pools) pool.partition = of_node(pool.partition);
  for (auto& store : world.stores) store.partition = of_node(store.partition);
  for (auto& group : world.processors) group.partition = of_node(group.partition);
  for (auto& quota : world.accounts) quota.partition = of_node(quota.partition);
  for (auto& group : world.accelerators) group.partition = of_node(group.partition);
  for (auto& guard : world.guards) guard.partition = of_node(guard.partition);
  for (auto& queue : world.queues) queue.partition = of_node(queue.partition);
  for (auto& balancer : world.balancers) balancer.partition = of_node(balancer.partition);
  for (auto& source : world.sources) source.partition = of_node(source.partition);
  world.partitions = std::max(used, 1U);
  world.lookahead = groups.lookahead;
}

}  // namespace planner
