#pragma once
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "models/world.hpp"
#include "pool/fixed_pool.hpp"
#include "pool/open_instances.hpp"
#include "pool/pool_series.hpp"
#include "pool/processors.hpp"
#include "pool/slots.hpp"
#include "pool/waiting_line.hpp"
#include "sim/random.hpp"
#include "world/recorded_span.hpp"

namespace models {

/// A quota that pools share, and what of it is used.
struct Account {
  std::uint64_t concurrency = 0;
  std::uint64_t used = 0;  ///< slots of instances on demand
};

/// Instances whose slots requests hold until they give them back; started on demand and ended after
/// idleness (elastic), or always on (fixed, or the provisioned minimum).
///
/// A request gets, in this order of preference: a free slot of a permanent instance, of an instance on demand
/// (Dispatch decides which), a slot that nobody has yet of an instance that is starting, an instance started
/// for it (below the quota), a place in the queue. The queue is FIFO and is served by slots given back.
/// With an autoscaler a request has no instance started for it, unless none is alive: it waits for a slot.
/// Then two things here are events, for which the owner calls: a tick of the autoscaler, and the end of a
/// start. An instance that has been idle for longer than its keep-alive is gone; an arrival at that very
/// instant still finds it. Nothing here is an event: what happened since the last call is made up for at the
/// next. O(log instances) a call, nothing is allocated once the pool has been at its largest.
class ElasticPool {
 public:
  /// What a pool refers to outside of itself; both outlive it and may be null.
  struct Surroundings {
    Account* account = nullptr;        ///< whose quota it shares with others
    Processors* processors = nullptr;  ///< whose use its autoscaler sees
  };
  /// @param stream  of cold starts, keep-alives and random dispatch
  ElasticPool(const PoolSpec& spec, sim::Stream stream, RecordedSpan span, Surroundings surroundings);

  Grant acquire(sim::Time now, Divert divert);
  /// Puts who was told `queued` into the queue, behind those of the same priority.
  void enqueue(Ticket ticket, std::uint32_t priority = 0);
  /// Gives back a slot that was usable from `begin`. @return who has waited longest; the slot is theirs from
  /// now on
  std::optional<Ticket> release(sim::Time now, std::uint32_t instance, sim::Time begin);
  /// When the autoscaler decides next; never without one.
  [[nodiscard]] sim::Time next_tick() const { return next_tick_; }
  /// Lets the autoscaler decide. @pre now = next_tick()
  void tick(sim::Time now);
  /// Ends of starts that the owner has not been told yet; it calls serve_waiting() then.
  [[nodiscard]] std::vector<sim::Time> take_announced() { return std::exchange(announced_, {}); }
  /// When the head of the queue is given up; never where nobody waits or nobody is given up.
  [[nodiscard]] sim::Time next_shedding() const {
    return queue_.empty() || !spec_->shedding ? sim::time_never
                                              : queue_.longest_since() + spec_->shedding->longest;
  }
  /// Who has been given up since the last call: with next_shedding() due, or instead of being given a slot.
  [[nodiscard]] std::vector<Ticket> take_shed(sim::Time now);
  [[nodiscard]] bool has_shed() const { return !shed_.empty(); }
  /// Whether the owner will come back for next_shedding(); kept for it.
  [[nodiscard]] bool is_awaited() const { return awaited_; }
  void await(bool whether) { awaited_ = whether; }
  struct Served {
    Ticket ticket;
    std::uint32_t instance = none;
  };
  /// Gives a free slot to who has waited longest, if there are both.
  std::optional<Served> serve_waiting(sim::Time now);
  /// Accounts for a slot that is still held when the run ends, and was usable from `begin`.
  void abandon(sim::Time end, sim::Time begin, std::uint32_t instance);
  /// Accounts for the instances that are left when the run ends. To be called once, last.
  void close(sim::Time end);

