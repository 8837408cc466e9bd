#include <algorithm>

#include "sim/station.hpp"

namespace sim {
namespace {

enum Kind : std::uint16_t { batch_done, oldest_waited };

}  // namespace

void BatchStation::arrive(Job job, Context& context) {
  job.arrived = context.now();
  waiting_.push_back(job);
  if (spec_.time_out.count() > 0) {
    context.schedule({context.now() + spec_.time_out, Order{self_, events_++}, self_, oldest_waited});
  }
  start_if_due(context);
  clock_.change(context.now(), present(), batch_.empty() ? 0 : 1);
}

void BatchStation::start_if_due(Context& context) {
  if (!batch_.empty() || waiting_.empty()) return;
  const bool is_full = waiting_.size() >= spec_.max_batch;
  const bool has_waited = context.now() - waiting_.front().arrived >= spec_.time_out;
  if (!is_full && !has_waited) return;
  const std::size_t size = std::min(waiting_.size(), spec_.max_batch);
  for (std::size_t i = 0; i < size; ++i) {
    batch_.push_back(waiting_.front());
    batch_.back().started = context.now();
    waiting_.pop_front();
  }
  context.schedule({context.now() + batch_time(), Order{self_, events_++}, self_, batch_done});
  ++batches_;
}

Duration BatchStation::batch_time() const {
  Duration time = spec_.per_batch + static_cast<std::int64_t>(batch_.size()) * spec_.per_job;
  if (spec_.law) time += spec_.law->sample_duration(spec_.draws.draw(batches_, 0));
  return time;
}

void BatchStation::handle(const Event& event, Context& context) {
  std::vector<Job> done;
  if (event.kind == batch_done) done.swap(batch_);
  start_if_due(context);
  clock_.change(context.now(), present(), batch_.empty() ? 0 : 1);
  for (const Job& job : done) sink_.served(job, context);
}

}  // namespace sim
