#include "configuration.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "failure.hpp"
#include "files.hpp"
#include "planner/jsonc.hpp"

namespace cli {

namespace {

constexpr std::array known{
    Setting{"format", "form of the answer, where a command has it", "text"},
    Setting{"color", "auto, always or never", "auto"},
    Setting{"quiet", "no progress, no hints", "false"},
    Setting{"verbose", "say more about what is done", "false"},
    Setting{"jobs", "threads", "one a processor"},
    Setting{"store", "file of results to use and to add to", "none"},
    Setting{"time-limit", "end with what is done by then", "none"},
    Setting{"event-limit", "end with what is done by then", "none"},
    Setting{"mem-limit", "end with what is done by then", "none"},
};

/// Options that decide what a result or a verdict is.
constexpr std::array<std::string_view, 12> of_the_model{
    "seed", "reps",     "precision", "until",     "confidence",      "rope",
    "set",  "strategy", "patch",     "tolerance", "on-inconclusive", "baseline"};

std::string variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? "" : value;
}

std::filesystem::path user_file() {
  std::filesystem::path folder = variable("XDG_CONFIG_HOME");
  // The specification has relative paths ignored.
  if (!folder.is_absolute()) {
    folder = variable("HOME");
    if (!folder.is_absolute()) return {};
    folder /= ".config";
  }
  return folder / "isochrone" / "config.json";
}

std::filesystem::path project_file() {
  constexpr const char* name = ".isochrone.json";
  std::error_code error;
  const std::filesystem::path here = std::filesystem::current_path(error);
  for (std::filesystem::path folder = here; !folder.empty(); folder = folder.parent_path()) {
    if (std::filesystem::is_regular_file(folder / name, error)) return folder / name;
    if (folder == folder.root_path()) break;
  }
  return here / name;
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const Setting& setting : known) all.emplace_back(setting.name);
  return all;
}

void expect_setting(const std::string& name, const std::string& origin) {
  if (std::ranges::find(known, name, &Setting::name) != known.end()) return;
  if (std::ranges::find(of_the_model, name) != of_the_model.end()) {
    throw UsageError{
        origin + ": \"" + name + "\" may not be configured, because results would then depend on the machine",
        "put it into the scenario or on the command line"};
  }
  throw UsageError{origin + ": there is no setting \"" + name + "\"",
                   did_you_mean(name, names(), "`isochrone config` lists what there is")};
}

std::string text_of(const planner::Value& value, const std::string& name, const std::string& origin) {
  switch (value.kind) {
    case planner::Value::Kind::string:
    case planner::Value::Kind::number:
      return value.text;
    case planner::Value::Kind::boolean:
      return value.boolean ? "true" : "false";
    default:
      throw UsageError{origin + ": \"" + name + "\" is neither a text, a number, true nor false"};
  }
}

}  // namespace

std::span<const Setting> settings_known() { return known; }

std::string environment_name(std::string_view setting) {
  std::string name = "ISOCHRONE_";
  for (const char c : setting) name += c == '-' ? '_' : static_cast<char>(c - 'a' + 'A');
  return name;
}

Configuration Configuration::load() {
  Configuration configuration;
  for (const auto& path : {std::filesystem::path{"/etc/isochrone.json"}, user_file(), project_file()}) {
    if (!path.empty()) configuration.read(path);
  }
  configuration.read_environment();
  return configuration;
}

void Configuration::read(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    files_.push_back({path, File::State::absent});
    return;
  }
  files_.push_back({path, File::State::read});
  const auto source = std::make_shared<const planner::SourceFile>(path.string(), read_file(path.string()));
  const planner::ParsedText parsed = planner::parse_jsonc(source);
  if (!parsed.issues.empty()) throw planner::ScenarioError{parsed.issues};
  if (!parsed.root.is_object()) throw UsageError{path.string() + ": a configuration is an object"};
  for (const planner::Member& member : parsed.root.members) {
    if (member.key == "$schema" || member.key == "note" || member.key.starts_with("x-")) continue;
    const auto at = source->position(member.key_span.begin);
    const std::string origin = path.string() + ":" + std::to_string(at.line);
    expect_setting(member.key, origin + ":" + std::to_string(at.column));
    Value value{text_of(member.value, member.key, origin), origin};
    if (member.key == "store") value.text = (path.parent_path() / value.text).lexically_normal().string();
    values_[member.key] = std::move(value);
  }
}

void Configuration::read_environment() {
  for (const std::string_view name : of_the_model) {
    if (!variable(environment_name(name)).empty()) expect_setting(std::string{name}, environment_name(name));
  }
  for (const Setting& setting : known) {
    const std::string name = environment_name(setting.name);
    if (const std::string text = variable(name); !text.empty())
      values_[std::string{setting.name}] = {text, name};
  }
}

}  // namespace cli
