#include "commands.hpp"
#include "tool.hpp"

namespace cli {

namespace {

constexpr const char* scenario_format = "1.0";

Answer version() {
  Answer answer{.schema = "version/1"};
  answer.text = std::string{tool_name} + " " + tool_version + " (scenario format " + scenario_format + ")\n";
  answer.document = {
      {"version", tool_version}, {"scenario_format", scenario_format}, {"compiler", __VERSION__}};
  return answer;
}

}  // namespace

void add_version(CommandLine& line) {
  line.add("version", "Learn", "version of the tool and of its formats",
           [](const Settings&) { return version(); });
}

}  // namespace cli
