#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "sim/context.hpp"
#include "sim/fabric.hpp"
#include "sim/team.hpp"
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
/// Several threads may share a window's partitions; nothing that a model can see but Context::lane() depends
/// on how many there are.
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
    /// Threads that run the windows, the caller's included, >= 1. One alone runs where there is an event
    /// limit, which would otherwise fall elsewhere each time.
    unsigned threads = 1;
    /// Threads share a window when the last one had at least this many events: to wake them for a few is a
    /// loss.
    std::uint64_t share_from = 512;
    /// Other engines that share the partitions; none: all are this one's. Without an event limit.
    Fabric* fabric = nullptr;
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
  /// Whether events of `partition` are handled here and not by another member of the fabric.
  /// @pre all partitions are there: members share them evenly
  [[nodiscard]] bool is_own(PartitionId partition) const {
    return options_.fabric == nullptr || member_of(partition) == options_.fabric->member();
  }
  [[nodiscard]] Duration lookahead() const { return options_.lookahead; }
  /// Lanes that run the windows: threads, each with a number below this (Context::lane()).
  [[nodiscard]] unsigned lanes() const { return static_cast<unsigned>(lanes_.size()); }

  /// Handles every event with time < `end`. Events at or after `end` stay pending, and a later call
  /// with a larger end goes on from there, also after an early stop. Nothing is allocated once queues have
  /// grown to their size. Each call costs O(partitions) besides the events.
  Status run_until(Time end);

  /// Events handled so far, all partitions (of the own share).
  [[nodiscard]] std::uint64_t events() const { return events_; }
  /// The same of all members of the fabric, when they last met: as run_until() ended.
  [[nodiscard]] std::uint64_t events_of_all() const {
    return options_.fabric == nullptr ? events_ : ahead_.events;
  }
  /// No event has been handled that lies after this instant: as far as any partition has come; with a fabric
  /// the end of the last window, which all members know. O(partitions)
  [[nodiscard]] Time reached() const;
  /// Hash of (entity, time, kind) over all handled events; the same for any partitioning.
  [[nodiscard]] Fingerprint fingerprint() const;

 private:
  /// What one thread works with.
  struct alignas(64) Lane {
    explicit Lane(detail::Rounds rounds) : outbox{rounds} {}

    detail::Outbox outbox;
    detail::DueMail due;
    std::vector<PartitionId> active;    ///< partitions that are its own to begin with
    std::atomic<std::size_t> next = 0;  ///< of these, the first that nobody has taken
    std::vector<PartitionId> done;      ///< partitions that it ran in this window
    std::uint64_t events = 0;           ///< that it handled in this window
  };

  void wake_all();
  void wake(PartitionId partition, Time time);
  [[nodiscard]] std::optional<Status> early_end(std::uint64_t events) const;
  [[nodiscard]] Time next_time() const;
  [[nodiscard]] unsigned member_of(PartitionId partition) const;
  Time begin_of_next_window();
  void meet_others();
  [[nodiscard]] std::optional<Status> early_end_between_windows() const;
  [[nodiscard]] bool stop_is_asked() const;
  void run_window(Time start, Time end);
  void collect_active(Time until);
  void activate(PartitionId partition);
  void work(unsigned lane);
  void take_turns(unsigned number, Lane& owner);
  void take_turn(Lane& lane, Context& context);
  void open_mail(Lane& lane, Context& context);

  Options options_;
  detail::Rounds rounds_;
  std::vector<std::unique_ptr<Context>> contexts_;
  std::vector<detail::Resident> residents_;
  std::uint64_t events_ = 0;
  Fabric::Outlook ahead_;                      ///< as all members of the fabric know it
  std::vector<std::vector<Mail>> outgoing_{};  ///< by member
  std::vector<Mail> incoming_{};
  std::uint64_t events_of_window_ = 0;    ///< the last one
  std::vector<Time> wake_time_;           ///< by partition
  std::vector<std::uint64_t> last_turn_;  ///< by partition: number of the window
  std::uint64_t window_ = 0;
  Time window_end_ = time_zero, next_round_ = time_zero;  ///< of the present window

  /// An entry per partition with pending events, at the time of the earliest; and stale ones, whose
  /// time is not wake_time_.
  WheelQueue agenda_;
  std::size_t active_ = 0;  ///< partitions with events in the present window
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::unique_ptr<Team> team_;  ///< none for one lane
};

}  // namespace sim
