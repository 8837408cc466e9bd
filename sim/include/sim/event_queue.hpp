#pragma once
#include <cstddef>

#include "sim/contract.hpp"
#include "sim/event.hpp"
#include "sim/heap_queue.hpp"
#include "sim/wheel_queue.hpp"
#include "sim/withdrawn_set.hpp"

namespace sim {

/// `Queue` (HeapQueue or WheelQueue) with cancellation, which costs nothing to those who do not use it.
///
/// A cancelled event stays in the queue until it would be next; its memory is not free before.
template <class Queue>
class Cancellable {
 public:
  [[nodiscard]] bool empty() const { return queue_.empty(); }
  [[nodiscard]] std::size_t size() const { return queue_.size() - withdrawn_.size(); }
  /// The earliest event. @pre !empty()
  [[nodiscard]] Event top() const { return queue_.top(); }
  /// Time of the earliest event, time_never without one.
  [[nodiscard]] Time next_time() const { return queue_.empty() ? time_never : queue_.top_time(); }

  /// @pre no event of this time and Order was ever pushed
  void push(const Event& event) { queue_.push(event); }

  /// Removes the earliest event. @pre !empty()
  void pop() {
    queue_.pop();
    if (!withdrawn_.empty()) drop_withdrawn();
  }

  /// pop() and push(event), cheaper than the two. @pre !empty()
  void replace_top(const Event& event) {
    queue_.replace_top(event);
    if (!withdrawn_.empty()) drop_withdrawn();
  }

  /// Removes a pending event, recognised by time and Order. O(1) expected.
  ///
  /// @pre it is pending. Cancelling one that has left the queue is detected only when it is earlier than the
  /// top, or else when the queue runs empty.
  void cancel(const Event& event) {
    SIM_EXPECT(!empty() && !earlier(event, top()));
    withdrawn_.insert(event);
    drop_withdrawn();
  }

 private:
  // Keeps the top an event that still counts.
  void drop_withdrawn() {
    while (!queue_.empty() && withdrawn_.remove(queue_.top())) queue_.pop();
    SIM_ENSURE(!queue_.empty() || withdrawn_.empty());
  }

  Queue queue_;
  WithdrawnSet withdrawn_;
};

/// The engine's queue of pending events.
using EventQueue = Cancellable<WheelQueue>;

}  // namespace sim
