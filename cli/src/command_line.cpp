#include "command_line.hpp"

#include <algorithm>
#include <cstdlib>

#include "failure.hpp"

namespace cli {

namespace {

template <typename T>
using Choices = std::vector<std::pair<std::string, T>>;

const Choices<Format> formats{
    {"text", Format::text},     {"json", Format::json},     {"jsonl", Format::jsonl},
    {"junit", Format::junit},   {"sarif", Format::sarif},   {"markdown", Format::markdown},
    {"github", Format::github}, {"gitlab", Format::gitlab}, {"csv", Format::csv}};
const Choices<planner::Executor::Spread> spreads{{"replications", planner::Executor::Spread::replications},
                                                 {"partitions", planner::Executor::Spread::partitions}};
const Choices<ColorChoice> colors{
    {"auto", ColorChoice::automatic}, {"always", ColorChoice::always}, {"never", ColorChoice::never}};

template <typename T>
std::string names_of(const Choices<T>& choices) {
  std::string names;
  for (const auto& [name, value] : choices) names += (names.empty() ? "" : "|") + name;
  return names;
}

template <typename T>
void add_choice(CLI::App& command, const std::string& option, T& target, const Choices<T>& choices,
                const std::string& what) {
  const auto choose = [option, &target, &choices](const std::string& given) {
    const auto chosen = std::ranges::find(choices, given, &std::pair<std::string, T>::first);
    if (chosen == choices.end()) {
      throw CLI::ValidationError{option, "\"" + given + "\" is not one of " + names_of(choices)};
    }
    target = chosen->second;
  };
  command.add_option_function<std::string>(option, choose, what)
      ->type_name(names_of(choices))
      ->take_last()
      ->group("Output");
}

/// Help in the order in which it is read: commands before options, one empty line between groups.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override {
    std::string text = make_description(app) + make_usage(app, std::move(name)) + make_positionals(app) +
                       make_subcommands(app, mode) + make_groups(app, mode) + "\n" + make_footer(app);
    for (std::size_t gap = 0; (gap = text.find("\n\n\n", gap)) != std::string::npos;) text.erase(gap, 1);
    return text.substr(0, text.find_last_not_of('\n') + 1) + "\n";
  }
};

/// The deepest command that was asked for: `show` of `catalog show`.
CLI::App& deepest(CLI::App& app) {
  const std::vector<CLI::App*> below = app.get_subcommands();
  return below.empty() ? app : deepest(*below.front());
}

std::vector<std::string> subcommand_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string full_name(const CLI::App& app) {
  return app.get_parent() == nullptr ? app.get_name() : full_name(*app.get_parent()) + " " + app.get_name();
}

/// Lets no option take more than one value each time it is given: what follows may be the file.
void take_one_value_each(CLI::App& app) {
  for (CLI::Option* option : app.get_options()) {
    if (option->nonpositional()) option->allow_extra_args(false);
  }
  for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    take_one_value_each(*command);
}

/// An argument that nothing takes: a misspelled command or option, or one file too many.
UsageError unknown_argument(CLI::App& app) {
  CLI::App& command = deepest(app);
  const std::vector<std::string> left = app.remaining(true);
  const std::string word = left.empty() ? std::string{} : left.front();
  const std::string see_help = "`" + full_name(command) + " --help` lists what there is";
  if (word.starts_with("-")) {
    const std::string option = word.substr(0, word.find('='));
    return UsageError{"unknown option " + option, did_you_mean(option, option_names(command), see_help)};
  }
  const std::vector<std::string> commands = subcommand_names(command);
  if (commands.empty()) return UsageError{"unexpected argument \"" + word + "\"", see_help};
  return UsageError{"unknown command \"" + word + "\"", did_you_mean(word, commands, see_help)};
}

}  // namespace

CommandLine::CommandLine(planner::Executor* executor)
    : app_{"Where should each service run, and what will users feel and finance pay?", "isochrone"} {
  app_.set_help_flag("-h,--help", "this help");
  app_.formatter(std::make_shared<HelpFormatter>());
  app_.get_formatter()->column_width(30);
  app_.get_formatter()->label("OPTIONS", "options");
  app_.get_formatter()->label("SUBCOMMAND", "command");
  app_.get_formatter()->label("Usage", "usage");
  app_.get_formatter()->label("Positionals", "Arguments");
  app_.get_formatter()->label("REQUIRED", "");
  app_.require_subcommand(0, 1);
  app_.footer(
      "First steps:\n"
      "  isochrone samples                      which questions there are samples for\n"
      "  isochrone new plan --from first-steps  copy one into the folder plan\n"
      "  isochrone compare plan                 answer its question");
  settings_.executor = executor;
  add_common_options(app_);
}

void CommandLine::add_common_options(CLI::App& command) {
  if (settings_.executor != nullptr)
    add_choice(command, "--spread", settings_.spread, spreads, "what the ranks share");
  add_choice(command, "--format", settings_.format, formats, "form of the answer (`help output`)");
  command.get_option("--format")->type_name("FORMAT");
  command.add_option("-o,--output", settings_.output, "write the answer to FILE")
      ->type_name("FILE")
      ->take_last()
      ->group("Output");
  add_choice(command, "--color", settings_.color, colors, "colour of the text");
  command.add_flag("-q,--quiet", settings_.quiet, "no progress, no hints")->group("Output");
  command.add_flag("-v,--verbose", settings_.verbose, "say more about what is done")->group("Output");
}

CLI::App& CommandLine::add(const std::string& name, const std::string& group, const std::string& summary,
                           Action action) {
  CLI::App& command = add_below(app_, name, summary, std::move(action));
  command.group(group);
  return command;
}

