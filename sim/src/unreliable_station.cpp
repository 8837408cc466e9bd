#include "sim/unreliable_station.hpp"

#include <algorithm>

namespace sim {
namespace {

enum Kind : std::uint16_t { departure, change };

}  // namespace

UnreliableStation::UnreliableStation(Spec spec, JobSink& sink)
    : spec_{std::move(spec)}, sink_{sink}, servers_(spec_.servers) {
  SIM_EXPECT(spec_.servers > 0);
}

Event UnreliableStation::next_event(Duration in, std::uint16_t kind, std::uint64_t server, Context& context) {
  return {context.now() + in, Order{self_, events_++}, self_, kind, 0, server};
}

void UnreliableStation::schedule_change(std::uint64_t server, Context& context) {
  const bool is_down = servers_[server].state == State::down;
  const Duration lasting = is_down ? spec_.down.sample_duration(spec_.draws.draw(downs_++, 1))
                                   : spec_.up.sample_duration(spec_.draws.draw(ups_++, 0));
  context.schedule(next_event(lasting, change, server, context));
}

void UnreliableStation::begin(Context& context) {
  for (std::uint64_t i = 0; i < servers_.size(); ++i) schedule_change(i, context);
  note(context);
}

void UnreliableStation::arrive(Job job, Context& context) {
  job.arrived = context.now();
  wait({.job = job, .number = arrivals_++, .left = job.service});
  assign(context);
  note(context);
}

void UnreliableStation::wait(const Visitor& visitor) {
  waiting_.push_back(visitor);
  std::push_heap(waiting_.begin(), waiting_.end(), later);
}

void UnreliableStation::assign(Context& context) {
  for (Server& server : servers_) {
    if (waiting_.empty()) return;
    if (server.state == State::idle) start(server, context);
  }
}

void UnreliableStation::start(Server& server, Context& context) {
  std::pop_heap(waiting_.begin(), waiting_.end(), later);
  server.visitor = waiting_.back();
  waiting_.pop_back();
  if (!server.visitor.has_begun) server.visitor.job.started = context.now();
  server.visitor.has_begun = true;
  server.state = State::busy;
  ++busy_;
  const auto index = static_cast<std::uint64_t>(&server - servers_.data());
  server.departure = next_event(server.visitor.left, departure, index, context);
  context.schedule(server.departure);
}

void UnreliableStation::break_down(Server& server, Context& context) {
  if (server.state == State::busy) {
    context.cancel(server.departure);
    server.visitor.left = server.departure.time - context.now();
    wait(server.visitor);
    --busy_;
  }
  server.state = State::down;
  ++down_;
}

void UnreliableStation::handle(const Event& event, Context& context) {
  Server& server = servers_[event.data];
  const bool is_departure = event.kind == departure;
  const Job done = server.visitor.job;
  if (is_departure) {
    server.state = State::idle;
    --busy_;
  } else {
    if (server.state == State::down) {
      server.state = State::idle;
      --down_;
    } else {
      break_down(server, context);
    }
    schedule_change(event.data, context);
  }
  assign(context);
  note(context);
  if (is_departure) sink_.served(done, context);
}

void UnreliableStation::note(Context& context) {
  clock_.change(context.now(), present(), busy_);
  server_clock_.change(context.now(), servers_.size() - down_, busy_);
}

}  // namespace sim
