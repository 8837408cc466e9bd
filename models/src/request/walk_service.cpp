// The part of Walk at pools that give requests up, or whose instances have queues of their own, share
// processors, or serve in batches.
#include "request/walk.hpp"

namespace models {

void Walk::shed_waiting(Partition& home, sim::Context& context, std::uint32_t pool) {
  for (const Ticket& ticket : home.state_.elastic_pools[pool].take_shed(context.now())) {
    Walk walk = resume(home, context, ticket);
    charge(walk.request_, Part::pool_queue, ticket.since, context.now());
    const Op& op = home.program_.ops[walk.request_.step];
    if (walk.turn_away(op) == Next::go_on) walk.begin(context.now());
  }
}

Walk::Next Walk::choose(const Op& op) {
  BalancedPool& pool = home_.state_.balanced_pools[op.index];
  const Grant grant = pool.acquire(clock_, op.divert);
  if (grant.admission == Admission::queued) {
    waits_here_ = true;
    pool.enqueue(grant.instance, {home_.state_.requests.add(request_), strand_, clock_});
    return Next::stop;
  }
  if (grant.admission != Admission::granted) return turn_away(op);
  hold(Frame::Kind::replica, op.index, grant.instance, grant.begin);
  return go_on(op.next);
}

Walk::Next Walk::leave_replica(const Op& op, const Frame& frame) {
  BalancedPool& pool = home_.state_.balanced_pools[frame.pool];
  if (const auto next = pool.release(clock_, frame.instance, frame.begin)) {
    turn_ = Turn::open;
    wake(home_, context_, {*next, frame.instance}, {Frame::Kind::replica, frame.pool}, Part::pool_queue);
  }
  return go_on(op.next);
}

Walk::Next Walk::work(const Op& op) {
  SIM_EXPECT(request_.frame != Request::no_frame);
  const Frame& frame = home_.state_.frames[request_.frame];
  SIM_EXPECT(frame.kind == Frame::Kind::slot || frame.kind == Frame::Kind::replica);
  Processors& processors = home_.state_.processors[op.index];
  const std::uint32_t processor = processors.processor_of(frame.instance + op.offset());
  waits_here_ = true;
  processors.begin(clock_, processor, {home_.state_.requests.add(request_), strand_, clock_},
                   order_of(request_, strand_).key(), duration(op));
  home_.plan_work(op.index, processor, context_);
  return Next::stop;
}

void Walk::end_work(Partition& home, sim::Context& context, std::uint32_t group, std::uint32_t processor) {
  Processors& processors = home.state_.processors[group];
  processors.pending(processor).reset();
  const Ticket ticket = processors.end(context.now(), processor);
  home.plan_work(group, processor, context);
  Walk walk = resume(home, context, ticket);
  const Op& op = home.program_.ops[walk.request_.step];
  charge(walk.request_, op.part, ticket.since, context.now());
  walk.request_.step = op.next;
  walk.begin(context.now());
}

Walk::Next Walk::batch(const Op& op) {
  const BatchedPool& pool = home_.state_.batched_pools[op.index];
  Batcher& batcher = home_.state_.batchers[pool.batcher];
  if (batcher.admit(clock_, pool.model, op.divert) != Admission::queued) return turn_away(op);
  waits_here_ = true;
  batcher.enqueue(pool.model, {{home_.state_.requests.add(request_), strand_, clock_}, duration(op)});
  home_.plan_batches(pool.batcher, context_);
  return Next::stop;
}

void Walk::end_batch(Partition& home, sim::Context& context, std::uint32_t batcher,
                     std::uint32_t accelerator) {
  const Batcher::Batch& batch = home.state_.batchers[batcher].finish(accelerator);
  home.plan_batches(batcher, context);
  for (const Batcher::Waiter& member : batch.members) {
    Walk walk = resume(home, context, member.ticket);
    const Op& op = home.program_.ops[walk.request_.step];
    charge(walk.request_, Part::pool_queue, member.ticket.since, batch.begin);
    charge(walk.request_, op.part, batch.begin, context.now());
    walk.request_.step = op.next;
    walk.begin(context.now());
  }
}

}  // namespace models
