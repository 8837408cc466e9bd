#include "sim/engine.hpp"

#include <algorithm>
#include <utility>

namespace sim {
namespace {

/// Events that a partition handles before the stop flag is looked at again.
constexpr std::uint64_t slice = 1 << 12;
constexpr std::size_t most_ids = 1 << 24;  // what Order has room for

}  // namespace

Engine::Engine(Options options) : options_{options}, rounds_{options.lookahead}, outbox_{rounds_} {
  SIM_EXPECT(options.lookahead > Duration::zero());
}

Engine::~Engine() = default;

PartitionId Engine::add_partition() {
  SIM_EXPECT(contexts_.size() < most_ids);
  const PartitionId partition{static_cast<PartitionId::value_type>(contexts_.size())};
  contexts_.push_back(
      std::unique_ptr<Context>{new Context{partition, options_.lookahead, residents_, outbox_}});
  wake_time_.push_back(time_never);
  last_turn_.push_back(0);
  outbox_.add_partition();
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
  for (Time start; (start = next_time()) < end;) {
    if (const auto early = early_end()) return *early;
    run_window(start, end);
  }
  if (end != time_never)
    for (const auto& context : contexts_) context->now_ = std::max(context->now_, end);
  return Status::reached_end;
}

Time Engine::next_time() const {
  const Time mail = outbox_.next_round();
  return agenda_.empty() ? mail : std::min(mail, agenda_.top_time());
}

std::optional<Engine::Status> Engine::early_end() const {
  if (events_ >= options_.event_limit) return Status::event_limit;
  if (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed)) return Status::stopped;
  return std::nullopt;
}

// The model may have scheduled events since the last run.
void Engine::wake_all() {
  for (const auto& context : contexts_) wake(context->partition(), context->next_time());
}

// Registers the partition in the agenda for `time`, unless it is there for an earlier one.
void Engine::wake(PartitionId partition, Time time) {
  Time& registered = wake_time_[partition.value()];
  if (time >= registered) return;
  registered = time;
  agenda_.push({.time = time, .order = Order{EntityId{partition.value()}, 0}, .data = partition.value()});
}

void Engine::run_window(Time start, Time end) {
  outbox_.enter_round(start);
  const Time next_round = rounds_.begin(rounds_.at(start) + 1);
  const Time until = std::min(end, next_round);
  collect_active(until);
  // The partitions do not see each other here, so this loop may be shared among threads. After an early
  // stop each is somewhere within the window: mail sent so far still arrives after all of it.
  for (const PartitionId partition : active_) {
    Context& context = *contexts_[partition.value()];
    context.window_end_ = until;
    context.next_round_ = next_round;
    take_turn(context);
  }
  outbox_.clear();
}

void Engine::collect_active(Time until) {
  active_.clear();
  ++window_;
  const auto activate = [this](PartitionId partition) {
    if (std::exchange(last_turn_[partition.value()], window_) != window_) active_.push_back(partition);
  };
  while (!agenda_.empty() && agenda_.top_time() < until) {
    const PartitionId partition{static_cast<PartitionId::value_type>(agenda_.top().data)};
    const bool stale = agenda_.top_time() != wake_time_[partition.value()];
    agenda_.pop();
    if (stale) continue;
    wake_time_[partition.value()] = time_never;
    activate(partition);
  }
  for (const PartitionId partition : outbox_.addressed()) activate(partition);
}

void Engine::take_turn(Context& context) {
  open_mail(context);
  std::uint64_t handled = slice;
  while (handled == slice && !early_end()) {
    handled = context.run(due_, std::min(slice, options_.event_limit - events_));
    events_ += handled;
  }
  for (; due_.next() != nullptr; due_.pop()) context.keep(*due_.next());
  wake(context.partition(), context.next_time());
}

void Engine::open_mail(Context& context) {
  outbox_.for_each(context.partition(), [&](const Mail& mail) {
    if (mail.event.time < context.window_end_) {
      due_.add(mail);
      context.resident(mail.event.target).expect(mail);
    } else {
      context.keep(mail);
    }
  });
  due_.sort();
}

Fingerprint Engine::fingerprint() const {
  Fingerprint all;
  for (const auto& context : contexts_) all.merge(context->fingerprint_);
  return all;
}

}  // namespace sim
