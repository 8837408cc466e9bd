#pragma once
#include <cstdint>
#include <string>

#include "planner/scenario.hpp"

namespace planner {

/// What simulating one strategy will take, extrapolated from short pilot runs.
///
/// Times are of the machine it runs on now, if it has nothing else to do.
struct Forecast {
  std::string strategy{};
  std::uint64_t sites = 0, populations = 0;
  double requests = 0;  ///< expected of one replication, warm-up included
  std::uint32_t min_replications = 0, max_replications = 0;
  std::uint32_t side_by_side = 0;    ///< replications at a time
  std::uint64_t pilot_requests = 0;  ///< of the longer pilot
  double preparation = 0;            ///< [s] compiling the scenario and whatever else is done once
  double replication = 0;            ///< [s] of one, on one core
  double bookkeeping = 0;            ///< [s] of one: adding up its results, one replication after the other
  double memory = 0;  ///< [byte] most that the process will have, if it makes max_replications; 0: unknown

  /// By the clock on the wall, replications side by side [s].
  [[nodiscard]] double seconds(std::uint32_t replications) const;
};

/// Compiles the scenario and simulates the beginning of its span: some 10,000 and then 100,000 requests of it
/// (all if it has no more; 20 and 60 of each source where that is more), and the latter again as a study of
/// one and of two replications. Takes a second or two, and about 0.2 ms a source where there are very many.
///
/// Time is taken as linear in the requests, memory as growing by a constant with each doubling of them
/// (histograms widen). Neglects what one replication gains from several threads, and what becomes of the
/// results afterwards (a report, a long table). Forgets the system's record of the process's peak memory.
/// @param threads  for replications side by side, >= 1
[[nodiscard]] Forecast forecast(const Scenario& scenario, unsigned threads);

}  // namespace planner
