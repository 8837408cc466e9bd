#include "pool/batcher.hpp"

#include <algorithm>

#include "sim/contract.hpp"

namespace models {

Batcher::Batcher(const AcceleratorSpec& spec, RecordedSpan span)
    : spec_{&spec}, span_{span}, accelerators_(spec.count) {}

std::uint32_t Batcher::add_model(const PoolSpec& pool, sim::Stream stream) {
  SIM_EXPECT(pool.batching && pool.batching->size > 0 && pool.batching->added >= 0);
  models_.push_back(
      {.pool = &pool, .stream = stream, .queue = {}, .result = {}, .series = PoolSeries{span_}});
  models_.back().result.peak_instances = pool.instances;
  return static_cast<std::uint32_t>(models_.size() - 1);
}

double Batcher::occupied(const Accelerator& accelerator) const {
  double bytes = 0;
  for (const std::uint32_t model : accelerator.resident)
    bytes += models_[model].pool->batching->weights.value();
  return bytes;
}

void Batcher::settle() {
  for (Accelerator& accelerator : accelerators_) {
    for (std::uint32_t model = 0; model < models_.size(); ++model) {
      accelerator.resident.push_back(model);
      const bool fits = spec_->memory.value() <= 0 || occupied(accelerator) <= spec_->memory.value();
      if (!fits) accelerator.resident.pop_back();
    }
  }
}

Admission Batcher::admit(sim::Time now, std::uint32_t number, Divert divert) {
  Model& model = models_[number];
  const std::uint64_t spill = spill_threshold(model.pool->spill_at, accelerators_.size());
  if (divert == Divert::spilled_and_refused && spill > 0 && busy_ >= spill) {
    count(model, &PoolResult::spilled, now);
    return Admission::spilled;
  }
  // Those that a free accelerator may take at once are not in the way of others.
  const bool full = model.queue.size() >= model.pool->queue_limit && busy_ == accelerators_.size();
  if (accelerators_.empty() || full) {
    count(model, &PoolResult::refused, now);
    return Admission::refused;
  }
  count(model, &PoolResult::requests, now);
  return Admission::queued;
}

void Batcher::enqueue(std::uint32_t number, const Waiter& waiter) {
  Model& model = models_[number];
  model.queue.push(waiter);
  if (span_.contains(waiter.ticket.since))
    model.result.peak_queue = std::max<std::uint64_t>(model.result.peak_queue, model.queue.size());
  model.series.raise(&PoolResult::peak_queue, model.queue.size(), waiter.ticket.since, span_);
}

bool Batcher::is_due(const Model& model, sim::Time now) const {
  if (model.queue.empty()) return false;
  const Batching& rule = *model.pool->batching;
  return model.queue.size() >= rule.size || model.queue.front().ticket.since + rule.wait <= now;
}

std::uint32_t Batcher::first_due(sim::Time now) const {
  std::uint32_t first = none;
  for (std::uint32_t i = 0; i < models_.size(); ++i) {
    if (!is_due(models_[i], now)) continue;
    const auto waits_longer = [&](const Model& other) {
      return models_[i].queue.front().ticket.since < other.queue.front().ticket.since;
    };
    if (first == none || waits_longer(models_[first])) first = i;
  }
  return first;
}

// Best one that holds the model already.
std::uint32_t Batcher::free_accelerator(std::uint32_t model) const {
  std::uint32_t found = none;
  for (std::uint32_t i = 0; i < accelerators_.size(); ++i) {
    if (accelerators_[i].busy) continue;
    const auto& resident = accelerators_[i].resident;
    if (std::find(resident.begin(), resident.end(), model) != resident.end()) return i;
    if (found == none) found = i;
  }
  return found;
}

std::uint32_t Batcher::start(sim::Time now) {
  if (busy_ == accelerators_.size()) return none;
  const std::uint32_t number = first_due(now);
  if (number == none) return none;
  const std::uint32_t place = free_accelerator(number);
  Accelerator& accelerator = accelerators_[place];
  Batch& batch = accelerator.batch;
  batch.model = number;
  batch.begin = now;
  fill(batch, models_[number]);
  const Batching& rule = *models_[number].pool->batching;
  const double others = static_cast<double>(batch.members.size() - 1);
  constexpr double shortest = 1e-9, longest = sim::to_seconds(longest_delay) / 4;
  const double seconds = sim::to_seconds(batch.members.front().alone) * (1 + others * rule.added);
  batch.end =
      now + load(accelerator, number, now) + sim::from_seconds(std::clamp(seconds, shortest, longest));
  accelerator.busy = true;
  ++busy_;
  count(models_[number], &PoolResult::batches, now);
  return place;
}

void Batcher::fill(Batch& batch, Model& model) const {
  batch.members.clear();
  while (!model.queue.empty() && batch.members.size() < model.pool->batching->size) {
    batch.members.push_back(model.queue.front());
    model.queue.pop();
  }
}

// Makes the model the one used last, and room for it if it was not there.
sim::Duration Batcher::load(Accelerator& accelerator, std::uint32_t number, sim::Time now) {
  auto& resident = accelerator.resident;
  const auto place = std::find(resident.begin(), resident.end(), number);
  const bool missing = place == resident.end();
  if (!missing) resident.erase(place);
  resident.insert(resident.begin(), number);
  if (!missing) return {};
  while (resident.size() > 1 && occupied(accelerator) > spec_->memory.value()) resident.pop_back();
  Model& model = models_[number];
  count(model, &PoolResult::model_loads, now);
  return std::min(model.pool->batching->load.sample_duration(model.stream.draw(model.loads++)),
                  longest_delay / 4);
}

const Batcher::Batch& Batcher::finish(std::uint32_t number) {
  Accelerator& accelerator = accelerators_[number];
  account(accelerator.batch, accelerator.batch.end);
  accelerator.busy = false;
  --busy_;
  std::swap(accelerator.batch, accelerator.ended);
  return accelerator.ended;
}

void Batcher::account(const Batch& batch, sim::Time until) {
  Model& model = models_[batch.model];
  const auto begin = batch.begin;
  for (const auto sum : {&PoolResult::slot_busy, &PoolResult::instance_busy}) {
    model.result.*sum += span_.overlap(begin, until);
    model.series.spread(sum, begin, until, span_);
  }
  const sim::Duration billed = round_up(until - begin, model.pool->billing_step);
  if (span_.contains(begin)) model.result.billed += billed;
  model.series.add(&PoolResult::billed, billed, begin, span_);
}

void Batcher::count(Model& model, std::uint64_t PoolResult::*counter, sim::Time now) const {
  model.result.*counter += span_.contains(now);
  model.series.count(counter, now, span_);
}

sim::Time Batcher::next_due() const {
  sim::Time next = sim::time_never;
  if (busy_ == accelerators_.size()) return next;
  for (const Model& model : models_)
    if (!model.queue.empty())
      next = std::min(next, model.queue.front().ticket.since + model.pool->batching->wait);
  return next;
}

void Batcher::close(sim::Time end) {
  for (const Accelerator& accelerator : accelerators_)
    if (accelerator.busy) account(accelerator.batch, end);
  for (Model& model : models_)
    model.result.instance_alive = sim::TotalTime{span_.overlap(span_.begin, end)} * model.pool->instances;
}

}  // namespace models
