#pragma once
#include <cstddef>
#include <vector>

#include "sim/event.hpp"

namespace sim {

/// Set of events that were withdrawn while they still wait in a queue, by (time, Order).
///
/// A hash table with linear probing; every call costs O(1) expected. Memory grows to the largest size and
/// stays.
class WithdrawnSet {
 public:
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// @pre not in the set yet
  void insert(const Event& event);
  /// Removes the event if it is there. @return whether it was
  bool remove(const Event& event);

 private:
  struct Key {
    Time time = Time::min();  ///< this value marks a free place
    Order order{};
    friend bool operator==(Key, Key) = default;
  };

  [[nodiscard]] bool free(std::size_t place) const { return keys_[place].time == Time::min(); }
  [[nodiscard]] std::size_t next(std::size_t place) const { return (place + 1) & (keys_.size() - 1); }
  [[nodiscard]] std::size_t home(Key key) const;
  [[nodiscard]] std::size_t find(Key key) const;
  void grow();

  std::vector<Key> keys_;  ///< a power of two, at most half used
  std::size_t size_ = 0;
};

}  // namespace sim
