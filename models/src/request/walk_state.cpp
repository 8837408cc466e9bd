// The part of Walk that asks for state, and that lets users of a closed source ask again.
#include "request/walk.hpp"

namespace models {

Walk::Next Walk::choose_by_item(const Op& op) {
  const ItemKeys& keys = home_.program_.keys[op.index];
  const std::uint32_t item = item_of(keys);
  // One of many ways is chosen by several such operations in a row, and the item is dear to draw.
  for (const Op* choice = &op;;) {
    const Quantity& what = quantity(*choice);
    const double drawn = keys.own_draw(what.key, item, clock_).uniform();
    request_.step = drawn < what.factor ? choice->next : choice->target;
    choice = &home_.program_.ops[request_.step];
    if (home_.path_ == Path::general || choice->kind != OpKind::by_item || choice->index != op.index)
      return Next::go_on;
  }
}

Walk::Next Walk::lookup(const Op& op) {
  CacheStore& cache = home_.state_.caches[op.index];
  return go_on(cache.lookup(item_of(cache.keys()), clock_) ? op.next : op.target);
}

void Walk::hold_object(std::uint32_t store, std::uint32_t item) {
  request_.frame = home_.state_.frames.add(
      {.kind = Frame::Kind::object, .outer = request_.frame, .pool = store, .instance = item});
}

Walk::Next Walk::lock(const Op& op) {
  ObjectStore& objects = home_.state_.objects[op.index];
  const std::uint32_t item = item_of(objects.keys());
  const auto awake = objects.take(item, clock_);
  if (!awake) {
    waits_here_ = true;
    objects.wait(item, {home_.state_.requests.add(request_), strand_, clock_});
    return Next::stop;
  }
  hold_object(op.index, item);
  charge(request_, Part::cold_start, clock_, *awake);
  return advance(op, *awake);
}

Walk::Next Walk::unlock(const Op& op) {
  SIM_EXPECT(request_.frame != Request::no_frame);
  Slab<Frame>& frames = home_.state_.frames;
  const Frame frame = frames[request_.frame];
  SIM_EXPECT(frame.kind == Frame::Kind::object);
  frames[request_.frame].kind = Frame::Kind::unused;
  frames.release(request_.frame);
  request_.frame = frame.outer;
  const auto next = home_.state_.objects[frame.pool].give_back(frame.instance, clock_);
  if (!next) return go_on(op.next);
  turn_ = Turn::open;
  Walk other{home_, context_, home_.state_.requests[next->request], next->strand, Turn::open};
  home_.state_.requests.release(next->request);
  charge(other.request_, Part::state, next->since, clock_);
  other.hold_object(frame.pool, frame.instance);
  other.request_.step = home_.program_.ops[other.request_.step].next;
  other.begin(clock_);
  return go_on(op.next);
}

Walk::Next Walk::note(const Op& op) {
  ReadReplica& replica = home_.state_.replicas[op.index];
  replica.read(item_of(replica.keys()), clock_);
  return go_on(op.next);
}

Walk::Next Walk::apply(const Op& op) {
  // The branch began when the write was made; its parts add up to the ticks since then.
  const auto ticks = static_cast<std::uint64_t>(clock_.time_since_epoch().count()) >> breakdown_tick_shift;
  std::uint64_t since = 0;
  for (const std::uint32_t part : request_.parts) since += part;
  const auto made = static_cast<std::int64_t>((ticks - std::min(ticks, since)) << breakdown_tick_shift);
  ReadReplica& replica = home_.state_.replicas[op.index];
  replica.apply(item_of(replica.keys()), sim::at(sim::Duration{made}), clock_);
  return go_on(op.next);
}

Walk::Next Walk::renew(const Op& op) {
  const std::uint32_t source = home_.program_.source_index[request_.source];
  const auto& closed = home_.state_.sources[source].closed;
  SIM_EXPECT(closed != nullptr);
  turn_ = Turn::open;
  home_.schedule_turn(source, request_.number + closed->spec->users, clock_, context_);
  return go_on(op.next);
}

}  // namespace models
