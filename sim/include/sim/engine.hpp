#pragma once
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sim/contract.hpp"
#include "sim/event.hpp"
#include "sim/event_queue.hpp"
#include "sim/fingerprint.hpp"

namespace sim {

class Context;
class Engine;

/// An event for another partition, with up to 64 bytes that travel along (a request in flight).
struct Mail {
  static constexpr std::size_t cargo_size = 64;
  Event event;
  std::array<std::byte, cargo_size> cargo;  ///< zero beyond what was sent
};

/// Something that reacts to events. Owned by the model, borrowed by the engine.
class Entity {
 public:
  virtual ~Entity() = default;
  /// Reacts to `event` at its time. Called in the order `earlier`; must not throw.
  virtual void handle(const Event& event, Context& context) = 0;
  /// Takes mail in its partition, before the mail's time: stores the cargo and schedules an event of its own.
  /// The default schedules `mail.event` as it is and drops the cargo.
  ///
  /// The order in which mail is taken depends on the partitioning, so nothing drawn from it (a count, the
  /// place in a table) may reach an Order or a result.
  virtual void accept(const Mail& mail, Context& context);
};

namespace detail {
/// An entity and where it lives.
struct Resident {
  Entity* entity;
  PartitionId home;
};
}  // namespace detail

/// What an entity may do while it handles an event: read its partition's clock, schedule events in it,
/// and send mail to other partitions. One thread at a time uses it.
class Context {
 public:
  /// Time of the event being handled; between runs, how far this partition has come.
  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] PartitionId partition() const { return partition_; }

  /// Schedules an event of this partition. The first event that a handler schedules is the cheapest.
  /// @pre event.time >= now(), target lives in this partition (checked when the event is handled)
  void schedule(const Event& event) {
    SIM_EXPECT(event.time >= now_);
    if (!top_is_handled_) return queue_.push(event);
    top_is_handled_ = false;
    queue_.replace_top(event);
  }

  /// Withdraws a pending event of this partition, given exactly as it was scheduled. O(1) expected.
  /// @pre it is pending; an event being handled is not
  void cancel(const Event& event) {
    settle();
    queue_.cancel(event);
  }

  /// Sends an event with cargo to partition `to` (may be this one, whose entity takes it at once).
  /// @pre event.time >= now() + Engine::lookahead() unless `to` is this partition;
  ///      cargo.size() <= Mail::cargo_size
  void send(PartitionId to, const Event& event, std::span<const std::byte> cargo);

 private:
  friend class Engine;
  struct Outgoing {
    PartitionId to;
    Mail mail;
  };

  Context(PartitionId partition, Duration lookahead, const std::vector<detail::Resident>& residents)
      : partition_{partition}, lookahead_{lookahead}, residents_{residents} {}

  // Handles events with time < `until`, at most `limit`; returns how many.
  std::uint64_t run(Time until, std::uint64_t limit);
  void accept(const Mail& mail);
  [[nodiscard]] Entity& resident(EntityId id) const;
  void settle() {
    if (top_is_handled_) queue_.pop();
    top_is_handled_ = false;
  }

  EventQueue queue_;
  Time now_ = time_zero;
  /// The event under way is still in the queue, as its top: what it schedules first takes its place.
  bool top_is_handled_ = false;
  PartitionId partition_;
  Duration lookahead_;
  const std::vector<detail::Resident>& residents_;
  std::vector<Outgoing> outbox_;
  Fingerprint fingerprint_;
};

/// Conservative, synchronous discrete-event engine.
///
/// Each partition has its own clock and event queue. All partitions run one window no longer than the
/// lookahead independently, then exchange mail, then the next window begins at the earliest pending
/// event. Exact, without rollback: nothing sent within a window can arrive in it. Handling order within
/// a partition is (time, Order), which does not depend on the number of partitions or threads.
///
/// A window costs time for the partitions that have events in it, not for the others.
///
/// One thread runs the windows today. Models see only Context, so that several threads may later.
class Engine {
 public:
  /// How a run ended.
  enum class Status { reached_end, stopped, event_limit };

  struct Options {
    /// Shortest delay between two partitions, > 0; irrelevant with one partition.
    Duration lookahead = Duration::max();
    /// Stops once this many events were handled; which ones may depend on the partitioning.
    std::uint64_t event_limit = UINT64_MAX;
    /// Stops soon (within thousands of events) once true; may be set from a signal handler or another thread.
    const std::atomic<bool>* stop = nullptr;
  };

  Engine() : Engine(Options{}) {}
  explicit Engine(Options options);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine();

  /// @return partitions count from 0; fewer than 2^24
  PartitionId add_partition();
  /// Makes `entity` known in `partition`; it must outlive the engine.
  /// @return entities count from 0, fewer than 2^24
  EntityId add(PartitionId partition, Entity& entity);

  [[nodiscard]] Context& context(PartitionId partition);
  [[nodiscard]] std::size_t partitions() const { return contexts_.size(); }
  [[nodiscard]] Duration lookahead() const { return options_.lookahead; }

  /// Handles every event with time < `end`. Events at or after `end` stay pending, and a later call
  /// with a larger end goes on from there, also after an early stop. Nothing is allocated once queues have
  /// grown to their size. Each call costs O(partitions) besides the events.
  Status run_until(Time end);

  /// Events handled so far, all partitions.
  [[nodiscard]] std::uint64_t events() const { return events_; }
  /// Hash of (entity, time, kind) over all handled events; the same for any partitioning.
  [[nodiscard]] Fingerprint fingerprint() const;

 private:
  void wake_all();
  void wake(PartitionId partition, Time time);
  [[nodiscard]] std::optional<Status> early_end() const;
  void run_window(Time until);
  void collect_active(Time until);
  void run_active(Time until);
  void post(std::vector<Context::Outgoing>& outbox);

  Options options_;
  std::vector<std::unique_ptr<Context>> contexts_;
  std::vector<detail::Resident> residents_;
  std::uint64_t events_ = 0;

  // By partition. Mail waits in the inbox until its partition runs again.
  std::vector<std::vector<Mail>> inboxes_;
  std::vector<Time> wake_time_;

  /// An entry per partition with pending events or mail, at the time of the earliest; and stale ones, whose
  /// time is not wake_time_.
  WheelQueue agenda_;
  std::vector<PartitionId> active_;  ///< the partitions with events in the present window
};

}  // namespace sim
