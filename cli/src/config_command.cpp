#include "commands.hpp"

namespace cli {

namespace {

Answer config(const Configuration& configuration) {
  Answer answer{.schema = "configuration/1"};
  auto& settings = answer.document["settings"] = nlohmann::ordered_json::array();
  for (const Setting& setting : settings_known()) {
    const auto found = configuration.values().find(std::string{setting.name});
    const bool set = found != configuration.values().end();
    const std::string value = set ? found->second.text : std::string{setting.built_in};
    const std::string origin = set ? found->second.origin : "built in";
    std::string left{setting.name};
    left.resize(14, ' ');
    answer.text += hanging(left + value + "  ", 34, origin);
    settings.push_back({{"name", setting.name},
                        {"value", value},
                        {"origin", origin},
                        {"environment", environment_name(setting.name)},
                        {"meaning", setting.meaning}});
  }
  answer.text += "\nfiles, lowest first; above them ISOCHRONE_*, then options\n";
  auto& files = answer.document["files"] = nlohmann::ordered_json::array();
  for (const Configuration::File& file : configuration.files()) {
    const bool read = file.state == Configuration::File::State::read;
    answer.text += "  " + file.path.string() + (read ? "" : " (none)") + "\n";
    files.push_back({{"path", file.path.string()}, {"read", read}});
  }
  return answer;
}

}  // namespace

void add_config(CommandLine& line) {
  line.add("config", "Learn", "what is configured, and which layer set it",
           [&line](const Settings&) { return config(line.configuration()); });
}

}  // namespace cli
