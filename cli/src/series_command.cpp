#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "planner/render_series.hpp"
#include "study_options.hpp"

namespace cli {

namespace {

struct SeriesOptions {
  StudyRequest study;
  planner::SeriesQuestion question;
  bool all = false;
};

/// Bills belong to no flow, and utilisation to pools: where --by does not say, the narrowest that there is.
planner::SeriesBy natural_subject(const std::string& metric) {
  if (metric == "utilisation" || metric == "cold") return planner::SeriesBy::pool;
  if (metric == "cost" || metric == "energy" || metric == "carbon") return planner::SeriesBy::site;
  return planner::SeriesBy::flow;
}

void expect_flow(const std::string& flow, const planner::Scenario& scenario) {
  if (flow.empty() || scenario.flows.contains(flow)) return;
  std::vector<std::string> known;
  for (const auto& [id, each] : scenario.flows) known.push_back(id);
  throw UsageError{"unknown flow \"" + flow + "\"", did_you_mean(flow, known, "")};
}

Answer series(const SeriesOptions& options, const Settings& settings) {
  if (options.all && !options.study.strategies.empty())
    throw UsageError{"--all and --strategy exclude each other"};
  const planner::Document document = load_scenario(options.study.scenario);
  std::vector<std::string> strategies = options.study.strategies;
  for (const std::string& name : strategies) expect_strategy(document, name);
  if (options.all) strategies = document.strategies();
  if (strategies.empty()) strategies = {document.baseline()};
  expect_flow(options.question.flow, document.resolve(strategies.front()).scenario());
  const StudyOutcome outcome = simulate(options.study, document, strategies, document.baseline(), settings);
  Answer answer = study_answer(outcome, StudyView::detail, settings);
  if (settings.format == Format::text)
    answer.text = planner::render_series(outcome.study, options.question, text_options(settings));
  return answer;
}

}  // namespace

void add_series(CommandLine& line) {
  auto options = std::make_shared<SeriesOptions>();
  auto by = std::make_shared<std::string>();
  const std::map<std::string, planner::SeriesBy> subjects{{"flow", planner::SeriesBy::flow},
                                                          {"population", planner::SeriesBy::population},
                                                          {"site", planner::SeriesBy::site},
                                                          {"pool", planner::SeriesBy::pool},
                                                          {"total", planner::SeriesBy::total}};
  CLI::App& command = line.add(
      "series", "Simulate", "results over time, slice by slice of the run",
      [options, by, subjects](const Settings& settings) {
        options->question.by = by->empty() ? natural_subject(options->question.metric) : subjects.at(*by);
        return series(*options, settings);
      });
  line.offer(command, study_formats());
  add_study_options(command, options->study);
  std::vector<std::string> metrics{planner::series_metrics.begin(), planner::series_metrics.end()};
  command.add_option("--metric", options->question.metric, "which one (default: p99)")
      ->type_name("requests|ok|p50|p95|p99|utilisation|cold|cost|energy|carbon")
      ->check(CLI::IsMember(metrics).description(""))
      ->group("Output");
  command.add_option("--by", *by, "a line for each (default: as suits the metric)")
      ->type_name("flow|population|site|pool|total")
      ->check(CLI::IsMember({"flow", "population", "site", "pool", "total"}).description(""))
      ->group("Output");
  command.add_option("--flow", options->question.flow, "whose populations or sites (default: the first)")
      ->type_name("NAME")
      ->group("Output");
  command.add_flag("--all", options->all, "every strategy, not the baseline alone")->group("Scenario");
}

}  // namespace cli
