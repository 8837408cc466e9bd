#pragma once
#include <cstdint>
#include <vector>

#include "request/program.hpp"
#include "sim/context.hpp"
#include "world/recorder.hpp"
#include "world/site_state.hpp"

namespace models {

/// The sites of one partition of the engine: their state, and the interpreter of the programs of the requests
/// that are there.
///
/// Order of events at one instant: (source, request number, strand), where strands tell the branches of one
/// request apart. A request keeps its place in that order through all its steps, so it does not matter
/// whether the steps between two shared resources are events of their own (docs/models/request-path.md).
class Partition final : public sim::Entity {
 public:
  /// @param recorders  one for each lane of the engine
  /// @param tracer     nullptr: none; with one, `path` must be the general one, where every step is an event
  Partition(const Program& program, std::vector<Recorder>& recorders, Path path, std::uint32_t number,
            Tracer* tracer)
      : program_{program}, recorders_{recorders}, path_{path}, number_{number}, tracer_{tracer} {}

  /// Room for that many of each, so that none of it is wasted.
  void reserve(std::size_t stations, std::size_t fixed_pools, std::size_t sources);
  /// The n-th thing added of a kind is the one that operations know as n.
  void add_station() { state_.stations.emplace_back(); }
  /// @param index  of the station in the spec
  void add_shared_link(const StationSpec& spec, std::uint32_t index);
  /// Several of which a transfer passes more than one at once. To be called after all of those alone.
  void add_network(const NetworkShape& shape, const std::vector<StationSpec>& stations);
  void add_fixed_pool(const PoolSpec& spec) { state_.fixed_pools.emplace_back(spec, program_.span); }
  void add_store(const StoreSpec& spec, const ItemKeys& keys, sim::Stream stream);
  /// To be called before pools are added.
  void add_account(const AccountSpec& spec) { state_.accounts.push_back({.concurrency = spec.concurrency}); }
  /// What a pool refers to in this partition, or none.
  struct PoolPlace {
    std::uint32_t account = none, processors = none;
  };
  /// @param index    of the pool in the spec
  void add_elastic_pool(const PoolSpec& spec, std::uint32_t index, PoolPlace place, sim::Stream stream,
                        sim::Context& context);
  void add_balanced_pool(const PoolSpec& spec, sim::Stream stream) {
    state_.balanced_pools.emplace_back(spec, stream, program_.span);
  }
  /// @param index  of the accelerators in the spec; their pools follow, then settle_batchers()
  void add_batcher(const AcceleratorSpec& spec, std::uint32_t index) {
    state_.batchers.emplace_back(spec, program_.span);
    state_.batcher_numbers.push_back(index);
  }
  /// @param batcher  in this partition
  void add_batched_pool(const PoolSpec& spec, std::uint32_t batcher, sim::Stream stream) {
    state_.batched_pools.push_back({batcher, state_.batchers[batcher].add_model(spec, stream)});
  }
  void settle_batchers() {
    for (Batcher& batcher : state_.batchers) batcher.settle();
  }
  /// @param index  of the processors in the spec
  void add_processors(const ProcessorSpec& spec, std::uint32_t index) {
    state_.processors.emplace_back(spec);
    state_.processor_numbers.push_back(index);
  }
  void add_guard(const GuardSpec& spec) { state_.guards.emplace_back(spec, program_.span); }
  void add_queue(const QueueSpec& spec) { state_.queues.emplace_back(spec, program_.span); }
  void add_balancer(const BalancerSpec& spec) { state_.balancers.emplace_back(spec); }
  /// Adds source `index` of the spec and schedules its first arrival.
  void add_source(const SourceSpec& spec, std::uint32_t index, sim::Stream stream, sim::Context& context);

  void handle(const sim::Event& event, sim::Context& context) override;
  void receive(const sim::Mail& mail, sim::Context& context) override;
  void expect(const sim::Mail& mail) override;

