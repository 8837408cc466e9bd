#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "planner/report.hpp"
#include "sensitivity_study.hpp"

namespace cli {

namespace {

struct ReportOptions {
  StudyRequest study;
  std::string form;
  std::string vary;  ///< share by which inputs are varied; empty: no tornado
};

/// What --to says, else the name of the output file, else HTML.
std::string form_of(const ReportOptions& options, const Settings& settings) {
  if (!options.form.empty()) return options.form;
  return settings.output.ends_with(".md") ? "markdown" : "html";
}

std::vector<std::string> strategies_of(const ReportOptions& options, const planner::Document& document) {
  for (const std::string& name : options.study.strategies) expect_strategy(document, name);
  return options.study.strategies.empty() ? document.strategies() : options.study.strategies;
}

Answer report(const ReportOptions& options, const Settings& settings) {
  const std::string form = form_of(options, settings);
  const planner::Document document = load_scenario(options.study.scenario);
  const std::vector<std::string> strategies = strategies_of(options, document);
  const StudyOutcome outcome = simulate(options.study, document, strategies, document.baseline(), settings);
  std::vector<planner::Scenario> scenarios;
  for (const std::string& name : strategies) scenarios.push_back(document.resolve(name).scenario());
  Answer answer = study_answer(outcome, StudyView::comparison, settings);
  if (settings.format == Format::json) return answer;
  planner::Sensitivity sensitivity;
  planner::ReportInput input{outcome.study, std::move(scenarios), document.bundle()};
  if (!options.vary.empty()) {
    const bool has_baseline = std::ranges::count(strategies, document.baseline()) > 0;
    const SensitivityRequest request{
        has_baseline ? document.baseline() : strategies.front(), {}, {}, options.vary};
    sensitivity = vary_inputs(options.study, request, "--sensitivity", settings);
    input.sensitivity = &sensitivity;
  }
  answer.text = form == "html" ? planner::html_report(input) : planner::markdown_report(input);
  if (!settings.output.empty()) answer.message += fmt::format("wrote {}\n", settings.output);
  return answer;
}

}  // namespace

void add_report(CommandLine& line) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App& command = line.add("report", "Simulate", "simulate and write a report to hand on",
                               [options](const Settings& settings) { return report(*options, settings); });
  add_study_options(command, options->study);
  command.add_option("--to", options->form, "default: as the name in -o ends")
      ->type_name("html|markdown")
      ->check(CLI::IsMember({"html", "markdown"}).description(""))
      ->group("Output");
  command.add_option("--sensitivity", options->vary, "with a tornado: each input varied by that share")
      ->type_name("10%")
      ->group("Output");
}

}  // namespace cli
