#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "commands.hpp"
#include "failure.hpp"
#include "planner/forecast.hpp"
#include "planner/number_text.hpp"
#include "study_options.hpp"

namespace cli {

namespace {

struct RunOptions {
  StudyRequest study;
  bool all = false;
  bool plan = false;
};

bool needs_baseline(const planner::Document& document, const std::string& strategy) {
  const planner::Resolution resolution = document.resolve(strategy);
  return std::ranges::any_of(resolution.scenario().assertions,
                             [](const planner::Assertion& assertion) { return uses_baseline(assertion); });
}

/// The baseline comes along where an assertion compares with it.
std::vector<std::string> strategies_to_run(RunOptions& options, const planner::Document& document) {
  if (options.all) return document.strategies();
  const std::string& baseline = document.baseline();
  std::vector<std::string> chosen = options.study.strategies;
  if (chosen.empty()) return {baseline};
  for (const std::string& name : chosen) expect_strategy(document, name);
  const bool there = std::ranges::find(chosen, baseline) != chosen.end();
  if (!there && std::ranges::any_of(chosen, [&](const auto& name) { return needs_baseline(document, name); }))
    chosen.insert(chosen.begin(), options.study.companion = baseline);
  return chosen;
}

nlohmann::ordered_json plan_json(const planner::Forecast& plan) {
  const auto seconds = [](double value) { return nlohmann::ordered_json{{"value", value}, {"unit", "s"}}; };
  return {{"strategy", plan.strategy},
          {"sites", plan.sites},
          {"populations", plan.populations},
          {"requests", plan.requests},
          {"replications", {{"min", plan.min_replications}, {"max", plan.max_replications}}},
          {"side_by_side", plan.side_by_side},
          {"pilot_requests", plan.pilot_requests},
          {"preparation", seconds(plan.preparation)},
          {"replication", seconds(plan.replication)},
          {"bookkeeping", seconds(plan.bookkeeping)},
          {"time",
           {{"min", seconds(plan.seconds(plan.min_replications))},
            {"max", seconds(plan.seconds(plan.max_replications))}}},
          {"memory", {{"value", plan.memory}, {"unit", "B"}}}};
}

std::string plan_text(const planner::Forecast& plan) {
  const auto seconds = [](double value) { return planner::number_text(value) + " s"; };
  const std::string least = planner::count_text(plan.min_replications);
  const bool fixed = plan.min_replications == plan.max_replications;
  std::string time = seconds(plan.seconds(plan.min_replications));
  if (!fixed) time += " to " + seconds(plan.seconds(plan.max_replications));
  std::string text = fmt::format("{}: {} site{}, {} population{}\n", plan.strategy,
                                 planner::count_text(plan.sites), plan.sites == 1 ? "" : "s",
                                 planner::count_text(plan.populations), plan.populations == 1 ? "" : "s");
  text += fmt::format("  requests       {} a replication, {} replications, {} side by side\n",
                      planner::number_text(plan.requests),
                      fixed ? least : least + " to " + planner::count_text(plan.max_replications),
                      planner::count_text(plan.side_by_side));
  text += fmt::format("  time           {}: {} a replication, {} for its results, {} once\n", time,
                      seconds(plan.replication), seconds(plan.bookkeeping), seconds(plan.preparation));
  text += fmt::format("  memory         {}\n",
                      plan.memory > 0 ? planner::number_text(plan.memory / 1e6) + " MB" : "unknown");
  text += fmt::format("  known from     a pilot of {} requests\n", planner::count_text(plan.pilot_requests));
  return text;
}

/// What the run would take, from pilots instead of the run.
Answer plan(const RunOptions& options, const planner::Document& document,
            const std::vector<std::string>& strategies) {
  const unsigned threads =
      options.study.jobs > 0 ? options.study.jobs : std::max(1U, std::thread::hardware_concurrency());
  Answer answer{.schema = "plan/1"};
  auto& list = answer.document["plan"] = nlohmann::ordered_json::array();
  for (const std::string& strategy : strategies) {
    const planner::Forecast one = planner::forecast(scenario_of(options.study, document, strategy), threads);
    list.push_back(plan_json(one));
    answer.text += plan_text(one);
  }
  return answer;
}

Answer run(RunOptions options, const Settings& settings) {
  if (options.all && !options.study.strategies.empty()) {
    throw UsageError{"--all and --strategy exclude each other"};
  }
  const planner::Document document = load_scenario(options.study.scenario);
  const std::vector<std::string> strategies = strategies_to_run(options, document);
  if (options.plan) return plan(options, document, strategies);
  return study_answer(simulate(options.study, document, strategies, document.baseline(), settings),
                      StudyView::detail, settings);
}

}  // namespace

void add_run(CommandLine& line) {
  auto options = std::make_shared<RunOptions>();
  CLI::App& command = line.add("run", "Simulate", "simulate a strategy, in detail",
                               [options](const Settings& settings) { return run(*options, settings); });
  line.offer(command, study_formats());
  add_study_options(command, options->study);
  command.add_flag("--all", options->all, "every strategy, not the baseline alone")->group("Scenario");
  command.add_flag("--plan", options->plan, "only what it would take, from short pilots");
}

}  // namespace cli
