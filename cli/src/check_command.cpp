#include <memory>

#include "commands.hpp"
#include "files.hpp"
#include "planner/regression.hpp"
#include "study_options.hpp"

namespace cli {

namespace {

struct CheckOptions {
  std::vector<std::string> results;
  std::string assertions;
  Undecided undecided = Undecided::fail;
};

Answer check(const CheckOptions& options, const Settings& settings) {
  const std::string text = options.assertions.empty() ? std::string{} : read_file(options.assertions);
  StudyOutcome outcome;
  for (const std::string& file : options.results) {
    const planner::StoredStudy stored = planner::read_stored(read_file(file), file);
    std::vector<planner::Assertion> assertions;
    if (!text.empty()) assertions = planner::read_assertions(text, options.assertions, known_ids(stored));
    planner::Study study = planner::check(stored, text.empty() ? nullptr : &assertions);
    if (options.results.size() == 1) {
      outcome.study = std::move(study);
      break;
    }
    // Of several results, each strategy is told with the file that it is from.
    for (planner::StrategyResult& result : study.strategies) {
      result.strategy = file + ":" + result.strategy;
      result.baseline = false;
      outcome.study.strategies.push_back(std::move(result));
    }
    outcome.study.scenario = study.scenario;
  }
  outcome.warn_undecided = options.undecided == Undecided::warn;
  outcome.code = verdict_code(outcome.study, options.undecided);
  return verdict_answer(outcome, settings);
}

}  // namespace

void add_check(CommandLine& line) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App& command = line.add("check", "Decide", "judge stored results again, without simulating",
                               [options](const Settings& settings) { return check(*options, settings); });
  line.offer(command, study_formats());
  command.add_option("RESULT", options->results, "results as --format json prints them")
      ->type_name("")
      ->required();
  command.add_option("--assert", options->assertions, "judge by the assertions of this file instead")
      ->type_name("FILE");
  add_undecided_option(command, options->undecided);
}

}  // namespace cli
