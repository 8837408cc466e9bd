#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "fifo.hpp"
#include "fixed_pool.hpp"
#include "models/world.hpp"
#include "open_instances.hpp"
#include "recorded_span.hpp"
#include "sim/random.hpp"

namespace models {

/// Instances whose slots requests hold until they give them back; started on demand and ended after
/// idleness (elastic), or always on (fixed, or the provisioned minimum).
///
/// A request gets, in this order of preference: a free slot of a permanent instance, of an instance on demand
/// (Dispatch decides which), a slot that nobody has yet of an instance that is starting, an instance started
/// for it (below the quota), a place in the queue. The queue is FIFO and is served by slots given back.
/// An instance that has been idle for longer than its keep-alive is gone; an arrival at that very instant
/// still finds it. Nothing here is an event: what happened since the last call is made up for at the next.
/// O(log instances) a call, nothing is allocated once the pool has been at its largest.
class ElasticPool {
 public:
  /// Who asks for a slot, to be woken when it has to queue.
  struct Ticket {
    std::uint32_t request = 0;
    std::uint32_t strand = 0;
    sim::Time since{};
  };
  struct Grant {
    Admission admission = Admission::refused;
    std::uint32_t instance = none;
    sim::Time
        begin{};  ///< granted: when the slot can be used; later than now if the instance is still starting
  };

  /// @param stream  of cold starts, keep-alives and random dispatch
  ElasticPool(const PoolSpec& spec, sim::Stream stream, RecordedSpan span);

  Grant acquire(sim::Time now, Divert divert);
  /// Puts who was told `queued` at the end of the queue.
  void enqueue(Ticket ticket);
  /// Gives back a slot that was usable from `begin`. @return who has waited longest; the slot is theirs from
  /// now on
  std::optional<Ticket> release(sim::Time now, std::uint32_t instance, sim::Time begin);
  /// Accounts for a slot that is still held when the run ends, and was usable from `begin`.
  void abandon(sim::Time end, sim::Time begin);
  /// Accounts for the instances that are left when the run ends. To be called once, last.
  void close(sim::Time end);

  [[nodiscard]] const PoolResult& result() const { return result_; }
  [[nodiscard]] std::size_t waiting() const { return queue_.size(); }

 private:
  struct Instance {
    sim::Time born{}, ready{};                ///< decided to start, started
    sim::Time busy_since{};                   ///< meaningful while slots are taken
    sim::Time expiry{};                       ///< when it ends, meaningful while no slot is taken
    sim::Time appointment = sim::time_never;  ///< its entry in expiring_ that counts, not later than expiry
    std::uint32_t taken = 0;                  ///< slots
    bool permanent = false;
    bool alive = false;
  };
  /// Something that will have happened at `time` to `instance`.
  struct Appointment {
    sim::Time time{};
    std::uint32_t instance = 0;
    friend bool operator>(const Appointment& a, const Appointment& b) {
      return a.time != b.time ? a.time > b.time : a.instance > b.instance;
    }
  };
  using Agenda = std::vector<Appointment>;  ///< heap, earliest in front

  void catch_up(sim::Time now);
  void expire(sim::Time now);
  void appoint(std::uint32_t number);
  void retire(std::uint32_t number, sim::Time at);
  std::uint32_t start(sim::Time now);
  Grant take(sim::Time now, std::uint32_t number);
  void idle(sim::Time now, std::uint32_t number);
  OpenInstances& open_of(const Instance& instance) { return instance.permanent ? open_permanent_ : open_; }
  [[nodiscard]] std::uint32_t pick_open();
  [[nodiscard]] bool may_start(sim::Time now);
  void charge_slot(sim::Time begin, sim::Time end);

  const PoolSpec* spec_;
  sim::Stream stream_;
  RecordedSpan span_;
  std::optional<TokenBucket> scale_out_;
  std::uint64_t quota_ = 0;                           ///< most instances alive at once
  std::uint64_t spill_slots_ = 0;                     ///< taken slots from which requests spill; 0: never
  std::uint64_t taken_ = 0;                           ///< slots in all
  std::uint64_t alive_ = 0;                           ///< instances on or starting
  std::uint32_t starts_ = 0, idles_ = 0, picks_ = 0;  ///< numbers of the next draws
  bool entered_ = false;                              ///< the recorded span has begun

  std::vector<Instance> instances_;
  std::vector<std::uint32_t> unused_;  ///< numbers of instances that are gone
  OpenInstances open_permanent_, open_;
  Agenda starting_;  ///< instances with slots nobody has, by when they are ready
  Agenda expiring_;  ///< when to look whether an instance has expired
  Fifo<Ticket> queue_;
  PoolResult result_;
};

}  // namespace models
