#include <algorithm>
#include <array>
#include <numeric>

#include "request/lowering.hpp"
#include "sim/contract.hpp"

namespace models {
namespace {

PoolModel model_of(const PoolSpec& pool) {
  if (pool.batching) return PoolModel::batched;
  if (pool.kind == PoolSpec::Kind::elastic) return PoolModel::held;
  if (pool.balance != Balance::shared) return PoolModel::balanced;
  return pool.shedding ? PoolModel::held : PoolModel::reckoned;
}

}  // namespace

void Lowering::place_stations() {
  std::vector<std::uint32_t> in_turn(program_.partitions, 0);
  shared_.resize(program_.partitions, 0);
  for (const StationSpec& station : spec_.stations) {
    SIM_EXPECT(station.partition < spec_.partitions);
    SIM_EXPECT(station.tenants.empty() != is_fair(station));
    const bool alone = station.sharing != Sharing::max_min;
    auto& used = is_fair(station) ? shared_ : in_turn;
    program_.station_index.push_back(alone ? used[program_.partition_of(station.partition)]++ : none);
  }
  place_networks();
}

// The lowest station of a network stands for it: each is led to one below until that is so.
std::vector<std::uint32_t> Lowering::stations_by_network() const {
  std::vector<std::uint32_t> lowest(spec_.stations.size());
  std::iota(lowest.begin(), lowest.end(), 0U);
  const auto of = [&](std::uint32_t station) {
    while (lowest[station] != station) station = lowest[station];
    return station;
  };
  for (const auto& route : spec_.routes) {
    SIM_EXPECT(!route.empty());
    for (const std::uint32_t station : route) {
      SIM_EXPECT(station < spec_.stations.size() && spec_.stations[station].sharing == Sharing::max_min);
      const auto [low, high] = std::minmax({of(route.front()), of(station)});
      lowest[high] = low;
    }
  }
  for (std::uint32_t i = 0; i < lowest.size(); ++i) lowest[i] = of(i);
  return lowest;
}

void Lowering::place_networks() {
  const std::vector<std::uint32_t> leader = stations_by_network();
  std::vector<std::uint32_t> network_of(spec_.stations.size(), none), place(spec_.stations.size(), 0);
  for (const auto& route : spec_.routes) {
    std::uint32_t& number = network_of[leader[route.front()]];
    if (number == none) {
      number = static_cast<std::uint32_t>(program_.networks.size());
      const std::uint32_t partition = spec_.stations[route.front()].partition;
      program_.networks.push_back({.partition = partition});
      program_.network_index.push_back(shared_[program_.partition_of(partition)]++);
    }
    NetworkShape& network = program_.networks[number];
    std::vector<std::uint32_t> places;
    for (const std::uint32_t station : route) {
      SIM_EXPECT(spec_.stations[station].partition == network.partition);
      const auto known = std::find(network.stations.begin(), network.stations.end(), station);
      if (known == network.stations.end()) {
        place[station] = static_cast<std::uint32_t>(network.stations.size());
        network.stations.push_back(station);
      }
      places.push_back(place[station]);
    }
    routes_.push_back({program_.network_index[number], 1, static_cast<std::uint32_t>(network.routes.size())});
    network.routes.push_back(std::move(places));
  }
}

// A fixed pool whose slots nobody holds across steps, and where all are alike, is reckoned ahead, without
// departure events.
void Lowering::place_pools() {
  for (const PoolSpec& pool : spec_.pools) program_.pool_model.push_back(model_of(pool));
  for (const Step& step : spec_.steps) {
    if (step.kind != StepKind::acquire && (step.kind != StepKind::serve || step.priority == 0)) continue;
    SIM_EXPECT(step.index < spec_.pools.size());
    PoolModel& model = program_.pool_model[step.index];
    if (model == PoolModel::reckoned) model = PoolModel::held;
  }
  using Used = std::array<std::uint32_t, 4>;  // by PoolModel
  std::vector<Used> used(program_.partitions, Used{});
  for (std::size_t i = 0; i < spec_.pools.size(); ++i) {
    SIM_EXPECT(spec_.pools[i].partition < spec_.partitions);
    Used& here = used[program_.partition_of(spec_.pools[i].partition)];
    program_.pool_index.push_back(here[static_cast<std::size_t>(program_.pool_model[i])]++);
  }
}

template <class Spec>
std::vector<std::uint32_t> Lowering::places_of(const std::vector<Spec>& specs) const {
  std::vector<std::uint32_t> used(program_.partitions, 0), places;
  for (const Spec& spec : specs) {
    SIM_EXPECT(spec.partition < spec_.partitions);
    places.push_back(used[program_.partition_of(spec.partition)]++);
  }
  return places;
}

void Lowering::place_callers() {
  program_.guard_index = places_of(spec_.guards);
  program_.queue_index = places_of(spec_.queues);
  program_.balancer_index = places_of(spec_.balancers);
}

void Lowering::place_stores() {
  for (const KeySpec& keys : spec_.keys) program_.keys.emplace_back(keys, streams_);
  std::vector<std::array<std::uint32_t, 3>> used(program_.partitions);  // by kind
  for (const StoreSpec& store : spec_.stores) {
    SIM_EXPECT(store.partition < spec_.partitions && store.keys < spec_.keys.size());
    auto& of_partition = used[program_.partition_of(store.partition)];
    program_.store_index.push_back(of_partition[static_cast<std::size_t>(store.kind)]++);
  }
}

void Lowering::place_machines() {
  program_.processor_index = places_of(spec_.processors);
  program_.account_index = places_of(spec_.accounts);
  program_.batcher_index = places_of(spec_.accelerators);
  program_.processor_groups = static_cast<std::uint32_t>(spec_.processors.size());
  program_.machine_groups = program_.processor_groups + static_cast<std::uint32_t>(spec_.accelerators.size());
}

}  // namespace models
