#pragma once
#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "command_line.hpp"
#include "planner/render.hpp"
#include "planner/result_store.hpp"
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
  std::string store;       ///< file of results to use and to add to; empty: none
  unsigned jobs = 0;       ///< threads; 0: as many as there are processors
};

/// FILE, overlays, --strategy, --seed, --reps, --precision, --confidence, --time-limit, --event-limit and
/// --jobs.
void add_study_options(CLI::App& command, StudyRequest& request);

/// A study and how the program ends with it.
struct StudyOutcome {
  planner::Study study;
  std::vector<planner::Diagnostic> warnings;  ///< of the strategies that were simulated
  double wall_seconds = 0;
  std::uint64_t recalled = 0;  ///< replications that the store had
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

/// One strategy with what the request says about replications.
[[nodiscard]] planner::Scenario scenario_of(const StudyRequest& request, const planner::Document& document,
                                            const std::string& strategy);

/// Does `work` with the request's options, its store (null without one), progress on a terminal and Ctrl-C.
void supervised(const StudyRequest& request, const Settings& settings,
                const std::function<void(const planner::StudyOptions&, planner::ResultStore*)>& work);

/// How text is laid out for where it goes.
[[nodiscard]] planner::TextOptions text_options(const Settings& settings);

enum class StudyView { detail, comparison };

/// The answer that tells of a study: text or result/1; warnings go to standard error.
[[nodiscard]] Answer study_answer(const StudyOutcome& outcome, StudyView view, const Settings& settings);

}  // namespace cli
