// The part of ElasticPool that keeps instances ahead of requests, and gives up requests that wait too long.
#include <algorithm>
#include <utility>

#include "pool/elastic_pool.hpp"

namespace models {

void ElasticPool::plan_change() {
  const bool more = next_provision_ < spec_->provisions.size();
  next_change_ =
      std::min(more ? sim::at(spec_->provisions[next_provision_].from) : sim::time_never, load_at_);
}

// Changes that nobody's call caused, in the order of their instants.
void ElasticPool::happen_until(sim::Time now) {
  while (next_change_ <= now) {
    const sim::Time at = next_change_;
    settle(at);
    if (load_at_ == at) {
      load_again();
    } else {
      provide(at, spec_->provisions[next_provision_++].instances);
    }
    plan_change();
  }
}

void ElasticPool::account_provisioned(sim::Time now) {
  if (spec_->kind == PoolSpec::Kind::elastic) {
    result_.provisioned += sim::TotalTime{span_.overlap(provided_since_, now)} * permanent_;
    for (std::uint64_t i = 0; i < permanent_; ++i)
      series_.spread(&PoolResult::provisioned, provided_since_, now, span_);
  }
  provided_since_ = now;
}

void ElasticPool::provide(sim::Time now, std::uint32_t instances) {
  account_provisioned(now);
  if (instances < permanent_) return provide_less(now, permanent_ - instances);
  for (; permanent_ < instances; ++permanent_) {
    Instance& instance = instances_[start(now)];
    instance.permanent = true;
    spend(&PoolResult::provisioned_starting, instance.born, instance.ready);
  }
}

// Idle ones first, then those that start for nobody, then those that requests hold or wait for.
void ElasticPool::provide_less(sim::Time now, std::uint64_t surplus) {
  const auto rank = [now](const Instance& instance) {
    return instance.taken > 0 ? 2 : instance.ready > now ? 1 : 0;
  };
  for (const int next : {0, 1, 2}) {
    for (std::uint32_t i = 0; i < instances_.size() && surplus > 0; ++i) {
      const Instance& instance = instances_[i];
      if (!instance.alive || !instance.permanent || rank(instance) != next) continue;
      give_up(now, i);
      --surplus;
    }
  }
}

// An idle one ends at once, one that starts for nobody when it is ready, as starts are not broken off; others
// go on as if started on demand.
void ElasticPool::give_up(sim::Time now, std::uint32_t number) {
  Instance& instance = instances_[number];
  --permanent_;
  const bool starts = instance.ready > now;
  if (instance.taken == 0 && !starts) {
    retire(number, now);
    instance.permanent = false;
    return;
  }
  const bool open = open_permanent_.contains(number);
  if (open) open_permanent_.remove(number);
  if (instance.taken > 0 && !starts) {
    account_busy(instance, now);
    instance.busy_since = now;
  }
  instance.permanent = false;
  if (open) open_.add(number);
  if (account_ != nullptr) account_->used += instance.taken;
  if (instance.taken > 0) return;
  instance.expiry = instance.ready;
  appoint(number);
}

void ElasticPool::end_idleness(sim::Time now) {
  hybrid_->observe(now - idle_since_);
  idle_since_ = load_at_ = sim::time_never;
  plan_change();
}

void ElasticPool::fall_idle(sim::Time now, std::uint32_t number) {
  const HybridKeepAlive::Windows windows = hybrid_->windows();
  Instance& instance = instances_[number];
  instance.expiry = now + windows.unloaded + windows.kept;
  if (instance.appointment > instance.expiry) appoint(number);
  if (taken_ > 0) return;
  idle_since_ = now;
  if (windows.unloaded <= sim::Duration{0}) return;
  unload(now);
  load_at_ = now + windows.unloaded;
  kept_then_ = windows.kept;
  plan_change();
}

void ElasticPool::unload(sim::Time now) {
  for (std::uint32_t i = 0; i < instances_.size(); ++i) {
    Instance& instance = instances_[i];
    if (!instance.alive || instance.permanent || instance.taken > 0 || instance.ready > now) continue;
    retire(i, now);
    instance.appointment = sim::time_never;
  }
}

void ElasticPool::load_again() {
  const sim::Time at = std::exchange(load_at_, sim::time_never);
  if (alive_ >= quota_) return;
  const std::uint32_t number = start(at);
  instances_[number].expiry = std::max(at + kept_then_, instances_[number].ready);
  appoint(number);
}

bool ElasticPool::gives_up(const Ticket& ticket, sim::Time now) const {
  if (!spec_->shedding) return false;
  const bool busy = now - empty_at_ > spec_->shedding->busy_after;
  return now - ticket.since > (busy ? spec_->shedding->busy : spec_->shedding->longest);
}

std::optional<Ticket> ElasticPool::next_waiting(sim::Time now) {
  while (!queue_.empty()) {
    const Ticket first = queue_.pop();
    if (!gives_up(first, now)) return first;
    shed(first);
  }
  return std::nullopt;
}

void ElasticPool::shed(const Ticket& ticket) {
  result_.shed += span_.contains(ticket.since);
  series_.count(&PoolResult::shed, ticket.since, span_);
  shed_.push_back(ticket);
}

std::vector<Ticket> ElasticPool::take_shed(sim::Time now) {
  while (next_shedding() <= now) {
    shed(queue_.pop_oldest());
  }
  return std::exchange(shed_, {});
}

}  // namespace models
