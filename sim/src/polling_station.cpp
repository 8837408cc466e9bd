#include "sim/polling_station.hpp"

#include <algorithm>

namespace sim {

PollingStation::PollingStation(Spec spec, JobSink& sink)
    : spec_{std::move(spec)}, sink_{sink}, queues_(spec_.queues) {
  SIM_EXPECT(spec_.queues > 0);
}

void PollingStation::arrive(Job job, Context& context) {
  SIM_EXPECT(job.job_class < queues_.size());
  job.arrived = context.now();
  queues_[job.job_class].push_back(job);
  ++waiting_;
  note(context);
}

bool PollingStation::may_serve() const {
  return spec_.visit == Visit::gated ? allowed_ > 0 : !queues_[at_].empty();
}

void PollingStation::schedule(Duration lasting, Context& context) {
  context.schedule({context.now() + lasting, Order{self_, events_++}, self_});
}

void PollingStation::next_or_switch(Context& context) {
  is_serving_ = may_serve();
  if (is_serving_) {
    if (spec_.visit == Visit::gated) --allowed_;
    job_ = queues_[at_].front();
    job_.started = context.now();
    queues_[at_].pop_front();
    --waiting_;
    return schedule(job_.service, context);
  }
  at_ = (at_ + 1) % queues_.size();
  // A switch-over of no time would never let the clock go on where nobody waits.
  const Draw draw = spec_.draws.draw(switches_++, 0);
  schedule(std::max(spec_.switch_over.sample_duration(draw), Duration{1}), context);
}

void PollingStation::handle(const Event&, Context& context) {
  const bool was_serving = is_serving_;
  const Job done = job_;
  if (!was_serving) {
    allowed_ = queues_[at_].size();
    cycles_ += at_ == 0 ? 1 : 0;
  }
  next_or_switch(context);
  note(context);
  if (was_serving) sink_.served(done, context);
}

}  // namespace sim
