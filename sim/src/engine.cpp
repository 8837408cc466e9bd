#include "sim/engine.hpp"

#include <algorithm>

namespace sim {
namespace {

/// Events that a partition handles before the stop flag is looked at again.
constexpr std::uint64_t slice = 1 << 12;
constexpr std::size_t most_ids = 1 << 24;  // what Order has room for

[[nodiscard]] Time window_end(Time start, Duration lookahead, Time end) {
  return end - start <= lookahead ? end : start + lookahead;
}

}  // namespace

Engine::Engine(Options options) : options_{options} { SIM_EXPECT(options.lookahead > Duration::zero()); }

Engine::~Engine() = default;

PartitionId Engine::add_partition() {
  SIM_EXPECT(contexts_.size() < most_ids);
  const PartitionId partition{static_cast<PartitionId::value_type>(contexts_.size())};
  contexts_.push_back(std::unique_ptr<Context>{new Context{partition, options_.lookahead, residents_}});
  wake_time_.push_back(time_never);
  is_active_.push_back(0);
  return partition;
}

EntityId Engine::add(PartitionId partition, Entity& entity) {
  SIM_EXPECT(partition.value() < contexts_.size() && residents_.size() < most_ids);
  residents_.push_back({&entity, partition});
  return EntityId{static_cast<EntityId::value_type>(residents_.size() - 1)};
}

Context& Engine::context(PartitionId partition) {
  SIM_EXPECT(partition.value() < contexts_.size());
  return *contexts_[partition.value()];
}

Engine::Status Engine::run_until(Time end) {
  wake_all();
  while (!agenda_.empty() && agenda_.top_time() < end) {
    if (const auto early = early_end()) return *early;
    run_window(window_end(agenda_.top_time(), options_.lookahead, end));
  }
  if (end != time_never)
    for (const auto& context : contexts_) context->now_ = std::max(context->now_, end);
  return Status::reached_end;
}

std::optional<Engine::Status> Engine::early_end() const {
  if (events_ >= options_.event_limit) return Status::event_limit;
  if (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed)) return Status::stopped;
  return std::nullopt;
}

// The model may have scheduled events and sent mail since the last run.
void Engine::wake_all() {
  for (const auto& context : contexts_) deliver(context->outbox_);
  finish_window();
  for (const auto& context : contexts_) wake(context->partition());
}

void Engine::wake(PartitionId partition) {
  const Time next = contexts_[partition.value()]->queue_.next_time();
  Time& registered = wake_time_[partition.value()];
  if (next >= registered) return;
  registered = next;
  agenda_.push({.time = next, .order = Order{EntityId{partition.value()}, 0}, .data = partition.value()});
}

void Engine::run_window(Time until) {
  collect_active(until);
  run_active(until);
  exchange_mail();
  finish_window();
}

void Engine::collect_active(Time until) {
  while (!agenda_.empty() && agenda_.top_time() < until) {
    const auto index = static_cast<PartitionId::value_type>(agenda_.top().data);
    const bool stale = agenda_.top_time() != wake_time_[index];
    agenda_.pop();
    if (stale) continue;
    wake_time_[index] = time_never;
    activate(PartitionId{index});
  }
  ran_ = active_.size();
}

// The partitions do not see each other here, so this loop may be shared among threads. After an early
// stop each is somewhere within the window: mail sent so far still arrives after all of it.
void Engine::run_active(Time until) {
  for (std::size_t i = 0; i < ran_; ++i) {
    Context& context = *contexts_[active_[i].value()];
    std::uint64_t handled = 0;
    do {
      handled = context.run(until, std::min(slice, options_.event_limit - events_));
      events_ += handled;
      if (early_end()) return;
    } while (handled == slice);
  }
}

// In the order of active_, which does not depend on who ran first.
void Engine::exchange_mail() {
  for (std::size_t i = 0; i < ran_; ++i) deliver(contexts_[active_[i].value()]->outbox_);
}

void Engine::deliver(std::vector<Context::Outgoing>& outbox) {
  for (const Context::Outgoing& outgoing : outbox) {
    context(outgoing.to).accept(outgoing.mail);
    activate(outgoing.to);
  }
  outbox.clear();
}

void Engine::activate(PartitionId partition) {
  if (is_active_[partition.value()]) return;
  is_active_[partition.value()] = 1;
  active_.push_back(partition);
}

void Engine::finish_window() {
  for (const PartitionId partition : active_) {
    is_active_[partition.value()] = 0;
    wake(partition);
  }
  active_.clear();
}

Fingerprint Engine::fingerprint() const {
  Fingerprint all;
  for (const auto& context : contexts_) all.merge(context->fingerprint_);
  return all;
}

}  // namespace sim
