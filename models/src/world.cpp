#include "models/world.hpp"

#include <algorithm>

#include "partition.hpp"
#include "program.hpp"
#include "recorder.hpp"
#include "sim/contract.hpp"
#include "sim/engine.hpp"

namespace models {

struct World::Impl {
  Impl(const WorldSpec& world_spec, Options run_options);

  WorldResult run();

 private:
  void build_partitions();
  void build_contents();
  sim::Time advance(sim::Engine::Status& status);
  WorldResult report(sim::Engine::Status status, sim::Time reached);

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
  return {.lookahead = program.window, .event_limit = options.event_limit, .stop = options.stop};
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

void World::Impl::build_contents() {
  const auto partition_of = [&](std::uint32_t spec_partition) -> Partition& {
    return *partitions[program.partition_of(spec_partition)];
  };
  for (const StationSpec& station : spec.stations) partition_of(station.partition).add_station();
  for (std::size_t i = 0; i < spec.pools.size(); ++i) {
    const PoolSpec& pool = spec.pools[i];
    if (program.pool_held[i]) {
      partition_of(pool.partition)
          .add_elastic_pool(pool, static_cast<std::uint32_t>(i),
                            streams.make(pool.cold_purpose, sim::hash_name(pool.name)),
                            engine.context(sim::PartitionId{program.partition_of(pool.partition)}));
    } else {
      partition_of(pool.partition).add_fixed_pool(pool);
    }
  }
  for (const GuardSpec& guard : spec.guards) partition_of(guard.partition).add_guard(guard);
  for (std::uint32_t i = 0; i < spec.sources.size(); ++i) {
    const SourceSpec& source = spec.sources[i];
    sim::Context& context = engine.context(sim::PartitionId{program.partition_of(source.partition)});
    partition_of(source.partition).add_source(source, i, streams.make("arrivals", source.name), context);
  }
}

// In slices, so that progress shows and an early stop finds all sites at about the same time; but long
// ones, as a partition that has its turn finds its state in cache only from its second event on.
sim::Time World::Impl::advance(sim::Engine::Status& status) {
  constexpr std::int64_t most_slices = 64;
  constexpr std::uint64_t events_wanted = 1 << 22;
  sim::Duration slice = std::max((program.horizon - sim::time_zero) / most_slices, sim::Duration{1});
  sim::Time reached = sim::time_zero;
  std::uint64_t events = 0;
  while (reached < program.horizon) {
    const sim::Time end = program.horizon - reached <= slice ? program.horizon : reached + slice;
    status = engine.run_until(end);
    if (status != sim::Engine::Status::reached_end) break;
    reached = end;
    if (engine.events() - events < events_wanted)
      slice = std::min(2 * slice, program.horizon - sim::time_zero);
    events = engine.events();
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
  for (std::size_t i = 0; i < spec.stations.size(); ++i) {
    const Partition& home = *partitions[program.partition_of(spec.stations[i].partition)];
    result.stations.push_back(home.station_result(program.station_index[i]));
  }
  for (std::size_t i = 0; i < spec.pools.size(); ++i) {
    const Partition& home = *partitions[program.partition_of(spec.pools[i].partition)];
    const std::uint32_t index = program.pool_index[i];
    result.pools.push_back(program.pool_held[i] ? home.elastic_pool_result(index)
                                                : home.fixed_pool_result(index));
  }
  for (std::size_t i = 0; i < spec.guards.size(); ++i) {
    const Partition& home = *partitions[program.partition_of(spec.guards[i].partition)];
    result.guards.push_back(home.guard_result(program.guard_index[i]));
  }
  for (std::size_t lane = 1; lane < recorders.size(); ++lane) recorders.front().merge(recorders[lane]);
  recorders.front().report(result);
  result.events = engine.events();
  return result;
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

World::World(const WorldSpec& spec, Options options) : impl_{std::make_unique<Impl>(spec, options)} {}
World::~World() = default;
WorldResult World::run() { return impl_->run(); }

}  // namespace models
