#include "pool/balanced_pool.hpp"

#include <algorithm>

#include "sim/contract.hpp"

namespace models {

BalancedPool::BalancedPool(const PoolSpec& spec, sim::Stream stream, RecordedSpan span)
    : spec_{&spec},
      stream_{stream},
      span_{span},
      instances_(spec.instances),
      loads_{spec.instances},
      series_{span} {
  SIM_EXPECT(spec.kind == PoolSpec::Kind::fixed && spec.billing_step > sim::Duration{0});
  spill_slots_ = spill_threshold(spec.spill_at, std::uint64_t{spec.instances} * spec.concurrency);
  result_.peak_instances = spec.instances;
}

Grant BalancedPool::acquire(sim::Time now, Divert divert) {
  const bool recorded = span_.contains(now);
  if (divert == Divert::spilled_and_refused && spill_slots_ > 0 && taken_ >= spill_slots_) {
    result_.spilled += recorded;
    series_.count(&PoolResult::spilled, now, span_);
    return {.admission = Admission::spilled};
  }
  if (instances_.empty() || spec_->concurrency == 0) {
    result_.refused += recorded;
    series_.count(&PoolResult::refused, now, span_);
    return {.admission = Admission::refused};
  }
  const std::uint32_t number = choose();
  Instance& instance = instances_[number];
  const std::uint32_t present = loads_.load(number);
  const bool at_once = present < spec_->concurrency;
  if (!at_once && instance.queue.size() >= spec_->queue_limit) {
    result_.refused += recorded;
    series_.count(&PoolResult::refused, now, span_);
    return {.admission = Admission::refused};
  }
  result_.requests += recorded;
  series_.count(&PoolResult::requests, now, span_);
  if (present == 0) instance.busy_since = now;
  loads_.add(number);
  if (!at_once) return {Admission::queued, number, {}};
  ++taken_;
  return {Admission::granted, number, now};
}

std::uint32_t BalancedPool::choose() {
  const auto count = static_cast<std::uint32_t>(instances_.size());
  const std::uint32_t choice = choices_++;
  switch (spec_->balance) {
    case Balance::random:
      return static_cast<std::uint32_t>(stream_.draw(choice).uniform() * count);
    case Balance::round_robin:
      return choice % count;
    case Balance::two_choices: {
      const auto [first, second] = stream_.pair(choice);
      return better_of_two(first, second);
    }
    case Balance::shared:  // not balanced: FixedPool or ElasticPool run it
    case Balance::least_requests:
      break;
  }
  return loads_.least();
}

// Two different ones, where there are two.
std::uint32_t BalancedPool::better_of_two(sim::Draw first, sim::Draw second) const {
  const auto count = static_cast<std::uint32_t>(instances_.size());
  const auto one = static_cast<std::uint32_t>(first.uniform() * count);
  if (count == 1) return one;
  auto other = static_cast<std::uint32_t>(second.uniform() * (count - 1));
  if (other >= one) ++other;
  return loads_.load(other) < loads_.load(one) ? other : one;
}

void BalancedPool::enqueue(std::uint32_t instance, Ticket ticket) {
  instances_[instance].queue.push(ticket);
  ++waiting_;
  if (span_.contains(ticket.since)) result_.peak_queue = std::max(result_.peak_queue, waiting_);
  series_.raise(&PoolResult::peak_queue, waiting_, ticket.since, span_);
}

std::optional<Ticket> BalancedPool::release(sim::Time now, std::uint32_t number, sim::Time begin) {
  charge_slot(begin, now);
  Instance& instance = instances_[number];
  loads_.remove(number);
  if (!instance.queue.empty()) {
    const Ticket first = instance.queue.front();
    instance.queue.pop();
    --waiting_;
    return first;
  }
  --taken_;
  if (loads_.load(number) == 0) end_use(number, now);
  return std::nullopt;
}

void BalancedPool::charge_slot(sim::Time begin, sim::Time end) {
  result_.slot_busy += span_.overlap(begin, end);
  series_.spread(&PoolResult::slot_busy, begin, end, span_);
  const sim::Duration billed = round_up(end - begin, spec_->billing_step);
  if (span_.contains(begin)) result_.billed += billed;
  series_.add(&PoolResult::billed, billed, begin, span_);
}

void BalancedPool::end_use(std::uint32_t number, sim::Time now) {
  result_.instance_busy += span_.overlap(instances_[number].busy_since, now);
  series_.spread(&PoolResult::instance_busy, instances_[number].busy_since, now, span_);
}

std::vector<PoolResult> BalancedPool::series(sim::Time end) const {
  return always_on(series_, spec_->instances, end, span_);
}

void BalancedPool::abandon(sim::Time end, sim::Time begin) { charge_slot(begin, end); }

void BalancedPool::close(sim::Time end) {
  for (std::uint32_t i = 0; i < instances_.size(); ++i)
    if (loads_.load(i) > 0) end_use(i, end);
  result_.instance_alive = sim::TotalTime{span_.overlap(span_.begin, end)} * instances_.size();
}

}  // namespace models
