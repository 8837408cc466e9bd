#include "sim/station.hpp"

namespace sim {

void JobSink::lost(const Job&, Context&) {}

void StationClock::change(Time now, std::size_t present, std::size_t busy) {
  const auto elapsed = static_cast<std::uint64_t>((now - last_).count());
  present_time_ += static_cast<Wide>(elapsed) * present_;
  busy_time_ += static_cast<Wide>(elapsed) * busy_;
  last_ = now;
  present_ = present;
  busy_ = busy;
}

void StationClock::reset(Time now) {
  change(now, present_, busy_);
  begin_ = now;
  present_time_ = busy_time_ = 0;
}

double StationClock::mean(Wide integral, std::size_t level, Time now) const {
  SIM_EXPECT(now > begin_ && now >= last_);
  const auto open = static_cast<std::uint64_t>((now - last_).count());
  const Wide total = integral + static_cast<Wide>(open) * level;
  return static_cast<double>(total) / static_cast<double>((now - begin_).count());
}

double StationClock::mean_present(Time now) const { return mean(present_time_, present_, now); }

double StationClock::mean_busy(Time now) const { return mean(busy_time_, busy_, now); }

void FifoRecursion::sift_down() {
  const std::size_t size = free_at_.size();
  std::size_t hole = 0;
  const Time value = free_at_[0];
  for (std::size_t child = 1; child < size; child = 2 * hole + 1) {
    if (child + 1 < size && free_at_[child + 1] < free_at_[child]) ++child;
    if (value <= free_at_[child]) break;
    free_at_[hole] = free_at_[child];
    hole = child;
  }
  free_at_[hole] = value;
}

}  // namespace sim
