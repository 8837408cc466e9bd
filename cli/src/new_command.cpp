#include <algorithm>
#include <filesystem>
#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "files.hpp"
#include "planner/report.hpp"
#include "planner/samples.hpp"
#include "planner/schema.hpp"

namespace cli {

namespace {

namespace fs = std::filesystem;

struct NewOptions {
  std::string folder;
  std::string sample;
};

void expect_sample(const std::string& name) {
  std::vector<std::string> names;
  for (const planner::Sample& sample : planner::samples()) names.push_back(sample.name);
  if (std::ranges::find(names, name) != names.end()) return;
  throw UsageError{"unknown sample \"" + name + "\"",
                   did_you_mean(name, names, "`isochrone samples` lists what there is")};
}

/// Whether --from names a report (a file) rather than a sample.
bool names_file(const std::string& from) {
  return from.ends_with(".html") || from.find('/') != std::string::npos;
}

void expect_free(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::exists(folder, ignored)) return;
  if (fs::is_directory(folder, ignored) && fs::is_empty(folder, ignored)) return;
  throw IoError{"cannot create " + folder.string() + ": it is there already and not an empty folder"};
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw IoError{"cannot create " + folder.string() + ": " + error.message()};
}

/// Where samples say that their schema is, from their own folder.
constexpr std::string_view schema_of_samples = "../schema/scenario-1.0.schema.json";
constexpr std::string_view schema_beside = "scenario-1.0.schema.json";

/// The schema comes along, so that an editor finds what `$schema` names.
std::string naming_the_schema_beside(std::string_view scenario) {
  std::string text{scenario};
  const auto at = text.find(schema_of_samples);
  if (at != std::string::npos) text.replace(at, schema_of_samples.size(), schema_beside);
  return text;
}

/// Copies the sample's files and adds the schema. @return where they are now
std::vector<std::string> copy_sample(const std::string& sample, const fs::path& folder) {
  const std::string prefix = sample + "/";
  std::vector<std::string> copied;
  for (const auto& [path, content] : planner::sample_files()) {
    if (!path.starts_with(prefix)) continue;
    const fs::path target = folder / path.substr(prefix.size());
    make_folder(target.parent_path());
    write_file(target, target.filename() == "scenario.json" ? naming_the_schema_beside(content)
                                                            : std::string{content});
    copied.push_back(target.string());
  }
  copied.push_back((folder / schema_beside).string());
  write_file(copied.back(), planner::scenario_schema());
  return copied;
}

std::string write_below(const fs::path& folder, const std::string& name, const std::string& content) {
  const fs::path target = folder / name;
  make_folder(target.parent_path());
  write_file(target, content);
  return target.string();
}

/// Only a path that stays below the folder it is joined to.
const std::string& inside(const std::string& path) {
  const fs::path normal = fs::path{path}.lexically_normal();
  if (normal.empty() || normal.is_absolute() || *normal.begin() == "..")
    throw IoError{"the report holds a file \"" + path + "\", which is not within its folder"};
  return path;
}

Answer unpack(const NewOptions& options) {
  const auto bundle = planner::bundle_in_report(read_file(options.sample));
  if (!bundle) {
    throw UsageError{"\"" + options.sample + "\" is no report that holds a scenario",
                     "`isochrone report FILE -o report.html` writes one"};
  }
  for (const auto& [path, text] : bundle->files) inside(path);
  const fs::path folder = options.folder.empty() ? fs::path{options.sample}.stem().string() : options.folder;
  expect_free(folder);
  std::vector<std::string> written{write_below(folder, "scenario.json", bundle->scenario.text)};
  for (const auto& [path, text] : bundle->files) written.push_back(write_below(folder, path, text));
  std::string again = "isochrone compare " + folder.string();
  for (std::size_t i = 0; i < bundle->patches.size(); ++i) {
    const std::string name = "patch-" + std::to_string(i + 1) + ".json";
    written.push_back(write_below(folder, name, bundle->patches[i].text));
    again += " --patch " + written.back();
  }
  for (const std::string& set : bundle->sets) again += " --set '" + set + "'";
  Answer answer{.schema = "new/1"};
  answer.document = {{"report", options.sample}, {"folder", folder.string()}, {"files", written}};
  for (const std::string& path : written) answer.text += "created " + path + "\n";
  answer.message = "next: " + again + "\n";
  return answer;
}

Answer create(const NewOptions& options) {
  if (names_file(options.sample)) return unpack(options);
  expect_sample(options.sample);
  const fs::path folder = options.folder.empty() ? options.sample : options.folder;
  expect_free(folder);
  Answer answer{.schema = "new/1"};
  answer.document = {{"sample", options.sample}, {"folder", folder.string()}};
  answer.document["files"] = copy_sample(options.sample, folder);
  for (const std::string path : answer.document["files"]) answer.text += "created " + path + "\n";
  answer.message = "next: isochrone compare " + folder.string() + "\n";
  return answer;
}

}  // namespace

void add_new(CommandLine& line) {
  auto options = std::make_shared<NewOptions>();
  CLI::App& command = line.add("new", "Begin", "start a scenario from a sample or a report",
                               [options](const Settings&) { return create(*options); });
  command.add_option("DIR", options->folder, "folder to create; the sample's name by default")->type_name("");
  command.add_option("--from", options->sample, "a sample, or a report (.html)")
      ->type_name("SAMPLE|FILE")
      ->required();
}

}  // namespace cli
