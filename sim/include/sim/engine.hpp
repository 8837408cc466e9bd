#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "sim/context.hpp"
#include "sim/wheel_queue.hpp"

namespace sim {

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
  [[nodiscard]] Time next_time() const;
  void run_window(Time start, Time end);
  void collect_active(Time until);
  void take_turn(Context& context);
  void open_mail(Context& context);

  Options options_;
  detail::Rounds rounds_;
  std::vector<std::unique_ptr<Context>> contexts_;
  std::vector<detail::Resident> residents_;
  std::uint64_t events_ = 0;
  std::vector<Time> wake_time_;           ///< by partition
  std::vector<std::uint64_t> last_turn_;  ///< by partition: number of the window
  std::uint64_t window_ = 0;

  detail::Outbox outbox_;
  detail::DueMail due_;

  /// An entry per partition with pending events, at the time of the earliest; and stale ones, whose
  /// time is not wake_time_.
  WheelQueue agenda_;
  std::vector<PartitionId> active_;  ///< the partitions with events in the present window
};

}  // namespace sim
