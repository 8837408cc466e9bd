#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "sim/event.hpp"
#include "sim/prefetch.hpp"

namespace sim {

/// An event for another partition, with up to 64 bytes that travel along (a request in flight).
struct Mail {
  static constexpr std::size_t cargo_size = 64;

  Mail() = default;
  /// @pre what.size() <= cargo_size
  Mail(const Event& when, std::span<const std::byte> what) { write(when, what); }
  /// Becomes the letter that the constructor makes, without a copy on the way: fields just written and moved
  /// at once as a whole make the processor wait.
  void write(const Event& when, std::span<const std::byte> what) {
    event = when;
    if (!what.empty()) std::memcpy(cargo.data(), what.data(), what.size());
    std::memset(cargo.data() + what.size(), 0, cargo_size - what.size());
  }

  Event event;
  std::array<std::byte, cargo_size> cargo;  ///< zero beyond what was sent
};

namespace detail {

/// Simulated time in rounds as long as the lookahead; no window reaches beyond its round.
class Rounds {
 public:
  /// @param length  > 0
  explicit Rounds(Duration length) : length_{static_cast<std::uint64_t>(length.count())} {}

  /// @pre time is not before time 0
  [[nodiscard]] std::uint64_t at(Time time) const {
    return static_cast<std::uint64_t>(time.time_since_epoch().count()) / length_;
  }
  /// When the round begins, at most time_never.
  [[nodiscard]] Time begin(std::uint64_t round) const {
    const auto never = static_cast<std::uint64_t>(time_never.time_since_epoch().count());
    return round > never / length_ ? time_never : Time{Duration{static_cast<std::int64_t>(round * length_)}};
  }

 private:
  std::uint64_t length_;
};

/// The mail that one thread has sent: a box for each partition and each of the next few rounds, so that what
/// is due in a round lies together. Mail for later rounds waits in the last box.
///
/// Memory grows to the most mail under way and stays; what was used last is used first.
class Outbox {
 public:
  explicit Outbox(Rounds rounds) : rounds_{rounds} {}

  void add_partition() {
    for (Slot& slot : slots_) slot.boxes.emplace_back();
  }
  /// @pre `event.time` is in a later round than the present one
  void post(PartitionId to, const Event& event, std::span<const std::byte> cargo) {
    Slot& slot = slots_[std::min(rounds_.at(event.time), present_ + boxes_ahead) % slots_.size()];
    Box& box = slot.boxes[to.value()];
    if (box.last == nullptr) slot.addressed.push_back(to);
    if (box.room == 0) add_page(box);
    box.last->mail[--box.room].write(event, cargo);
    // The next letter to that partition comes when others have used the cache.
    if (box.room > 0) prefetch(&box.last->mail[box.room - 1], sizeof(Mail));
  }
  /// When the next round with mail begins, time_never if there is none.
  [[nodiscard]] Time next_round() const;
  /// Begins the round that holds `time`. @pre no earlier one has mail
  void enter_round(Time time) { present_ = rounds_.at(time); }

  /// Partitions with mail in the present round, each once.
  [[nodiscard]] const std::vector<PartitionId>& addressed() const { return present().addressed; }
  /// Calls `use` with the present round's mail to a partition, in no particular order.
  template <class Use>
  void for_each(PartitionId to, Use use) const {
    for_each_in(present().boxes[to.value()], use);
  }
  /// Empties the present round's boxes.
  void clear();
  /// Takes out what is addressed to the partitions that `pick` chooses, of all rounds, and calls `use` with
  /// each letter, in no particular order. O(boxes with mail).
  template <class Pick, class Use>
  void extract(Pick pick, Use use) {
    for (Slot& slot : slots_) {
      std::erase_if(slot.addressed, [&](PartitionId to) {
        if (!pick(to)) return false;
        Box& box = slot.boxes[to.value()];
        for_each_in(box, use);
        empty(box);
        return true;
      });
    }
  }

 private:
  static constexpr std::uint64_t boxes_ahead = 7;
  static constexpr std::size_t page_bytes = 4096;
  static constexpr std::uint32_t page_mail = (page_bytes - sizeof(void*)) / sizeof(Mail);
  struct alignas(64) Page {
    Page* next;
    std::array<Mail, page_mail> mail;
  };
  static_assert(sizeof(Page) == page_bytes);
  struct Box {
    Page *first = nullptr, *last = nullptr;
    std::uint32_t room = 0;  ///< free places in the last, at its beginning
  };
  struct Slot {
    std::vector<Box> boxes;  ///< by partition
    std::vector<PartitionId> addressed;
  };
  [[nodiscard]] const Slot& present() const { return slots_[present_ % slots_.size()]; }
  void add_page(Box& box) {
    if (free_ == nullptr) grow();
    Page* const page = std::exchange(free_, free_->next);
    // Of the page after this one: where its successor stands, and where its first letters go.
    prefetch(free_);
    if (free_ != nullptr) prefetch(&free_->mail[page_mail - 2], 2 * sizeof(Mail));
    page->next = box.last;
    box = {box.first == nullptr ? page : box.first, page, page_mail};
  }
  void grow();
  template <class Use>
  static void for_each_in(const Box& box, Use& use) {
    std::uint32_t from = box.room;
    if (box.last != nullptr) prefetch(&box.last->mail[from], (page_mail - from) * sizeof(Mail));
    for (const Page* page = box.last; page != nullptr; page = page->next, from = 0) {
      if (page->next != nullptr) prefetch(page->next, page_bytes);
      for (std::uint32_t i = from; i < page_mail; ++i) use(page->mail[i]);
    }
  }
  void empty(Box& box) {
    box.first->next = std::exchange(free_, box.last);  // the last page leads to the first
    box = {};
  }

  Rounds rounds_;
  std::array<Slot, boxes_ahead + 1> slots_;  ///< by round
  std::uint64_t present_ = 0;
  Page* free_ = nullptr;
  std::vector<std::unique_ptr<Page[]>> slabs_;
  std::size_t pages_ = 0;
};

/// The mail that one partition is to receive in one window, in the order `earlier`.
///
/// Known as a whole when the window begins, so it is dealt into buckets of equal time at once: some 10 ns a
/// letter, where a priority queue takes 30 to 40. Keeps its memory.
class DueMail {
 public:
  /// Adds a letter, which must stay where it is; sort() must follow before next().
  void add(const Mail& mail) { unsorted_.push_back({mail.event.time, &mail}); }
  /// O(n) for times that spread over the window, else O(n log n). @pre nothing is left from before
  void sort();

  /// The earliest letter, null when there is none left.
  [[nodiscard]] const Mail* next() const { return peek(0); }
  /// The letter `ahead` places after it, null when there are not so many.
  [[nodiscard]] const Mail* peek(std::size_t ahead) const {
    return next_ + ahead < sorted_.size() ? sorted_[next_ + ahead].mail : nullptr;
  }
  /// @pre next() is not null
  void pop() { ++next_; }

 private:
  struct Letter {
    Time time;
    const Mail* mail;
  };
  [[nodiscard]] static bool before(const Letter& a, const Letter& b) {
    return a.time != b.time ? a.time < b.time : a.mail->event.order < b.mail->event.order;
  }
  void deal(Time first, unsigned shift);

  std::vector<Letter> unsorted_, sorted_;
  std::vector<std::uint32_t> ends_;  ///< by bucket
  std::size_t next_ = 0;
};

}  // namespace detail
}  // namespace sim