CLI::App& CommandLine::add_below(CLI::App& parent, const std::string& name, const std::string& summary,
                                 Action action) {
  CLI::App& command = *parent.add_subcommand(name, summary);
  command.footer("");
  add_common_options(command);
  actions_.emplace(&command, std::move(action));
  return command;
}

Action CommandLine::parse(std::vector<std::string> arguments) {
  take_one_value_each(app_);
  std::ranges::reverse(arguments);  // CLI11 takes them from the back
  try {
    app_.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    return [text = help_text(deepest(app_))](const Settings&) { return text_answer(text, "help/1"); };
  } catch (const CLI::ExtrasError&) {
    throw unknown_argument(app_);
  } catch (const CLI::ParseError& error) {
    throw UsageError{error.what(), "`" + full_name(deepest(app_)) + " --help` lists what there is"};
  }
  const auto chosen = actions_.find(&deepest(app_));
  if (chosen == actions_.end()) throw UsageError{"a command is missing", help_text(app_)};
  expect_format(*chosen->first);
  apply_configuration(deepest(app_));
  return chosen->second;
}

namespace {

/// Whether an option was given, at the command or, for those that all have, before it.
bool is_given(const CLI::App& command, const std::string& option) {
  const CLI::Option* own = command.get_option_no_throw(option);
  if (own != nullptr && own->count() > 0) return true;
  return command.get_parent() != nullptr && is_given(*command.get_parent(), option);
}

}  // namespace

void CommandLine::apply_configuration(CLI::App& command) {
  for (const auto& [name, value] : configuration_.values()) {
    const std::string option = "--" + name;
    CLI::Option* own = command.get_option_no_throw(option);
    if (own == nullptr || is_given(command, option)) continue;
    const Format before = settings_.format;
    try {
      own->add_result(value.text);
      own->run_callback();
    } catch (const CLI::ParseError& error) {
      throw UsageError{value.origin + ": " + error.what(), "`isochrone config` shows what is configured"};
    }
    // Who prefers junit means studies; other commands answer as ever.
    if (name == "format" && !offers(command, settings_.format)) settings_.format = before;
  }
}

std::vector<Format> CommandLine::formats_of(const CLI::App& command) const {
  std::vector<Format> all{Format::text, Format::json};
  if (const auto offered = offered_.find(&command); offered != offered_.end())
    all.insert(all.end(), offered->second.begin(), offered->second.end());
  return all;
}

bool CommandLine::offers(const CLI::App& command, Format format) const {
  return std::ranges::count(formats_of(command), format) > 0;
}

void CommandLine::expect_format(const CLI::App& command) const {
  if (offers(command, settings_.format)) return;
  std::string all;
  for (const Format format : formats_of(command)) all += (all.empty() ? "" : ", ") + name(format);
  throw UsageError{"`" + full_name(command) + "` has no --format " + name(settings_.format), "it has " + all};
}

std::string name(Format format) {
  return std::ranges::find(formats, format, &std::pair<std::string, Format>::second)->first;
}

std::vector<std::string> CommandLine::command_names() const {
  std::vector<std::string> names;
  for (const CLI::App* command : app_.get_subcommands([](const CLI::App*) { return true; })) {
    if (!command->get_group().empty()) names.push_back(command->get_name());
  }
  return names;
}

planner::Color color_for(const Settings& settings, Stream stream) {
  return use_color(settings.color, stream) ? planner::Color::on : planner::Color::off;
}

void add_examples(CLI::App& command, const std::vector<std::string>& lines) {
  std::string text = "Examples:";
  for (const std::string& line : lines) text += "\n  " + line;
  command.footer(text);
}

std::string help_text(const CLI::App& command) {
  // App::help() would show the command that was parsed, whichever is asked for.
  std::string text =
      command.get_formatter()->make_help(&command, full_name(command), CLI::AppFormatMode::Normal);
  for (std::size_t gap = 0; (gap = text.find("\n\n\n", gap)) != std::string::npos;) text.erase(gap, 1);
  return text;
}

Format requested_format(const std::vector<std::string>& arguments) {
  Format format = Format::text;
  const char* configured = std::getenv(environment_name("format").c_str());
  for (const auto& [name, known] : formats) {
    if (configured != nullptr && name == configured) format = known;
  }
  for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
    std::string value;
    if (arguments[i].starts_with("--format=")) value = arguments[i].substr(9);
    if (arguments[i] == "--format" && i + 1 < arguments.size()) value = arguments[i + 1];
    for (const auto& [name, known] : formats) {
      if (name == value) format = known;
    }
  }
  return format;
}

Answer text_answer(std::string text, const std::string& schema) {
  return {.text = text, .document = {{"text", text}}, .schema = schema};
}

std::string hanging(const std::string& left, std::size_t width, const std::string& right) {
  const std::size_t room = static_cast<std::size_t>(text_width()) - width;
  const std::size_t gap = left.size() < width ? width - left.size() : left.empty() ? 0 : 2;
  std::string result = left + std::string(gap, ' ');
  std::string_view rest = right;
  while (rest.size() > room) {
    std::size_t cut = rest.rfind(' ', room);
    if (cut == std::string_view::npos) cut = rest.find(' ');
    if (cut == std::string_view::npos) break;
    result += std::string{rest.substr(0, cut)} + "\n" + std::string(width, ' ');
    rest.remove_prefix(cut + 1);
  }
  return result + std::string{rest} + "\n";
}

}  // namespace cli
