#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "sim/event.hpp"
#include "sim/heap_queue.hpp"

namespace sim {

/// Priority queue of events in the order `earlier`: a small heap of the nearest events, and behind it a
/// hierarchical radix wheel over the 64 bits of time.
///
/// Everything up to an instant, the pivot, is in the heap. A later event is filed, unsorted, in the slot
/// named by the highest digit (six bits) in which its time differs from the pivot; the digit's place is the
/// level of the wheel, its value the slot. The lowest slot of the lowest level holds the nearest events. When
/// the heap runs empty that slot moves into it, or is dealt out to lower levels first when it is too full. So
/// each event moves a few times, whatever the number pending.
///
/// Up to `heap_limit` events the queue is the heap alone, and becomes so again when it has shrunk well
/// below that. Events may come in any order: one before the pivot costs a push into the heap, and when
/// the heap grows too large the pivot moves back.
///
/// push, pop and replace_top cost O(1) amortised for the schedules that simulations make; O(log n)
/// among events of equal time. Memory grows to the largest number pending and stays.
/// Source: Ahuja, Mehlhorn, Orlin, Tarjan, "Faster algorithms for the shortest path problem", JACM 1990
/// (radix heap).
class WheelQueue {
 public:
  static constexpr std::size_t default_heap_limit = 128;

  /// @param heap_limit  number of pending events above which the wheel is used
  explicit WheelQueue(std::size_t heap_limit = default_heap_limit)
      : heap_limit_{heap_limit}, spill_above_{heap_limit} {}

  [[nodiscard]] bool empty() const { return near_.empty(); }
  [[nodiscard]] std::size_t size() const { return near_.size() + filed_; }
  /// The earliest event. @pre !empty()
  [[nodiscard]] Event top() const { return near_.top(); }
  /// Its time. @pre !empty()
  [[nodiscard]] Time top_time() const { return near_.top_time(); }

  void push(const Event& event) {
    if (key(event) > pivot_) return file(event);
    near_.push(event);
    if (near_.size() > spill_above_) spill();
  }

  /// Removes the earliest event. @pre !empty()
  void pop() {
    near_.pop();
    if (near_.empty()) refill();
  }

  /// pop() and push(event), at less than their cost. @pre !empty()
  void replace_top(const Event& event) {
    if (key(event) <= pivot_) return near_.replace_top(event);
    file(event);
    pop();
  }

 private:
  static constexpr unsigned digit_bits = 6;
  static constexpr unsigned slots = 1U << digit_bits;
  static constexpr unsigned levels = (64 + digit_bits - 1) / digit_bits;
  static constexpr std::uint64_t everything = std::numeric_limits<std::uint64_t>::max();
  /// A slot with no more events than this moves into the heap as it is.
  static constexpr std::size_t direct_limit = 4;

  static constexpr std::size_t chunk_events = 31;
  struct Chunk {
    Chunk* next;
    std::array<Event, chunk_events> events;
  };
  /// Unsorted events in a list of chunks, all full but the first.
  struct Slot {
    Chunk* first = nullptr;
    std::uint32_t in_first = 0;
    std::uint32_t size = 0;
  };
  using Level = std::array<Slot, slots>;

  /// Time as an unsigned number of the same order.
  [[nodiscard]] static std::uint64_t key(const Event& event) {
    return static_cast<std::uint64_t>(event.time.time_since_epoch().count()) ^ (1ULL << 63);
  }
  [[nodiscard]] static unsigned level_of(std::uint64_t key, std::uint64_t pivot) {
    return static_cast<unsigned>(std::bit_width(key ^ pivot) - 1) / digit_bits;
  }
  [[nodiscard]] static unsigned digit(std::uint64_t key, unsigned level) {
    return static_cast<unsigned>(key >> (level * digit_bits)) % slots;
  }

  // Hot: files an event with key(event) > pivot_.
  void file(const Event& event) {
    const std::uint64_t time_key = key(event);
    const unsigned level = level_of(time_key, pivot_);
    file_in(level, digit(time_key, level), event);
    ++filed_;
  }
  void file_in(unsigned level, unsigned index, const Event& event) {
    Slot& slot = wheel_[level][index];
    if (slot.first == nullptr || slot.in_first == chunk_events) {
      slot.first = new_chunk(slot.first);
      slot.in_first = 0;
    }
    slot.first->events[slot.in_first++] = event;
    ++slot.size;
    used_slots_[level] |= 1ULL << index;
    used_levels_ |= 1U << level;
  }

  [[nodiscard]] Chunk* new_chunk(Chunk* next) {
    if (free_ == nullptr) grow();
    Chunk* const chunk = free_;
    free_ = chunk->next;
    chunk->next = next;
    return chunk;
  }

  void grow();
  void spill();
  void refill();
  void retreat(std::uint64_t pivot);
  void deal(unsigned level, unsigned index);
  void take(unsigned level, unsigned index);
  void take_all();
  template <class Use>
  void drain(unsigned level, unsigned index, Use use);

  HeapQueue near_;  ///< all events with key <= pivot_; empty only when the queue is
  std::uint64_t pivot_ = everything;
  std::size_t heap_limit_;
  std::size_t spill_above_;                         ///< size of near_ that triggers spill()
  std::size_t filed_ = 0;                           ///< events in the wheel
  std::uint32_t used_levels_ = 0;                   ///< bit per level with an event
  std::array<std::uint64_t, levels> used_slots_{};  ///< bit per slot with an event
  std::vector<Level> wheel_;                        ///< empty until first used, then `levels`
  Chunk* free_ = nullptr;
  std::vector<std::unique_ptr<Chunk[]>> slabs_;
  std::size_t chunks_ = 0;
};

}  // namespace sim
