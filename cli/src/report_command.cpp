#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "files.hpp"
#include "planner/report.hpp"
#include "process.hpp"
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
  if (settings.output.ends_with(".pdf")) return "pdf";
  return settings.output.ends_with(".md") ? "markdown" : "html";
}

/// A browser that prints; @throws IoError where there is none.
std::string browser() {
  for (const char* name : {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}) {
    if (const std::string found = program_on_path(name); !found.empty()) return found;
  }
  throw IoError{
      "a PDF is printed by Chromium, and there is none on PATH: install it, or write HTML and print that"};
}

/// The report as Chromium prints it.
std::string printed(const std::string& program, const std::string& html) {
  const TemporaryFolder folder;
  const std::string page = folder.path() / "report.html", pdf = folder.path() / "report.pdf";
  write_file(page, html);
  // The page loads nothing and was made here, so it needs no sandbox, which root and containers lack.
  const ProcessResult done = run_process(
      {.command = {program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                   "--no-pdf-header-footer", "--user-data-dir=" + (folder.path() / "profile").string(),
                   "--virtual-time-budget=20000", "--print-to-pdf=" + pdf, "file://" + page},
       .output = ProcessRequest::Output::none,
       .time_limit = std::chrono::minutes{2}});
  std::error_code missing;
  if (!done.succeeded() || !std::filesystem::exists(pdf, missing))
    throw IoError{program + " printed no PDF: write HTML and print that"};
  return read_file(pdf);
}

std::vector<std::string> strategies_of(const ReportOptions& options, const planner::Document& document) {
  for (const std::string& name : options.study.strategies) expect_strategy(document, name);
  return options.study.strategies.empty() ? document.strategies() : options.study.strategies;
}

Answer report(const ReportOptions& options, const Settings& settings) {
  const std::string form = form_of(options, settings);
  // Before hours of simulation: what will print it.
  const std::string printer = form == "pdf" ? browser() : std::string{};
  if (form == "pdf" && settings.output.empty()) throw UsageError{"a PDF needs -o FILE"};
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
  answer.text = form == "markdown" ? planner::markdown_report(input) : planner::html_report(input);
  if (form == "pdf") answer.text = printed(printer, answer.text);
  if (!settings.output.empty()) answer.message += fmt::format("wrote {}\n", settings.output);
  return answer;
}

}  // namespace

void add_report(CommandLine& line) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App& command = line.add("report", "Simulate", "simulate and write a report to hand on",
                               [options](const Settings& settings) { return report(*options, settings); });
  add_examples(command, {"isochrone report plan -o plan.html",
                         "isochrone report plan -o plan.pdf     printed by Chromium"});
  add_study_options(command, options->study);
  command.add_option("--to", options->form, "default: as the name in -o ends")
      ->type_name("html|markdown|pdf")
      ->check(CLI::IsMember({"html", "markdown", "pdf"}).description(""))
      ->group("Output");
  command.add_option("--sensitivity", options->vary, "with a tornado: each input varied by that share")
      ->type_name("10%")
      ->group("Output");
}

}  // namespace cli
