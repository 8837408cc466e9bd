#include "sensitivity_study.hpp"

#include <algorithm>

#include "failure.hpp"

namespace cli {

namespace {

void expect_known(const SensitivityRequest& request, const planner::Scenario& scenario) {
  if (!request.flow.empty() && !request.assertion.empty())
    throw UsageError{"sensitivity is about a --flow or an --assertion, not both"};
  if (!request.flow.empty() && !scenario.flows.contains(request.flow))
    throw UsageError{"unknown flow \"" + request.flow + "\""};
  if (request.assertion.empty()) return;
  std::vector<std::string> known;
  for (const planner::Assertion& assertion : scenario.assertions) known.push_back(assertion.id);
  if (std::ranges::find(known, request.assertion) == known.end()) {
    throw UsageError{"unknown assertion \"" + request.assertion + "\"",
                     did_you_mean(request.assertion, known, "")};
  }
}

}  // namespace

planner::Sensitivity vary_inputs(const StudyRequest& study, const SensitivityRequest& request,
                                 const std::string& option, const Settings& settings) {
  planner::SensitivityOptions options{request.strategy,
                                      request.flow,
                                      request.assertion,
                                      parse_share(option, request.by, Bounds::above_zero),
                                      {}};
  const planner::Document document = load_scenario(study.scenario);
  expect_strategy(document, request.strategy);
  const planner::Scenario scenario = scenario_of(study, document, request.strategy);
  expect_known(request, scenario);
  planner::Sensitivity all;
  supervised(study, settings, [&](planner::StudyOptions made, planner::ResultStore*) {
    made.replications = scenario.experiment.min_replications;
    options.study = std::move(made);
    all = planner::find_sensitivity(loader_of(study.scenario), options);
  });
  return all;
}

}  // namespace cli
