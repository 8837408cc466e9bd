#pragma once
#include <cstdint>
#include <vector>

#include "fifo.hpp"
#include "models/world.hpp"
#include "recorded_span.hpp"

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
  FixedPool(const PoolSpec& spec, RecordedSpan span);

  /// Whether a request that arrives `now` (not before earlier ones) is served here; never `queued`.
  Admission admit(sim::Time now, Divert divert);
  /// When the admitted request's service begins, >= now.
  [[nodiscard]] sim::Time begin(sim::Time now) const {
    return slots_.front().free > now ? slots_.front().free : now;
  }
  /// Takes the slot for [begin, begin + service). @pre admit(now) granted it, begin = begin(now)
  void serve(sim::Time now, sim::Time begin, sim::Duration service);

  [[nodiscard]] PoolResult result() const;

 private:
  struct Slot {
    sim::Time free{};
    std::uint32_t number = 0;
  };
  void take_first_slot(sim::Time until);
  [[nodiscard]] bool spills(sim::Time now);
  [[nodiscard]] std::uint64_t waiting(sim::Time now);
  void note_waiting(sim::Time now, sim::Time begin);

  const PoolSpec* spec_;
  RecordedSpan span_;
  std::vector<Slot> slots_;            ///< heap: front() is free first
  std::vector<sim::Time> busy_until_;  ///< by instance; empty when an instance has one slot
  // Begins of service never fall, so those still to come are the requests that wait.
  Fifo<sim::Time> begins_;
  std::vector<sim::Time> departures_;  ///< heap of all present, kept only for spill_at
  std::uint64_t spill_slots_ = 0;      ///< busy slots from which requests spill; 0: never
  PoolResult result_;
};

/// Busy slots from which a pool of `capacity` slots spills, at least 1; 0: never.
[[nodiscard]] std::uint64_t spill_threshold(double spill_at, std::uint64_t capacity);

/// `time` rounded up to whole steps of `step` > 0.
[[nodiscard]] inline sim::Duration round_up(sim::Duration time, sim::Duration step) {
  return step * ((time + step - sim::Duration{1}) / step);
}

}  // namespace models
