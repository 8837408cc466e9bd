#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "planner/why.hpp"
#include "study_options.hpp"

namespace cli {

namespace {

struct WhyOptions {
  StudyRequest study;
  std::string against, metric = "p99";
};

Answer why(const WhyOptions& options, const Settings& settings) {
  const planner::Document document = load_scenario(options.study.scenario);
  std::string strategy = document.baseline();
  if (options.study.strategies.size() > 1) throw UsageError{"why is about one --strategy at a time"};
  if (!options.study.strategies.empty()) strategy = options.study.strategies.front();
  expect_strategy(document, strategy);
  std::vector<std::string> strategies{strategy};
  if (!options.against.empty()) {
    expect_strategy(document, options.against);
    if (options.against == strategy) throw UsageError{"--vs names the strategy that is explained"};
    strategies.insert(strategies.begin(), options.against);
  }
  const StudyOutcome outcome = simulate(options.study, document, strategies, strategies.front(), settings);
  Answer answer = study_answer(outcome, StudyView::comparison, settings);
  const auto all =
      planner::explain(outcome.study, document.resolve(strategy).scenario(), options.against,
                       options.metric == "p99" ? planner::Explained::tail : planner::Explained::all);
  answer.text = planner::render_explanations(all, text_options(settings));
  answer.document = planner::explanations_json(all);
  answer.schema = "why/1";
  return answer;
}

}  // namespace

void add_why(CommandLine& line) {
  auto options = std::make_shared<WhyOptions>();
  CLI::App& command = line.add("why", "Simulate", "what a latency, or a difference, is made of",
                               [options](const Settings& settings) { return why(*options, settings); });
  add_study_options(command, options->study);
  command.add_option("--vs", options->against, "explain the difference to this strategy")
      ->type_name("NAME")
      ->group("Scenario");
  command.add_option("--metric", options->metric, "the slow answers, or all of them")
      ->type_name("p99|mean")
      ->check(CLI::IsMember({"p99", "mean"}).description(""))
      ->group("Simulation");
}

}  // namespace cli
