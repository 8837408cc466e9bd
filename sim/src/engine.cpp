#include "sim/engine.hpp"

#include <algorithm>
#include <utility>

namespace sim {
namespace {

/// Events that a partition handles before the stop flag is looked at again.
constexpr std::uint64_t slice = 1 << 12;
constexpr std::size_t most_ids = 1 << 24;  // what Order has room for

}  // namespace

Engine::Engine(Options options) : options_{options}, rounds_{options.lookahead} {
  SIM_EXPECT(options.lookahead > Duration::zero() && options.threads >= 1);
  SIM_EXPECT(options.fabric == nullptr || options.event_limit == UINT64_MAX);
  const unsigned lanes = options.event_limit == UINT64_MAX ? options.threads : 1;
  for (unsigned i = 0; i < lanes; ++i) lanes_.push_back(std::make_unique<Lane>(rounds_));
  if (lanes > 1) team_ = std::make_unique<Team>(lanes);
}

Engine::~Engine() = default;

PartitionId Engine::add_partition() {
  SIM_EXPECT(contexts_.size() < most_ids);
  const PartitionId partition{static_cast<PartitionId::value_type>(contexts_.size())};
  contexts_.push_back(std::unique_ptr<Context>{
      new Context{partition, options_.lookahead, residents_, lanes_.front()->outbox}});
  wake_time_.push_back(time_never);
  last_turn_.push_back(0);
  for (const auto& lane : lanes_) lane->outbox.add_partition();
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
  for (Time start; (start = begin_of_next_window()) < end;) {
    if (const auto early = early_end_between_windows()) return *early;
    run_window(start, end);
  }
  if (end != time_never)
    for (const auto& context : contexts_) context->now_ = std::max(context->now_, end);
  return Status::reached_end;
}

Time Engine::next_time() const {
  Time next = agenda_.empty() ? time_never : agenda_.top_time();
  for (const auto& lane : lanes_) next = std::min(next, lane->outbox.next_round());
  return next;
}

Time Engine::begin_of_next_window() {
  if (options_.fabric == nullptr) return next_time();
  meet_others();
  return ahead_.next;
}

unsigned Engine::member_of(PartitionId partition) const {
  return static_cast<unsigned>(std::size_t{partition.value()} * options_.fabric->members() /
                               contexts_.size());
}

// Mail leaves with the window in which it was sent, whenever it is due; the receiver's outbox keeps it.
void Engine::meet_others() {
  Fabric& fabric = *options_.fabric;
  outgoing_.resize(fabric.members());
  const Fabric::Outlook own{next_time(), stop_is_asked(), events_};
  for (const auto& lane : lanes_) {
    lane->outbox.extract([&](PartitionId to) { return !is_own(to); },
                         [&](const Mail& mail) {
                           const PartitionId home = residents_[mail.event.target.value()].home;
                           outgoing_[member_of(home)].push_back(mail);
                         });
  }
  ahead_ = fabric.meet(own, outgoing_, incoming_);
  for (const Mail& mail : incoming_)
    lanes_.front()->outbox.post(residents_[mail.event.target.value()].home, mail.event, mail.cargo);
  incoming_.clear();
}

// Members stop together, or some would wait for the others for ever.
std::optional<Engine::Status> Engine::early_end_between_windows() const {
  if (options_.fabric == nullptr) return early_end(events_);
  return ahead_.stop ? std::optional{Status::stopped} : std::nullopt;
}

bool Engine::stop_is_asked() const {
  return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed);
}

std::optional<Engine::Status> Engine::early_end(std::uint64_t events) const {
  if (events >= options_.event_limit) return Status::event_limit;
  if (stop_is_asked()) return Status::stopped;
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

// The partitions do not see each other within a window, so threads may share them. After an early stop each
// is somewhere within it: mail sent so far still arrives after all of it.
void Engine::run_window(Time start, Time end) {
  for (const auto& lane : lanes_) lane->outbox.enter_round(start);
  next_round_ = rounds_.begin(rounds_.at(start) + 1);
  window_end_ = std::min(end, next_round_);
  collect_active(window_end_);
  if (active_ > 1 && team_ != nullptr && events_of_window_ >= options_.share_from) {
    team_->run([this](unsigned lane) { work(lane); });
  } else {
    work(0);
  }
  events_of_window_ = 0;
  for (const auto& lane : lanes_) {
    events_of_window_ += std::exchange(lane->events, 0);
    lane->outbox.clear();
    for (const PartitionId partition : lane->done) wake(partition, contexts_[partition.value()]->next_time());
  }
  events_ += events_of_window_;
}

void Engine::collect_active(Time until) {
  ++window_;
  active_ = 0;
  for (const auto& lane : lanes_) {
    lane->active.clear();
    lane->done.clear();
    lane->next.store(0, std::memory_order_relaxed);
  }
  while (!agenda_.empty() && agenda_.top_time() < until) {
    const PartitionId partition{static_cast<PartitionId::value_type>(agenda_.top().data)};
    const bool stale = agenda_.top_time() != wake_time_[partition.value()];
    agenda_.pop();
    if (stale) continue;
    wake_time_[partition.value()] = time_never;
    activate(partition);
  }
  for (const auto& lane : lanes_)
    for (const PartitionId partition : lane->outbox.addressed()) activate(partition);
}

// A partition has the same lane in every window, unless another one is out of work, so that its state may
// still be in that processor's cache.
void Engine::activate(PartitionId partition) {
  if (std::exchange(last_turn_[partition.value()], window_) == window_) return;
  lanes_[std::size_t{partition.value()} * lanes_.size() / contexts_.size()]->active.push_back(partition);
  ++active_;
}

void Engine::work(unsigned lane) {
  for (std::size_t i = 0; i < lanes_.size(); ++i) take_turns(lane, *lanes_[(lane + i) % lanes_.size()]);
}

void Engine::take_turns(unsigned number, Lane& owner) {
  Lane& lane = *lanes_[number];
  for (std::size_t i; (i = owner.next.fetch_add(1, std::memory_order_relaxed)) < owner.active.size();) {
    Context& context = *contexts_[owner.active[i].value()];
    context.lane_ = number;
    context.outbox_ = &lane.outbox;
    context.window_end_ = window_end_;
    context.next_round_ = next_round_;
    take_turn(lane, context);
    lane.done.push_back(context.partition());
  }
}

void Engine::take_turn(Lane& lane, Context& context) {
  open_mail(lane, context);
  std::uint64_t handled = slice;
  while (handled == slice && !early_end(events_ + lane.events)) {
    handled = context.run(lane.due, std::min(slice, options_.event_limit - (events_ + lane.events)));
    lane.events += handled;
  }
  for (; lane.due.next() != nullptr; lane.due.pop()) context.keep(*lane.due.next());
}

void Engine::open_mail(Lane& lane, Context& context) {
  const auto open = [&](const Mail& mail) {
    if (mail.event.time >= context.window_end_) return context.keep(mail);
    lane.due.add(mail);
    context.resident(mail.event.target).expect(mail);
  };
  for (const auto& sender : lanes_) sender->outbox.for_each(context.partition(), open);
  lane.due.sort();
}

Time Engine::reached() const {
  if (options_.fabric != nullptr) return window_end_;
  Time latest = time_zero;
  for (const auto& context : contexts_) latest = std::max({latest, context->now_, context->ahead_});
  return latest;
}

Fingerprint Engine::fingerprint() const {
  Fingerprint all;
  for (const auto& context : contexts_) all.merge(context->fingerprint_);
  return all;
}

}  // namespace sim
