#include <algorithm>
#include <numeric>

#include "sim/station.hpp"

namespace sim {
namespace {

enum Kind : std::uint16_t { departure, patience_ends };

std::uint64_t as_rank(Duration duration) { return static_cast<std::uint64_t>(duration.count()); }

}  // namespace

QueueStation::QueueStation(Spec spec, JobSink& sink)
    : spec_{std::move(spec)}, sink_{sink}, servers_(spec_.servers), idle_(spec_.servers) {
  SIM_EXPECT(spec_.servers > 0);
  std::iota(idle_.rbegin(), idle_.rend(), 0U);
}

bool QueueStation::is_preemptive() const {
  return spec_.discipline == Discipline::last_come_preempt ||
         spec_.discipline == Discipline::shortest_remaining ||
         spec_.discipline == Discipline::priority_preempt;
}

std::uint64_t QueueStation::rank_on_arrival(const Job& job) const {
  switch (spec_.discipline) {
    case Discipline::first_come:
    case Discipline::random_order:
      break;
    case Discipline::last_come:
    case Discipline::last_come_preempt:
      return UINT64_MAX - arrivals_;
    case Discipline::shortest_job:
    case Discipline::shortest_remaining:
      return as_rank(job.service);
    case Discipline::priority:
    case Discipline::priority_preempt:
      return job.job_class;
  }
  return 0;
}

// Remaining work shrinks while it is served; the other ranks stay.
std::uint64_t QueueStation::rank_now(const Server& server, Time now) const {
  return spec_.discipline == Discipline::shortest_remaining ? as_rank(server.departure.time - now)
                                                            : server.visit.rank;
}

bool QueueStation::later(const Visit& a, const Visit& b) {
  return a.rank != b.rank ? a.rank > b.rank : a.number > b.number;
}

void QueueStation::arrive(Job job, Context& context) {
  job.arrived = job.started = context.now();
  if (present() >= spec_.capacity) return sink_.lost(job, context);
  const Visit visit{job, rank_on_arrival(job), arrivals_, job.service, false};
  ++arrivals_;
  if (!idle_.empty()) {
    Server& server = servers_[idle_.back()];
    idle_.pop_back();
    start(server, visit, context);
  } else if (Server* victim = victim_of(visit, context.now())) {
    interrupt(*victim, context);
    start(*victim, visit, context);
  } else {
    wait(visit, context);
  }
  note(context);
}

// The server whose job is to make way, of equals the one that arrived last; null if none ranks behind
// `visit`.
QueueStation::Server* QueueStation::victim_of(const Visit& visit, Time now) {
  if (!is_preemptive()) return nullptr;
  const auto victim =
      std::max_element(servers_.begin(), servers_.end(), [&](const Server& a, const Server& b) {
        const std::uint64_t rank_a = rank_now(a, now), rank_b = rank_now(b, now);
        return rank_a != rank_b ? rank_a < rank_b : a.visit.number < b.visit.number;
      });
  return visit.rank < rank_now(*victim, now) ? &*victim : nullptr;
}

void QueueStation::wait(const Visit& visit, Context& context) {
  push(visit);
  if (!spec_.patience) return;
  const std::uint64_t id = visit.job.id;
  const Draw draw = spec_.draws.draw(static_cast<std::uint32_t>(id), 1);
  const Time end = context.now() + spec_.patience->sample_duration(draw);
  context.schedule({end, Order{self_, events_++}, self_, patience_ends, 0, id});
}

void QueueStation::push(const Visit& visit) {
  waiting_.push_back(visit);
  if (spec_.discipline != Discipline::random_order) std::push_heap(waiting_.begin(), waiting_.end(), later);
}

QueueStation::Visit QueueStation::take_next() {
  if (spec_.discipline == Discipline::random_order) {
    const double u = spec_.draws.draw(choices_++, 0).uniform();
    std::swap(waiting_[static_cast<std::size_t>(u * static_cast<double>(waiting_.size()))], waiting_.back());
  } else {
    std::pop_heap(waiting_.begin(), waiting_.end(), later);
  }
  const Visit next = waiting_.back();
  waiting_.pop_back();
  return next;
}

void QueueStation::start(Server& server, Visit visit, Context& context) {
  if (!visit.has_begun) visit.job.started = context.now();
  visit.has_begun = true;
  const auto index = static_cast<std::uint64_t>(&server - servers_.data());
  const Event end{context.now() + visit.left, Order{self_, events_++}, self_, departure, 0, index};
  server = {visit, end};
  context.schedule(end);
}

void QueueStation::interrupt(Server& server, Context& context) {
  context.cancel(server.departure);
  Visit rest = server.visit;
  rest.left = server.departure.time - context.now();
  if (spec_.discipline == Discipline::shortest_remaining) rest.rank = as_rank(rest.left);
  push(rest);
}

void QueueStation::handle(const Event& event, Context& context) {
  if (event.kind == departure) {
    depart(static_cast<std::uint32_t>(event.data), context);
  } else {
    give_up(event.data, context);
  }
}

void QueueStation::depart(std::uint32_t index, Context& context) {
  const Job done = servers_[index].visit.job;
  if (waiting_.empty()) {
    idle_.push_back(index);
  } else {
    start(servers_[index], take_next(), context);
  }
  note(context);
  sink_.served(done, context);
}

void QueueStation::give_up(std::uint64_t job_id, Context& context) {
  const auto found = std::find_if(waiting_.begin(), waiting_.end(), [&](const Visit& visit) {
    return visit.job.id == job_id && !visit.has_begun;
  });
  if (found == waiting_.end()) return;  // served or gone
  const Job job = found->job;
  *found = waiting_.back();
  waiting_.pop_back();
  if (spec_.discipline != Discipline::random_order) std::make_heap(waiting_.begin(), waiting_.end(), later);
  note(context);
  sink_.lost(job, context);
}

}  // namespace sim
