#include <memory>

#include "commands.hpp"
#include "files.hpp"
#include "planner/capacity.hpp"
#include "planner/format.hpp"
#include "planner/render_ci.hpp"
#include "scenario_options.hpp"
#include "tool.hpp"

namespace cli {

namespace {

struct ValidateOptions {
  ScenarioOptions scenario;
  std::vector<std::string> files;
  bool fix = false;
  bool strict = false;
};

/// What is wrong with a file under any of its strategies.
struct Findings {
  ExitCode code = ExitCode::ok;
  std::vector<planner::Diagnostic> diagnostics;
};

void add(Findings& findings, const std::vector<planner::Diagnostic>& more) {
  for (const planner::Diagnostic& diagnostic : more) {
    const bool is_error = diagnostic.severity == planner::Severity::error;
    if (is_error) findings.code = worse(findings.code, exit_code_of(planner::info(diagnostic.code).failure));
    findings.diagnostics.push_back(diagnostic);
  }
}

Findings check(const ScenarioOptions& options) {
  Findings findings;
  try {
    for (const planner::Resolution& resolution : load_scenario(options).resolve_all()) {
      add(findings, resolution.warnings());
      add(findings, planner::check_capacity(resolution));
    }
  } catch (const planner::ScenarioError& error) {
    add(findings, error.diagnostics());
  }
  return findings;
}

/// @return whether the file was changed
bool fix(const std::string& file, const Findings& findings) {
  const std::string before = read_file(file);
  const std::string after = planner::apply_fixes(before, file, findings.diagnostics);
  if (after == before) return false;
  write_file(file, after);
  return true;
}

Answer validate(const ValidateOptions& options, const Settings& settings) {
  Answer answer{.schema = "diag/1"};
  std::vector<planner::Diagnostic> all;
  std::string fixed;
  for (const std::string& file : options.files) {
    ScenarioOptions one = options.scenario;
    one.file = file;
    Findings findings = check(one);
    if (options.fix && file != "-" && fix(scenario_file(file), findings)) {
      fixed += "fixed " + scenario_file(file) + "\n";
      findings = check(one);
    }
    if (options.strict && findings.code == ExitCode::ok && !findings.diagnostics.empty()) {
      findings.code = ExitCode::invalid_input;
    }
    answer.code = worse(answer.code, findings.code);
    all.insert(all.end(), findings.diagnostics.begin(), findings.diagnostics.end());
  }
  const planner::Color color =
      settings.output.empty() ? color_for(settings, Stream::output) : planner::Color::off;
  answer.text = all.empty() ? "valid\n" : planner::render_text(all, color);
  if (settings.output.empty()) answer.text = fitted(answer.text, Stream::output);
  answer.document = {{"valid", answer.code == ExitCode::ok}, {"diagnostics", planner::diagnostics_json(all)}};
  if (settings.format == Format::sarif)
    answer.rendered = planner::diagnostics_sarif(all, tool_version).dump(2) + "\n";
  if (settings.format == Format::github) answer.rendered = planner::render_annotations(all);
  if (settings.format == Format::gitlab) answer.rendered = planner::diagnostics_gitlab(all).dump(2) + "\n";
  answer.message = fixed;
  return answer;
}

}  // namespace

void add_validate(CommandLine& line) {
  auto options = std::make_shared<ValidateOptions>();
  CLI::App& command = line.add("validate", "Scenario", "check scenarios without running them",
                               [options](const Settings& settings) { return validate(*options, settings); });
  line.offer(command, {Format::sarif, Format::github, Format::gitlab});
  command.add_option("FILE", options->files, "scenarios: files, their folders, or -")
      ->type_name("")
      ->required();
  command.add_flag("--fix", options->fix, "apply the proposals that are marked as safe");
  command.add_flag("--strict", options->strict, "take warnings for errors");
  add_overlay_options(command, options->scenario);
}

}  // namespace cli
