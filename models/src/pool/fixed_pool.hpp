#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "models/world.hpp"
#include "pool/fifo.hpp"
#include "pool/pool_series.hpp"
#include "world/recorded_span.hpp"

namespace models {

/// What a pool answers to a request that asks for a slot.
enum class Admission : std::uint8_t { granted, queued, spilled, refused };

/// Instances that are always on and whose slots are busy only for a service time known on arrival.
///
/// FIFO with c = instances * concurrency servers, without departure events: an arrival gets the slot that is
/// free first (of equals the lowest numbered) and learns at once when (Kiefer and Wolfowitz 1955; Lindley
/// 1952 for c = 1). A slot that becomes free at the instant of an arrival is free for it. O(log c).
class FixedPool {
 public:
  FixedPool(const PoolSpec& spec, const RecordedSpan& span);

  /// Whether a request that arrives `now` (not before earlier ones) is served here; never `queued`.
  Admission admit(sim::Time now, Divert divert, const RecordedSpan& span);
  /// When the admitted request's service begins, >= now.
  [[nodiscard]] sim::Time begin(sim::Time now) const { return std::max(first_.free, now); }
  /// Takes the slot for [begin, begin + service). @pre admit(now) granted it, begin = begin(now)
  void serve(sim::Time now, sim::Time begin, sim::Duration service, const RecordedSpan& span);

  /// Asks for what lies apart from the object, which is at hand.
  void prefetch() const { begins_.prefetch(); }
  /// What it did until `end`, when the run is over, not before any call.
  [[nodiscard]] PoolResult result(sim::Time end, const RecordedSpan& span) const;
  /// The same by pieces of the span. To be called once, last.
  [[nodiscard]] std::vector<PoolResult> series(sim::Time end, const RecordedSpan& span) const;

 private:
  struct Slot {
    sim::Time free{};
    std::uint32_t number = 0;
  };
  void replace_first_slot(sim::Time free);
  /// Calls back with when each slot, and each busy_until_, is free that is busy at `end`.
  template <class OfSlot, class OfInstance>
  void for_each_busy(sim::Time end, OfSlot of_slot, OfInstance of_instance) const;
  [[nodiscard]] bool spills(sim::Time now);
  [[nodiscard]] std::uint64_t waiting(sim::Time now);

  Slot first_;  ///< the slot that is free first
  std::uint32_t queue_limit_;
  std::uint32_t instances_, concurrency_;
  std::uint32_t spill_slots_;  ///< busy slots from which requests spill; 0: never
  sim::Duration billing_step_;
  std::uint64_t requests_ = 0;
  sim::TotalTime slot_busy_{}, billed_{};
  // Begins of service never fall, so those still to come are the requests that wait.
  Fifo<sim::Time> begins_;
  std::uint64_t peak_queue_ = 0;
  std::vector<Slot> others_;           ///< heap of the other slots; its root is free first of them
  std::vector<sim::Time> busy_until_;  ///< by instance; empty when an instance has one slot
  std::vector<sim::Time> departures_;  ///< heap of all present, kept only for spill_at
  sim::TotalTime instance_busy_{};
  std::uint64_t refused_ = 0, spilled_ = 0;
  PoolSeries series_;
};

/// Busy slots from which a pool of `capacity` slots spills, at least 1; 0: never.
[[nodiscard]] std::uint64_t spill_threshold(double spill_at, std::uint64_t capacity);

/// `time` rounded up to whole steps of `step` > 0.
[[nodiscard]] inline sim::Duration round_up(sim::Duration time, sim::Duration step) {
  return step * ((time + step - sim::Duration{1}) / step);
}

}  // namespace models
