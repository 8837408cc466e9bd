#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "planner/diagnostic.hpp"

namespace cli {

namespace {

std::string_view severity_name(planner::Severity severity) {
  return severity == planner::Severity::error ? "error" : "warning";
}

nlohmann::ordered_json code_json(const planner::CodeInfo& about) {
  return {{"code", planner::name(about.code)},
          {"severity", severity_name(about.severity)},
          {"title", about.title},
          {"explanation", about.explanation}};
}

Answer explain_all() {
  Answer answer{.schema = "codes/1"};
  auto& list = answer.document["codes"] = nlohmann::ordered_json::array();
  for (const planner::CodeInfo& about : planner::all_codes()) {
    answer.text += planner::name(about.code) + "  " + std::string{about.title} + "\n";
    list.push_back(code_json(about));
  }
  return answer;
}

Answer explain_one(const std::string& code_name) {
  const std::optional<planner::Code> code = planner::find_code(code_name);
  if (!code) {
    throw UsageError{"there is no diagnostic \"" + code_name + "\"",
                     "codes look like E2104 and stand in brackets behind `error` or `warning`"};
  }
  const planner::CodeInfo& about = planner::info(*code);
  Answer answer{.document = code_json(about), .schema = "explain/1"};
  answer.text = planner::name(*code) + " (" + std::string{severity_name(about.severity)} +
                "): " + std::string{about.title} + "\n\n" + hanging("", 0, std::string{about.explanation});
  return answer;
}

struct ExplainOptions {
  std::string code;
  bool markdown = false;
};

Answer explain(const ExplainOptions& options) {
  if (options.markdown) return text_answer(planner::codes_markdown(), "codes-markdown/1");
  return options.code.empty() ? explain_all() : explain_one(options.code);
}

}  // namespace

void add_explain(CommandLine& line) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App& command = line.add("explain", "Learn", "what a diagnostic such as E2104 means",
                               [options](const Settings&) { return explain(*options); });
  command.add_option("CODE", options->code, "number of the diagnostic; all by default")->type_name("");
  command.add_flag("--markdown", options->markdown, "print docs/diagnostics.md");
}

}  // namespace cli
