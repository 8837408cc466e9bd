#pragma once
#include "sim/time.hpp"
#include "sim/units.hpp"

/// Bounds that no sequence of arrivals breaks (network calculus), beside the laws that simulation gives.
/// Source: Le Boudec and Thiran, "Network Calculus", 2001, sec. 1.4 (Theorems 1.4.1 and 1.4.2).
namespace models {

/// What comes within any time t is at most burst + rate * t: traffic behind a token bucket.
struct ArrivalCurve {
  sim::Bytes burst{};
  sim::BitRate rate{};
};

/// What is served within a busy time t is at least rate * (t - latency): a share of a link behind a
/// scheduler.
struct ServiceCurve {
  sim::BitRate rate{};      ///< > 0
  sim::Duration latency{};  ///< >= 0
};

/// Longest delay of a bit, FIFO: latency + burst / rate served, rounded up to a nanosecond.
/// @pre arrivals.rate <= service.rate
[[nodiscard]] sim::Duration delay_bound(const ArrivalCurve& arrivals, const ServiceCurve& service);

/// Most that is ever waiting or in service: burst + arrival rate * latency. @pre as for delay_bound()
[[nodiscard]] sim::Bytes backlog_bound(const ArrivalCurve& arrivals, const ServiceCurve& service);

}  // namespace models
