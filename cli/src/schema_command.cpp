#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "planner/schema.hpp"

namespace cli {

namespace {

/// `catalog-entry` of catalog-entry-1.schema.json.
std::string schema_name(std::string_view file) {
  const std::string_view stem = file.substr(0, file.find(".schema"));
  return std::string{stem.substr(0, stem.rfind('-'))};
}

struct SchemaOptions {
  std::string name = "scenario";
  bool markdown = false, list = false;
};

Answer list_schemas() {
  Answer answer{.schema = "schemas/1", .message = "next: isochrone schema NAME\n"};
  auto& list = answer.document["schemas"] = nlohmann::ordered_json::array();
  for (const auto& [file, content] : planner::embedded_schemas()) {
    const std::string what = nlohmann::json::parse(content).at("description");
    answer.text += hanging(schema_name(file), 18, what);
    list.push_back({{"name", schema_name(file)}, {"file", file}, {"description", what}});
  }
  return answer;
}

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
  if (options.list) return list_schemas();
  if (!options.markdown) return print_schema(options.name);
  if (options.name != "scenario") throw UsageError{"--markdown: only the scenario has a reference page"};
  return text_answer(planner::reference_markdown(), "reference/1");
}

}  // namespace

void add_schema(CommandLine& line) {
  auto options = std::make_shared<SchemaOptions>();
  CLI::App& command = line.add("schema", "Scenario", "print a JSON Schema (Draft-07), for editors",
                               [options](const Settings&) { return schema(*options); });
  command.add_option("NAME", options->name, "of --list; scenario by default")->type_name("");
  command.add_flag("--list", options->list, "which there are, and of what");
  command.add_flag("--markdown", options->markdown, "print docs/scenario-reference.md");
}

}  // namespace cli
