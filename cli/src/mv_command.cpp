#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "files.hpp"
#include "planner/format.hpp"
#include "planner/rename.hpp"
#include "scenario_options.hpp"

namespace cli {

namespace {

namespace fs = std::filesystem;

struct MvOptions {
  planner::Renaming renaming;
  std::string file;
  bool diff = false;
};

std::string all_kinds() { return fmt::format("{}", fmt::join(planner::rename_kinds(), ", ")); }

planner::Renamed renamed(const planner::Bundle& bundle, const planner::Renaming& renaming) {
  try {
    return planner::rename(bundle, renaming);
  } catch (const planner::RenameRefused& refused) {
    const std::string& asked = renaming.kind;
    const bool unknown_kind = std::ranges::count(planner::rename_kinds(), asked) == 0;
    throw UsageError{
        refused.what(),
        refused.known().empty()
            ? std::string{}
            : did_you_mean(
                  unknown_kind ? asked : renaming.from.substr(renaming.from.find('/') + 1), refused.known(),
                  unknown_kind ? "there are " + all_kinds() : "`isochrone mv --help` tells how it goes")};
  }
}

/// What the scenario consists of. Files are edited, so it must be one.
planner::Bundle bundle_of(const std::string& file) {
  if (file == "-") throw UsageError{"standard input cannot be edited", "give the scenario's file"};
  const planner::Document document = load_scenario({.file = file, .patches = {}, .sets = {}});
  static_cast<void>(document.resolve_all());
  planner::Bundle bundle = document.bundle();
  if (bundle.scenario.text != read_file(scenario_file(file)))
    throw UsageError{file + " is a report, which is not edited",
                     "`isochrone new DIR --from FILE` takes the scenario out of it"};
  return bundle;
}

Answer move(const MvOptions& options) {
  const planner::Bundle bundle = bundle_of(options.file);
  const planner::Renamed done = renamed(bundle, options.renaming);
  const fs::path main = scenario_file(options.file);
  Answer answer{.schema = "rename/1"};
  answer.document = {{"kind", options.renaming.kind},
                     {"from", options.renaming.from},
                     {"to", options.renaming.to},
                     {"written", !options.diff},
                     {"files", nlohmann::ordered_json::array()},
                     {"left", nlohmann::ordered_json::array()}};
  for (const planner::Renamed::Text& text : done.texts) {
    const fs::path path = text.path.empty() ? main : main.parent_path() / text.path;
    const std::string& before = text.path.empty() ? bundle.scenario.text : bundle.files.at(text.path);
    const std::string diff = planner::unified_diff(before, text.after, path.string(), "renamed");
    answer.document["files"].push_back({{"file", path.string()}, {"edits", text.edits}, {"diff", diff}});
    if (options.diff)
      answer.text += diff;
    else
      answer.text +=
          fmt::format("  {} {} in {}\n", text.edits, text.edits == 1 ? "place" : "places", path.string());
    if (!options.diff) expect_writable(path);
  }
  // Imports first: until the scenario itself is written, it names what they had.
  for (auto text = done.texts.rbegin(); !options.diff && text != done.texts.rend(); ++text)
    write_file(text->path.empty() ? main : main.parent_path() / text->path, text->after);
  for (const planner::LeftMention& left : done.left) {
    answer.document["left"].push_back(
        {{"file", left.file}, {"line", left.at.line}, {"column", left.at.column}, {"pointer", left.pointer}});
    answer.message +=
        left.file + ":" + std::to_string(left.at.line) + " still mentions it (" + left.pointer + ")\n";
  }
  if (!options.diff)
    answer.text = "renamed " + options.renaming.kind + " " + options.renaming.from + " to " +
                  options.renaming.to + ":\n" + answer.text;
  return answer;
}

}  // namespace

void add_mv(CommandLine& line) {
  auto options = std::make_shared<MvOptions>();
  CLI::App& command = line.add("mv", "Scenario", "rename a site, service, ... and all that names it",
                               [options](const Settings&) { return move(*options); });
  command.add_option("KIND", options->renaming.kind, "site, service, flow, ...: what it is")
      ->type_name("")
      ->required();
  command.add_option("OLD", options->renaming.from, "its id; of a pool SITE/POOL, of a call FLOW/CALL")
      ->type_name("")
      ->required();
  command.add_option("NEW", options->renaming.to, "the id that it gets")->type_name("")->required();
  command.add_option("FILE", options->file, "the scenario or its folder; imports are edited too")
      ->type_name("")
      ->required();
  command.add_flag("--diff", options->diff, "change nothing; show what would change");
  add_examples(command,
               {"isochrone mv site frankfurt fra plan", "isochrone mv pool frankfurt/server big plan --diff",
                "isochrone mv call photo/resize scale plan"});
  command.footer(command.get_footer() + "\n\nKinds:\n" + hanging("  ", 2, all_kinds()));
}

}  // namespace cli
