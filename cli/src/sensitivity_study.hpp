#pragma once
#include <string>

#include "planner/sensitivity.hpp"
#include "study_options.hpp"

namespace cli {

/// What `isochrone sensitivity` and a report's tornado are about.
struct SensitivityRequest {
  std::string strategy;
  std::string flow, assertion;  ///< empty: every assertion
  std::string by = "10 %";
};

/// Varies the inputs of a strategy; with the least replications that the scenario, or --reps, has.
/// @param option  by which `by` was given, for messages
/// @throws UsageError where the flow or the assertion is unknown, or `by` is no share
[[nodiscard]] planner::Sensitivity vary_inputs(const StudyRequest& study, const SensitivityRequest& request,
                                               const std::string& option, const Settings& settings);

}  // namespace cli
