#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "planner/fail.hpp"
#include "signals.hpp"
#include "study_options.hpp"

namespace cli {

namespace {

struct FailRequest {
  StudyRequest study;
  std::string each = "site";
  std::uint32_t at_once = 1;
};

Answer fail(const FailRequest& request, const Settings& settings) {
  const planner::Document document = load_scenario(request.study.scenario);
  if (request.study.strategies.size() > 1) throw UsageError{"fail is about one --strategy at a time"};
  const std::string strategy =
      request.study.strategies.empty() ? document.baseline() : request.study.strategies.front();
  expect_strategy(document, strategy);
  const planner::Scenario scenario = scenario_of(request.study, document, strategy);
  planner::FailOptions options;
  options.each = request.each == "site"   ? planner::Losable::site
                 : request.each == "link" ? planner::Losable::link
                                          : planner::Losable::pool;
  options.at_once = request.at_once;
  planner::Losses losses;
  supervised(request.study, settings, [&](const planner::StudyOptions& study, planner::ResultStore*) {
    options.study = study;
    options.load = loader_of(request.study.scenario);
    losses = planner::find_losses(scenario, options);
  });
  Answer answer{.text = planner::render_losses(scenario, losses, text_options(settings)), .schema = "fail/1"};
  answer.document = planner::losses_json(losses);
  answer.document["strategy"] = strategy;
  if (losses.tried < losses.all)
    answer.code = losses.infeasible.empty() ? ExitCode::limit : ExitCode::infeasible;
  if (const auto signal = stop_signal()) answer.code = *signal;
  return answer;
}

}  // namespace

void add_fail(CommandLine& line) {
  auto options = std::make_shared<FailRequest>();
  CLI::App& command = line.add("fail", "Simulate", "which single or double loss hurts most",
                               [options](const Settings& settings) { return fail(*options, settings); });
  add_study_options(command, options->study);
  command.add_option("--each", options->each, "what is lost")
      ->type_name("site|link|pool")
      ->check(CLI::IsMember({"site", "link", "pool"}).description(""))
      ->group("Simulation");
  command.add_option("--n", options->at_once, "how many at once")
      ->type_name("1|2")
      ->check(CLI::Range(1, 2).description(""))
      ->group("Simulation");
}

}  // namespace cli
