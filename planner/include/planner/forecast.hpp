#pragma once
#include <cstdint>
#include <string>

#include "planner/scenario.hpp"

namespace planner {

/// What simulating one strategy will take, extrapolated from two short pilot runs of the same world.
///
/// Times are of the machine it runs on now; whatever else that machine does is in them.
struct Forecast {
  std::string strategy{};
  std::uint64_t sites = 0, populations = 0;
  double requests = 0;  ///< expected of one replication, warm-up included
  std::uint32_t min_replications = 0, max_replications = 0;
  std::uint32_t side_by_side = 0;    ///< replications at a time
  std::uint64_t pilot_requests = 0;  ///< of the longer pilot
  double preparation = 0;            ///< [s] compiling the scenario, once
  double replication = 0;            ///< [s] of one, on one core
  double memory = 0;  ///< [byte] of the process with that many replications side by side; 0: unknown

  /// By the clock on the wall, replications side by side [s].
  [[nodiscard]] double seconds(std::uint32_t replications) const;
};

/// Compiles the scenario and simulates the beginning of its span, some 10,000 and then 100,000 requests of it
/// (all if it has no more); takes a second or two, and more where there are very many sites.
///
/// Time is taken as linear in the requests, memory as growing by a constant with each doubling of them
/// (histograms widen). Neglects what one replication gains from several threads.
/// @param threads  for replications side by side, >= 1
[[nodiscard]] Forecast forecast(const Scenario& scenario, unsigned threads);

}  // namespace planner
