#include <algorithm>
#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "manual.hpp"

namespace cli {

namespace {

struct Topic {
  std::string name, summary;
  std::string (*text)();
};

std::string exit_codes_text() {
  std::string text = "Exit codes. Stable; with --format json also in the member `exit`.\n\n";
  for (const ExitCodeInfo& code : exit_codes()) {
    std::string left = std::to_string(static_cast<int>(code.code));
    left.resize(5, ' ');
    text += hanging(left + std::string{code.name}, 20, std::string{code.meaning});
  }
  return text +
         "\nWhere several apply, the one that says most about why there is no full answer\n"
         "counts: 143, 130, 70, 4, 3, 5, 21, 20, 10, 12, 11, 13, 2.\n";
}

std::string output_text() {
  return "Output.\n\n"
         "The answer goes to standard output, or into the file given by -o; everything\n"
         "else (errors, hints, progress) to standard error. Progress is shown only where\n"
         "standard error is a terminal. Text is laid out for the terminal, for 80 columns\n"
         "elsewhere; it is for people and may change with any version.\n\n"
         "Formats: text, json; of studies also jsonl, csv, junit, markdown, github; of\n"
         "validate also sarif, github.\n\n"
         "--format json prints exactly one JSON document, whatever happens: wrong options,\n"
         "a broken scenario, an interrupt. Its `schema` says what it is (result/1,\n"
         "diag/1, ...) and `exit` how the program ended. Within a number members are\n"
         "only ever added. `resolve` and `schema` print a scenario and a JSON Schema as\n"
         "they are.\n\n"
         "A file given by -o is replaced as a whole or not at all.\n\n"
         "Colour: --color auto|always|never; auto heeds NO_COLOR and TERM=dumb.\n"
         "No network access, no telemetry. Defaults can be set: `help configuration`.\n";
}

std::string precedence_text() {
  return "Which value counts.\n\n"
         "Lowest first: imports, the file, the strategy with those it extends, --patch\n"
         "files from left to right, --set from left to right. All are JSON merge patches\n"
         "(RFC 7396): objects merge by key, `null` deletes, everything else replaces.\n\n"
         "  isochrone resolve FILE --strategy S                what a strategy amounts to\n"
         "  isochrone resolve FILE --strategy S --explain PTR  who set a value\n\n"
         "--seed, --reps, --precision and --confidence win over the scenario's experiment.\n";
}

std::string configuration_text() {
  std::string text =
      "Defaults of options. Lowest first: built in, /etc/isochrone.json, the user's\n"
      "~/.config/isochrone/config.json (or below $XDG_CONFIG_HOME), .isochrone.json of\n"
      "the working folder or the nearest folder above it, ISOCHRONE_* in the\n"
      "environment, options. `isochrone config` shows which of them set what.\n\n"
      "  { \"jobs\": 2, \"color\": \"never\", \"store\": \"results/runs.db\" }\n\n";
  for (const Setting& setting : settings_known())
    text += hanging("  " + std::string{setting.name}, 16,
                    environment_name(setting.name) + ": " + std::string{setting.meaning});
  return text +
         "\nWhatever a result depends on (seed, reps, precision, confidence, set, ...) is\n"
         "refused: the same command must give the same answer on every machine.\n";
}

std::vector<Topic> topics() {
  return {{"exit-codes", "how the program ends", exit_codes_text},
          {"output", "streams, JSON, files, colour", output_text},
          {"configuration", "defaults from files and the environment", configuration_text},
          {"precedence", "which of several values counts", precedence_text}};
}

std::string topic_list() {
  std::string text = "\nTopics of `isochrone help`:\n";
  for (const Topic& topic : topics()) text += hanging("  " + topic.name, 30, topic.summary);
  return text;
}

nlohmann::ordered_json exit_codes_json() {
  auto list = nlohmann::ordered_json::array();
  for (const ExitCodeInfo& code : exit_codes()) {
    list.push_back({{"code", static_cast<int>(code.code)}, {"name", code.name}, {"meaning", code.meaning}});
  }
  return list;
}

Answer overview(CLI::App& app, const std::vector<std::string>& commands) {
  Answer answer = text_answer(help_text(app) + topic_list(), "help/1");
  answer.document["commands"] = commands;
  auto& list = answer.document["topics"] = nlohmann::ordered_json::array();
  for (const Topic& topic : topics()) list.push_back(topic.name);
  return answer;
}

Answer help(CLI::App& app, const std::vector<std::string>& commands, const std::string& wanted) {
  if (wanted.empty()) return overview(app, commands);
  std::vector<std::string> known = commands;
  for (const Topic& topic : topics()) {
    known.push_back(topic.name);
    if (topic.name != wanted) continue;
    Answer answer = text_answer(topic.text(), "help/1");
    if (wanted == "exit-codes") answer.document["exit_codes"] = exit_codes_json();
    return answer;
  }
  if (std::ranges::find(commands, wanted) != commands.end()) {
    return text_answer(help_text(*app.get_subcommand(wanted)), "help/1");
  }
  throw UsageError{"there is no help on \"" + wanted + "\"",
                   did_you_mean(wanted, known, "`isochrone help` lists the topics")};
}

}  // namespace

void add_help(CommandLine& line) {
  struct HelpOptions {
    std::string topic;
    bool manual = false;
  };
  auto options = std::make_shared<HelpOptions>();
  CLI::App& command =
      line.add("help", "Learn", "help on a command or a topic", [&line, options](const Settings&) {
        if (options->manual) return text_answer(manual_page(line.app()), "manual/1");
        return help(line.app(), line.command_names(), options->topic);
      });
  command.add_option("TOPIC", options->topic, "a command or a topic")->type_name("");
  command.add_flag("--man", options->manual, "print the manual page, isochrone(1)");
}

}  // namespace cli