  /// Accounts for what is still held. To be called once, when the run has ended.
  void close(sim::Time end);
  [[nodiscard]] StationResult station_result(std::uint32_t index) const {
    return state_.stations[index].result(closed_at_, program_.span);
  }
  /// @param link  of the network; 0 of a station alone
  [[nodiscard]] StationResult shared_link_result(std::uint32_t index, std::uint32_t link = 0) const {
    return state_.shared_links[index].links.result(link);
  }
  [[nodiscard]] PoolResult fixed_pool_result(std::uint32_t index) const {
    return state_.fixed_pools[index].result(closed_at_, program_.span);
  }
  [[nodiscard]] PoolResult elastic_pool_result(std::uint32_t index) const {
    return state_.elastic_pools[index].result();
  }
  [[nodiscard]] std::vector<PoolResult> fixed_pool_series(std::uint32_t index) const {
    return state_.fixed_pools[index].series(closed_at_, program_.span);
  }
  [[nodiscard]] const std::vector<PoolResult>& elastic_pool_series(std::uint32_t index) const {
    return state_.elastic_pools[index].series();
  }
  [[nodiscard]] std::vector<PoolResult> balanced_pool_series(std::uint32_t index) const {
    return state_.balanced_pools[index].series(closed_at_);
  }
  [[nodiscard]] std::vector<PoolResult> batched_pool_series(std::uint32_t index) const {
    const BatchedPool& pool = state_.batched_pools[index];
    return state_.batchers[pool.batcher].series(pool.model, closed_at_);
  }
  [[nodiscard]] PoolResult balanced_pool_result(std::uint32_t index) const {
    return state_.balanced_pools[index].result();
  }
  [[nodiscard]] PoolResult batched_pool_result(std::uint32_t index) const {
    const BatchedPool& pool = state_.batched_pools[index];
    return state_.batchers[pool.batcher].result(pool.model);
  }

  /// Of a store of objects: StoreResult::awake by piece of the span.
  [[nodiscard]] const std::vector<sim::TotalTime>& objects_awake(std::uint32_t index) const {
    return state_.objects[index].awake();
  }
  [[nodiscard]] const StoreResult& store_result(StoreSpec::Kind kind, std::uint32_t index) const;
  [[nodiscard]] const GuardResult& guard_result(std::uint32_t index) const {
    return state_.guards[index].result();
  }
  [[nodiscard]] const QueueResult& queue_result(std::uint32_t index) const {
    return state_.queues[index].result();
  }

 private:
  friend class Walk;

  void scale(const sim::Event& event, sim::Context& context);
  void announce(std::uint32_t pool, sim::Context& context);
  void end_transfers(const sim::Event& event, sim::Context& context);
  void expect_end(std::uint32_t link, sim::Context& context);
  [[nodiscard]] sim::Event end_event(std::uint32_t link) const;
  [[nodiscard]] sim::Event pool_event(std::uint32_t pool, sim::Time time, std::uint16_t kind) const;
  void await_shedding(std::uint32_t pool, sim::Context& context);
  void plan_work(std::uint32_t group, std::uint32_t processor, sim::Context& context);
  void plan_batches(std::uint32_t batcher, sim::Context& context);
  void handle_service(const sim::Event& event, sim::Context& context);
  [[nodiscard]] sim::EntityId creator(std::uint64_t place) const;
  void arrive(std::uint32_t source, sim::Context& context);
  /// Goes on with a request that waited for the clock.
  void resume(std::uint32_t request, std::uint32_t strand, sim::Context& context);
  void expire(std::uint32_t timer, std::uint32_t strand, sim::Context& context);
  /// A user of a closed source who begins to think at `now` asks for request `number` after that.
  void schedule_turn(std::uint32_t source, std::uint32_t number, sim::Time now, sim::Context& context);
  void take_turn(std::uint32_t source, std::uint32_t number, sim::Context& context);
  void fetch_state() const;
  [[nodiscard]] sim::Event arrival(std::uint32_t source, sim::Time instant) const;

  const Program& program_;
  std::vector<Recorder>& recorders_;
  Path path_;
  std::uint32_t number_;
  Tracer* tracer_;
  bool ran_since_mail_ = true;  ///< the next mail begins a window
  sim::Time closed_at_ = sim::time_never;
  SiteState state_;
};

}  // namespace models
