#include "sim/mail.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace sim::detail {

Time Outbox::next_round() const {
  for (std::uint64_t round = present_; round <= present_ + boxes_ahead; ++round)
    if (!slots_[round % slots_.size()].addressed.empty()) return rounds_.begin(round);
  return time_never;
}

void Outbox::clear() {
  Slot& slot = slots_[present_ % slots_.size()];
  for (const PartitionId to : slot.addressed) empty(slot.boxes[to.value()]);
  slot.addressed.clear();
}

// Slabs double, so the number of allocations is logarithmic.
void Outbox::grow() {
  const std::size_t count = std::max<std::size_t>(16, pages_);
  slabs_.push_back(std::make_unique_for_overwrite<Page[]>(count));
  pages_ += count;
  for (std::size_t i = 0; i < count; ++i) slabs_.back()[i].next = std::exchange(free_, &slabs_.back()[i]);
}

void DueMail::sort() {
  constexpr std::size_t few = 16;
  sorted_.clear();
  next_ = 0;
  if (unsorted_.size() <= few) {
    std::swap(sorted_, unsorted_);
    std::sort(sorted_.begin(), sorted_.end(), before);
    return;
  }
  Time first = time_never, last{};
  for (const Letter& letter : unsorted_) {
    first = std::min(first, letter.time);
    last = std::max(last, letter.time);
  }
  // Two to four buckets a letter, so that most of them hold one at most.
  const unsigned bucket_bits = static_cast<unsigned>(std::bit_width(unsorted_.size())) + 1;
  const auto span = static_cast<std::uint64_t>((last - first).count());
  const auto span_bits = static_cast<unsigned>(std::bit_width(span));
  deal(first, span_bits > bucket_bits ? span_bits - bucket_bits : 0);
  unsorted_.clear();
}

void DueMail::deal(Time first, unsigned shift) {
  const auto bucket = [&](const Letter& letter) {
    return static_cast<std::size_t>(static_cast<std::uint64_t>((letter.time - first).count()) >> shift);
  };
  ends_.assign(std::size_t{2} << std::bit_width(unsorted_.size()), 0);
  for (const Letter& letter : unsorted_) ++ends_[bucket(letter)];
  std::uint32_t begin = 0;
  for (std::uint32_t& end : ends_) begin += std::exchange(end, begin);
  sorted_.resize(unsorted_.size());
  for (const Letter& letter : unsorted_) sorted_[ends_[bucket(letter)]++] = letter;
  // Each entry of ends_ is the end of its bucket now.
  for (std::size_t from = 0; from < sorted_.size();) {
    const std::size_t to = ends_[bucket(sorted_[from])];
    if (to - from > 1)
      std::sort(sorted_.begin() + static_cast<std::ptrdiff_t>(from),
                sorted_.begin() + static_cast<std::ptrdiff_t>(to), before);
    from = to;
  }
}

}  // namespace sim::detail
