// The part of Partition that keeps the events of waiting requests, shared processors and accelerators.
#include "request/walk.hpp"

namespace models {

// One event a pool, for who waits longest; who waits for less long is looked at then.
void Partition::await_shedding(std::uint32_t index, sim::Context& context) {
  ElasticPool& pool = state_.elastic_pools[index];
  const sim::Time next = pool.next_shedding();
  if (pool.is_awaited() || next >= program_.horizon) return;
  pool.await(true);
  context.schedule(pool_event(index, next, shed_event));
}

// One event a processor, moved when its time changes.
void Partition::plan_work(std::uint32_t group, std::uint32_t processor, sim::Context& context) {
  Processors& processors = state_.processors[group];
  std::optional<sim::Event>& pending = processors.pending(processor);
  const sim::Time next = processors.next(processor);
  if (pending && pending->time == next) return;
  if (pending) context.cancel(*pending);
  pending.reset();
  if (next >= program_.horizon) return;
  const sim::EntityId from = creator(1 + std::uint64_t{state_.processor_numbers[group]});
  pending = sim::Event{next, {from, processors.count_event()},        sim::EntityId{number_}, work_event,
                       0,    (std::uint64_t{group} << 32) | processor};
  context.schedule(*pending);
}

// Starts what is due, and sets the timer for what will be.
void Partition::plan_batches(std::uint32_t number, sim::Context& context) {
  Batcher& batcher = state_.batchers[number];
  const sim::EntityId from =
      creator(1 + std::uint64_t{program_.processor_groups} + state_.batcher_numbers[number]);
  const auto schedule = [&](sim::Time time, std::uint16_t kind, std::uint32_t place) {
    if (time >= program_.horizon) return;
    context.schedule({time,
                      {from, batcher.count_event()},
                      sim::EntityId{number_},
                      kind,
                      0,
                      (std::uint64_t{number} << 32) | place});
  };
  for (std::uint32_t started = batcher.start(context.now()); started != none;
       started = batcher.start(context.now()))
    schedule(batcher.running(started).end, batch_event, started);
  const sim::Time due = batcher.next_due();
  if (due >= batcher.timer()) return;
  batcher.set_timer(due);
  schedule(due, wait_event, 0);
}

void Partition::handle_service(const sim::Event& event, sim::Context& context) {
  const auto group = static_cast<std::uint32_t>(event.data >> 32);
  const auto place = static_cast<std::uint32_t>(event.data);
  if (event.kind == shed_event) {
    state_.elastic_pools[place].await(false);
    Walk::shed_waiting(*this, context, place);
    return await_shedding(place, context);
  }
  if (event.kind == work_event) return Walk::end_work(*this, context, group, place);
  if (event.kind == batch_event) return Walk::end_batch(*this, context, group, place);
  if (state_.batchers[group].timer() == context.now()) state_.batchers[group].set_timer(sim::time_never);
  plan_batches(group, context);
}

}  // namespace models
