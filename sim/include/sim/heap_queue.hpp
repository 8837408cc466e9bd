#pragma once
#include <algorithm>
#include <cstddef>
#include <vector>

#include "sim/event.hpp"

namespace sim {

/// Priority queue of events in the order `earlier`: a heap with four children a node.
///
/// push, pop and replace_top cost O(log n); about 20 ns each with up to 100 events. The best of the
/// queues while few events are pending. Memory grows to the largest number pending and stays.
class HeapQueue {
 public:
  [[nodiscard]] bool empty() const { return events_.empty(); }
  [[nodiscard]] std::size_t size() const { return events_.size(); }
  /// The earliest event. @pre !empty()
  [[nodiscard]] const Event& top() const { return events_.front(); }

  void push(const Event& event) {
    events_.push_back(event);
    sift_up(events_.size() - 1, event);
  }

  /// Removes the earliest event. @pre !empty()
  void pop() {
    const Event last = events_.back();
    events_.pop_back();
    if (!events_.empty()) sift_down(0, last);
  }

  /// pop() and push(event) at the cost of one of them. @pre !empty()
  void replace_top(const Event& event) { sift_down(0, Event{event}); }

  /// Adds an event without regard to order; restore() must follow before any other call.
  void append(const Event& event) { events_.push_back(event); }
  /// Makes a heap of whatever was appended; O(n).
  void restore() {
    for (std::size_t node = events_.size() / arity + 1; node-- > 0;)
      if (node < events_.size()) sift_down(node, Event{events_[node]});
  }
  /// Removes every event for which `leaves(event)` holds, shown in no particular order; O(n).
  template <class Leaves>
  void remove_if(Leaves leaves) {
    std::erase_if(events_, leaves);
    restore();
  }

 private:
  static constexpr std::size_t arity = 4;

  void sift_up(std::size_t node, const Event event) {
    while (node > 0) {
      const std::size_t parent = (node - 1) / arity;
      if (!earlier(event, events_[parent])) break;
      events_[node] = events_[parent];
      node = parent;
    }
    events_[node] = event;
  }

  void sift_down(std::size_t node, const Event event) {
    const std::size_t size = events_.size();
    for (std::size_t child; (child = arity * node + 1) < size; node = child) {
      child = child + arity <= size ? earliest_of_four(child) : earliest_up_to(child, size);
      if (!earlier(events_[child], event)) break;
      events_[node] = events_[child];
    }
    events_[node] = event;
  }

  // Two independent comparisons, then one between their winners: the processor overlaps the first two.
  [[nodiscard]] std::size_t earliest_of_four(std::size_t first) const {
    const std::size_t left = first + earlier(events_[first + 1], events_[first]);
    const std::size_t right = first + 2 + earlier(events_[first + 3], events_[first + 2]);
    return earlier(events_[right], events_[left]) ? right : left;
  }

  [[nodiscard]] std::size_t earliest_up_to(std::size_t first, std::size_t size) const {
    std::size_t best = first;
    for (std::size_t other = first + 1; other < size; ++other)
      if (earlier(events_[other], events_[best])) best = other;
    return best;
  }

  std::vector<Event> events_;
};

}  // namespace sim
