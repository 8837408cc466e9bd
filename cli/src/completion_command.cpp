#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "planner/samples.hpp"
#include "scenario_options.hpp"

namespace cli {

namespace {

/// A command with what can follow it.
struct Entry {
  std::string name, summary;  ///< `baseline save`
  std::vector<std::string> words;
};

void collect(const CLI::App& app, const std::string& prefix, std::vector<Entry>& entries) {
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_group().empty()) continue;
    Entry entry{prefix + command->get_name(), command->get_description(), {}};
    for (const CLI::App* below : command->get_subcommands([](const CLI::App*) { return true; }))
      entry.words.push_back(below->get_name());
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) entry.words.push_back("--" + name);
      for (const std::string& name : option->get_snames()) entry.words.push_back("-" + name);
    }
    entries.push_back(entry);
    collect(*command, entry.name + " ", entries);
  }
}

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

std::vector<std::string> first_words(const std::vector<Entry>& entries) {
  std::vector<std::string> words;
  for (const Entry& entry : entries) {
    if (entry.name.find(' ') == std::string::npos) words.push_back(entry.name);
  }
  return words;
}

/// Values that only the scenario on the line, or the tool, knows.
constexpr const char* bash_values = R"sh(
  case "$previous" in
    --strategy|--baseline)
      COMPREPLY=($(compgen -W "$(isochrone ids strategies "${COMP_WORDS[2]}" 2>/dev/null)" -- "$current"))
      return
      ;;
    --from)
      COMPREPLY=($(compgen -W "$(isochrone ids samples 2>/dev/null)" -- "$current"))
      return
      ;;
    --format)
      COMPREPLY=($(compgen -W "text json jsonl junit sarif markdown github csv" -- "$current"))
      return
      ;;
  esac
)sh";

std::string bash(const std::vector<Entry>& entries) {
  std::string text =
      "# bash completion of isochrone: source <(isochrone completion bash)\n"
      "_isochrone() {\n"
      "  local current=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\" words=\"\"\n";
  text += bash_values;
  text += fmt::format(
      "  if ((COMP_CWORD == 1)); then words=\"{}\"\n  else\n    case \"${{COMP_WORDS[1]}} "
      "${{COMP_WORDS[2]:-}}\" in\n",
      joined(first_words(entries)));
  // The longer name first: a case takes the first pattern that fits.
  std::vector<Entry> sorted = entries;
  std::ranges::stable_sort(sorted, [](const Entry& a, const Entry& b) {
    return std::ranges::count(a.name, ' ') > std::ranges::count(b.name, ' ');
  });
  for (const Entry& entry : sorted)
    text +=
        fmt::format("      \"{}\"*) words=\"{}\" ;;\n",
                    entry.name + (entry.name.find(' ') == std::string::npos ? " " : ""), joined(entry.words));
  return text +
         "    esac\n  fi\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "  [[ $current == -* ]] || COMPREPLY+=($(compgen -f -- \"$current\"))\n"
         "}\ncomplete -o filenames -F _isochrone isochrone\n";
}

/// zsh understands bash's completions.
std::string zsh(const std::vector<Entry>& entries) {
  return "#compdef isochrone\n# zsh completion of isochrone: source <(isochrone completion zsh)\n"
         "autoload -U +X bashcompinit && bashcompinit\n" +
         bash(entries);
}

/// Within single quotes of fish.
std::string quoted(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += c == '\'' || c == '\\' ? std::string{'\\', c} : std::string{c};
  return "'" + escaped + "'";
}

std::string fish(const std::vector<Entry>& entries) {
  std::string text = "# fish completion of isochrone: isochrone completion fish | source\n";
  for (const Entry& entry : entries) {
    if (entry.name.find(' ') == std::string::npos)
      text += fmt::format("complete -c isochrone -n __fish_use_subcommand -a {} -d {}\n", entry.name,
                          quoted(entry.summary));
    const std::string last = entry.name.substr(entry.name.rfind(' ') + 1);
    for (const std::string& word : entry.words) {
      const char* kind = word.starts_with("--") ? "-l" : word.starts_with("-") ? "-s" : "-a";
      text += fmt::format("complete -c isochrone -n '__fish_seen_subcommand_from {}' {} {}\n", last, kind,
                          word.substr(word.find_first_not_of('-')));
    }
  }
  return text +
         "complete -c isochrone -l strategy -x -a '(isochrone ids strategies (commandline -opc)[3] "
         "2>/dev/null)'\n"
         "complete -c isochrone -l from -x -a '(isochrone ids samples 2>/dev/null)'\n";
}

Answer completion(const CLI::App& app, const std::string& shell) {
  std::vector<Entry> entries;
  collect(app, "", entries);
  if (shell == "bash") return text_answer(bash(entries), "completion/1");
  if (shell == "zsh") return text_answer(zsh(entries), "completion/1");
  if (shell == "fish") return text_answer(fish(entries), "completion/1");
  throw UsageError{"there is no completion for \"" + shell + "\"", "known are bash, zsh and fish"};
}

struct IdOptions {
  std::string kind, file;
};

/// What completions ask for; a scenario that cannot be read has nothing to propose.
Answer ids(const IdOptions& options) {
  std::vector<std::string> words;
  if (options.kind == "samples") {
    for (const planner::Sample& sample : planner::samples()) words.push_back(sample.name);
  } else if (options.kind == "strategies") {
    words = load_scenario({.file = options.file, .patches = {}, .sets = {}}).strategies();
  } else {
    throw UsageError{"there are no ids of \"" + options.kind + "\"", "known are samples and strategies"};
  }
  std::string text;
  for (const std::string& word : words) text += word + "\n";
  return {.text = text, .document = {{"ids", words}}, .schema = "ids/1"};
}

}  // namespace

void add_completion(CommandLine& line) {
  auto shell = std::make_shared<std::string>();
  CLI::App& command = line.add("completion", "Learn", "completions for a shell: bash, zsh or fish",
                               [&line, shell](const Settings&) { return completion(line.app(), *shell); });
  command.add_option("SHELL", *shell, "bash, zsh or fish")->type_name("")->required();

  auto options = std::make_shared<IdOptions>();
  CLI::App& asking =
      line.add("ids", "", "what completions ask for", [options](const Settings&) { return ids(*options); });
  asking.add_option("KIND", options->kind, "samples or strategies")->type_name("")->required();
  asking.add_option("FILE", options->file, "the scenario")->type_name("");
}

}  // namespace cli
