#include "sim/look_schedule.hpp"

#include "sim/contract.hpp"

namespace sim {

LookSchedule::LookSchedule(std::uint32_t first, std::uint32_t maximum, double confidence)
    : error_budget_{1.0 - confidence} {
  SIM_EXPECT(first >= 2 && maximum >= first && confidence > 0 && confidence < 1);
  for (std::uint64_t next = first; next < maximum; next *= 2)
    replications_.push_back(static_cast<std::uint32_t>(next));
  replications_.push_back(maximum);
}

double LookSchedule::confidence(std::size_t k) const {
  SIM_EXPECT(k < looks());
  const auto count = static_cast<double>(looks());
  return 1.0 - error_budget_ * 2.0 * static_cast<double>(k + 1) / (count * (count + 1));
}

}  // namespace sim
