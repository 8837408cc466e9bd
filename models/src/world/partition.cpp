#include "world/partition.hpp"

#include <algorithm>
#include <cstring>

#include "request/walk.hpp"
#include "sim/prefetch.hpp"

namespace models {

void Partition::add_shared_link(const StationSpec& spec, std::uint32_t index) {
  std::vector<FairNetwork::Way> ways;
  for (const TenantSpec& tenant : spec.tenants) ways.push_back({tenant, {0}});
  state_.shared_links.push_back({FairNetwork{{&spec.rate, 1}, std::move(ways), program_.span}, index});
}

void Partition::add_network(const NetworkShape& shape, const std::vector<StationSpec>& stations) {
  std::vector<sim::BitRate> rates;
  for (const std::uint32_t station : shape.stations) rates.push_back(stations[station].rate);
  std::vector<FairNetwork::Way> ways;
  for (const auto& route : shape.routes) ways.push_back({{}, route});
  state_.shared_links.push_back({FairNetwork{rates, std::move(ways), program_.span}, shape.stations.front()});
}

void Partition::reserve(std::size_t stations, std::size_t fixed_pools, std::size_t sources) {
  state_.stations.reserve(stations);
  state_.fixed_pools.reserve(fixed_pools);
  state_.sources.reserve(sources);
}

void Partition::add_source(const SourceSpec& spec, std::uint32_t index, sim::Stream stream,
                           sim::Context& context) {
  state_.sources.push_back({Arrivals{spec, stream, program_.span.end}, index, spec.program});
  const auto last = static_cast<std::uint32_t>(state_.sources.size() - 1);
  if (program_.span.pieces() > 1) state_.sources.back().piece_end = program_.span.piece_end(0);
  if (spec.process == SourceSpec::Process::closed) {
    state_.sources.back().closed = std::make_unique<ClosedUsers>(ClosedUsers{&spec, stream});
    for (std::uint32_t user = 0; user < spec.users; ++user)
      schedule_turn(last, user, sim::time_zero, context);
    return;
  }
  const sim::Time first = state_.sources.back().arrivals.next();
  if (first != sim::time_never) context.schedule(arrival(last, first));
}

void Partition::add_elastic_pool(const PoolSpec& spec, std::uint32_t index, PoolPlace place,
                                 sim::Stream stream, sim::Context& context) {
  ElasticPool::Surroundings around;
  if (place.account != none) around.account = &state_.accounts[place.account];
  if (place.processors != none) around.processors = &state_.processors[place.processors];
  state_.elastic_pools.emplace_back(spec, stream, program_.span, around);
  state_.elastic_pool_numbers.push_back(index);
  const auto pool = static_cast<std::uint32_t>(state_.elastic_pools.size() - 1);
  if (spec.scaler) context.schedule(pool_event(pool, state_.elastic_pools[pool].next_tick(), tick_event));
}

// Of events that are no request's: they come after everything that requests do at the same instant.
sim::EntityId Partition::creator(std::uint64_t place) const {
  return sim::EntityId{static_cast<std::uint32_t>(program_.source_names.size() + place)};
}

// In the order of pools.
sim::Event Partition::pool_event(std::uint32_t pool, sim::Time time, std::uint16_t kind) const {
  const std::uint64_t rank = kind == ready_event ? 0 : kind == tick_event ? 1 : 2;
  const std::uint64_t place = 4ULL * state_.elastic_pool_numbers[pool] + rank;
  return {time, {creator(0), place}, sim::EntityId{number_}, kind, 0, pool};
}

void Partition::announce(std::uint32_t pool, sim::Context& context) {
  for (const sim::Time ready : state_.elastic_pools[pool].take_announced())
    if (ready < program_.horizon)
      context.schedule(pool_event(pool, std::max(ready, context.now()), ready_event));
}

void Partition::scale(const sim::Event& event, sim::Context& context) {
  const auto index = static_cast<std::uint32_t>(event.data);
  ElasticPool& pool = state_.elastic_pools[index];
  if (event.kind == tick_event) {
    pool.tick(context.now());
    if (pool.next_tick() < program_.horizon)
      context.schedule(pool_event(index, pool.next_tick(), tick_event));
    announce(index, context);
  }
  Walk::serve_waiting(*this, context, index);
}

// After everything else at the same instant, in the order of stations.
sim::Event Partition::end_event(std::uint32_t link) const {
  const SharedLink& shared = state_.shared_links[link];
  const sim::EntityId after_machines = creator(1ULL + program_.machine_groups + shared.index);
  return {shared.expected, {after_machines, shared.events}, sim::EntityId{number_}, transfer_event, 0, link};
}

void Partition::expect_end(std::uint32_t link, sim::Context& context) {
  SharedLink& shared = state_.shared_links[link];
  const sim::Time next = shared.links.next_end();
  if (next == shared.expected) return;
  if (shared.expected != sim::time_never) context.cancel(end_event(link));
  shared.expected = next < program_.horizon ? next : sim::time_never;
  ++shared.events;
  if (shared.expected != sim::time_never) context.schedule(end_event(link));
}

void Partition::end_transfers(const sim::Event& event, sim::Context& context) {
  const auto index = static_cast<std::uint32_t>(event.data);
  state_.shared_links[index].expected = sim::time_never;
  while (const auto ticket = state_.shared_links[index].links.take_ended(context.now()))
    Walk::end_transfer(*this, context, *ticket);
  expect_end(index, context);
}

// Of the next request of a source.
sim::Event Partition::arrival(std::uint32_t source, sim::Time instant) const {
  const Source& from = state_.sources[source];
  const Request next{.number = from.number, .source = from.index & Request::source_mask};
  return {instant, order_of(next, 0), sim::EntityId{number_}, arrival_event, 0, source};
}

void Partition::handle(const sim::Event& event, sim::Context& context) {
  ran_since_mail_ = true;
  const auto payload = static_cast<std::uint32_t>(event.data);
  if (event.kind == arrival_event) return arrive(payload, context);
  if (event.kind == turn_event)
    return take_turn(payload, static_cast<std::uint32_t>(event.data >> 32), context);
  if (event.kind == transfer_event) return end_transfers(event, context);
  if (event.kind >= work_event) return handle_service(event, context);
  if (event.kind != step_event) return scale(event, context);
  if (event.aux == timer_mark) return expire(payload, strand_of(event.order), context);
  resume(payload, strand_of(event.order), context);
}

void Partition::expire(std::uint32_t timer, std::uint32_t strand, sim::Context& context) {
  const std::uint32_t request = state_.timers[timer];
  state_.timers.release(timer);
  if (request != none) resume(request, strand, context);
}

void Partition::resume(std::uint32_t request, std::uint32_t strand, sim::Context& context) {
  if (tracer_ != nullptr) [[unlikely]]
    tracer_->step(state_.requests[request], strand, context.now());
  Walk walk{*this, context, state_.requests[request], strand, Walk::Turn::ours};
  state_.requests.release(request);
  walk.run();
}

void Partition::receive(const sim::Mail& mail, sim::Context& context) {
  ran_since_mail_ = true;
  Request request;
  std::memcpy(&request, mail.cargo.data(), sizeof request);
  Walk{*this, context, request, strand_of(mail.event.order), Walk::Turn::ours}.run();
}

void Partition::expect(const sim::Mail& mail) {
  if (ran_since_mail_) fetch_state();
  ran_since_mail_ = false;
  Request request;
  std::memcpy(&request, mail.cargo.data(), sizeof request);
  sim::prefetch(&program_.ops[request.step], 4 * sizeof(Op));
  sim::prefetch(&program_.source_names[request.source]);
}

// Other partitions have used the cache since the last window. What this one needs is asked for at once here,
// where the waits overlap; met one by one they would add up. Not so when it is more than a window can need
// (a long backlog, thousands of sites) or a cache can hold.
void Partition::fetch_state() const {
  constexpr std::size_t most_bytes = 512 << 10;
  const auto bytes = [](const auto& items) { return items.size() * sizeof(items[0]); };
  const std::size_t all = bytes(state_.stations) + bytes(state_.shared_links) + bytes(state_.fixed_pools) +
                          bytes(state_.elastic_pools) + bytes(state_.sources) +
                          bytes(state_.requests.slots());
  if (all > most_bytes) return;
  const auto fetch = [&](const auto& items) { sim::prefetch(items.data(), bytes(items)); };
  fetch(state_.shared_links);
  fetch(state_.fixed_pools);
  fetch(state_.stations);
  fetch(state_.elastic_pools);
  fetch(state_.sources);
  fetch(state_.requests.slots());
  for (const Source& source : state_.sources) {
    sim::prefetch(&program_.ops[source.program], 8 * sizeof(Op));
    sim::prefetch(&program_.source_names[source.index]);
  }
  // Asked for first, they are here by now.
  for (const FixedPool& pool : state_.fixed_pools) pool.prefetch();
}

// Requests that leave nothing here to wait for the clock (they are over, or on their way elsewhere) may begin
// ahead of it: all they met was in order. So the source and its cell are at hand for several at once.
void Partition::arrive(std::uint32_t source, sim::Context& context) {
  Source& from = state_.sources[source];
  sim::Time instant = context.now();
  for (Walk::Turn turn = Walk::Turn::ours;; turn = Walk::Turn::open) {
    Walk walk{*this, context, from, instant, turn};
    const sim::Time start = instant;
    ++from.number;
    if (start >= from.piece_end) [[unlikely]]
      from.end_pieces(start, program_.span);
    from.recorded += program_.span.contains(start);
    instant = from.arrivals.next();
    walk.begin(start);
    if (instant == sim::time_never) return;
    const sim::Event next = arrival(source, instant);
    if (walk.waits_here() || !context.take_ahead(next)) return context.schedule(next);
  }
}

void Partition::schedule_turn(std::uint32_t source, std::uint32_t number, sim::Time now,
                              sim::Context& context) {
  const Source& from = state_.sources[source];
  const sim::Draw draw = from.closed->thoughts.draw(number);
  const sim::Time instant = now + std::min(from.closed->spec->think.sample_duration(draw), longest_delay);
  if (instant >= program_.span.end) return;
  const Request next{.number = number, .source = from.index & Request::source_mask};
  context.schedule({instant, order_of(next, 0), sim::EntityId{number_}, turn_event, 0,
                    (std::uint64_t{number} << 32) | source});
}

void Partition::take_turn(std::uint32_t source, std::uint32_t number, sim::Context& context) {
  Source& from = state_.sources[source];
  from.end_pieces(context.now(), program_.span);
  ++from.number;
  from.recorded += program_.span.contains(context.now());
  const Request request{.start = context.now(),
                        .number = number,
                        .source = from.index & Request::source_mask,
                        .step = from.program};
  Walk{*this, context, request, 0, Walk::Turn::ours}.begin(context.now());
}

void Partition::add_store(const StoreSpec& spec, const ItemKeys& keys, sim::Stream stream) {
  switch (spec.kind) {
    case StoreSpec::Kind::cache:
      state_.caches.emplace_back(spec, keys, stream, program_.span);
      break;
    case StoreSpec::Kind::objects:
      state_.objects.emplace_back(spec, keys, stream, program_.span);
      break;
    case StoreSpec::Kind::replica:
      state_.replicas.emplace_back(spec, keys, program_.span);
      break;
  }
}

const StoreResult& Partition::store_result(StoreSpec::Kind kind, std::uint32_t index) const {
  switch (kind) {
    case StoreSpec::Kind::cache:
      return state_.caches[index].result();
    case StoreSpec::Kind::objects:
      return state_.objects[index].result();
    case StoreSpec::Kind::replica:
      break;
  }
  return state_.replicas[index].result();
}

void Partition::close(sim::Time end) {
  closed_at_ = end;
  for (const Source& source : state_.sources)
    recorders_.front().started(source.index, source.number, source.recorded, source.by_piece);
  for (const Frame& frame : state_.frames.slots())
    if (frame.kind == Frame::Kind::slot)
      state_.elastic_pools[frame.pool].abandon(end, frame.begin, frame.instance);
    else if (frame.kind == Frame::Kind::replica)
      state_.balanced_pools[frame.pool].abandon(end, frame.begin);
  for (ElasticPool& pool : state_.elastic_pools) pool.close(end);
  for (MessageQueue& queue : state_.queues) queue.close(end);
  for (BalancedPool& pool : state_.balanced_pools) pool.close(end);
  for (Batcher& batcher : state_.batchers) batcher.close(end);
  for (SharedLink& shared : state_.shared_links) shared.links.close(end);
  for (ObjectStore& objects : state_.objects) objects.close(end);
}

}  // namespace models
