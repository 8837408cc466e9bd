#include <algorithm>
#include <cmath>

#include "sim/station.hpp"

namespace sim {

bool SharingStation::later(const Share& a, const Share& b) {
  return a.finish != b.finish ? a.finish > b.finish : a.job.id > b.job.id;
}

double SharingStation::speed() const {
  const auto cores = static_cast<double>(spec_.cores);
  const auto demand = static_cast<double>(weights_);
  return spec_.cores > 1 && demand <= cores ? 1.0 : cores / demand;
}

void SharingStation::advance(Time now) {
  if (!jobs_.empty()) virtual_time_ += static_cast<double>((now - last_).count()) * speed();
  last_ = now;
}

void SharingStation::arrive(Job job, Context& context) {
  SIM_EXPECT(job.weight == 1 || spec_.cores == 1);
  job.arrived = job.started = context.now();
  advance(context.now());
  if (jobs_.empty()) virtual_time_ = 0;  // keeps the numbers small, so that no precision is lost
  weights_ += job.weight;
  jobs_.push_back({virtual_time_ + static_cast<double>(job.service.count()) / job.weight, job});
  std::push_heap(jobs_.begin(), jobs_.end(), later);
  plan(context);
}

void SharingStation::plan(Context& context) {
  if (next_) context.cancel(*next_);
  next_.reset();
  clock_.change(context.now(), jobs_.size(), std::min<std::size_t>(jobs_.size(), spec_.cores));
  if (jobs_.empty()) return;
  const double left = std::max(0.0, jobs_.front().finish - virtual_time_) / speed();
  next_ = Event{context.now() + Duration{static_cast<std::int64_t>(std::ceil(left))}, Order{self_, events_++},
                self_};
  context.schedule(*next_);
}

void SharingStation::handle(const Event&, Context& context) {
  next_.reset();
  advance(context.now());
  std::pop_heap(jobs_.begin(), jobs_.end(), later);
  const Job done = jobs_.back().job;
  jobs_.pop_back();
  weights_ -= done.weight;
  plan(context);
  sink_.served(done, context);
}

}  // namespace sim
