#pragma once
#include <string>
#include <vector>

#include "planner/compile.hpp"
#include "planner/diagnostic.hpp"
#include "planner/scenario.hpp"

namespace planner {

/// Requests a second, by what they are reckoned over.
struct Rates {
  double recorded = 0;  ///< mean over the recorded span
  double peak = 0;      ///< if all workloads had their peaks of the recorded span at once
  double mean = 0;      ///< mean over the profiles' periods

  Rates& operator+=(const Rates& more) {
    recorded += more.recorded;
    peak += more.peak;
    mean += more.mean;
    return *this;
  }
};

/// What comes to a resource according to the traffic equations, before anything spills over or is refused.
struct ResourceLoad {
  Rates rates;         ///< [1/s]
  double service = 0;  ///< mean time one request occupies a server, waits of its own calls excluded [s]
  double service_second = 0;  ///< second moment [s^2]
  double servers = 1;         ///< requests served at a time; infinite for a platform without quota
  /// Share of the servers that is busy over the recorded span; 1 or more: no steady state.
  [[nodiscard]] double utilisation() const { return busy(rates.recorded); }
  [[nodiscard]] double peak_utilisation() const { return busy(rates.peak); }
  /// Requests a second that it can serve. [1/s]
  [[nodiscard]] double capacity() const;

 private:
  [[nodiscard]] double busy(double rate) const;
};

struct Load {
  std::vector<ResourceLoad> pools;       ///< by pool of the world
  std::vector<ResourceLoad> stations;    ///< by station of the world
  std::vector<ResourceLoad> processors;  ///< by group of the world, cores as servers; infinite where each
                                         ///< instance has its own
  std::vector<double> steps;             ///< passages of each step over the recorded span [1/s]
  std::vector<Rates> meters;             ///< by meter of the world
  /// Share of the requests that may spill over at a pool, and do, by pool of the world; empty: none does.
  std::vector<double> spilled;
};

/// Solves the traffic equations v = arrivals + P' v over the steps of all programs.
///
/// P is the probability with which a step follows another; programs lead forward only, so the system is
/// triangular and one sparse substitution (Eigen) solves it. O(steps).
[[nodiscard]] Load offered_load(const CompiledScenario& compiled);

/// The same with what spills over counted where it ends, so that pools of a service help each other.
///
/// A pool that lets requests go on from k busy slots takes them as Erlang's loss system of k does, with
/// everything that is offered to it counted as Poisson; the shares are found by iteration. Streams that spill
/// over are burstier than that: a guide, not a claim. Cost: up to 40 times that of offered_load().
[[nodiscard]] Load load_with_spill_over(const CompiledScenario& compiled);

/// Every call that no site within reach can serve (unreachable_site), then every pool, cell and link that is
/// offered its capacity or more (overload: there is no steady state to measure), or more than 90 % of it
/// (warning), in the order pools, shared processors, cells, links.
///
/// Pools that may spill over are judged together, by service; pools that refuse (queue limit) only get a
/// warning, because refusing is their answer to overload. A peak above capacity within the recorded span
/// is a warning as well: the queue of that time is part of the result.
[[nodiscard]] std::vector<Finding> check_load(const Scenario& scenario, const CompiledScenario& compiled,
                                              const Load& load);

}  // namespace planner
