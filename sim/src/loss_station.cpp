#include "sim/loss_station.hpp"

namespace sim {

void LossStation::arrive(Job job, Context& context) {
  job.arrived = job.started = context.now();
  if (job.weight > spec_.units - used_) return sink_.lost(job, context);
  if (free_places_.empty()) {
    free_places_.push_back(jobs_.size());
    jobs_.emplace_back();
  }
  const std::size_t place = free_places_.back();
  free_places_.pop_back();
  jobs_[place] = job;
  used_ += job.weight;
  context.schedule({context.now() + job.service, Order{self_, events_++}, self_, 0, 0, place});
  note(context);
}

void LossStation::handle(const Event& event, Context& context) {
  const Job done = jobs_[event.data];
  free_places_.push_back(event.data);
  used_ -= done.weight;
  note(context);
  sink_.served(done, context);
}

}  // namespace sim
