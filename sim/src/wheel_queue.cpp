#include "sim/wheel_queue.hpp"

#include <algorithm>

namespace sim {

// Slabs double, so the number of allocations is logarithmic and at most half the chunks are idle.
void WheelQueue::grow() {
  const std::size_t count = std::max<std::size_t>(16, chunks_);
  slabs_.push_back(std::make_unique_for_overwrite<Chunk[]>(count));
  chunks_ += count;
  for (std::size_t i = 0; i < count; ++i) {
    slabs_.back()[i].next = free_;
    free_ = &slabs_.back()[i];
  }
}

template <class Use>
void WheelQueue::drain(unsigned level, unsigned index, Use use) {
  Slot slot = wheel_[level][index];
  wheel_[level][index] = Slot{};
  used_slots_[level] &= ~(1ULL << index);
  if (used_slots_[level] == 0) used_levels_ &= ~(1U << level);
  for (Chunk* chunk = slot.first; chunk != nullptr;) {
    Chunk* const next = chunk->next;
    // With a million events pending each chunk comes from memory: ask for the next while using this one.
    const Chunk* const ahead = next != nullptr ? next : chunk;
    for (std::uint32_t i = 0; i < slot.in_first; ++i) {
      __builtin_prefetch(&ahead->events[i]);
      use(chunk->events[i]);
    }
    slot.in_first = chunk_events;
    chunk->next = free_;
    free_ = chunk;
    chunk = next;
  }
}

// The heap has grown too large: only the earliest instant stays in it. The limit grows with what could not
// leave, so that many events of one instant do not make every push look for something to spill.
void WheelQueue::spill() {
  if (wheel_.empty()) wheel_.resize(levels);
  retreat(key(near_.top()));
  near_.remove_if([this](const Event& event) {
    if (key(event) == pivot_) return false;
    file(event);
    return true;
  });
  spill_above_ = std::max(heap_limit_, 2 * near_.size());
}

// Moves the pivot back. Events filed above the highest digit that changes stay where they are, those
// below it agreed with the old pivot in that digit, so they all belong in its slot.
void WheelQueue::retreat(std::uint64_t pivot) {
  if (filed_ > 0 && pivot != pivot_) {
    const unsigned top_level = level_of(pivot, pivot_);
    const unsigned index = digit(pivot_, top_level);
    for (unsigned level = 0; level < top_level; ++level)
      while (used_slots_[level] != 0)
        drain(level, static_cast<unsigned>(std::countr_zero(used_slots_[level])),
              [&](const Event& event) { file_in(top_level, index, event); });
  }
  pivot_ = pivot;
}

// The heap has run empty: brings the nearest filed events into it.
void WheelQueue::refill() {
  spill_above_ = std::max(heap_limit_, direct_limit);
  while (near_.empty() && filed_ > 0) {
    const unsigned level = static_cast<unsigned>(std::countr_zero(used_levels_));
    const unsigned index = static_cast<unsigned>(std::countr_zero(used_slots_[level]));
    if (level == 0 || wheel_[level][index].size <= direct_limit)
      take(level, index);
    else
      deal(level, index);
  }
  near_.restore();
  if (filed_ == 0) pivot_ = everything;
}

// Takes the lowest slot into the heap, and its neighbours while there is room. The pivot becomes the last
// instant of the last slot taken, so that the other slots of this level keep their place.
void WheelQueue::take(unsigned level, unsigned index) {
  const unsigned shift = level * digit_bits;
  const std::uint64_t above = shift + digit_bits < 64 ? pivot_ >> (shift + digit_bits) << digit_bits : 0;
  do {
    filed_ -= wheel_[level][index].size;
    drain(level, index, [this](const Event& event) { near_.append(event); });
    pivot_ = (((above | index) + 1) << shift) - 1;
    if (used_slots_[level] == 0) return;
    index = static_cast<unsigned>(std::countr_zero(used_slots_[level]));
  } while (near_.size() + wheel_[level][index].size <= direct_limit);
}

// Deals the lowest slot, too full to be sorted at once, out to the levels below.
void WheelQueue::deal(unsigned level, unsigned index) {
  const unsigned shift = level * digit_bits;
  const std::uint64_t above = shift + digit_bits < 64 ? pivot_ >> (shift + digit_bits) << digit_bits : 0;
  pivot_ = (above | index) << shift;
  filed_ -= wheel_[level][index].size;
  drain(level, index, [this](const Event& event) {
    if (key(event) == pivot_)
      near_.append(event);
    else
      file(event);
  });
}

}  // namespace sim
