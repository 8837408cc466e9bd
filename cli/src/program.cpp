#include "program.hpp"

#include <exception>
#include <new>
#include <nlohmann/json.hpp>

#include "command_line.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "files.hpp"
#include "planner/diagnostic.hpp"
#include "planner/json_text.hpp"
#include "planner/render_ci.hpp"
#include "planner/result_store.hpp"
#include "signals.hpp"
#include "tool.hpp"

namespace cli {

namespace {

using nlohmann::ordered_json;

// Bytes of an argument or a file that are not UTF-8 do not end the one document that is due.
using planner::json_text;

/// Why there is no answer.
struct Failed {
  ExitCode code{};
  std::string text;                           ///< for standard error
  ordered_json diagnostics;                   ///< for the document diag/1
  std::vector<planner::Diagnostic> issues{};  ///< of a scenario
};

ordered_json failure_document(ExitCode code, ordered_json diagnostics) {
  return {{"schema", "diag/1"},
          {"tool", tool_json()},
          {"exit", exit_json(code)},
          {"valid", false},
          {"diagnostics", std::move(diagnostics)}};
}

Failed plain_failure(ExitCode code, const std::string& message, const std::string& help = {}) {
  ordered_json diagnostic{{"severity", "error"}, {"message", message}};
  if (!help.empty()) diagnostic["help"] = help;
  std::string text = "error: " + message + "\n";
  if (!help.empty()) text += help.find('\n') == std::string::npos ? "  = help: " + help + "\n" : "\n" + help;
  return {code, text, ordered_json::array({std::move(diagnostic)})};
}

Failed scenario_failure(const planner::ScenarioError& error, const Settings& settings) {
  return {exit_code_of(error.failure()),
          planner::render_text(error.diagnostics(), color_for(settings, Stream::error)),
          planner::diagnostics_json(error.diagnostics()), error.diagnostics()};
}

Failed internal_failure(const std::string& what) {
  const std::string report = write_crash_report(what);
  return plain_failure(
      ExitCode::internal, "internal error: " + what,
      report.empty() ? "this is a bug in isochrone" : "this is a bug in isochrone; report: " + report);
}

/// The failure that the exception in flight stands for.
Failed current_failure(const Settings& settings) {
  try {
    throw;
  } catch (const planner::ScenarioError& error) {
    return scenario_failure(error, settings);
  } catch (const UsageError& error) {
    return plain_failure(ExitCode::usage, error.what(), error.help());
  } catch (const IoError& error) {
    return plain_failure(ExitCode::io, error.what());
  } catch (const planner::StoreError& error) {
    return plain_failure(ExitCode::io, error.what());
  } catch (const std::bad_alloc&) {
    return plain_failure(ExitCode::limit, "out of memory");
  } catch (const std::exception& error) {
    return internal_failure(error.what());
  } catch (...) {
    return internal_failure("an exception of unknown type");
  }
}

void print_exit(ExitCode code) {
  write_error("exit " + std::to_string(static_cast<int>(code)) + " " + std::string{info(code).name} + "\n");
}

std::string first_message(const Failed& failed) {
  return failed.diagnostics.at(0).at("message").get<std::string>();
}

/// What a failure puts on standard output.
std::string failure_content(const Failed& failed, Format format) {
  const ordered_json document = failure_document(failed.code, failed.diagnostics);
  switch (format) {
    case Format::json:
      return json_text(document);
    case Format::jsonl:
      return document.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
    case Format::sarif:
      return json_text(failed.issues.empty() ? planner::failure_sarif(first_message(failed), tool_version)
                                             : planner::diagnostics_sarif(failed.issues, tool_version));
    case Format::junit:
      return planner::render_junit_error(first_message(failed));
    case Format::gitlab:
      return (failed.issues.empty() ? planner::failure_gitlab(first_message(failed))
                                    : planner::diagnostics_gitlab(failed.issues))
                 .dump(2) +
             "\n";
    case Format::github:
      return failed.issues.empty() ? planner::render_annotation("error", "isochrone", first_message(failed))
                                   : planner::render_annotations(failed.issues);
    default:
      return {};
  }
}

int report(const Failed& failed, Format format) {
  if (const std::string content = failure_content(failed, format); !content.empty() && !answer_has_begun()) {
    try {
      answer_begins();
      write_output(content);
    } catch (const IoError& error) {
      write_error(std::string{"error: "} + error.what() + "\n");
    }
  }
  write_error(fitted(failed.text, Stream::error));
  print_exit(failed.code);
  return static_cast<int>(failed.code);
}

std::string content(const Answer& answer, Format format) {
  if (format == Format::text) return answer.text;
  if (format != Format::json) return answer.rendered;
  if (answer.schema.empty()) return json_text(answer.document);
  ordered_json document{{"schema", answer.schema}, {"tool", tool_json()}, {"exit", exit_json(answer.code)}};
  for (const auto& [key, value] : answer.document.items()) {
    if (!document.contains(key)) document[key] = value;
  }
  return json_text(document);
}

int deliver(const Answer& answer, const Settings& settings) {
  const std::string text = content(answer, settings.format);
  if (settings.output.empty()) {
    answer_begins();
    write_output(text);
  } else {
    write_file(settings.output, text);
  }
  if (!settings.quiet && !answer.message.empty()) write_error(fitted(answer.message, Stream::error));
  if (answer.code != ExitCode::ok) print_exit(answer.code);
  return static_cast<int>(answer.code);
}

LastWords last_words(const std::vector<std::string>& arguments, Format format) {
  LastWords words;
  words.report = std::string{"isochrone "} + tool_version + "\ncommand: isochrone";
  for (const std::string& argument : arguments) words.report += " '" + argument + "'";
  words.report += "\nended by: ";
  if (format != Format::json && format != Format::jsonl) return words;
  const auto document = [format](ExitCode code, const char* message) {
    return failure_content(plain_failure(code, message), format);
  };
  words.sigint = document(ExitCode::sigint, "interrupted before there was a result");
  words.sigterm = document(ExitCode::sigterm, "terminated before there was a result");
  words.internal = document(ExitCode::internal, "internal error: this is a bug in isochrone");
  return words;
}

Answer run_command(CommandLine& line, const std::vector<std::string>& arguments) {
  add_commands(line);
  line.configure(Configuration::load());
  const Action action = line.parse(arguments);
  if (!line.settings().output.empty()) expect_writable(line.settings().output);
  return action(line.settings());
}

}  // namespace

int run_program(const std::vector<std::string>& arguments, planner::Executor* executor) {
  occupy_standard_streams();
  const Format format = requested_format(arguments);
  install_signal_handlers(last_words(arguments, format));
  CommandLine line{executor};
  try {
    return deliver(run_command(line, arguments), line.settings());
  } catch (...) {
    return report(current_failure(line.settings()), format);
  }
}

}  // namespace cli
