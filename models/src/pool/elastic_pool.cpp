#include "pool/elastic_pool.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "sim/contract.hpp"

namespace models {
namespace {

// Draws of one pool: each pair of lanes is a block of its own.
enum Lane : std::uint32_t {
  cold_start_lane = 0,
  keep_alive_lane = 2,
  dispatch_lane = 4,
  preparation_lane = 6
};

/// Where the time of each StartPart is summed.
constexpr std::array preparing{&PoolResult::acquiring, &PoolResult::pulling, &PoolResult::restoring};

sim::Duration sample(const sim::Distribution& law, sim::Draw draw) {
  return std::min(law.sample_duration(draw), longest_delay);
}

template <class Agenda, class Appointment>
void enter(Agenda& agenda, Appointment appointment) {
  agenda.push_back(appointment);
  std::push_heap(agenda.begin(), agenda.end(), std::greater<>{});
}

template <class Agenda>
void drop_first(Agenda& agenda) {
  std::pop_heap(agenda.begin(), agenda.end(), std::greater<>{});
  agenda.pop_back();
}

}  // namespace

ElasticPool::ElasticPool(const PoolSpec& spec, sim::Stream stream, RecordedSpan span,
                         Surroundings surroundings)
    : spec_{&spec},
      stream_{stream},
      span_{span},
      account_{surroundings.account},
      processors_{surroundings.processors},
      open_permanent_{spec.dispatch},
      open_{spec.dispatch},
      series_{span} {
  if (spec.scaler) {
    scaler_.emplace(make_autoscaler(*spec.scaler));
    next_tick_ = sim::time_zero + std::visit([](const auto& rule) { return rule.tick(); }, *scaler_);
  }
  if (spec.scale_out) scale_out_.emplace(*spec.scale_out);
  for (const sim::Distribution& law : spec.preparation) prepares_ = prepares_ || law.mean() > 0;
  const bool on_demand = spec.kind == PoolSpec::Kind::elastic;
  const bool unlimited = on_demand && spec.max_instances == none;
  quota_ = on_demand ? std::max(spec.max_instances, spec.instances) : spec.instances;
  if (spec.concurrency == 0) quota_ = 0;
  if (!unlimited) spill_slots_ = spill_threshold(spec.spill_at, quota_ * spec.concurrency);
  for (std::uint32_t i = 0; i < spec.instances && spec.concurrency > 0; ++i) {
    instances_.push_back({.permanent = true, .alive = true});
    open_permanent_.add(i);
  }
  alive_ = permanent_ = instances_.size();
  if (spec.hybrid) hybrid_.emplace(*spec.hybrid);
  plan_change();
}

Grant ElasticPool::acquire(sim::Time now, Divert divert) {
  catch_up(now);
  const bool recorded = span_.contains(now);
  if (divert == Divert::spilled_and_refused && spill_slots_ > 0 && taken_ >= spill_slots_) {
    result_.spilled += recorded;
    series_.count(&PoolResult::spilled, now, span_);
    return {.admission = Admission::spilled};
  }
  if (idle_since_ != sim::time_never) end_idleness(now);
  if (account_ != nullptr && open_permanent_.empty() && account_->used >= account_->concurrency) {
    result_.refused += recorded;
    result_.throttled += recorded;
    series_.count(&PoolResult::refused, now, span_);
    series_.count(&PoolResult::throttled, now, span_);
    return {.admission = Admission::refused};
  }
  const bool in_turn = !scaler_ || queue_.empty();
  const bool at_once = in_turn && (!open_permanent_.empty() || !open_.empty());
  const bool can_start = !at_once && !scaler_ && (!starting_.empty() || may_start(now));
  if (scaler_ && alive_ == draining_ && may_start(now)) start(now);
  const bool can_wait = alive_ > draining_ && queue_.size() < spec_->queue_limit;
  if (!at_once && !can_start && !can_wait) {
    result_.refused += recorded;
    series_.count(&PoolResult::refused, now, span_);
    return {.admission = Admission::refused};
  }
  result_.requests += recorded;
  series_.count(&PoolResult::requests, now, span_);
  if (at_once) return take(now, pick_open());
  if (can_start) return take(now, starting_.empty() ? start(now) : starting_.front().instance);
  return {.admission = Admission::queued};
}

bool ElasticPool::may_start(sim::Time now) {
  return alive_ < quota_ && (!scale_out_ || scale_out_->take(now));
}

void ElasticPool::integrate(sim::Time now) {
  if (!scaler_) return;
  const sim::Duration since = now - integrated_;
  integrated_ = now;
  busy_ += static_cast<std::int64_t>(taken_) * since;
  in_flight_ += static_cast<std::int64_t>(taken_ + queue_.size()) * since;
}

void ElasticPool::tick(sim::Time now) {
  catch_up(now);
  const double elapsed = sim::to_seconds(now - ticked_);
  const std::uint64_t running = alive_ - draining_;
  const ScalerSample sample{.now = now,
                            .in_flight = sim::to_seconds(in_flight_) / elapsed,
                            .busy_slots = sim::to_seconds(busy_) / elapsed,
                            .busy_processors = processors_ == nullptr
                                                   ? std::nullopt
                                                   : std::optional{processors_->take_use(now) / elapsed},
                            .ready = static_cast<std::uint32_t>(running - starting_.size()),
                            .slots = spec_->concurrency};
  in_flight_ = busy_ = sim::Duration{0};
  ticked_ = now;
  const std::uint64_t asked = std::visit([&](auto& rule) { return rule.wanted(sample); }, *scaler_);
  next_tick_ = now + std::visit([](const auto& rule) { return rule.tick(); }, *scaler_);
  // Requests that wait are never left without an instance.
  const std::uint64_t least = std::max<std::uint64_t>(permanent_, queue_.empty() ? 0 : 1);
  const std::uint64_t wanted = std::max(std::min(asked, quota_), least);
  if (wanted < running) return stop(now, running - wanted);
  for (std::uint64_t more = wanted - running; more > 0 && may_start(now); --more) start(now);
}

// Idle instances first; others take no new requests and end with their last one. Starts are not broken off.
void ElasticPool::stop(sim::Time now, std::uint64_t surplus) {
  for (const bool idle_ones : {true, false}) {
    for (std::uint32_t i = 0; i < instances_.size() && surplus > 0; ++i) {
      const Instance& instance = instances_[i];
      const bool may_end =
          instance.alive && !instance.permanent && !instance.draining && instance.ready <= now;
      if (!may_end || (instance.taken == 0) != idle_ones) continue;
      drain(now, i);
      --surplus;
    }
  }
}

void ElasticPool::drain(sim::Time now, std::uint32_t number) {
  if (open_.contains(number)) open_.remove(number);
  if (instances_[number].taken == 0) return retire(number, now);
  instances_[number].draining = true;
  ++draining_;
}

std::optional<ElasticPool::Served> ElasticPool::serve_waiting(sim::Time now) {
  catch_up(now);
  if (queue_.empty() || (open_permanent_.empty() && open_.empty())) return std::nullopt;
  const std::optional<Ticket> first = next_waiting(now);
  if (!first) return std::nullopt;
  result_.cold_starts += span_.contains(first->since) ? 1 : 0;
  series_.count(&PoolResult::cold_starts, first->since, span_);
  return Served{*first, take(now, pick_open()).instance};
}

void ElasticPool::enqueue(Ticket ticket, std::uint32_t priority) {
  if (queue_.empty()) empty_at_ = ticket.since;
  queue_.push(ticket, priority);
  if (span_.contains(ticket.since))
    result_.peak_queue = std::max<std::uint64_t>(result_.peak_queue, queue_.size());
  series_.raise(&PoolResult::peak_queue, queue_.size(), ticket.since, span_);
}

std::uint32_t ElasticPool::pick_open() {
  const OpenInstances& open = open_permanent_.empty() ? open_ : open_permanent_;
  return open.pick(spec_->dispatch == Dispatch::random ? stream_.draw(picks_++, dispatch_lane) : sim::Draw{});
}

std::uint32_t ElasticPool::start(sim::Time now) {
  if (unused_.empty()) {
    unused_.push_back(static_cast<std::uint32_t>(instances_.size()));
    instances_.emplace_back();
  }
  const std::uint32_t number = unused_.back();
  unused_.pop_back();
  const std::uint32_t start = starts_++;
  const sim::Time ready =
      prepare(now, start) + sample(spec_->cold_start, stream_.draw(start, cold_start_lane));
  instances_[number] = {.born = now, .ready = ready, .alive = true};
  ++alive_;
  spend(&PoolResult::starting, now, ready);
  series_.count(&PoolResult::instances_started, now, span_);
  if (span_.contains(now)) {
    ++result_.instances_started;
    result_.peak_instances = std::max(result_.peak_instances, alive_);
  }
  enter(starting_, Appointment{ready, number});
  if (scaler_) announced_.push_back(ready);
  return number;
}

sim::Time ElasticPool::prepare(sim::Time now, std::uint32_t number) {
  if (!prepares_) return now;
  for (std::uint32_t part = 0; part < preparing.size(); ++part) {
    const sim::Distribution& law = spec_->preparation[part];
    const sim::Draw draw =
        law.is_deterministic() ? sim::Draw{} : stream_.draw(number, preparation_lane + 2 * part);
    const sim::Time end = now + sample(law, draw);
    result_.*preparing[part] += span_.overlap(now, end);
    series_.spread(preparing[part], now, end, span_);
    now = end;
  }
  return now;
}

// Takes a slot of an instance that is open, or that is first in starting_.
Grant ElasticPool::take(sim::Time now, std::uint32_t number) {
  Instance& instance = instances_[number];
  const sim::Time begin = std::max(now, instance.ready);
  if (instance.taken++ == 0) instance.busy_since = begin;
  series_.raise(&PoolResult::peak_instances, alive_, now, span_);
  ++taken_;
  if (account_ != nullptr && !instance.permanent) ++account_->used;
  const bool full = instance.taken == spec_->concurrency;
  OpenInstances& open = open_of(instance);
  if (open.contains(number)) {
    open.remove(number);
    if (!full) open.add(number);
  } else if (full) {
    SIM_EXPECT(starting_.front().instance == number);
    drop_first(starting_);
  }
  if (begin > now && span_.contains(now)) ++result_.cold_starts;
  if (begin > now) series_.count(&PoolResult::cold_starts, now, span_);
  return {Admission::granted, number, begin};
}

std::optional<Ticket> ElasticPool::release(sim::Time now, std::uint32_t number, sim::Time begin) {
  catch_up(now);
  charge_slot(begin, now, instances_[number].permanent);
  if (!queue_.empty() && !instances_[number].draining)
    if (const auto first = next_waiting(now)) return first;
  Instance& instance = instances_[number];
  --instance.taken;
  --taken_;
  if (account_ != nullptr && !instance.permanent) --account_->used;
  if (!instance.draining) {
    OpenInstances& open = open_of(instance);
    if (open.contains(number)) open.remove(number);
    open.add(number);
  }
  if (instance.taken == 0) idle(now, number);
  return std::nullopt;
}

void ElasticPool::idle(sim::Time now, std::uint32_t number) {
  Instance& instance = instances_[number];
  account_busy(instance, now);
  if (instance.permanent) return;
  if (instance.draining) {
    --draining_;
    return retire(number, now);
  }
  if (scaler_) return;
  if (hybrid_) return fall_idle(now, number);
  const bool constant = spec_->keep_alive.is_deterministic();
  const sim::Draw draw = constant ? sim::Draw{} : stream_.draw(idles_++, keep_alive_lane);
  instance.expiry = now + sample(spec_->keep_alive, draw);
  if (instance.appointment > instance.expiry) appoint(number);
}

// An instance that is used again and again keeps one entry, which moves on each time it comes up.
void ElasticPool::appoint(std::uint32_t number) {
  Instance& instance = instances_[number];
  instance.appointment = instance.expiry;
  enter(expiring_, Appointment{instance.expiry, number});
}

void ElasticPool::catch_up(sim::Time now) {
  integrate(now);
  if (next_change_ <= now) happen_until(now);
  settle(now);
}

// An instance is ready before it expires; what happens to different ones may come in any order.
void ElasticPool::settle(sim::Time now) {
  while (!starting_.empty() && starting_.front().time <= now) {
    const std::uint32_t number = starting_.front().instance;
    open_of(instances_[number]).add(number);
    drop_first(starting_);
  }
  if (!entered_ && now >= span_.begin) {
    entered_ = true;
    expire(span_.begin);
    result_.peak_instances = alive_;
    result_.peak_queue = queue_.size();
  }
  expire(now);
}

void ElasticPool::expire(sim::Time now) {
  while (!expiring_.empty() && expiring_.front().time < now) {
    const Appointment due = expiring_.front();
    drop_first(expiring_);
    Instance& instance = instances_[due.instance];
    const bool superseded = instance.appointment != due.time;
    if (superseded) continue;
    instance.appointment = sim::time_never;
    if (instance.taken > 0) continue;
    if (instance.expiry == due.time) {
      retire(due.instance, due.time);
    } else {
      appoint(due.instance);
    }
  }
}

void ElasticPool::retire(std::uint32_t number, sim::Time at) {
  Instance& instance = instances_[number];
  result_.instance_alive += span_.overlap(instance.born, at);
  series_.spread(&PoolResult::instance_alive, instance.born, at, span_);
  instance.alive = false;
  OpenInstances& open = open_of(instance);
  if (open.contains(number)) open.remove(number);
  unused_.push_back(number);
  --alive_;
}

void ElasticPool::spend(sim::TotalTime PoolResult::*sum, sim::Time from, sim::Time to) {
  result_.*sum += span_.overlap(from, to);
  series_.spread(sum, from, to, span_);
}

void ElasticPool::account_busy(const Instance& instance, sim::Time end) {
  spend(&PoolResult::instance_busy, instance.busy_since, end);
  if (instance.permanent) spend(&PoolResult::provisioned_busy, instance.busy_since, end);
}

void ElasticPool::charge_slot(sim::Time begin, sim::Time end, bool permanent) {
  spend(&PoolResult::slot_busy, begin, end);
  const sim::Duration time = round_up(end - begin, spec_->billing_step);
  for (const auto sum : {&PoolResult::billed, &PoolResult::provisioned_billed}) {
    if (sum == &PoolResult::provisioned_billed && !permanent) continue;
    if (span_.contains(begin)) result_.*sum += time;
    series_.add(sum, time, begin, span_);
  }
}

void ElasticPool::abandon(sim::Time end, sim::Time begin, std::uint32_t instance) {
  if (begin < end) charge_slot(begin, end, instances_[instance].permanent);
}

void ElasticPool::close(sim::Time end) {
  catch_up(end);
  account_provisioned(end);
  for (const Instance& instance : instances_) {
    if (!instance.alive) continue;
    result_.instance_alive += span_.overlap(instance.born, end);
    series_.spread(&PoolResult::instance_alive, instance.born, end, span_);
    if (instance.taken == 0) continue;
    account_busy(instance, end);
  }
}

}  // namespace models
