#pragma once
#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "command_line.hpp"
#include "planner/regression.hpp"
#include "planner/render.hpp"
#include "planner/result_store.hpp"
#include "planner/study.hpp"
#include "scenario_options.hpp"

namespace cli {

/// What an undecided assertion of level error amounts to.
enum class Undecided {
  fail,  ///< exit 11
  warn,  ///< exit 0, said on standard error
  pass,  ///< exit 0
};

/// How a scenario is to be simulated; what is not given stays as the scenario says.
struct StudyRequest {
  ScenarioOptions scenario;
  std::vector<std::string> strategies;  ///< empty: the command decides
  std::string companion;                ///< runs along to be compared with; its assertions do not count
  std::optional<std::uint64_t> seed, event_limit;
  std::string replications;  ///< N or MIN..MAX
  std::string half_width;    ///< 3 % or 0.03
  std::optional<double> confidence;
  std::string equivalence;  ///< 2 %: differences that do not matter
  std::string time_limit;   ///< 5 min
  std::string mem_limit;    ///< 4 GiB of resident memory
  std::string store;        ///< file of results to use and to add to; empty: none
  unsigned jobs = 0;        ///< threads; 0: as many as there are processors
  std::string until;        ///< `decided` or an expression; empty: as the scenario says
  std::string events;       ///< file; empty: none
  Undecided undecided = Undecided::fail;
};

/// FILE, overlays, and how it is simulated: --strategy, --seed, --reps, --jobs, limits, --store and others.
void add_study_options(CLI::App& command, StudyRequest& request);

/// A study and how the program ends with it.
struct StudyOutcome {
  planner::Study study;
  std::vector<planner::Diagnostic> warnings;  ///< of the strategies that were simulated
  bool warn_undecided = false;
  std::optional<planner::Regression> regression;  ///< against an earlier result
  std::vector<std::string> remarks;               ///< sentences to be told besides the conclusions
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

/// Lays the request's replications over the scenario's, if it has any.
void ask_for_replications(const StudyRequest& request, planner::Scenario& scenario);

/// One strategy with what the request says about replications.
[[nodiscard]] planner::Scenario scenario_of(const StudyRequest& request, const planner::Document& document,
                                            const std::string& strategy);

/// Does `work` with the request's options, its store (null without one), progress on a terminal and Ctrl-C.
void supervised(const StudyRequest& request, const Settings& settings,
                const std::function<void(const planner::StudyOptions&, planner::ResultStore*)>& work);

/// How text is laid out for where it goes.
[[nodiscard]] planner::TextOptions text_options(const Settings& settings);

enum class StudyView { detail, comparison };

/// Formats of studies besides text and json.
[[nodiscard]] std::vector<Format> study_formats();

/// --on-inconclusive.
void add_undecided_option(CLI::App& command, Undecided& undecided);
/// How the program ends by the assertions alone.
[[nodiscard]] ExitCode verdict_code(const planner::Study& study, Undecided undecided);

enum class Bounds { above_zero, with_zero };
/// A share: `3 %`, `3%` or `0.03`, below 1.
[[nodiscard]] double parse_share(const std::string& option, const std::string& text, Bounds bounds);

/// An expression given to an option, bound to what the scenario has.
/// @throws UsageError
[[nodiscard]] planner::Expression parse_metric(const std::string& option, const std::string& text,
                                               const planner::Scenario& scenario);

/// The answer that tells of verdicts alone.
[[nodiscard]] Answer verdict_answer(const StudyOutcome& outcome, const Settings& settings);

/// The answer that tells of a study: text or result/1; warnings go to standard error.
[[nodiscard]] Answer study_answer(const StudyOutcome& outcome, StudyView view, const Settings& settings);

}  // namespace cli
