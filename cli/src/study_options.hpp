#pragma once
#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "command_line.hpp"
#include "planner/study.hpp"
#include "scenario_options.hpp"

namespace cli {

/// How a scenario is to be simulated; what is not given stays as the scenario says.
struct StudyRequest {
  ScenarioOptions scenario;
  std::vector<std::string> strategies;  ///< empty: the command decides
  std::optional<std::uint64_t> seed, event_limit;
  std::string replications;  ///< N or MIN..MAX
  std::string half_width;    ///< 3 % or 0.03
  std::optional<double> confidence;
  std::string time_limit;  ///< 5 min
};

/// FILE, overlays, --strategy, --seed, --reps, --precision, --confidence, --time-limit and --event-limit.
void add_study_options(CLI::App& command, StudyRequest& request);

/// A study and how the program ends with it.
struct StudyOutcome {
  planner::Study study;
  std::vector<planner::Diagnostic> warnings;  ///< of the strategies that were simulated
  double wall_seconds = 0;
  ExitCode code = ExitCode::ok;
};

/// Loads the scenario and simulates these strategies, with progress on a terminal. Ctrl-C and limits keep
/// finished replications; the study says that it is partial.
/// @param strategies  ids of the scenario; empty: all
/// @param baseline    empty: the scenario's
/// @throws UsageError, planner::ScenarioError
[[nodiscard]] StudyOutcome simulate(const StudyRequest& request, const planner::Document& document,
                                    const std::vector<std::string>& strategies, const std::string& baseline,
                                    const Settings& settings);

enum class StudyView { detail, comparison };

/// The answer that tells of a study: text or result/1; warnings go to standard error.
[[nodiscard]] Answer study_answer(const StudyOutcome& outcome, StudyView view, const Settings& settings);

}  // namespace cli
