#include <memory>

#include "commands.hpp"
#include "files.hpp"
#include "planner/format.hpp"
#include "planner/migrate.hpp"
#include "scenario_options.hpp"

namespace cli {

namespace {

struct MigrateOptions {
  std::vector<std::string> files;
  bool diff = false;
};

Answer migrate(const MigrateOptions& options) {
  Answer answer{.schema = "migrate/1"};
  answer.document = {{"format", planner::scenario_format}, {"files", nlohmann::ordered_json::array()}};
  for (const std::string& given : options.files) {
    const std::string name = given == "-" ? "<stdin>" : scenario_file(given);
    const std::string before = read_file(given == "-" ? given : name);
    const planner::Migration done = planner::migrate(before, name);
    const bool changed = done.text != before;
    answer.document["files"].push_back(
        {{"file", name}, {"from", done.from}, {"changed", changed}, {"changes", done.changes}});
    const std::string about = name + ": format " + done.from + ", ";
    answer.text +=
        about + (changed ? "now " + std::string{planner::scenario_format} : "nothing to change") + "\n";
    for (const std::string& change : done.changes) answer.text += hanging("  ", 2, change);
    if (options.diff) answer.text += planner::unified_diff(before, done.text, name, "migrated");
    if (changed && !options.diff && given != "-") write_file(name, done.text);
  }
  return answer;
}

}  // namespace

void add_migrate(CommandLine& line) {
  auto options = std::make_shared<MigrateOptions>();
  CLI::App& command = line.add("migrate", "Scenario", "bring scenarios of older formats up to date",
                               [options](const Settings&) { return migrate(*options); });
  command.add_option("FILE", options->files, "files, their folders, or - to look alone")
      ->type_name("")
      ->required();
  command.add_flag("--diff", options->diff, "change nothing; show what would change");
  add_examples(command, {"isochrone migrate plan/scenario.json lib/*.json --diff"});
}

}  // namespace cli
