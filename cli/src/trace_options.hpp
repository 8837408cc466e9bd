#pragma once
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "planner/calibrate.hpp"
#include "planner/observations.hpp"
#include "planner/scenario_draft.hpp"

namespace cli {

/// Which traces, and how to read them.
struct TraceRequest {
  std::vector<std::string> files;
  std::string format, time, duration, service;
};

/// The files as positional arguments, --as, --time, --duration and --service.
void add_trace_options(CLI::App& command, TraceRequest& request);
/// --as, --time, --duration and --service alone.
void add_trace_form_options(CLI::App& command, TraceRequest& request);

/// @throws planner::ScenarioError with what cannot be read
[[nodiscard]] planner::Observations observe_traces(const TraceRequest& request);
/// @throws planner::ScenarioError where there is no request
[[nodiscard]] planner::ScenarioDraft drafted(const planner::Observations& seen,
                                             const planner::DraftOptions& options);

/// @throws planner::ScenarioError where scenario and traces do not go together
[[nodiscard]] planner::Calibration calibrated(const planner::Scenario& scenario,
                                              const planner::Observations& seen,
                                              const planner::StudyOptions& options);

}  // namespace cli
