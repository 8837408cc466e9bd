#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "planner/observations.hpp"
#include "planner/scenario.hpp"
#include "planner/study.hpp"

namespace planner {

/// One percentile of a flow as observed and as simulated with the fitted inputs.
struct QuantilePair {
  double p = 0;
  double observed = 0;                         ///< [s]
  double observed_low = 0, observed_high = 0;  ///< 95 % interval of the observed one: order statistics
  double before = 0, after = 0;                ///< simulated, as the scenario was and calibrated [s]
  /// Share by which the calibrated one is off.
  [[nodiscard]] double error() const { return observed > 0 ? after / observed - 1 : 0; }
};

struct FlowFit {
  std::string flow;
  std::uint64_t observed = 0;  ///< requests with a latency
  std::vector<QuantilePair> quantiles;
  double observed_mean = 0, before_mean = 0, after_mean = 0;  ///< [s]
  double worst_error = 0;                                     ///< largest |error| from p5 to p99
};

/// A scenario held against traces.
struct Calibration {
  nlohmann::ordered_json
      patch;                   ///< merge patch (RFC 7396) over the scenario: laws and rates, basis calibrated
  std::vector<FlowFit> flows;  ///< those that traces and scenario share
  std::vector<TraceNote> notes;
};

/// Fits service laws and rates to what was observed, then simulates and compares the latency that the entry
/// service shows.
///
/// Services go by id, flows by the service of their entry, workloads by their flow. The traces begin at the
/// entry, so both runs have users beside the site of the entry service, without access and connection; a flow
/// whose entry stands at several sites keeps its network, which a note tells.
/// @throws TraceError where traces and scenario have no service in common
[[nodiscard]] Calibration calibrate(const Scenario& scenario, const Observations& seen,
                                    const StudyOptions& options);

/// Observed against simulated quantiles and their errors, and the notes.
[[nodiscard]] std::string render_calibration(const Calibration& calibration);
[[nodiscard]] nlohmann::ordered_json calibration_json(const Calibration& calibration);

}  // namespace planner
