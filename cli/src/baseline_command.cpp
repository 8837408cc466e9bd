#include <algorithm>
#include <filesystem>
#include <memory>

#include "baselines.hpp"
#include "commands.hpp"
#include "failure.hpp"
#include "files.hpp"
#include "planner/regression.hpp"

namespace cli {

namespace fs = std::filesystem;

fs::path baseline_file(const std::string& name) {
  const bool plain = !name.empty() &&
                     name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") == std::string::npos &&
                     name.front() != '.';
  if (!plain)
    throw UsageError{"\"" + name + "\" is no name for a baseline", "small letters, digits, - _ and ."};
  return fs::path{".isochrone"} / "baselines" / (name + ".json");
}

std::vector<std::string> saved_baselines() {
  std::vector<std::string> names;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator{fs::path{".isochrone"} / "baselines", missing}) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

namespace {

struct BaselineOptions {
  std::string name, result;
};

Answer save(const BaselineOptions& options) {
  const fs::path file = baseline_file(options.name);
  const std::string text = read_file(options.result);
  const planner::StoredStudy study = planner::read_stored(text, options.result);
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error) throw IoError{file.parent_path().string() + ": " + error.message()};
  write_file(file, text);
  return {.text = "saved " + study.scenario + " as " + options.name + "\n",
          .document = {{"name", options.name}, {"file", file.string()}, {"scenario", study.scenario}},
          .schema = "baseline/1",
          .message = "next: isochrone compare FILE --baseline " + options.name + "\n"};
}

Answer list() {
  Answer answer{.schema = "baselines/1"};
  auto& known = answer.document["baselines"] = nlohmann::ordered_json::array();
  for (const std::string& name : saved_baselines()) {
    const fs::path file = baseline_file(name);
    const planner::StoredStudy study = planner::read_stored(read_file(file), file.string());
    answer.text += hanging("  " + name, 26, study.scenario + ", seed " + std::to_string(study.seed));
    known.push_back(
        {{"name", name}, {"file", file.string()}, {"scenario", study.scenario}, {"seed", study.seed}});
  }
  if (answer.text.empty()) answer.text = "no baselines are saved in this folder\n";
  return answer;
}

Answer remove(const BaselineOptions& options) {
  std::error_code error;
  if (!fs::remove(baseline_file(options.name), error)) {
    throw UsageError{"there is no baseline \"" + options.name + "\"",
                     did_you_mean(options.name, saved_baselines(), "`isochrone baseline list` lists them")};
  }
  return {
      .text = "removed " + options.name + "\n", .document = {{"name", options.name}}, .schema = "baseline/1"};
}

}  // namespace

void add_baseline(CommandLine& line) {
  auto options = std::make_shared<BaselineOptions>();
  CLI::App& command = line.add("baseline", "Decide", "results kept to compare later ones with",
                               [](const Settings&) { return list(); });
  command.require_subcommand(0, 1);
  CLI::App& saving = line.add_below(command, "save", "keep a result (from --format json) under a name",
                                    [options](const Settings&) { return save(*options); });
  saving.add_option("NAME", options->name, "how to call it")->type_name("")->required();
  saving.add_option("RESULT", options->result, "the result")->type_name("")->required();
  line.add_below(command, "list", "names of those kept in this folder",
                 [](const Settings&) { return list(); });
  CLI::App& removing =
      line.add_below(command, "rm", "forget one", [options](const Settings&) { return remove(*options); });
  removing.add_option("NAME", options->name, "which")->type_name("")->required();
}

}  // namespace cli
