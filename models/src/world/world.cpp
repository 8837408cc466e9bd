#include "models/world.hpp"

#include <algorithm>

#include "request/program.hpp"
#include "sim/contract.hpp"
#include "sim/engine.hpp"
#include "world/partition.hpp"
#include "world/recorder.hpp"

namespace models {

struct World::Impl {
  Impl(const WorldSpec& world_spec, Options run_options);

  WorldResult run();
  [[nodiscard]] unsigned threads() const { return engine.lanes(); }

 private:
  void build_partitions();
  void build_contents();
  void reserve_contents();
  void build_pool(Partition& home, sim::Context& context, std::uint32_t index);
  [[nodiscard]] PoolResult pool_result(const Partition& home, std::size_t pool) const;
  sim::Time advance(sim::Engine::Status& status);
  [[nodiscard]] sim::PartitionId home(std::uint32_t spec_partition) const {
    return sim::PartitionId{program.partition_of(spec_partition)};
  }
  WorldResult report(sim::Engine::Status status, sim::Time reached);
  void put_resources(WorldResult& result) const;
  [[nodiscard]] std::vector<PoolResult> pool_series(const Partition& home, std::size_t pool) const;
  void add_series(WorldResult& result, sim::Time reached) const;

  const WorldSpec& spec;
  Options options;
  sim::Streams streams;
  Program program;
  sim::Engine engine;
  std::vector<Recorder> recorders;  ///< by lane of the engine
  std::vector<std::unique_ptr<Partition>> partitions;
};

namespace {

Partitioning effective(const World::Options& options) {
  return options.path == Path::general ? Partitioning::merged : options.partitioning;
}

sim::Engine::Options engine_options(const Program& program, const World::Options& options) {
  return {.lookahead = program.window,
          .event_limit = options.event_limit,
          .stop = options.stop,
          .threads = options.threads,
          .share_from = options.share_from,
          .fabric = options.fabric};
}

}  // namespace

World::Impl::Impl(const WorldSpec& world_spec, Options run_options)
    : spec{world_spec},
      options{run_options},
      streams{run_options.seed, run_options.replication},
      program{lower(world_spec, run_options.path, effective(run_options), streams)},
      engine{engine_options(program, run_options)},
      recorders(engine.lanes(), Recorder{world_spec, program}) {
  SIM_EXPECT(options.tracer == nullptr || options.path == Path::general);
  SIM_EXPECT(options.fabric == nullptr || options.path == Path::compiled);
  build_partitions();
  build_contents();
}

void World::Impl::build_partitions() {
  partitions.reserve(program.partitions);
  for (std::uint32_t i = 0; i < program.partitions; ++i) {
    partitions.push_back(std::make_unique<Partition>(program, recorders, options.path, i, options.tracer));
    // A partition and its entity are known by the same number.
    const sim::EntityId id = engine.add(engine.add_partition(), *partitions.back());
    SIM_ENSURE(id.value() == i);
  }
}

void World::Impl::reserve_contents() {
  struct Room {
    std::size_t stations = 0, fixed_pools = 0, sources = 0;
  };
  std::vector<Room> rooms(partitions.size());
  for (const StationSpec& station : spec.stations) ++rooms[home(station.partition).value()].stations;
  for (std::size_t i = 0; i < spec.pools.size(); ++i)
    rooms[home(spec.pools[i].partition).value()].fixed_pools += program.pool_model[i] == PoolModel::reckoned;
  for (const SourceSpec& source : spec.sources) ++rooms[home(source.partition).value()].sources;
  for (std::uint32_t i = 0; i < rooms.size(); ++i)
    if (engine.is_own(sim::PartitionId{i}))
      partitions[i]->reserve(rooms[i].stations, rooms[i].fixed_pools, rooms[i].sources);
}

// What stands in another member's share of the partitions is left out.
void World::Impl::build_contents() {
  const auto place = [&](const auto& spec_of_one, auto add) {
    const sim::PartitionId at = home(spec_of_one.partition);
    if (engine.is_own(at)) add(*partitions[at.value()], engine.context(at));
  };
  reserve_contents();
  for (std::uint32_t i = 0; i < spec.stations.size(); ++i) {
    const StationSpec& station = spec.stations[i];
    place(station, [&](Partition& at, sim::Context&) {
      if (station.sharing == Sharing::in_turn) at.add_station();
      if (station.sharing == Sharing::fair) at.add_shared_link(station, i);
    });
  }
  for (const NetworkShape& network : program.networks)
    place(network, [&](Partition& at, sim::Context&) { at.add_network(network, spec.stations); });
  for (const AccountSpec& account : spec.accounts)
    place(account, [&](Partition& at, sim::Context&) { at.add_account(account); });
  for (std::uint32_t i = 0; i < spec.processors.size(); ++i)
    place(spec.processors[i],
          [&](Partition& at, sim::Context&) { at.add_processors(spec.processors[i], i); });
  for (std::uint32_t i = 0; i < spec.accelerators.size(); ++i)
    place(spec.accelerators[i],
          [&](Partition& at, sim::Context&) { at.add_batcher(spec.accelerators[i], i); });
  for (std::uint32_t i = 0; i < spec.pools.size(); ++i)
    place(spec.pools[i], [&](Partition& at, sim::Context& context) { build_pool(at, context, i); });
  for (const auto& partition : partitions) partition->settle_batchers();
  for (const StoreSpec& store : spec.stores) {
    place(store, [&](Partition& at, sim::Context&) {
      at.add_store(store, program.keys[store.keys], streams.make("store", store.name));
    });
  }
  for (const GuardSpec& guard : spec.guards)
    place(guard, [&](Partition& at, sim::Context&) { at.add_guard(guard); });
  for (const QueueSpec& queue : spec.queues)
    place(queue, [&](Partition& at, sim::Context&) { at.add_queue(queue); });
  for (const BalancerSpec& balancer : spec.balancers)
    place(balancer, [&](Partition& at, sim::Context&) { at.add_balancer(balancer); });
  for (std::uint32_t i = 0; i < spec.sources.size(); ++i) {
    const SourceSpec& source = spec.sources[i];
    place(source, [&](Partition& at, sim::Context& context) {
      at.add_source(source, i, streams.make("arrivals", source.name), context);
    });
  }
}

void World::Impl::build_pool(Partition& home, sim::Context& context, std::uint32_t index) {
  const PoolSpec& pool = spec.pools[index];
  switch (program.pool_model[index]) {
    case PoolModel::reckoned:
      return home.add_fixed_pool(pool);
    case PoolModel::held:
      SIM_EXPECT(pool.account == none || spec.accounts[pool.account].partition == pool.partition);
      SIM_EXPECT(pool.processors == none || spec.processors[pool.processors].partition == pool.partition);
      return home.add_elastic_pool(
          pool, index,
          {pool.account == none ? none : program.account_index[pool.account],
           pool.processors == none ? none : program.processor_index[pool.processors]},
          streams.make(pool.cold_purpose, sim::hash_name(pool.name)), context);
    case PoolModel::balanced:
      return home.add_balanced_pool(pool, streams.make("balance", pool.name));
    case PoolModel::batched:
      SIM_EXPECT(pool.batching->accelerators < spec.accelerators.size() &&
                 spec.accelerators[pool.batching->accelerators].partition == pool.partition);
      return home.add_batched_pool(pool, program.batcher_index[pool.batching->accelerators],
                                   streams.make("load", pool.name));
  }
}

PoolResult World::Impl::pool_result(const Partition& home, std::size_t pool) const {
  const std::uint32_t index = program.pool_index[pool];
  switch (program.pool_model[pool]) {
    case PoolModel::reckoned:
      return home.fixed_pool_result(index);
    case PoolModel::held:
      return home.elastic_pool_result(index);
    case PoolModel::balanced:
      return home.balanced_pool_result(index);
    case PoolModel::batched:
      break;
  }
  return home.batched_pool_result(index);
}

// In slices, so that progress shows and an early stop finds all sites at about the same time; but long
// ones, as a partition that has its turn finds its state in cache only from its second event on.
// After an early stop sites differ by a window at most; all are taken to have come as far as the first of
// them.
sim::Time World::Impl::advance(sim::Engine::Status& status) {
  constexpr std::int64_t most_slices = 64;
  constexpr std::uint64_t events_wanted = 1 << 22;
  sim::Duration slice = std::max((program.horizon - sim::time_zero) / most_slices, sim::Duration{1});
  sim::Time reached = sim::time_zero;
  std::uint64_t events = 0;
  while (reached < program.horizon) {
    const sim::Time end = program.horizon - reached <= slice ? program.horizon : reached + slice;
    status = engine.run_until(end);
    if (status != sim::Engine::Status::reached_end) return std::max(reached, engine.reached());
    reached = end;
    if (engine.events_of_all() - events < events_wanted)
      slice = std::min(2 * slice, program.horizon - sim::time_zero);
    events = engine.events_of_all();
    if (options.progress != nullptr) options.progress->store(reached.time_since_epoch().count());
  }
  return reached;
}

WorldResult World::Impl::run() {
  auto status = sim::Engine::Status::reached_end;
  const sim::Time reached = advance(status);
  return report(status, reached);
}

WorldResult World::Impl::report(sim::Engine::Status status, sim::Time reached) {
  WorldResult result;
  switch (status) {
    case sim::Engine::Status::reached_end:
      result.status = WorldResult::Status::complete;
      break;
    case sim::Engine::Status::stopped:
      result.status = WorldResult::Status::stopped;
      break;
    case sim::Engine::Status::event_limit:
      result.status = WorldResult::Status::event_limit;
      break;
  }
  result.simulated = program.span.overlap(sim::time_zero, reached);
  for (const auto& partition : partitions) partition->close(reached);
  put_resources(result);
  for (std::size_t lane = 1; lane < recorders.size(); ++lane) recorders.front().merge(recorders[lane]);
  recorders.front().report(result);
  add_series(result, reached);
  result.events = engine.events();
  return result;
}

void World::Impl::put_resources(WorldResult& result) const {
  result.stations.resize(spec.stations.size());
  result.pools.resize(spec.pools.size());
  result.guards.resize(spec.guards.size());
  result.stores.resize(spec.stores.size());
  result.queues.resize(spec.queues.size());
  const auto ask = [&](std::uint32_t spec_partition, auto question) {
    const sim::PartitionId at = home(spec_partition);
    if (engine.is_own(at)) question(*partitions[at.value()]);
  };
  for (std::size_t i = 0; i < spec.stations.size(); ++i)
    ask(spec.stations[i].partition, [&](const Partition& at) {
      const std::uint32_t index = program.station_index[i];
      if (index == none) return;  // of a network, or passed by nobody
      const bool fair = spec.stations[i].sharing == Sharing::fair;
      result.stations[i] = fair ? at.shared_link_result(index) : at.station_result(index);
    });
  for (std::size_t i = 0; i < program.networks.size(); ++i) {
    const NetworkShape& network = program.networks[i];
    ask(network.partition, [&](const Partition& at) {
      for (std::uint32_t link = 0; link < network.stations.size(); ++link)
        result.stations[network.stations[link]] = at.shared_link_result(program.network_index[i], link);
    });
  }
  for (std::size_t i = 0; i < spec.pools.size(); ++i) {
    ask(spec.pools[i].partition, [&](const Partition& at) { result.pools[i] = pool_result(at, i); });
  }
  for (std::size_t i = 0; i < spec.guards.size(); ++i)
    ask(spec.guards[i].partition,
        [&](const Partition& at) { result.guards[i] = at.guard_result(program.guard_index[i]); });
  for (std::size_t i = 0; i < spec.queues.size(); ++i)
    ask(spec.queues[i].partition,
        [&](const Partition& at) { result.queues[i] = at.queue_result(program.queue_index[i]); });
  for (std::size_t i = 0; i < spec.stores.size(); ++i) {
    const StoreSpec& store = spec.stores[i];
    ask(store.partition,
        [&](const Partition& at) { result.stores[i] = at.store_result(store.kind, program.store_index[i]); });
  }
}

// The pools' part of the series, of which the recorder has begun the pieces.
std::vector<PoolResult> World::Impl::pool_series(const Partition& home, std::size_t pool) const {
  const std::uint32_t index = program.pool_index[pool];
  switch (program.pool_model[pool]) {
    case PoolModel::reckoned:
      return home.fixed_pool_series(index);
    case PoolModel::held:
      return home.elastic_pool_series(index);
    case PoolModel::balanced:
      return home.balanced_pool_series(index);
    case PoolModel::batched:
      break;
  }
  return home.batched_pool_series(index);
}

void World::Impl::add_series(WorldResult& result, sim::Time reached) const {
  for (std::size_t k = 0; k < result.series.size(); ++k) {
    result.series[k].length = std::max(
        std::min(reached, program.span.piece_end(k)) - program.span.piece_begin(k), sim::Duration{0});
    result.series[k].pools.resize(spec.pools.size());
    result.series[k].awake.resize(spec.stores.size());
  }
  if (result.series.empty()) return;
  for (std::size_t i = 0; i < spec.pools.size(); ++i) {
    const sim::PartitionId at = home(spec.pools[i].partition);
    if (!engine.is_own(at)) continue;
    const Partition& partition = *partitions[at.value()];
    const std::vector<PoolResult> pieces = pool_series(partition, i);
    for (std::size_t k = 0; k < pieces.size(); ++k) result.series[k].pools[i] = pieces[k];
  }
  for (std::size_t i = 0; i < spec.stores.size(); ++i) {
    const sim::PartitionId at = home(spec.stores[i].partition);
    if (spec.stores[i].kind != StoreSpec::Kind::objects || !engine.is_own(at)) continue;
    const std::vector<sim::TotalTime>& awake = partitions[at.value()]->objects_awake(program.store_index[i]);
    for (std::size_t k = 0; k < awake.size(); ++k) result.series[k].awake[i] = awake[k];
  }
}

// All members: one that is added does not compile here until it is dealt with.
PoolResult& PoolResult::operator+=(const PoolResult& more) {
  auto& [requests_, refused_, throttled_, shed_, spilled_, cold, started, most, longest, batches_, loads,
         slot, busy, alive, starts, acquires, pulls, restores, kept, billed_, kept_busy, kept_starts,
         kept_billed] = *this;
  requests_ += more.requests;
  refused_ += more.refused;
  throttled_ += more.throttled;
  shed_ += more.shed;
  spilled_ += more.spilled;
  cold += more.cold_starts;
  started += more.instances_started;
  most = std::max(most, more.peak_instances);
  longest = std::max(longest, more.peak_queue);
  batches_ += more.batches;
  loads += more.model_loads;
  slot += more.slot_busy;
  busy += more.instance_busy;
  alive += more.instance_alive;
  starts += more.starting;
  acquires += more.acquiring;
  pulls += more.pulling;
  restores += more.restoring;
  kept += more.provisioned;
  billed_ += more.billed;
  kept_busy += more.provisioned_busy;
  kept_starts += more.provisioned_starting;
  kept_billed += more.provisioned_billed;
  return *this;
}

GuardResult& GuardResult::operator+=(const GuardResult& more) {
  attempts += more.attempts;
  failed += more.failed;
  timed_out += more.timed_out;
  retried += more.retried;
  not_retried += more.not_retried;
  hedged += more.hedged;
  turned_away += more.turned_away;
  return *this;
}

QueueResult& QueueResult::operator+=(const QueueResult& more) {
  accepted += more.accepted;
  dropped += more.dropped;
  refused += more.refused;
  blocked += more.blocked;
  delivered += more.delivered;
  dead_letters += more.dead_letters;
  peak = std::max(peak, more.peak);
  occupied += more.occupied;
  blocked_time += more.blocked_time;
  delay.merge(more.delay);
  return *this;
}

StoreResult& StoreResult::operator+=(const StoreResult& more) {
  requests += more.requests;
  hits += more.hits;
  waited += more.waited;
  woken += more.woken;
  stale += more.stale;
  applied += more.applied;
  awake += more.awake;
  return *this;
}

World::World(const WorldSpec& spec, Options options) : impl_{std::make_unique<Impl>(spec, options)} {}
World::~World() = default;
unsigned World::threads() const { return impl_->threads(); }
WorldResult World::run() { return impl_->run(); }

}  // namespace models
