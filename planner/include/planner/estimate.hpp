#pragma once
#include <map>
#include <string>
#include <vector>

#include "planner/compile.hpp"
#include "planner/latency_law.hpp"
#include "planner/load.hpp"

namespace planner {

/// Latency of the answered requests of one class, by formula.
struct AnalyticLatency {
  double rate = 0;  ///< of the class's requests [1/s]
  double mean = 0;  ///< [s]
  LatencyLaw law;   ///< shifted gamma with the mean and variance of the parts' sum [s]
};

/// What queueing formulas say of a compiled scenario, in milliseconds of computing and without simulation.
struct AnalyticEstimate {
  std::map<std::uint32_t, AnalyticLatency> classes;  ///< by class of the world; empty where a reason is given
  std::string does_not_hold;                         ///< why the formulas do not apply; empty: they do
};

/// Decomposes the network: each pool is an M/G/c queue (Allen and Cunneen's approximation, exact for M/M/c
/// and for the mean of M/G/1), each cell and link an M/G/1 queue, fed by Poisson streams that the traffic
/// equations give; parts of a request add up by mean and variance, parallel calls by the longest of fitted
/// laws, and percentiles come from a shifted gamma law of the total. Equations and errors:
/// docs/models/analytic-estimate.md.
[[nodiscard]] AnalyticEstimate estimate(const CompiledScenario& compiled, const Load& load);

/// Waiting time in an M/G/c queue: probability to wait, mean and second moment of the wait of all requests.
struct Wait {
  double probability = 0;
  double mean = 0;    ///< [s]
  double second = 0;  ///< [s^2]
};
/// @param load  rates.recorded, service, service_second and servers are used; @pre utilisation() < 1
/// Source: Allen, "Probability, Statistics and Queueing Theory", 2nd ed., sec. 5.3; Erlang C.
[[nodiscard]] Wait waiting_time(const ResourceLoad& load);

}  // namespace planner
