#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>

#include "models/world.hpp"
#include "pool/fifo.hpp"
#include "pool/slots.hpp"
#include "world/recorded_span.hpp"

namespace models {

/// Whether a message was given up.
enum class DeadLetter : std::uint8_t { no, yes };

/// State of a QueueSpec: how many messages are in the queue, and the callers that wait for a place.
///
/// A message has its place from the moment it is accepted until it is dealt with: while it waits for a slot
/// of its service, while it is in service, and between two attempts. O(1) a call.
class MessageQueue {
 public:
  enum class Offer : std::uint8_t {
    accepted,
    dropped,  ///< lost, and the caller is not told
    refused,  ///< the caller is told
    waits,    ///< the caller is to wait(), until finish() names it
  };

  MessageQueue(const QueueSpec& spec, RecordedSpan span) : spec_{&spec}, span_{span} {}

  Offer offer(sim::Time now) {
    if (length_ < spec_->capacity) {
      accept(now);
      return Offer::accepted;
    }
    const bool recorded = span_.contains(now);
    switch (spec_->full) {
      case QueueSpec::Full::drop:
        result_.dropped += recorded;
        return Offer::dropped;
      case QueueSpec::Full::error:
        result_.refused += recorded;
        return Offer::refused;
      case QueueSpec::Full::block:
        break;
    }
    result_.blocked += recorded;
    return Offer::waits;
  }
  void wait(const Ticket& caller) { blocked_.push(caller); }

  /// A message that was accepted at `since` is dealt with. @return the caller whose message has its place now
  std::optional<Ticket> finish(sim::Time now, sim::Time since, DeadLetter dead) {
    change(now, -1);
    if (span_.contains(since)) {
      ++(dead == DeadLetter::yes ? result_.dead_letters : result_.delivered);
      if (dead == DeadLetter::no) result_.delay.record(now - since);
    }
    if (blocked_.empty()) return std::nullopt;
    const Ticket caller = blocked_.front();
    blocked_.pop();
    result_.blocked_time += span_.overlap(caller.since, now);
    accept(now);
    return caller;
  }

  /// Accounts for what is left when the run ends. To be called once, last.
  void close(sim::Time end) {
    change(end, 0);
    for (; !blocked_.empty(); blocked_.pop())
      result_.blocked_time += span_.overlap(blocked_.front().since, end);
  }
  [[nodiscard]] const QueueResult& result() const { return result_; }

 private:
  void accept(sim::Time now) {
    change(now, 1);
    const bool recorded = span_.contains(now);
    result_.accepted += recorded;
    if (recorded) result_.peak = std::max(result_.peak, length_);
  }
  void change(sim::Time now, int by) {
    result_.occupied += sim::TotalTime{span_.overlap(changed_, now)} * length_;
    changed_ = now;
    length_ = by < 0 ? length_ - 1 : length_ + static_cast<std::uint64_t>(by);
  }

  const QueueSpec* spec_;
  RecordedSpan span_;
  std::uint64_t length_ = 0;
  sim::Time changed_{};
  Fifo<Ticket> blocked_;
  QueueResult result_;
};

}  // namespace models
