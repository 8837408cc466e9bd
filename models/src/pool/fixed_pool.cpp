#include "pool/fixed_pool.hpp"

#include <cmath>
#include <functional>

#include "sim/contract.hpp"

namespace models {

std::uint64_t spill_threshold(double spill_at, std::uint64_t capacity) {
  if (!(spill_at <= 1.0)) return 0;
  const double slots = std::ceil(std::max(0.0, spill_at) * static_cast<double>(capacity));
  return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(slots));
}

FixedPool::FixedPool(const PoolSpec& spec, const RecordedSpan& span)
    : queue_limit_{spec.queue_limit},
      instances_{spec.instances},
      concurrency_{spec.concurrency},
      spill_slots_{0},
      billing_step_{spec.billing_step},
      series_{span} {
  const std::uint64_t capacity = std::uint64_t{instances_} * concurrency_;
  SIM_EXPECT(capacity < none && billing_step_ > sim::Duration{0});
  spill_slots_ = static_cast<std::uint32_t>(spill_threshold(spec.spill_at, capacity));
  for (std::uint32_t i = 1; i < capacity; ++i) others_.push_back({.number = i});
  if (concurrency_ > 1) busy_until_.resize(instances_);
}

Admission FixedPool::admit(sim::Time now, Divert divert, const RecordedSpan& span) {
  if (spill_slots_ > 0 && divert == Divert::spilled_and_refused && spills(now)) {
    spilled_ += span.contains(now);
    series_.count(&PoolResult::spilled, now, span);
    return Admission::spilled;
  }
  const bool no_capacity = instances_ == 0 || concurrency_ == 0;
  if (no_capacity || (queue_limit_ != none && first_.free > now && waiting(now) >= queue_limit_)) {
    refused_ += span.contains(now);
    series_.count(&PoolResult::refused, now, span);
    return Admission::refused;
  }
  return Admission::granted;
}

bool FixedPool::spills(sim::Time now) {
  while (!departures_.empty() && departures_.front() <= now) {
    std::pop_heap(departures_.begin(), departures_.end(), std::greater<>{});
    departures_.pop_back();
  }
  return std::min(departures_.size(), others_.size() + 1) >= spill_slots_;
}

std::uint64_t FixedPool::waiting(sim::Time now) {
  while (!begins_.empty() && begins_.front() <= now) begins_.pop();
  return begins_.size();
}

void FixedPool::serve(sim::Time now, sim::Time begin, sim::Duration service, const RecordedSpan& span) {
  const sim::Time end = std::min(begin, sim::at(longest_delay)) + service;
  const bool recorded = span.contains(now);
  requests_ += recorded;
  series_.count(&PoolResult::requests, now, span);
  if (begin > now) {
    const std::uint64_t before = waiting(now);
    begins_.push(begin);
    if (recorded) peak_queue_ = std::max(peak_queue_, before + 1);
    series_.raise(&PoolResult::peak_queue, before + 1, now, span);
  }
  if (spill_slots_ > 0) {
    departures_.push_back(end);
    std::push_heap(departures_.begin(), departures_.end(), std::greater<>{});
  }
  if (span.contains(begin)) billed_ += round_up(service, billing_step_);
  series_.add(&PoolResult::billed, round_up(service, billing_step_), begin, span);
  slot_busy_ += span.overlap(begin, end);
  series_.spread(&PoolResult::slot_busy, begin, end, span);
  if (!busy_until_.empty()) {
    sim::Time& busy = busy_until_[first_.number / concurrency_];
    instance_busy_ += span.overlap(std::max(begin, busy), end);
    series_.spread(&PoolResult::instance_busy, std::max(begin, busy), end, span);
    busy = std::max(busy, end);
  }
  replace_first_slot(end);
}

// The first slot is busy until `free` now: sinks in a binary heap, ordered by (free, number), of which it
// was the root and others_ are the two subtrees; others_[i] has the children others_[2i + 2] and [2i + 3].
void FixedPool::replace_first_slot(sim::Time free) {
  const auto before = [](const Slot& a, const Slot& b) {
    return a.free != b.free ? a.free < b.free : a.number < b.number;
  };
  const Slot taken{free, first_.number};
  Slot* hole = &first_;
  for (std::size_t child = 0; child < others_.size();) {
    if (child + 1 < others_.size() && before(others_[child + 1], others_[child])) ++child;
    if (!before(others_[child], taken)) break;
    *hole = others_[child];
    hole = &others_[child];
    child = 2 * child + 2;
  }
  *hole = taken;
}

// What is busy at an instant stays so until it is free, as who waits for it takes it at once.
template <class OfSlot, class OfInstance>
void FixedPool::for_each_busy(sim::Time end, OfSlot of_slot, OfInstance of_instance) const {
  if (first_.free > end) of_slot(first_.free);
  for (const Slot& slot : others_)
    if (slot.free > end) of_slot(slot.free);
  for (const sim::Time until : busy_until_)
    if (until > end) of_instance(until);
}

PoolResult FixedPool::result(sim::Time end, const RecordedSpan& span) const {
  sim::TotalTime slots_after, instances_after;
  for_each_busy(
      end, [&](sim::Time free) { slots_after += span.overlap(end, free); },
      [&](sim::Time until) { instances_after += span.overlap(end, until); });
  const sim::TotalTime slot_busy = slot_busy_ - slots_after;
  return {.requests = requests_,
          .refused = refused_,
          .spilled = spilled_,
          .peak_instances = instances_,
          .peak_queue = peak_queue_,
          .slot_busy = slot_busy,
          .instance_busy = busy_until_.empty() ? slot_busy : instance_busy_ - instances_after,
          .instance_alive = sim::TotalTime{span.overlap(span.begin, end)} * instances_,
          .billed = billed_};
}

std::vector<PoolResult> FixedPool::series(sim::Time end, const RecordedSpan& span) const {
  PoolSeries until_end = series_;
  for_each_busy(
      end, [&](sim::Time free) { until_end.take_back(&PoolResult::slot_busy, end, free, span); },
      [&](sim::Time until) { until_end.take_back(&PoolResult::instance_busy, end, until, span); });
  std::vector<PoolResult> pieces = always_on(until_end, instances_, end, span);
  if (busy_until_.empty())
    for (PoolResult& piece : pieces) piece.instance_busy = piece.slot_busy;
  return pieces;
}

}  // namespace models
