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
  inboxes_.emplace_back();
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
  for (const auto& context : contexts_) {
    post(context->outbox_);
    wake(context->partition(), context->queue_.next_time());
  }
}

// Registers the partition in the agenda for `time`, unless it is there for an earlier one.
void Engine::wake(PartitionId partition, Time time) {
  Time& registered = wake_time_[partition.value()];
  if (time >= registered) return;
  registered = time;
  agenda_.push({.time = time, .order = Order{EntityId{partition.value()}, 0}, .data = partition.value()});
}

void Engine::run_window(Time until) {
  collect_active(until);
  run_active(until);
  for (const PartitionId partition : active_) post(contexts_[partition.value()]->outbox_);
}

void Engine::collect_active(Time until) {
  active_.clear();
  while (!agenda_.empty() && agenda_.top_time() < until) {
    const PartitionId partition{static_cast<PartitionId::value_type>(agenda_.top().data)};
    const bool stale = agenda_.top_time() != wake_time_[partition.value()];
    agenda_.pop();
    if (stale) continue;
    wake_time_[partition.value()] = time_never;
    active_.push_back(partition);
  }
}

// The partitions do not see each other here, so this loop may be shared among threads. After an early
// stop each is somewhere within the window: mail sent so far still arrives after all of it.
void Engine::run_active(Time until) {
  for (const PartitionId partition : active_) {
    Context& context = *contexts_[partition.value()];
    std::vector<Mail>& inbox = inboxes_[partition.value()];
    for (const Mail& mail : inbox) context.accept(mail);
    inbox.clear();
    std::uint64_t handled = slice;
    while (handled == slice && !early_end()) {
      handled = context.run(until, std::min(slice, options_.event_limit - events_));
      events_ += handled;
    }
    wake(partition, context.queue_.next_time());
  }
}

// Mail stays in the inbox, unread, until its partition runs again and has its state at hand. Its order
// follows active_, which does not depend on who ran first.
void Engine::post(std::vector<Context::Outgoing>& outbox) {
  for (const Context::Outgoing& outgoing : outbox) {
    SIM_EXPECT(outgoing.to.value() < inboxes_.size());
    inboxes_[outgoing.to.value()].push_back(outgoing.mail);
    wake(outgoing.to, outgoing.mail.event.time);
  }
  outbox.clear();
}

Fingerprint Engine::fingerprint() const {
  Fingerprint all;
  for (const auto& context : contexts_) all.merge(context->fingerprint_);
  return all;
}

}  // namespace sim
