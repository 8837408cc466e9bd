#pragma once
#include <cstdint>
#include <vector>

#include "models/world.hpp"
#include "sim/random.hpp"
#include "state/item_keys.hpp"
#include "world/recorded_span.hpp"

namespace models {

/// What one operation of a lowered program does: a StepKind, or a piece of one.
enum class OpKind : std::uint8_t {
  // Touch nothing but the request, wherever it is.
  delay,
  branch,
  jump,
  mark_failed,
  finish,
  fail,
  if_failed,
  forgive,
  leave,
  by_item,
  epoch,
  doze,
  handover,
  // Take place in the partition of what they share with other requests.
  station,
  share,
  serve,
  acquire,
  release,
  split,
  join,
  race,
  expire,
  enter,
  admit,
  settle,
  spawn,
  offer,
  consumed,
  pick,
  give_back,
  lookup,
  lock,
  unlock,
  note,
  apply,
  renew,
  choose,  ///< acquire, where a balancer chooses the instance
  work,
  batch,
};

[[nodiscard]] constexpr bool is_stateful(OpKind kind) { return kind >= OpKind::station; }
/// Whether a request may go on at Op::target instead of Op::next.
[[nodiscard]] constexpr bool has_two_ways(OpKind kind) {
  switch (kind) {
    case OpKind::branch:
    case OpKind::serve:
    case OpKind::acquire:
    case OpKind::if_failed:
    case OpKind::admit:
    case OpKind::settle:
    case OpKind::spawn:
    case OpKind::offer:
    case OpKind::lookup:
    case OpKind::by_item:
    case OpKind::choose:
    case OpKind::batch:
      return true;
    default:
      return false;
  }
}

/// A step with everything resolved that does not depend on the request: indices are those of the
/// partition. Half a cache line, as a world of many sites is bound by memory.
struct Op {
  OpKind kind = OpKind::jump;
  Part part = Part::compute;
  Divert divert = Divert::spilled_and_refused;
  bool in_order : 1 = false;      ///< station, serve: may be run ahead of the clock (mark_in_order)
  std::uint8_t priority : 7 = 0;  ///< acquire
  std::uint32_t partition = 0;
  std::uint32_t index = none;   ///< station, pool, store, guard, queue or balancer in its partition; class;
                                ///< meter; first split target; in Program::races or Program::shares
  std::uint32_t next = none;    ///< operation that follows
  std::uint32_t target = none;  ///< operation of the other way out; split, station: how many to choose from;
                                ///< work: offset; pick: first target; give_back: choice
  std::uint32_t quantity = 0;   ///< in Program::quantities; split, spawn, offer: strand of the first further
                                ///< branch; pick: number of targets
  sim::Duration fixed{};  ///< delay, serve: constant part; station, share: time on the wire alone; epoch:
                          ///< its length; doze: time after which it begins; handover: how long one lasts

