#include <memory>

#include "commands.hpp"
#include "files.hpp"
#include "planner/format.hpp"
#include "scenario_options.hpp"

namespace cli {

namespace {

struct FmtOptions {
  std::vector<std::string> files;
  bool check = false;
  bool diff = false;
};

/// What formatting one file changes.
struct Formatted {
  std::string name, after, diff{};
  bool changed = false;
};

Formatted format_file(const std::string& given) {
  const std::string name = given == "-" ? "<stdin>" : scenario_file(given);
  const std::string before = read_file(given == "-" ? given : name);
  Formatted formatted{.name = name, .after = planner::format_scenario(before, name)};
  formatted.changed = formatted.after != before;
  formatted.diff = planner::unified_diff(before, formatted.after, name);
  return formatted;
}

/// Without --check and --diff, files are rewritten and standard input goes to standard output.
Answer format_all(const FmtOptions& options) {
  const bool dry = options.check || options.diff;
  Answer answer{.schema = "fmt/1"};
  auto& list = answer.document["files"] = nlohmann::ordered_json::array();
  for (const std::string& file : options.files) {
    const Formatted formatted = format_file(file);
    list.push_back({{"file", formatted.name}, {"changed", formatted.changed}, {"diff", formatted.diff}});
    if (options.diff) answer.text += formatted.diff;
    if (options.check && !options.diff && formatted.changed) answer.text += formatted.name + "\n";
    if (options.check && formatted.changed) answer.code = ExitCode::different;
    if (dry) continue;
    if (file == "-") {
      answer.text += formatted.after;
    } else if (formatted.changed) {
      write_file(formatted.name, formatted.after);
      answer.message += "formatted " + formatted.name + "\n";
    }
  }
  return answer;
}

}  // namespace

void add_fmt(CommandLine& line) {
  auto options = std::make_shared<FmtOptions>();
  CLI::App& command = line.add("fmt", "Scenario", "rewrite scenarios in canonical form",
                               [options](const Settings&) { return format_all(*options); });
  command.add_option("FILE", options->files, "files, their folders, or - for standard input")
      ->type_name("")
      ->required();
  command.add_flag("--check", options->check, "change nothing; exit 13 if a file would change");
  command.add_flag("--diff", options->diff, "change nothing; show what would change");
}

}  // namespace cli
