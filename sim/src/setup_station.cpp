#include "sim/setup_station.hpp"

#include <algorithm>

namespace sim {

SetupStation::SetupStation(Spec spec, JobSink& sink)
    : spec_{std::move(spec)}, sink_{sink}, servers_(spec_.servers) {
  SIM_EXPECT(spec_.servers > 0);
  count(State::off) = servers_.size();
}

std::size_t& SetupStation::count(State state) { return counts_[static_cast<std::size_t>(state)]; }

std::size_t SetupStation::present() const {
  return waiting_.size() + counts_[static_cast<std::size_t>(State::busy)];
}

void SetupStation::change(Server& server, State state) {
  --count(server.state);
  ++count(state);
  server.state = state;
}

SetupStation::Server* SetupStation::latest(State state) {
  if (count(state) == 0) return nullptr;
  Server* found = nullptr;
  for (Server& server : servers_)
    if (server.state == state && (found == nullptr || found->next.order < server.next.order)) found = &server;
  return found;
}

void SetupStation::enter(Server& server, State state, Duration lasting, Context& context) {
  change(server, state);
  const auto index = static_cast<std::uint64_t>(&server - servers_.data());
  server.next = {context.now() + lasting, Order{self_, events_++}, self_, 0, 0, index};
  context.schedule(server.next);
}

void SetupStation::arrive(Job job, Context& context) {
  job.arrived = context.now();
  waiting_.push_back(job);
  if (Server* idle = latest(State::idle)) {
    context.cancel(idle->next);
    serve_next(*idle, context);
  }
  adjust_set_ups(context);
  note(context);
}

void SetupStation::serve_next(Server& server, Context& context) {
  server.job = waiting_.front();
  server.job.started = context.now();
  waiting_.pop_front();
  enter(server, State::busy, server.job.service, context);
}

void SetupStation::become_free(Server& server, Context& context) {
  if (!waiting_.empty()) return serve_next(server, context);
  const Duration idle = spec_.keep_alive.sample_duration(spec_.draws.draw(idle_times_++, 1));
  if (idle.count() == 0) {
    change(server, State::off);
  } else {
    enter(server, State::idle, idle, context);
  }
}

void SetupStation::adjust_set_ups(Context& context) {
  const std::size_t wanted = std::min(waiting_.size(), servers_.size() - count(State::busy));
  std::size_t begun = count(State::setting_up);
  for (; begun > wanted; --begun) {
    Server& surplus = *latest(State::setting_up);
    context.cancel(surplus.next);
    change(surplus, State::off);
  }
  for (Server& server : servers_) {
    if (begun >= wanted) break;
    if (server.state != State::off) continue;
    const Draw draw = spec_.draws.draw(set_ups_++, 0);
    enter(server, State::setting_up, spec_.set_up.sample_duration(draw), context);
    ++begun;
  }
}

void SetupStation::handle(const Event& event, Context& context) {
  Server& server = servers_[event.data];
  const State ended = server.state;
  const Job job = server.job;
  change(server, State::off);
  if (ended != State::idle) become_free(server, context);
  adjust_set_ups(context);
  note(context);
  if (ended == State::busy) sink_.served(job, context);
}

void SetupStation::note(Context& context) {
  const std::size_t busy = count(State::busy);
  clock_.change(context.now(), waiting_.size() + busy, busy);
  server_clock_.change(context.now(), busy + count(State::idle), count(State::setting_up));
}

}  // namespace sim
