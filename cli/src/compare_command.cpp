#include <algorithm>
#include <filesystem>
#include <memory>

#include "baselines.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "files.hpp"
#include "git.hpp"
#include "planner/best.hpp"
#include "planner/regression.hpp"
#include "study_options.hpp"

namespace cli {

namespace {

struct CompareOptions {
  StudyRequest study;
  std::string baseline;
  std::string tolerance = "1%";
  std::string best, within;
};

/// The baseline is always among them: the others are compared with it.
std::vector<std::string> strategies_to_compare(const CompareOptions& options,
                                               const planner::Document& document,
                                               const std::string& baseline) {
  const std::vector<std::string>& asked = options.study.strategies;
  if (asked.empty()) return document.strategies();
  for (const std::string& name : asked) expect_strategy(document, name);
  std::vector<std::string> chosen;
  for (const std::string& name : document.strategies()) {
    if (name == baseline || std::ranges::find(asked, name) != asked.end()) chosen.push_back(name);
  }
  return chosen;
}

/// Simulates another version of the scenario as this one is.
planner::StoredStudy simulated(const CompareOptions& options, const std::string& file,
                               const Settings& settings) {
  StudyRequest request = options.study;
  request.scenario.file = file;
  const planner::Document document = load_scenario(request.scenario);
  return planner::stored(
      simulate(request, document, document.strategies(), document.baseline(), settings).study);
}

bool is_result(const std::string& text) { return text.find("\"schema\": \"result/") != std::string::npos; }

/// An earlier result: of a revision in git, of a file (result or scenario), or saved under a name.
planner::StoredStudy earlier(const CompareOptions& options, const Settings& settings) {
  const std::string& what = options.baseline;
  if (what.starts_with("git:")) {
    const GitSnapshot snapshot{scenario_file(options.study.scenario.file), what.substr(4)};
    return simulated(options, snapshot.file(), settings);
  }
  if (std::filesystem::exists(what)) {
    if (std::filesystem::is_directory(what)) return simulated(options, what, settings);
    const std::string text = read_file(what);
    return is_result(text) ? planner::read_stored(text, what) : simulated(options, what, settings);
  }
  const std::vector<std::string> saved = saved_baselines();
  if (std::ranges::find(saved, what) == saved.end()) {
    throw UsageError{
        "--baseline: there is no strategy, file or saved baseline \"" + what + "\"",
        did_you_mean(
            what, saved,
            "a strategy, a result, a scenario, git:REVISION, or a name of `isochrone baseline list`")};
  }
  return planner::read_stored(read_file(baseline_file(what)), what);
}

/// Names the strategy with the lowest value of --best.
std::string best_of(const CompareOptions& options, const planner::Study& study,
                    const planner::Document& document) {
  const planner::Scenario& scenario = document.resolve(document.baseline()).scenario();
  const planner::Expression metric = parse_metric("--best", options.best, scenario);
  const planner::Expression within = parse_metric("--within", options.within, scenario);
  const bool positive = within.kind == planner::Expression::Kind::number && within.number > 0;
  if (!positive || within.powers != metric.powers) {
    throw UsageError{"--within: \"" + options.within + "\" is no difference of " + options.best,
                     "such as \"1 ms\""};
  }
  return planner::best_sentence(planner::choose_best(study, metric, options.best, within.number),
                                options.within);
}

ExitCode gate(const planner::Regression& regression, Undecided undecided) {
  if (regression.any_worse()) return ExitCode::regression;
  return regression.undecided() && undecided == Undecided::fail ? ExitCode::inconclusive : ExitCode::ok;
}

Answer compare(const CompareOptions& options, const Settings& settings) {
  const planner::Document document = load_scenario(options.study.scenario);
  const auto& known = document.strategies();
  const bool is_strategy = std::ranges::find(known, options.baseline) != known.end();
  const std::string& baseline = is_strategy ? options.baseline : document.baseline();
  if (options.best.empty() != options.within.empty()) throw UsageError{"--best and --within belong together"};
  if (!options.best.empty())
    static_cast<void>(parse_metric("--best", options.best, document.resolve(baseline).scenario()));
  const double tolerance = parse_share("--tolerance", options.tolerance, Bounds::with_zero);
  std::optional<planner::StoredStudy> before;
  if (!is_strategy && !options.baseline.empty()) before = earlier(options, settings);
  StudyOutcome outcome = simulate(options.study, document, strategies_to_compare(options, document, baseline),
                                  baseline, settings);
  if (!options.best.empty()) outcome.remarks.push_back(best_of(options, outcome.study, document));
  if (before) {
    outcome.regression =
        planner::compare(*before, planner::stored(outcome.study), tolerance, options.baseline);
    outcome.code = worse(outcome.code, gate(*outcome.regression, options.study.undecided));
  }
  return study_answer(outcome, StudyView::comparison, settings);
}

}  // namespace

void add_compare(CommandLine& line) {
  auto options = std::make_shared<CompareOptions>();
  CLI::App& command = line.add("compare", "Simulate", "simulate the strategies side by side",
                               [options](const Settings& settings) { return compare(*options, settings); });
  line.offer(command, study_formats());
  add_study_options(command, options->study);
  command.add_option("--baseline", options->baseline, "strategy, result, scenario, git:REF or saved")
      ->type_name("WHAT")
      ->group("Scenario");
  command.add_option("--tolerance", options->tolerance, "what may be worse than an earlier result; 1 %")
      ->type_name("1%")
      ->group("Scenario");
  command.add_option("--best", options->best, "name the strategy with the lowest")
      ->type_name("EXPR")
      ->group("Scenario");
  command.add_option("--within", options->within, "for --best: what does not matter")
      ->type_name("1ms")
      ->group("Scenario");
}

}  // namespace cli
