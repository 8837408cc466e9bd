#include "request/walk.hpp"

namespace models {

sim::Duration Walk::drawn_duration(const Op& op, const Quantity& what) const {
  return op.fixed + bounded(what.law->sample(draw(op)) * what.factor);
}

Walk::Next Walk::epoch(const Op& op) {
  const Quantity& what = quantity(op);
  const auto number = static_cast<std::uint32_t>(clock_.time_since_epoch() / op.fixed);
  const double seconds = what.law->sample(sim::Stream{what.key, 0}.draw(number)) * what.factor;
  const sim::Time end = clock_ + bounded(seconds);
  charge(request_, op.part, clock_, end);
  return advance(op, end);
}

// Numbers of requests are those of all draws, so whoever dozes does so for as long under every strategy.
Walk::Next Walk::doze(const Op& op) {
  if (clock_ - request_.start <= op.fixed) return go_on(op.next);
  const Quantity& what = quantity(op);
  const sim::Time end = clock_ + bounded(what.law->sample(draw(op)) * what.factor);
  charge(request_, op.part, clock_, end);
  return advance(op, end);
}

Walk::Next Walk::handover(const Op& op) {
  const ItemKeys& users = home_.program_.keys[op.index];
  const sim::Time end =
      clock_ + std::max(op.fixed - users.since_move(item_of(users), clock_), sim::Duration{0});
  charge(request_, op.part, clock_, end);
  return advance(op, end);
}

// Cells lie on a ring, where nobody's way ends. One draw gives a user's first cell and his direction.
std::uint32_t Walk::cell_of_user(const Op& op, std::uint32_t count) const {
  const ItemKeys& users = home_.program_.keys[quantity(op).keys];
  const std::uint32_t user = item_of(users);
  const auto drawn =
      static_cast<std::uint32_t>(users.first_draw(quantity(op).key, user).uniform() * 2 * count);
  const std::uint32_t moves = users.moves(user, clock_) % count;
  return (drawn + (drawn < count ? moves : count - moves)) % count;
}

Walk::Next Walk::share(const Op& op) {
  const ShareShape& shape = home_.program_.shares[op.index];
  std::uint32_t link = shape.first_station;
  if (shape.count > 1) link += cell(op, shape.count);
  waits_here_ = true;
  home_.state_.shared_links[link].links.join(clock_, shape.tenant, transfer(op).bytes,
                                             {home_.state_.requests.add(request_), strand_, clock_});
  home_.expect_end(link, context_);
  return Next::stop;
}

void Walk::end_transfer(Partition& home, sim::Context& context, const FairNetwork::Ticket& ticket) {
  Walk other{home, context, home.state_.requests[ticket.request], ticket.strand, Turn::open};
  home.state_.requests.release(ticket.request);
  const Op& op = home.program_.ops[other.request_.step];
  // What it would have taken alone; the rest is for the others.
  const sim::Time others = std::max(ticket.since, context.now() - other.transfer(op).alone);
  charge(other.request_, Part::network_queue, ticket.since, others);
  charge(other.request_, Part::transmission, others, context.now());
  other.request_.step = op.next;
  other.begin(context.now());
}

Walk::Next Walk::acquire(const Op& op) {
  ElasticPool& pool = home_.state_.elastic_pools[op.index];
  const Grant grant = pool.acquire(clock_, op.divert);
  if (grant.admission != Admission::granted) home_.announce(op.index, context_);
  if (grant.admission == Admission::queued) {
    waits_here_ = true;
    pool.enqueue({home_.state_.requests.add(request_), strand_, clock_}, op.priority);
    home_.await_shedding(op.index, context_);
    return Next::stop;
  }
  if (grant.admission != Admission::granted) return turn_away(op);
  hold(Frame::Kind::slot, op.index, grant.instance, grant.begin);
  charge(request_, Part::cold_start, clock_, grant.begin);
  return advance(op, grant.begin);
}

void Walk::hold(Frame::Kind kind, std::uint32_t pool, std::uint32_t instance, sim::Time begin) {
  request_.frame = home_.state_.frames.add(
      {.kind = kind, .outer = request_.frame, .pool = pool, .instance = instance, .begin = begin});
}

Walk::Next Walk::release(const Op& op) {
  SIM_EXPECT(request_.frame != Request::no_frame);
  Slab<Frame>& frames = home_.state_.frames;
  const Frame frame = frames[request_.frame];
  SIM_EXPECT(frame.kind == Frame::Kind::slot || frame.kind == Frame::Kind::replica);
  frames[request_.frame].kind = Frame::Kind::unused;
  frames.release(request_.frame);
  request_.frame = frame.outer;
  if (frame.kind == Frame::Kind::replica) return leave_replica(op, frame);
  ElasticPool& pool = home_.state_.elastic_pools[frame.pool];
  if (const auto next = pool.release(clock_, frame.instance, frame.begin)) {
    turn_ = Turn::open;
    wake(home_, context_, {*next, frame.instance}, {Frame::Kind::slot, frame.pool}, Part::pool_queue);
  }
  if (pool.has_shed()) {
    turn_ = Turn::open;
    shed_waiting(home_, context_, frame.pool);
  }
  return go_on(op.next);
}

void Walk::wake(Partition& home, sim::Context& context, const ElasticPool::Served& served, Waited pool,
                Part waited_for) {
  const Ticket& ticket = served.ticket;
  Walk other = resume(home, context, ticket);
  charge(other.request_, waited_for, ticket.since, context.now());
  other.hold(pool.kind, pool.index, served.instance, context.now());
  other.request_.step = home.program_.ops[other.request_.step].next;
  other.begin(context.now());
}

Walk Walk::resume(Partition& home, sim::Context& context, const Ticket& ticket) {
  Walk walk{home, context, home.state_.requests[ticket.request], ticket.strand, Turn::open};
  home.state_.requests.release(ticket.request);
  return walk;
}

void Walk::serve_waiting(Partition& home, sim::Context& context, std::uint32_t pool) {
  ElasticPool& from = home.state_.elastic_pools[pool];
  while (const auto served = from.serve_waiting(context.now()))
    wake(home, context, *served, {Frame::Kind::slot, pool}, Part::cold_start);
  if (from.has_shed()) shed_waiting(home, context, pool);
}

Walk::Next Walk::split(const Op& op) {
  request_.frame = home_.state_.frames.add({.kind = Frame::Kind::branches,
                                            .strand = static_cast<std::uint16_t>(strand_),
                                            .outer = request_.frame,
                                            .remaining = op.count() + 1});
  turn_ = Turn::open;
  for (std::uint32_t i = 0; i < op.count(); ++i) {
    Walk branch{home_, context_, request_, op.strand() + i, Turn::open};
    branch.request_.step = home_.program_.targets[op.index + i];
    branch.begin(clock_);
    waits_here_ = waits_here_ || branch.waits_here_;
  }
  return go_on(op.next);
}

Walk::Next Walk::join(const Op& op) {
  SIM_EXPECT(request_.frame != Request::no_frame);
  Frame& frame = home_.state_.frames[request_.frame];
  if (frame.kind == Frame::Kind::race)
    return arrive_in_race(op, request_.failed ? Race::Arrival::failure : Race::Arrival::answer);
  SIM_EXPECT(frame.kind == Frame::Kind::branches);
  frame.failed = frame.failed || request_.failed;
  if (--frame.remaining > 0) return Next::stop;
  strand_ = frame.strand;
  turn_ = Turn::open;
  frame.kind = Frame::Kind::unused;
  home_.state_.frames.release(request_.frame);
  request_.failed = frame.failed;
  request_.frame = frame.outer;
  return go_on(op.next);
}

}  // namespace models
