#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include "commands.hpp"
#include "failure.hpp"
#include "git.hpp"
#include "planner/scenario_diff.hpp"
#include "scenario_options.hpp"

namespace cli {

namespace {

namespace fs = std::filesystem;

struct DiffOptions {
  std::string before, after;
  std::vector<std::string> strategies;
  ScenarioOptions overlays;
  bool exit_code = false;
};

/// What an argument names: a file, a revision of the other one's file, or a strategy of it.
struct Side {
  std::string text;  ///< as given
  std::string file{}, revision{}, strategy{};
};

bool is_file(const std::string& text) {
  std::error_code ignored;
  return text == "-" || fs::exists(text, ignored);
}

/// `FILE`, `git:REVISION`, either with `@STRATEGY`; what is neither counts as a strategy of the other file.
Side side_of(const std::string& text) {
  Side side{.text = text};
  std::string rest = text;
  const std::size_t at = text.rfind('@');
  // A revision may have an @ of its own: HEAD@{1}.
  if (!is_file(text) && at != std::string::npos && text.substr(at, 2) != "@{") {
    side.strategy = text.substr(at + 1);
    rest = text.substr(0, at);
  }
  if (rest.starts_with("git:"))
    side.revision = rest.substr(4);
  else if (is_file(rest))
    side.file = rest;
  else if (side.strategy.empty() && rest.find_first_of("/.") == std::string::npos)
    side.strategy = rest;
  else if (!rest.empty())
    throw IoError{rest + ": no such file"};
  return side;
}

/// A side with its document; a revision's files go with the object.
struct Loaded {
  std::unique_ptr<GitSnapshot> snapshot{};
  std::optional<planner::Document> document{};
};

Loaded load(const Side& side, const Side& other, ScenarioOptions overlays) {
  Loaded loaded;
  const std::string& file = side.file.empty() ? other.file : side.file;
  if (file.empty()) {
    throw UsageError{
        "neither \"" + side.text + "\" nor \"" + other.text + "\" is a file",
        "a strategy and git:REVISION are those of the other one's file: isochrone diff git:main plan"};
  }
  overlays.file = file;
  if (!side.revision.empty()) {
    if (file == "-") throw UsageError{"standard input has no revision \"" + side.revision + "\""};
    loaded.snapshot = std::make_unique<GitSnapshot>(scenario_file(file), side.revision);
    overlays.file = loaded.snapshot->file();
  }
  loaded.document = load_scenario(overlays);
  if (!side.strategy.empty()) expect_strategy(*loaded.document, side.strategy);
  return loaded;
}

planner::ScenarioDiff compared(const DiffOptions& options, const Side& a, const Side& b) {
  const Loaded before = load(a, b, options.overlays), after = load(b, a, options.overlays);
  if (a.strategy.empty() && b.strategy.empty()) {
    for (const std::string& strategy : options.strategies) {
      const auto& known = before.document->strategies();
      // One that was removed is told as such; one that neither has is a slip.
      if (std::ranges::find(known, strategy) == known.end()) expect_strategy(*after.document, strategy);
    }
    return planner::diff(*before.document, *after.document, options.strategies);
  }
  if (!options.strategies.empty())
    throw UsageError{"--strategy has no effect where a side names its strategy"};
  const auto chosen = [](const Side& side, const Loaded& loaded) {
    return side.strategy.empty() ? loaded.document->baseline() : side.strategy;
  };
  return planner::diff(*before.document, chosen(a, before), *after.document, chosen(b, after));
}

Answer diff(const DiffOptions& options, const Settings& settings) {
  const planner::ScenarioDiff found = compared(options, side_of(options.before), side_of(options.after));
  const planner::DiffNames names{options.before, options.after};
  Answer answer{.schema = "diff/1"};
  if (options.exit_code && !found.equal()) answer.code = ExitCode::different;
  answer.text = planner::render_diff(found, names, text_width());
  answer.document = planner::diff_json(found, names);
  if (settings.format == Format::markdown) answer.rendered = planner::diff_markdown(found, names);
  return answer;
}

}  // namespace

void add_diff(CommandLine& line) {
  auto options = std::make_shared<DiffOptions>();
  CLI::App& command = line.add("diff", "Scenario", "what two scenarios or strategies state differently",
                               [options](const Settings& settings) { return diff(*options, settings); });
  line.offer(command, {Format::markdown});
  add_examples(command, {"isochrone diff git:main plan        what a branch changes",
                         "isochrone diff plan@region edge     two strategies of a file",
                         "isochrone diff old.json new.json --exit-code"});
  command.add_option("A", options->before, "file, git:REVISION, strategy, or FILE@STRATEGY")
      ->type_name("")
      ->required();
  command.add_option("B", options->after, "the same; later than A")->type_name("")->required();
  command.add_option("--strategy", options->strategies, "only this one of both (repeatable)")
      ->type_name("NAME")
      ->expected(1)
      ->take_all()
      ->group("Scenario");
  add_overlay_options(command, options->overlays);
  command.add_flag("--exit-code", options->exit_code, "end with 13 where anything differs");
}

}  // namespace cli
