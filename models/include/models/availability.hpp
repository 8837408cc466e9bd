#pragma once
#include <cstdint>
#include <span>

/// How often parts that fail and are repaired leave enough of a service standing.
///
/// Parts fail independently of each other unless said otherwise; times are exponential, where only means
/// count (availability(), in_series(), in_parallel()) of any law. Neglects detection and failover times, and
/// failures by overload: `isochrone fail` simulates what remains. All times in one unit of the caller's.
/// Equations: docs/models/availability.md.
/// Source: Trivedi, "Probability and Statistics with Reliability, Queuing, and Computer Science
/// Applications", 2nd ed., ch. 8 (birth-death models of repair).
namespace models {

/// Share of time that a part is up. @param mean_up  between failures (MTBF less repair), > 0
/// @param mean_down  of a repair (MTTR), >= 0
[[nodiscard]] double availability(double mean_up, double mean_down);

/// All are needed. Also what hits all at once (a region) beside its parts (zones). 1 for none
[[nodiscard]] double in_series(std::span<const double> availabilities);

/// One is enough. 0 for none
[[nodiscard]] double in_parallel(std::span<const double> availabilities);

/// Equal parts of which some are needed.
struct Redundancy {
  std::uint32_t parts = 1;   ///< > 0
  std::uint32_t needed = 1;  ///< [1, parts]
  std::uint32_t crews = 1;   ///< repairs at once; 0: nothing is ever repaired
  double mean_up = 1;        ///< of a part, > 0
  double mean_down = 0;      ///< of a repair by one crew, > 0 where there are crews
};

/// Share of time with `needed` parts up or more. @pre crews > 0
[[nodiscard]] double availability(const Redundancy& redundancy);

/// Mean number of parts that are down. @pre crews > 0
[[nodiscard]] double mean_failed(const Redundancy& redundancy);

/// Mean time from all parts up to the first moment with fewer than `needed` (MTTF).
[[nodiscard]] double mean_time_to_failure(const Redundancy& redundancy);

}  // namespace models
