#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

#include "commands.hpp"
#include "failure.hpp"
#include "files.hpp"
#include "planner/result_export.hpp"
#include "scenario_options.hpp"

namespace cli {

namespace {

namespace fs = std::filesystem;
using planner::Exported;

struct ExportOptions {
  std::string result, form, strategy, published, license;
  ScenarioOptions scenario;
};

/// What a form is made of.
struct Form {
  const char* name;
  enum class Needs { result, scenario } needs;
  Exported (*from_strategy)(const nlohmann::ordered_json&, const planner::Scenario&) = nullptr;
};

const std::vector<Form>& forms() {
  using Needs = Form::Needs;
  static const std::vector<Form> all{{"csv", Needs::result},
                                     {"jsonl", Needs::result},
                                     {"openmetrics", Needs::result},
                                     {"geojson", Needs::scenario, planner::export_geojson},
                                     {"focus", Needs::scenario, planner::export_focus},
                                     {"k8s", Needs::scenario, planner::export_kubernetes},
                                     {"flagger", Needs::scenario, planner::export_flagger},
                                     {"argo", Needs::scenario, planner::export_argo},
                                     {"rocrate", Needs::result}};
  return all;
}

const Form& form_named(const std::string& name) {
  std::vector<std::string> names;
  for (const Form& form : forms()) {
    if (form.name == name) return form;
    names.emplace_back(form.name);
  }
  std::string all;
  for (const std::string& each : names) all += (all.empty() ? "" : ", ") + each;
  throw UsageError{"--to: there is no form \"" + name + "\"", did_you_mean(name, names, "there are " + all)};
}

/// Whether the result is one of this scenario: a result names the one of its baseline.
void expect_same_scenario(const planner::Document& document, const nlohmann::ordered_json& result) {
  const std::string due = result.at("scenario").at("sha256");
  if (document.resolve(document.baseline()).scenario().sha256 == due) return;
  throw UsageError{"--scenario: the result is of another scenario, or of another state of it",
                   "simulate it again, or give the scenario as it was (with its --set and --patch)"};
}

planner::Document scenario_of(const ExportOptions& options, const nlohmann::ordered_json& result) {
  if (options.scenario.file.empty()) {
    throw UsageError{"--to " + options.form + " needs --scenario FILE, which the result is of",
                     "isochrone export result.json --to " + options.form + " --scenario plan"};
  }
  planner::Document document = load_scenario(options.scenario);
  expect_same_scenario(document, result);
  return document;
}

/// The scenario's files as they lie in its folder, without folders above it.
std::vector<planner::CrateFile> files_of(const planner::Document& document, const std::string& file) {
  static_cast<void>(document.resolve_all());
  const planner::Bundle bundle = document.bundle();
  std::vector<planner::CrateFile> files{
      {fs::path{scenario_file(file)}.filename().string(), bundle.scenario.text}};
  for (const auto& [path, text] : bundle.files) files.push_back({path, text});
  return files;
}

/// The day on which the result was written, UTC.
std::string day_of(const std::string& file) {
  std::error_code error;
  const auto written = fs::last_write_time(file, error);
  const auto moment = error ? std::chrono::system_clock::now() : std::chrono::file_clock::to_sys(written);
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(moment)};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

Exported crate(const ExportOptions& options, const std::string& text, const nlohmann::ordered_json& result) {
  std::vector<planner::CrateFile> inputs;
  if (!options.scenario.file.empty()) inputs = files_of(scenario_of(options, result), options.scenario.file);
  const std::string published = options.published.empty() ? day_of(options.result) : options.published;
  return planner::export_crate(result, {fs::path{options.result}.filename().string(), text}, inputs,
                               published, options.license);
}

Exported exported(const ExportOptions& options) {
  const Form& form = form_named(options.form);
  const std::string text = read_file(options.result);
  const nlohmann::ordered_json result = planner::read_result(text, options.result);
  if (options.form == "csv") return planner::export_csv(text, options.result);
  if (options.form == "jsonl") return planner::export_json_lines(result);
  if (options.form == "openmetrics") return planner::export_openmetrics(result);
  if (options.form == "rocrate") return crate(options, text, result);
  const planner::Document document = scenario_of(options, result);
  const std::string& strategy = options.strategy.empty() ? document.baseline() : options.strategy;
  expect_strategy(document, strategy);
  return form.from_strategy(result, document.resolve(strategy).scenario());
}

Answer run_export(const ExportOptions& options) {
  const Exported made = exported(options);
  Answer answer{.text = made.text, .schema = "export/1"};
  answer.document = {{"to", options.form}, {"text", made.text}, {"notes", made.notes}};
  for (const std::string& note : made.notes) answer.message += note + "\n";
  return answer;
}

}  // namespace

void add_export(CommandLine& line) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App& command = line.add("export", "Results", "a result in the form of another tool",
                               [options](const Settings&) { return run_export(*options); });
  add_examples(command, {"isochrone export result.json --to openmetrics -o result.om",
                         "isochrone export result.json --to k8s --scenario plan --strategy edge"});
  constexpr std::size_t wide = 46;  // of the column of descriptions
  std::string names;
  std::size_t line_begin = 0;
  for (const Form& form : forms()) {
    const std::string name{form.name};
    if (!names.empty()) names += ", ";
    if (names.size() + name.size() - line_begin > wide) {
      names += "\n";
      line_begin = names.size();
    }
    names += name;
  }
  command.add_option("RESULT", options->result, "a result as --format json prints it")
      ->type_name("")
      ->required();
  command.add_option("--to", options->form, names)->type_name("FORM")->required();
  command.add_option("--scenario", options->scenario.file, "the scenario that it is of, where needed")
      ->type_name("FILE");
  command.add_option("--strategy", options->strategy, "which one, for the same; the baseline")
      ->type_name("NAME");
  command.add_option("--published", options->published, "rocrate: date; that of the result's file")
      ->type_name("YYYY-MM-DD");
  command.add_option("--license", options->license, "rocrate: of what is published")->type_name("URL");
  add_overlay_options(command, options->scenario);
}

}  // namespace cli
