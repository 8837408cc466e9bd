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
  LatencyLaw law;   ///< mixture of shifted gamma laws with the moments of the sums of parts [s]
};

/// What queueing formulas say of a pool that starts instances on demand; averages over the recorded span.
struct ElasticForecast {
  double cold_share = 0;          ///< of the requests, that wait for a start
  double busy = 0;                ///< requests in service, starts included
  double in_use = 0;              ///< instances that serve at least one request
  double alive = 0;               ///< instances, provisioned and idle ones included
  double starting = 0;            ///< instances that are starting
  double beyond_quota = 0;        ///< probability that more instances are needed than the quota allows
  double beyond_provisioned = 0;  ///< share of the requests that find all provisioned slots taken
};

/// What queueing formulas say of a compiled scenario, in milliseconds of computing and without simulation.
struct AnalyticEstimate {
  std::map<std::uint32_t, AnalyticLatency> classes;  ///< by class of the world; empty where a reason is given
  std::map<std::uint32_t, ElasticForecast> elastic;  ///< by pool of the world that requests come to
  std::string does_not_hold;                         ///< why the formulas do not apply; empty: they do
};

/// What an estimate is for.
enum class Claim : std::uint8_t {
  holds,   ///< to stand beside a simulation: nothing is said where a formula does not apply
  guides,  ///< to guide a search: rates that change count as constant, arrivals as Poisson, and nothing
           ///< is refused. Only overload has no answer
};

/// Decomposes the network: each pool is an M/G/c queue (Allen and Cunneen's approximation, exact for M/M/c
/// and for the mean of M/G/1), each cell and link an M/G/1 queue, fed by Poisson streams that the traffic
/// equations give; parts of a request add up by mean and variance, parallel calls by the longest of fitted
/// laws (those that come to one pool at the same time wait for each other), and percentiles come from a
/// shifted gamma law of the total. Equations and errors: docs/models/analytic-estimate.md.
[[nodiscard]] AnalyticEstimate estimate(const CompiledScenario& compiled, const Load& load,
                                        Claim claim = Claim::holds);

/// Waiting time in an M/G/c queue: probability to wait, mean and second moment of the wait of all requests.
struct Wait {
  double probability = 0;
  double mean = 0;    ///< [s]
  double second = 0;  ///< [s^2]
};
/// @param load  rates.recorded, service, service_second and servers are used; @pre utilisation() < 1
/// Source: Allen, "Probability, Statistics and Queueing Theory", 2nd ed., sec. 5.3; Erlang C.
/// @param arrivals  squared coefficient of variation of the times between arrivals; of batches their size as
/// a request finds it, for the wait of a batch's first (exact in the mean for one server: Chaudhry and
/// Templeton, "A First Course in Bulk Queues", 1983, ch. 3)
[[nodiscard]] Wait waiting_time(const ResourceLoad& load, double arrivals = 1.0);

}  // namespace planner
