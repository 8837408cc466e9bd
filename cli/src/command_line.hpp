#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "configuration.hpp"
#include "exit_code.hpp"
#include "planner/diagnostic.hpp"
#include "planner/executor.hpp"
#include "terminal.hpp"

namespace cli {

/// `sarif` and `gitlab` are for diagnostics.
enum class Format { text, json, jsonl, sarif, junit, markdown, github, gitlab, csv };

/// What every command obeys.
struct Settings {
  Format format = Format::text;
  std::string output;  ///< -o; empty: standard output
  ColorChoice color = ColorChoice::automatic;
  bool quiet = false;
  bool verbose = false;
  planner::Executor* executor = nullptr;  ///< other processes that simulate; none: this one alone
  planner::Executor::Spread spread = planner::Executor::Spread::replications;
};

/// What a command has to say, written once when it is done.
struct Answer {
  ExitCode code = ExitCode::ok;
  std::string text{};  ///< for --format text
  /// For --format json. With a `schema`, `schema`, `tool` and `exit` are put in front; without, it is a
  /// document of another format (a scenario, a JSON Schema) and stays as it is.
  nlohmann::ordered_json document = nlohmann::ordered_json::object();
  std::string rendered{};  ///< for the other formats, where the command has them
  std::string schema{};    ///< such as result/1
  std::string message{};   ///< for standard error, unless --quiet: what to do next, what was left out
};

using Action = std::function<Answer(const Settings&)>;

/// The command line: a command's file adds its options here and says what it does.
class CommandLine {
 public:
  /// @param executor  other processes that simulate, or null
  explicit CommandLine(planner::Executor* executor);

  /// A new command with the options that all of them have.
  /// @param group   heading in the list of commands
  /// @param action  run when the command is the one asked for
  CLI::App& add(const std::string& name, const std::string& group, const std::string& summary, Action action);
  /// The same below another command: catalog show.
  CLI::App& add_below(CLI::App& parent, const std::string& name, const std::string& summary, Action action);

  /// Formats that the command has besides text and json.
  void offer(const CLI::App& command, std::vector<Format> formats) {
    offered_[&command] = std::move(formats);
  }

  /// Takes what files and the environment say: it holds where an option is not given.
  void configure(Configuration configuration) { configuration_ = std::move(configuration); }
  [[nodiscard]] const Configuration& configuration() const { return configuration_; }

  /// Reads the arguments (without the program's name), then what is configured.
  /// @return what to do: a command, or the printing of the help that was asked for
  /// @throws UsageError with the nearest spelling of an unknown command or option
  Action parse(std::vector<std::string> arguments);

  [[nodiscard]] const Settings& settings() const { return settings_; }
  [[nodiscard]] CLI::App& app() { return app_; }
  /// Names of the commands that the help lists, in its order.
  [[nodiscard]] std::vector<std::string> command_names() const;

 private:
  void add_common_options(CLI::App& command);
  void apply_configuration(CLI::App& command);

  CLI::App app_;
  Settings settings_;
  Configuration configuration_;
  void expect_format(const CLI::App& command) const;
  [[nodiscard]] std::vector<Format> formats_of(const CLI::App& command) const;
  [[nodiscard]] bool offers(const CLI::App& command, Format format) const;

  std::map<const CLI::App*, Action> actions_;
  std::map<const CLI::App*, std::vector<Format>> offered_;
};

/// Whether to colour what goes to a stream.
[[nodiscard]] planner::Color color_for(const Settings& settings, Stream stream);

/// Lines that the help on a command ends with: whole command lines, each with what it is for.
void add_examples(CLI::App& command, const std::vector<std::string>& lines);

/// Help on a command, or on the program.
[[nodiscard]] std::string help_text(const CLI::App& command);

[[nodiscard]] std::string name(Format format);

/// The format that the arguments, or else ISOCHRONE_FORMAT, ask for; known even where they cannot be parsed.
[[nodiscard]] Format requested_format(const std::vector<std::string>& arguments);

/// `text` as an answer that is the same in both formats (help).
[[nodiscard]] Answer text_answer(std::string text, const std::string& schema);

/// A line of a list: `left` padded to `width`, then `right`, folded into the columns that are left.
[[nodiscard]] std::string hanging(const std::string& left, std::size_t width, const std::string& right);

}  // namespace cli
