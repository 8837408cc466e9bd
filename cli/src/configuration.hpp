#pragma once
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Defaults of options from files and the environment. Lowest first: built in, /etc/isochrone.json, the
/// user's
/// (`$XDG_CONFIG_HOME` or `~/.config`)`/isochrone/config.json`, the project's `.isochrone.json`,
/// `ISOCHRONE_*`, options.
///
/// Only where things go, how they look and limits: whatever a result depends on is refused, because the same
/// command would give another answer on another machine.
namespace cli {

/// An option that may be configured, by its name without dashes.
struct Setting {
  std::string_view name, meaning;
  std::string_view built_in;  ///< what holds where nobody sets it
};
[[nodiscard]] std::span<const Setting> settings_known();

/// `ISOCHRONE_TIME_LIMIT` of time-limit.
[[nodiscard]] std::string environment_name(std::string_view setting);

class Configuration {
 public:
  struct Value {
    std::string text;    ///< as on the command line
    std::string origin;  ///< `/etc/isochrone.json:3`, `ISOCHRONE_JOBS`
  };
  struct File {
    std::filesystem::path path;
    enum class State { read, absent } state = State::absent;
  };

  /// Nothing is configured.
  Configuration() = default;
  /// Reads the files and the environment.
  ///
  /// The project's file is the nearest one in the working folder or above it. A `store` that is not absolute
  /// is meant from its file's folder.
  /// @throws UsageError with the place of a setting that is unknown, of the wrong type or not for
  ///         configurations; planner::ScenarioError where a file is no JSON; IoError where it cannot be read
  [[nodiscard]] static Configuration load();

  [[nodiscard]] const std::map<std::string, Value>& values() const { return values_; }
  /// All that were looked for, lowest first.
  [[nodiscard]] const std::vector<File>& files() const { return files_; }

 private:
  void read(const std::filesystem::path& path);
  void read_environment();

  std::map<std::string, Value> values_;
  std::vector<File> files_;
};

}  // namespace cli
