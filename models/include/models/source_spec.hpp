#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/distribution.hpp"
#include "sim/time.hpp"

namespace models {

/// Piecewise-constant rate of arrivals, repeated with its period.
struct RateProfile {
  sim::Duration step{};         ///< length of one piece, > 0
  std::vector<double> rates{};  ///< [1/s] of each piece, >= 0, not empty
  sim::Duration offset{};       ///< where in the period time 0 lies
};

/// A Poisson source that is calm and bursts by turns (a Markov-modulated Poisson process of two states).
///
/// Both last exponential times. The profile's rate is multiplied by `calm` or `burst`; with
/// (calm x calm_mean + burst x burst_mean) = calm_mean + burst_mean the profile stays the mean.
struct Bursts {
  double calm = 1.0, burst = 1.0;  ///< factors on the rate, >= 0
  sim::Duration calm_mean{};       ///< mean length of a calm, > 0
  sim::Duration burst_mean{};      ///< mean length of a burst, > 0
};

/// Generator of the requests of one population's workload.
struct SourceSpec {
  enum class Process : std::uint8_t {
    poisson,
    periodic,
    trace,
    closed,  ///< `users`, each of whom thinks, asks, and waits for the answer; all ends pass a `renew`.
             ///< Turn t of user u is request t * users + u, so each meets the same draws under every strategy
  };
  /// Where a periodic source stands at time 0.
  enum class Phase : std::uint8_t {
    random,   ///< anywhere between two arrivals, evenly; drawn once a replication
    aligned,  ///< at an arrival
  };
  std::string name{};  ///< unique; names its random streams
  std::uint32_t partition = 0;
  std::uint32_t program = 0;  ///< step index where a request starts
  Process process = Process::poisson;
  RateProfile profile{};               ///< poisson (inverted cumulative rate), periodic (mean spacing)
  Phase phase = Phase::random;         ///< periodic
  std::optional<Bursts> bursts{};      ///< poisson
  std::vector<sim::Duration> times{};  ///< trace: arrival instants, ascending
  std::uint32_t users = 0;             ///< closed
  sim::Distribution think{};           ///< closed [s]; at time 0 all users are thinking
};

}  // namespace models
