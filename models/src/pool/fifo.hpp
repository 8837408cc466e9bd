#pragma once
#include <cstddef>
#include <vector>

#include "sim/prefetch.hpp"

namespace models {

/// First-in first-out queue in a ring that grows to the largest length and stays; unlike std::deque it does
/// not allocate as it moves along. O(1) amortised.
template <class T>
class Fifo {
 public:
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// @pre !empty()
  [[nodiscard]] const T& front() const { return ring_[head_]; }

  /// Asks for the memory that push(), pop() and front() touch, as far as it lies apart from this.
  void prefetch() const {
    if (!ring_.empty()) sim::prefetch(&ring_[(head_ + size_) & (ring_.size() - 1)]);
  }
  void push(const T& value) {
    if (size_ == ring_.size()) grow();
    ring_[(head_ + size_++) & (ring_.size() - 1)] = value;
  }
  /// @pre !empty()
  void pop() {
    head_ = (head_ + 1) & (ring_.size() - 1);
    --size_;
  }

 private:
  void grow() {
    std::vector<T> larger(ring_.empty() ? 8 : 2 * ring_.size());
    for (std::size_t i = 0; i < size_; ++i) larger[i] = ring_[(head_ + i) & (ring_.size() - 1)];
    ring_.swap(larger);
    head_ = 0;
  }

  std::vector<T> ring_;  ///< its size is a power of two
  std::size_t head_ = 0;
  std::size_t size_ = 0;
};

}  // namespace models
