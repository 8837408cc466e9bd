#include <memory>

#include "commands.hpp"
#include "planner/json_text.hpp"
#include "planner/migrate.hpp"
#include "tool.hpp"

namespace cli {

namespace {

Answer version(bool as_json, const Settings& settings) {
  Answer answer{.schema = "version/1"};
  answer.document = {
      {"version", tool_version}, {"scenario_format", planner::scenario_format}, {"compiler", __VERSION__}};
  answer.text =
      std::string{tool_name} + " " + tool_version + " (scenario format " + planner::scenario_format + ")\n";
  if (!as_json || settings.format != Format::text) return answer;
  nlohmann::ordered_json whole{
      {"schema", answer.schema}, {"tool", tool_json()}, {"exit", exit_json(answer.code)}};
  whole.update(answer.document);
  answer.text = planner::json_text(whole);
  return answer;
}

}  // namespace

void add_version(CommandLine& line) {
  auto as_json = std::make_shared<bool>(false);
  CLI::App& command = line.add("version", "Learn", "version of the tool and of its formats",
                               [as_json](const Settings& settings) { return version(*as_json, settings); });
  command.add_flag("--json", *as_json, "the same as --format json");
}

}  // namespace cli
