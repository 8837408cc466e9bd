#include <unistd.h>

#include <filesystem>
#include <memory>

#include "commands.hpp"
#include "failure.hpp"
#include "process.hpp"

namespace cli {

namespace {

/// Becomes the desktop program, so that it has this one's terminal, signals and exit code.
Answer open_desktop(const std::string& file) {
  const std::string program = program_beside("isochrone-gui");
  if (program.empty()) {
    throw IoError{
        "there is no isochrone-gui beside this program or on PATH: it was built without Qt 6, or is not "
        "installed"};
  }
  std::error_code ignored;
  if (!file.empty() && !std::filesystem::exists(file, ignored)) throw IoError{file + ": no such file"};
  std::vector<std::string> words{program};
  if (!file.empty()) words.push_back(file);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  execv(program.c_str(), arguments.data());
  throw IoError{program + " cannot be started"};
}

}  // namespace

void add_gui(CommandLine& line) {
  auto file = std::make_shared<std::string>();
  CLI::App& command = line.add("gui", "Learn", "open the desktop, isochrone-gui",
                               [file](const Settings&) { return open_desktop(*file); });
  command.add_option("FILE", *file, "a scenario, its folder or a report to open")->type_name("");
  add_examples(command, {"isochrone gui plan"});
}

}  // namespace cli
