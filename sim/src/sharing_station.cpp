#include <algorithm>

#include "sim/station.hpp"

namespace sim {

void SharingStation::arrive(Job job, Context& context) {
  job.arrived = job.started = context.now();
  jobs_.add(context.now(), job, job.id, job.service, job.weight);
  plan(context);
}

void SharingStation::plan(Context& context) {
  if (next_) context.cancel(*next_);
  next_.reset();
  clock_.change(context.now(), present(), std::min<std::size_t>(present(), spec_.cores));
  if (present() == 0) return;
  next_ = Event{jobs_.next(), Order{self_, events_++}, self_};
  context.schedule(*next_);
}

void SharingStation::handle(const Event&, Context& context) {
  next_.reset();
  const Job done = jobs_.take(context.now());
  plan(context);
  sink_.served(done, context);
}

}  // namespace sim
