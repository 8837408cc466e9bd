#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/contract.hpp"
#include "sim/event.hpp"
#include "sim/event_queue.hpp"
#include "sim/fingerprint.hpp"
#include "sim/mail.hpp"

namespace sim {

class Context;
class Engine;

/// Something that reacts to events. Owned by the model, borrowed by the engine.
class Entity {
 public:
  virtual ~Entity() = default;
  /// Reacts to `event` at its time. Called in the order `earlier`; must not throw.
  virtual void handle(const Event& event, Context& context) = 0;
  /// Reacts to mail at its time, in the same order. The default handles `mail.event` and drops the cargo.
  /// @param mail  valid during the call
  virtual void receive(const Mail& mail, Context& context) { handle(mail.event, context); }
  /// A hint that it will receive `mail` soon: time to ask for memory (sim/prefetch.hpp). Comes in no order.
  virtual void expect(const Mail& mail) { static_cast<void>(mail); }
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
class alignas(64) Context {
 public:
  /// Time of the event being handled; between runs, how far this partition has come.
  [[nodiscard]] Time now() const { return now_; }
  /// While an event is handled: nothing sent by other partitions from now on arrives before this instant.
  [[nodiscard]] Time window_end() const { return window_end_; }
  [[nodiscard]] PartitionId partition() const { return partition_; }
  /// Number of the thread that handles the event, below Engine::Options::threads. Nothing that depends on it
  /// may reach a result; it is for sums kept by thread.
  [[nodiscard]] unsigned lane() const { return lane_; }

  /// Schedules an event of this partition. The first event that a handler schedules is the cheapest.
  /// @pre event.time >= now(), target lives in this partition (checked when the event is handled)
  void schedule(const Event& event) {
    SIM_EXPECT(event.time >= now_);
    if (!top_is_handled_) return queue_.push(event);
    top_is_handled_ = false;
    queue_.replace_top(event);
  }

  /// Withdraws a pending event of this partition, given exactly as it was scheduled. O(1) expected.
  /// @pre it is pending; an event being handled is not, nor is mail
  void cancel(const Event& event) {
    settle();
    queue_.cancel(event);
  }

  /// Whether the handler may deal with `event` at once, ahead of its time, instead of scheduling it: for what
  /// neither depends on other events nor they on it. If so it counts as handled.
  /// @pre as for schedule()
  [[nodiscard]] bool take_ahead(const Event& event) {
    SIM_EXPECT(event.time >= now_);
    if (event.time >= window_end_ || events_left_ == 0) return false;
    --events_left_;
    ahead_ = event.time;
    fingerprint_.add(event.target, event.time, event.kind);
    return true;
  }

  /// Sends an event with cargo to partition `to`, which may be this one.
  /// @pre event.time >= now() + Engine::lookahead(), or now() if `to` is this partition;
  ///      cargo.size() <= Mail::cargo_size
  void send(PartitionId to, const Event& event, std::span<const std::byte> cargo) {
    SIM_EXPECT(cargo.size() <= Mail::cargo_size);
    if (to == partition_ && event.time < next_round_) return keep(Mail{event, cargo});
    if (to != partition_) SIM_EXPECT(event.time - now_ >= lookahead_);
    outbox_->post(to, event, cargo);
  }

 private:
  friend class Engine;

  Context(PartitionId partition, Duration lookahead, const std::vector<detail::Resident>& residents,
          detail::Outbox& outbox)
      : next_round_{time_zero + lookahead},
        partition_{partition},
        lookahead_{lookahead},
        residents_{residents},
        outbox_{&outbox} {}

  // Handles what is due before window_end_ in queue and mail, at most `limit` events; returns how many.
  std::uint64_t run(detail::DueMail& due, std::uint64_t limit);
  void handle(const Event& event);
  void receive(const Mail& mail);
  // Keeps a copy until it is due, as an event in the queue.
  void keep(const Mail& mail);
  [[nodiscard]] Time next_time() const { return queue_.next_time(); }
  [[nodiscard]] Entity& resident(EntityId id) const;
  void settle() {
    if (top_is_handled_) queue_.pop();
    top_is_handled_ = false;
  }

  EventQueue queue_;
  Time now_ = time_zero;
  Time ahead_ = time_zero;  ///< of the event that was taken ahead last
  Time window_end_ = time_zero;
  std::uint64_t events_left_ = 0;  ///< of those that the present run may handle
  Time next_round_;
  /// The event under way is still in the queue, as its top: what it schedules first takes its place.
  bool top_is_handled_ = false;
  unsigned lane_ = 0;
  PartitionId partition_;
  Duration lookahead_;
  const std::vector<detail::Resident>& residents_;
  detail::Outbox* outbox_;
  std::vector<Mail> kept_;
  std::vector<std::size_t> free_;  ///< places in kept_
  Fingerprint fingerprint_;
};

}  // namespace sim
