#include "models/worst_case.hpp"

#include "sim/contract.hpp"

namespace models {

sim::Duration delay_bound(const ArrivalCurve& arrivals, const ServiceCurve& service) {
  SIM_EXPECT(arrivals.rate.value() <= service.rate.value());
  return service.latency + sim::serialization_delay(arrivals.burst, service.rate);
}

sim::Bytes backlog_bound(const ArrivalCurve& arrivals, const ServiceCurve& service) {
  SIM_EXPECT(arrivals.rate.value() <= service.rate.value());
  const double added_bits = arrivals.rate.value() * sim::to_seconds(service.latency);
  return sim::Bytes{arrivals.burst.value() + added_bits / 8};
}

}  // namespace models