  [[nodiscard]] const PoolResult& result() const { return result_; }
  /// The same by pieces of the span.
  [[nodiscard]] const std::vector<PoolResult>& series() const { return series_.pieces(); }
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
    bool draining = false;  ///< ends with its last request
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
  void settle(sim::Time now);
  void provide(sim::Time now, std::uint32_t instances);
  void provide_less(sim::Time now, std::uint64_t surplus);
  void give_up(sim::Time now, std::uint32_t number);
  void account_provisioned(sim::Time now);
  [[nodiscard]] bool gives_up(const Ticket& ticket, sim::Time now) const;
  std::optional<Ticket> next_waiting(sim::Time now);
  void shed(const Ticket& ticket);
  void fall_idle(sim::Time now, std::uint32_t number);
  void unload(sim::Time now);
  void load_again();
  void end_idleness(sim::Time now);
  void happen_until(sim::Time now);
  void plan_change();
  void expire(sim::Time now);
  void appoint(std::uint32_t number);
  void retire(std::uint32_t number, sim::Time at);
  std::uint32_t start(sim::Time now);
  /// What the start with that number takes before its initialisation. @return when that begins
  sim::Time prepare(sim::Time now, std::uint32_t number);
  Grant take(sim::Time now, std::uint32_t number);
  void idle(sim::Time now, std::uint32_t number);
  OpenInstances& open_of(const Instance& instance) { return instance.permanent ? open_permanent_ : open_; }
  [[nodiscard]] std::uint32_t pick_open();
  [[nodiscard]] bool may_start(sim::Time now);
  void integrate(sim::Time now);
  void stop(sim::Time now, std::uint64_t surplus);
  void drain(sim::Time now, std::uint32_t number);
  /// Adds a time to a sum of the result and of its pieces.
  void spend(sim::TotalTime PoolResult::*sum, sim::Time from, sim::Time to);
  /// Accounts for an instance that has served since busy_since.
  void account_busy(const Instance& instance, sim::Time end);
  void charge_slot(sim::Time begin, sim::Time end, bool permanent);

  const PoolSpec* spec_;
  sim::Stream stream_;
  RecordedSpan span_;
  Account* account_;        ///< null: none
  Processors* processors_;  ///< null: unknown
  std::optional<TokenBucket> scale_out_;
  std::optional<Autoscaler> scaler_;
  sim::Time next_tick_ = sim::time_never, integrated_{}, ticked_{};
  sim::Duration in_flight_{}, busy_{};  ///< integrals since the last tick
  std::uint64_t draining_ = 0;          ///< instances
  std::vector<sim::Time> announced_;
  std::uint64_t quota_ = 0;                           ///< most instances alive at once
  std::uint64_t spill_slots_ = 0;                     ///< taken slots from which requests spill; 0: never
  std::uint64_t taken_ = 0;                           ///< slots in all
  std::uint64_t alive_ = 0;                           ///< instances on or starting
  std::uint32_t starts_ = 0, idles_ = 0, picks_ = 0;  ///< numbers of the next draws
  bool entered_ = false;                              ///< the recorded span has begun
  bool prepares_ = false;                             ///< a start takes more than its initialisation
  std::uint64_t permanent_ = 0;                       ///< instances that are kept warm
  std::size_t next_provision_ = 0;                    ///< in the spec
  sim::Time provided_since_{};
  std::optional<HybridKeepAlive> hybrid_;
  sim::Time idle_since_ = sim::time_never;   ///< all of it; only with a histogram
  sim::Time load_at_ = sim::time_never;      ///< when it is loaded again, ahead of requests
  sim::Duration kept_then_{};                ///< from load_at_ on
  sim::Time empty_at_{};                     ///< the queue was empty last; only with shedding
  sim::Time next_change_ = sim::time_never;  ///< of provisions, or load_at_
  std::vector<Ticket> shed_;
  bool awaited_ = false;

  std::vector<Instance> instances_;
  std::vector<std::uint32_t> unused_;  ///< numbers of instances that are gone
  OpenInstances open_permanent_, open_;
  Agenda starting_;  ///< instances with slots nobody has, by when they are ready
  Agenda expiring_;  ///< when to look whether an instance has expired
  WaitingLine queue_;
  PoolResult result_;
  PoolSeries series_;
};

}  // namespace models
