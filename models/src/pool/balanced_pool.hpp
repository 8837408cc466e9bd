#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "models/world.hpp"
#include "pool/fifo.hpp"
#include "pool/least_loaded.hpp"
#include "pool/pool_series.hpp"
#include "pool/slots.hpp"
#include "sim/random.hpp"
#include "world/recorded_span.hpp"

namespace models {

/// Instances that are always on, with a queue at each: a balancer sends every request to one of them on its
/// arrival, and there it stays, even if another one is free before.
///
/// Each instance serves its queue in the order of arrival, as many requests at a time as it has slots. The
/// balancer knows the present numbers of requests exactly. O(1) a call, nothing is allocated once the queues
/// have been at their longest.
class BalancedPool {
 public:
  /// @param stream  of random choices
  BalancedPool(const PoolSpec& spec, sim::Stream stream, RecordedSpan span);

  Grant acquire(sim::Time now, Divert divert);
  /// Puts who was told `queued` at the end of that instance's queue.
  void enqueue(std::uint32_t instance, Ticket ticket);
  /// Gives back a slot taken at `begin`. @return who has waited longest at the instance; the slot is theirs
  /// from now on
  std::optional<Ticket> release(sim::Time now, std::uint32_t instance, sim::Time begin);
  /// Accounts for a slot that is still held when the run ends, and was taken at `begin`.
  void abandon(sim::Time end, sim::Time begin);
  /// Accounts for the instances when the run ends. To be called once, last.
  void close(sim::Time end);

  [[nodiscard]] const PoolResult& result() const { return result_; }
  /// The same for each piece of the recorded span; empty where there are none.
  [[nodiscard]] std::vector<PoolResult> series(sim::Time end) const;

 private:
  struct Instance {
    Fifo<Ticket> queue;
    sim::Time busy_since{};  ///< meaningful while it has requests
  };
  [[nodiscard]] std::uint32_t choose();
  [[nodiscard]] std::uint32_t better_of_two(sim::Draw first, sim::Draw second) const;
  void end_use(std::uint32_t number, sim::Time now);
  void charge_slot(sim::Time begin, sim::Time end);

  const PoolSpec* spec_;
  sim::Stream stream_;
  RecordedSpan span_;
  std::vector<Instance> instances_;
  LeastLoaded loads_;
  std::uint64_t spill_slots_ = 0;  ///< taken slots from which requests spill; 0: never
  std::uint64_t taken_ = 0;        ///< slots in all
  std::uint64_t waiting_ = 0;
  std::uint32_t choices_ = 0;  ///< made so far
  PoolResult result_;
  PoolSeries series_;
};

}  // namespace models
