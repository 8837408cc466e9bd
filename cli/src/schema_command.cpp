#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "planner/schema.hpp"

namespace cli {

namespace {

/// `scenario` of scenario-1.0.schema.json.
std::string schema_name(std::string_view file) { return std::string{file.substr(0, file.find('-'))}; }

struct SchemaOptions {
  std::string name = "scenario";
  bool markdown = false;
};

Answer print_schema(const std::string& wanted) {
  std::vector<std::string> known;
  for (const auto& [file, content] : planner::embedded_schemas()) {
    if (schema_name(file) == wanted) {
      return {.text = std::string{content}, .document = nlohmann::ordered_json::parse(content)};
    }
    known.push_back(schema_name(file));
  }
  std::string all;
  for (const std::string& name : known) all += (all.empty() ? "" : ", ") + name;
  throw UsageError{"there is no schema \"" + wanted + "\"", did_you_mean(wanted, known, "known are " + all)};
}

Answer schema(const SchemaOptions& options) {
  if (!options.markdown) return print_schema(options.name);
  if (options.name != "scenario") throw UsageError{"--markdown: only the scenario has a reference page"};
  return text_answer(planner::reference_markdown(), "reference/1");
}

}  // namespace

void add_schema(CommandLine& line) {
  auto options = std::make_shared<SchemaOptions>();
  CLI::App& command = line.add("schema", "Scenario", "print a JSON Schema (Draft-07), for editors",
                               [options](const Settings&) { return schema(*options); });
  command.add_option("NAME", options->name, "scenario, result or diag; scenario by default")->type_name("");
  command.add_flag("--markdown", options->markdown, "print docs/scenario-reference.md");
}

}  // namespace cli
