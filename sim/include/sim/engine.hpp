#pragma once
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

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
  std::array<std::byte, cargo_size> cargo;
};

/// Something that reacts to events. Owned by the model, borrowed by the engine.
class Entity {
 public:
  virtual ~Entity() = default;
  /// Reacts to `event` at its time. Called in the order `earlier`; must not throw.
  virtual void handle(const Event& event, Context& context) = 0;
  /// Takes mail on arrival in its partition, before its time: stores the cargo and schedules an event of
  /// its own. The default schedules `mail.event` as it is and drops the cargo.
  virtual void accept(const Mail& mail, Context& context);
};

/// What an entity may do while it handles an event: read its partition's clock, schedule events in it,
/// and send mail to other partitions.
class Context {
 public:
  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] PartitionId partition() const { return partition_; }

  /// Schedules an event of this partition. @pre event.time >= now(), target lives in this partition
  void schedule(const Event& event);
  /// Withdraws a pending event of this partition, given exactly as it was scheduled.
  void cancel(const Event& event);
  /// Sends an event with cargo to partition `to` (may be this one).
  /// @pre event.time >= now() + Engine::lookahead() unless `to` is this partition
  void send(PartitionId to, const Event& event, std::span<const std::byte> cargo);

 private:
  friend class Engine;
  struct Outgoing { PartitionId to; Mail mail; };

  PartitionId partition_{};
  Time now_ = time_zero;
  EventQueue queue_;
  std::vector<Entity*>* entities_ = nullptr;
  std::vector<Outgoing> outbox_;
  Fingerprint fingerprint_;
  std::uint64_t events_ = 0;
  Duration lookahead_{};
};

/// Conservative, synchronous discrete-event engine.
///
/// Each partition has its own clock and event queue. All partitions run one window no longer than the
/// lookahead independently, then exchange mail, then the next window begins at the earliest pending
/// event. Exact, without rollback: nothing sent within a window can arrive in it. Handling order within
/// a partition is (time, Order), which does not depend on the number of partitions or threads.
///
/// One thread runs the windows today. Models see only Context, so that several threads may later.
class Engine {
 public:
  /// How a run ended.
  enum class Status { reached_end, stopped, event_limit };

  struct Options {
    /// Shortest delay between two partitions, > 0; irrelevant with one partition.
    Duration lookahead = Duration::max();
    /// Stops between windows once this many events were handled.
    std::uint64_t event_limit = UINT64_MAX;
    /// Stops between windows once true; may be set from a signal handler or another thread.
    const std::atomic<bool>* stop = nullptr;
  };

  Engine() : Engine(Options{}) {}
  explicit Engine(Options options);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine();

  PartitionId add_partition();
  /// Makes `entity` known in `partition`; it must outlive the engine.
  EntityId add(PartitionId partition, Entity& entity);

  [[nodiscard]] Context& context(PartitionId partition);
  [[nodiscard]] std::size_t partitions() const { return contexts_.size(); }
  [[nodiscard]] Duration lookahead() const { return options_.lookahead; }

  /// Handles every event with time < `end`. Events at or after `end` stay pending, and a later call
  /// with a larger end goes on from there. Nothing is allocated once queues have grown to their size.
  Status run_until(Time end);

  /// Events handled so far, all partitions.
  [[nodiscard]] std::uint64_t events() const;
  /// Hash of (entity, time, kind) over all handled events; the same for any partitioning.
  [[nodiscard]] Fingerprint fingerprint() const;

 private:
  Options options_;
  std::vector<std::unique_ptr<Context>> contexts_;
  std::vector<Entity*> entities_;
  std::vector<PartitionId> home_;
};

}  // namespace sim
