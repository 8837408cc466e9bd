#include <algorithm>
#include <filesystem>
#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "files.hpp"
#include "planner/samples.hpp"

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

/// Copies the sample's files. @return where they are now
std::vector<std::string> copy_sample(const std::string& sample, const fs::path& folder) {
  const std::string prefix = sample + "/";
  std::vector<std::string> copied;
  for (const auto& [path, content] : planner::sample_files()) {
    if (!path.starts_with(prefix)) continue;
    const fs::path target = folder / path.substr(prefix.size());
    make_folder(target.parent_path());
    write_file(target, content);
    copied.push_back(target.string());
  }
  return copied;
}

Answer create(const NewOptions& options) {
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
  CLI::App& command = line.add("new", "Begin", "start a scenario of your own from a sample",
                               [options](const Settings&) { return create(*options); });
  command.add_option("DIR", options->folder, "folder to create; the sample's name by default")->type_name("");
  command.add_option("--from", options->sample, "which sample (see `isochrone samples`)")
      ->type_name("SAMPLE")
      ->required();
}

}  // namespace cli
