// The part of Walk that makes calls which may fail: races of branches, guards, branches nobody waits for.
#include "request/walk.hpp"

namespace models {

Walk::Next Walk::race(const Op& op) {
  const RaceShape& shape = home_.program_.races[op.index];
  const std::uint32_t number = home_.state_.races.add({.parts = request_.parts,
                                                       .begin = clock_,
                                                       .outer = request_.frame,
                                                       .strand = strand_,
                                                       .running = shape.further + 1,
                                                       .needed = shape.needed,
                                                       .spare = shape.spare});
  request_.frame = home_.state_.frames.add({.kind = Frame::Kind::race, .instance = number});
  turn_ = Turn::open;
  for (std::uint32_t i = 0; i < shape.further; ++i) {
    Walk branch{home_, context_, request_, shape.first_strand + 1 + i, Turn::open};
    branch.request_.step = home_.program_.targets[shape.first_target + i];
    branch.begin_in_race(number);
    waits_here_ |= branch.waits_here_;
  }
  // The first branch may outlive the race, so it cannot have the strand of the request that goes on.
  strand_ = shape.first_strand;
  return go_on(op.next);
}

// A branch that only waits for its time leaves no more than an event behind when the race is decided before:
// most time-outs are much longer than the answers take.
void Walk::begin_in_race(std::uint32_t race) {
  const Op& wait = home_.program_.ops[request_.step];
  if (home_.path_ == Path::general || wait.kind != OpKind::delay) return begin(clock_);
  const OpKind end = home_.program_.ops[wait.next].kind;
  if (end != OpKind::expire && end != OpKind::enter) return begin(clock_);
  const Race::Timer timer = end == OpKind::expire ? Race::expiry_timer : Race::copy_timer;
  if (home_.state_.races[race].timers[timer] != Race::no_timer) return begin(clock_);
  if (delay(wait) == Next::go_on) set_timer(race, timer);
}

void Walk::set_timer(std::uint32_t race, Race::Timer timer) {
  SiteState& state = home_.state_;
  const std::uint32_t pending = state.timers.add(state.requests.add(request_));
  state.races[race].timers[timer] = pending;
  waits_here_ = clock_ < context_.window_end();
  context_.schedule(
      {clock_, order_of(request_, strand_), sim::EntityId{home_.number_}, step_event, timer_mark, pending});
}

void Walk::withdraw_timers(Race& race) {
  for (std::uint32_t& timer : race.timers) {
    if (timer == Race::no_timer) continue;
    home_.state_.requests.release(home_.state_.timers[timer]);
    home_.state_.timers[timer] = none;
    timer = Race::no_timer;
    --race.running;
  }
}

Walk::Next Walk::arrive_in_race(const Op& op, Race::Arrival arrival) {
  Slab<Race>& races = home_.state_.races;
  const std::uint32_t frame = request_.frame, number = home_.state_.frames[frame].instance;
  const bool decides = races[number].count(arrival);
  if (decides) withdraw_timers(races[number]);
  const Race race = races[number];
  if (race.is_over()) {
    home_.state_.frames[frame].kind = Frame::Kind::unused;
    home_.state_.frames.release(frame);
    races.release(number);
  }
  if (!decides) return Next::stop;
  strand_ = race.strand;
  turn_ = Turn::open;
  request_.frame = race.outer;
  if (race.verdict == Race::Verdict::lost) {
    request_.failed = 1;
    request_.parts = race.parts;
    charge(request_, Part::retry, race.begin, clock_);
  }
  return go_on(op.next);
}

Walk::Next Walk::expire(const Op& op) {
  SIM_EXPECT(request_.frame != Request::no_frame);
  Race& race = home_.state_.races[home_.state_.frames[request_.frame].instance];
  race.timers[Race::expiry_timer] = Race::no_timer;
  if (op.guard() != none && race.verdict == Race::Verdict::open)
    home_.state_.guards[op.guard()].timed_out(clock_);
  return arrive_in_race(op, Race::Arrival::expiry);
}

Walk::Next Walk::enter(const Op& op) {
  SIM_EXPECT(request_.frame != Request::no_frame);
  Race& race = home_.state_.races[home_.state_.frames[request_.frame].instance];
  race.timers[Race::copy_timer] = Race::no_timer;
  if (race.verdict != Race::Verdict::open) return arrive_in_race(op, Race::Arrival::retreat);
  if (op.guard() != none) home_.state_.guards[op.guard()].hedged(clock_);
  return go_on(op.next);
}

Walk::Next Walk::admit(const Op& op) {
  if (home_.state_.guards[op.guard()].admits(clock_)) return go_on(op.next);
  request_.failed = 1;
  return go_on(op.target);
}

Walk::Next Walk::settle(const Op& op) {
  CallGuard& guard = home_.state_.guards[op.guard()];
  if (!request_.failed) {
    guard.succeeded(clock_);
    return go_on(op.next);
  }
  guard.failed(clock_);
  if (op.target == none || !guard.allows_retry(clock_)) return go_on(op.next);
  request_.failed = 0;
  return go_on(op.target);
}

Walk::Next Walk::spawn(const Op& op) {
  turn_ = Turn::open;
  Walk branch{home_, context_, request_, op.strand(), Turn::open};
  branch.request_.frame = Request::no_frame;
  branch.request_.parts = {};  // nobody reads them at its end, and so they tell how long ago it began
  branch.request_.step = op.target;
  branch.begin(clock_);
  waits_here_ |= branch.waits_here_;
  return go_on(op.next);
}

// A message is a strand of its own, which begins when its queue accepts it.
void Walk::start_message(const Op& op) {
  turn_ = Turn::open;
  Walk message{home_, context_, request_, op.strand(), Turn::open};
  message.request_.start = clock_;
  message.request_.parts = {};
  message.request_.failed = 0;
  message.request_.frame = Request::no_frame;
  message.request_.step = op.target;
  message.begin(clock_);
  waits_here_ |= message.waits_here_;
}

Walk::Next Walk::offer(const Op& op) {
  MessageQueue& queue = home_.state_.queues[op.index];
  switch (queue.offer(clock_)) {
    case MessageQueue::Offer::accepted:
      start_message(op);
      break;
    case MessageQueue::Offer::dropped:
      break;
    case MessageQueue::Offer::refused:
      request_.failed = 1;
      break;
    case MessageQueue::Offer::waits:
      waits_here_ = true;
      queue.wait({home_.state_.requests.add(request_), strand_, clock_});
      return Next::stop;
  }
  return go_on(op.next);
}

Walk::Next Walk::consumed(const Op& op) {
  SIM_EXPECT(request_.frame == Request::no_frame);
  const DeadLetter dead = request_.failed ? DeadLetter::yes : DeadLetter::no;
  const auto blocked = home_.state_.queues[op.index].finish(clock_, request_.start, dead);
  if (!blocked) return Next::stop;
  Walk caller = resume(home_, context_, *blocked);
  charge(caller.request_, Part::pool_queue, blocked->since, clock_);
  const Op& offered = home_.program_.ops[caller.request_.step];
  caller.start_message(offered);
  caller.request_.step = offered.next;
  caller.begin(clock_);
  return Next::stop;
}

}  // namespace models