  /// split: further branches; station: cells to choose from
  [[nodiscard]] std::uint32_t count() const { return target; }
  [[nodiscard]] std::uint32_t strand() const { return quantity; }
  [[nodiscard]] std::uint32_t choices() const { return quantity; }
  [[nodiscard]] std::uint32_t choice() const { return target; }
  /// work: added to the number of the instance
  [[nodiscard]] std::uint32_t offset() const { return target; }
  /// admit, settle, enter, expire: in its partition, or none
  [[nodiscard]] std::uint32_t guard() const { return index; }
};
static_assert(sizeof(Op) == 32);

/// What an operation draws or measures; equal ones are kept once for all operations.
struct Quantity {
  const sim::Distribution* law = nullptr;  ///< delay, serve; null: nothing is added to Op::fixed
  /// By request: delay, serve: in place of a law; station, share: time on the wire alone.
  const std::vector<sim::Duration>* replay = nullptr;
  std::uint32_t keys = none;  ///< station, share: whose cell a request takes, in Program::keys
  std::uint64_t key = 0;      ///< of the random stream
  double factor = 1.0;        ///< on the law's draw; branch: probability; station, share: bytes
  friend auto operator<=>(const Quantity&, const Quantity&) = default;
};

/// The branches that a race operation starts.
struct RaceShape {
  std::uint32_t first_target = 0;  ///< in Program::targets
  std::uint32_t further = 0;       ///< branches beside the first, which starts at Op::next
  std::uint32_t first_strand = 0;  ///< of the first branch; the others follow
  std::uint32_t needed = 1, spare = 0;
};

/// Where a share operation takes a transfer.
struct ShareShape {
  std::uint32_t first_station = 0;  ///< among what is shared in its partition: fair stations, then networks
  std::uint32_t count = 1;          ///< to choose from
  std::uint32_t tenant = 0;
};

/// Stations that routes connect, and the routes among them.
struct NetworkShape {
  std::uint32_t partition = 0;  ///< of the spec
  std::vector<std::uint32_t> stations{};
  std::vector<std::vector<std::uint32_t>> routes{};  ///< each as places in `stations`
};

/// How a pool is run.
enum class PoolModel : std::uint8_t {
  reckoned,  ///< FixedPool: nobody holds a slot across steps
  held,      ///< ElasticPool
  balanced,  ///< BalancedPool
  batched,   ///< Batcher
};

/// A WorldSpec made ready to run: operations in place of steps, and where each thing lives.
struct Program {
  std::vector<Op> ops;  ///< those of the steps in their order, then added ones
  std::vector<Quantity> quantities;
  std::vector<std::uint32_t> targets;
  std::vector<RaceShape> races;
  std::vector<ShareShape> shares;
  std::vector<std::uint64_t> source_names;   ///< by source: hash_name
  std::vector<std::uint32_t> source_class;   ///< by source: class of its requests, none if never finished
  std::vector<std::uint32_t> station_index;  ///< by WorldSpec::stations: index among those that share alike
                                             ///< in its partition; max_min: none
  std::vector<NetworkShape> networks;
  std::vector<std::uint32_t> network_index;     ///< by network: index among what is shared in its partition
  std::vector<std::uint32_t> pool_index;        ///< by WorldSpec::pools: index among those of its model there
  std::vector<std::uint32_t> guard_index;       ///< by WorldSpec::guards: index within its partition
  std::vector<std::uint32_t> queue_index;       ///< by WorldSpec::queues: index within its partition
  std::vector<std::uint32_t> balancer_index;    ///< by WorldSpec::balancers: index within its partition
  std::vector<ItemKeys> keys;                   ///< by WorldSpec::keys
  std::vector<std::uint32_t> store_index;       ///< by WorldSpec::stores: index among its kind there
  std::vector<std::uint32_t> source_index;      ///< by source: index within its partition
  std::vector<PoolModel> pool_model;            ///< by WorldSpec::pools
  std::vector<std::uint32_t> batcher_index;     ///< by WorldSpec::accelerators: index within its partition
  std::vector<std::uint32_t> processor_index;   ///< by WorldSpec::processors: index within its partition
  std::uint32_t processor_groups = 0;           ///< in all
  std::uint32_t machine_groups = 0;             ///< of processors and of accelerators, in all
  std::vector<std::uint32_t> account_index;     ///< by WorldSpec::accounts: index within its partition
  std::uint32_t partitions = 1;                 ///< of the engine
  std::uint32_t spec_partitions_in_one = 1;     ///< neighbours in the spec that make up one of the engine
  sim::Duration window = sim::Duration::max();  ///< length of the engine's windows
  RecordedSpan span;
  sim::Time horizon{};  ///< end of the drain

  [[nodiscard]] std::uint32_t partition_of(std::uint32_t spec_partition) const {
    return spec_partition / spec_partitions_in_one;
  }
};

/// @pre `spec` is consistent: indices in range, no cycle among the steps of a program; checked by SIM_EXPECT
[[nodiscard]] Program lower(const WorldSpec& spec, Path path, Partitioning partitioning,
                            const sim::Streams& streams);

/// Strands number the branches of one request, for the order of events at one instant (Order): 12 bits for
/// the strand leave 28 bits of the request's number.
inline constexpr unsigned strand_bits = 12;
inline constexpr std::uint32_t strand_count = 1U << strand_bits;

}  // namespace models
