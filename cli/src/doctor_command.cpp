#include <unistd.h>

#include <clocale>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "baselines.hpp"
#include "commands.hpp"
#include "planner/samples.hpp"
#include "planner/schema.hpp"
#include "process.hpp"
#include "tool.hpp"

namespace cli {

namespace {

/// A fact about where the program runs, and whether it is well.
struct Finding {
  std::string name, value;
  enum class State { well, odd } state = State::well;
};

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

Finding folder(const std::string& name, const std::filesystem::path& path) {
  const bool writable = ::access(path.c_str(), W_OK) == 0;
  return {name, path.string() + (writable ? "" : " (may not be written)"),
          writable ? Finding::State::well : Finding::State::odd};
}

std::string many_machines() {
  const std::string program = program_beside("isochrone-mpi");
  if (program.empty()) return "no isochrone-mpi: built without MPI, or not installed";
  const std::string launcher = program_on_path("mpirun");
  return program + (launcher.empty() ? ", but no mpirun" : ", started by " + launcher);
}

std::vector<Finding> findings(const Configuration& configuration) {
  std::vector<Finding> all{{"version", tool_version},
                           {"compiler", __VERSION__},
                           {"processors", std::to_string(std::thread::hardware_concurrency())}};
  all.push_back({"many machines", many_machines()});
  std::error_code error;
  all.push_back(folder("working folder", std::filesystem::current_path(error)));
  all.push_back(folder("temporary folder", std::filesystem::temp_directory_path(error)));
  const std::string locale = variable("LC_ALL").empty() ? variable("LANG") : variable("LC_ALL");
  all.push_back({"locale", (locale.empty() ? "none" : locale) + " (numbers are written the same in all)"});
  all.push_back({"terminal", is_terminal(Stream::output)
                                 ? variable("TERM") + ", " + std::to_string(text_width()) + " columns"
                                 : "standard output is none"});
  all.push_back({"colour", use_color(ColorChoice::automatic, Stream::output) ? "on"
                           : variable("NO_COLOR").empty()                    ? "off"
                                                                             : "off: NO_COLOR"});
  for (const Configuration::File& file : configuration.files()) {
    if (file.state == Configuration::File::State::read) all.push_back({"configuration", file.path.string()});
  }
  for (const auto& [name, value] : configuration.values())
    all.push_back({name, value.text + ", by " + value.origin});
  std::string schemas;
  for (const auto& [file, content] : planner::embedded_schemas())
    schemas += (schemas.empty() ? "" : ", ") + std::string{file.substr(0, file.find(".schema"))};
  all.push_back({"schemas", schemas});
  all.push_back({"samples", std::to_string(planner::samples().size())});
  all.push_back({"baselines", std::to_string(saved_baselines().size()) + " in this folder"});
  return all;
}

Answer doctor(const Configuration& configuration) {
  Answer answer{.schema = "doctor/1"};
  auto& list = answer.document["findings"] = nlohmann::ordered_json::array();
  bool well = true;
  for (const Finding& finding : findings(configuration)) {
    const bool fine = finding.state == Finding::State::well;
    well = well && fine;
    answer.text += hanging((fine ? "  " : "! ") + finding.name, 22, finding.value);
    list.push_back({{"name", finding.name}, {"value", finding.value}, {"well", fine}});
  }
  answer.document["well"] = well;
  answer.text += well ? "nothing stands in the way\n" : "marked with !: may stand in the way\n";
  return answer;
}

}  // namespace

void add_doctor(CommandLine& line) {
  line.add("doctor", "Learn", "what the program runs on, and what hinders it",
           [&line](const Settings&) { return doctor(line.configuration()); });
}

}  // namespace cli
