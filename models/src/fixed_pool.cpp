#include "fixed_pool.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace models {

std::uint64_t spill_threshold(double spill_at, std::uint64_t capacity) {
  if (!(spill_at <= 1.0)) return 0;
  const double slots = std::ceil(std::max(0.0, spill_at) * static_cast<double>(capacity));
  return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(slots));
}

FixedPool::FixedPool(const PoolSpec& spec, RecordedSpan span) : spec_{&spec}, span_{span} {
  const std::uint64_t capacity = std::uint64_t{spec.instances} * spec.concurrency;
  slots_.resize(capacity);
  for (std::uint32_t i = 0; i < capacity; ++i) slots_[i].number = i;
  if (spec.concurrency > 1) busy_until_.resize(spec.instances);
  spill_slots_ = spill_threshold(spec.spill_at, capacity);
}

Admission FixedPool::admit(sim::Time now, Divert divert) {
  if (divert == Divert::spilled_and_refused && spill_slots_ > 0 && spills(now)) {
    result_.spilled += span_.contains(now);
    return Admission::spilled;
  }
  const bool full = slots_.empty() || (slots_.front().free > now && spec_->queue_limit != none &&
                                       waiting(now) >= spec_->queue_limit);
  if (full) {
    result_.refused += span_.contains(now);
    return Admission::refused;
  }
  return Admission::granted;
}

bool FixedPool::spills(sim::Time now) {
  while (!departures_.empty() && departures_.front() <= now) {
    std::pop_heap(departures_.begin(), departures_.end(), std::greater<>{});
    departures_.pop_back();
  }
  return std::min<std::uint64_t>(departures_.size(), slots_.size()) >= spill_slots_;
}

std::uint64_t FixedPool::waiting(sim::Time now) {
  while (!begins_.empty() && begins_.front() <= now) begins_.pop();
  return begins_.size();
}

void FixedPool::note_waiting(sim::Time now, sim::Time begin) {
  const std::uint64_t before = waiting(now);
  begins_.push(begin);
  if (span_.contains(now)) result_.peak_queue = std::max(result_.peak_queue, before + 1);
}

void FixedPool::serve(sim::Time now, sim::Time begin, sim::Duration service) {
  const sim::Time end = std::min(begin, sim::at(longest_delay)) + service;
  if (begin > now) note_waiting(now, begin);
  if (spill_slots_ > 0) {
    departures_.push_back(end);
    std::push_heap(departures_.begin(), departures_.end(), std::greater<>{});
  }
  if (span_.contains(now)) ++result_.requests;
  if (span_.contains(begin)) result_.billed += round_up(service, spec_->billing_step);
  result_.slot_busy += span_.overlap(begin, end);
  if (!busy_until_.empty()) {
    sim::Time& busy = busy_until_[slots_.front().number / spec_->concurrency];
    result_.instance_busy += span_.overlap(std::max(begin, busy), end);
    busy = std::max(busy, end);
  }
  take_first_slot(end);
}

// Sift-down from the root of a binary heap ordered by (free, number).
void FixedPool::take_first_slot(sim::Time until) {
  const Slot taken{until, slots_.front().number};
  const auto before = [](const Slot& a, const Slot& b) {
    return a.free != b.free ? a.free < b.free : a.number < b.number;
  };
  const std::size_t size = slots_.size();
  std::size_t hole = 0;
  for (std::size_t child = 1; child < size; child = 2 * hole + 1) {
    if (child + 1 < size && before(slots_[child + 1], slots_[child])) ++child;
    if (!before(slots_[child], taken)) break;
    slots_[hole] = slots_[child];
    hole = child;
  }
  slots_[hole] = taken;
}

PoolResult FixedPool::result() const {
  PoolResult result = result_;
  if (busy_until_.empty()) result.instance_busy = result.slot_busy;
  result.instance_alive = (span_.end - span_.begin) * static_cast<std::int64_t>(spec_->instances);
  result.peak_instances = spec_->instances;
  return result;
}

}  // namespace models
