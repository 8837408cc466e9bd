#include "github.hpp"

#include <cstdlib>
#include <fstream>
#include <string_view>

namespace cli {

bool runs_in_github_actions() {
  const char* actions = std::getenv("GITHUB_ACTIONS");
  return actions != nullptr && std::string_view{actions} == "true";
}

std::string write_step_summary(const std::string& markdown) {
  constexpr std::size_t longest = 900 * 1024;
  const char* path = std::getenv("GITHUB_STEP_SUMMARY");
  if (path == nullptr || *path == '\0') return {};
  if (markdown.size() > longest) return "warning: the summary of the step is too long and left out\n";
  std::ofstream file{path, std::ios::app};
  file << markdown << "\n";
  file.flush();
  return file ? std::string{}
              : "warning: " + std::string{path} + ": the summary of the step cannot be written\n";
}

std::string without_commands(std::string text) {
  constexpr const char* joiner = "\xE2\x80\x8B";  // a space without width
  for (std::size_t at = 0; (at = text.find("::", at)) != std::string::npos; ++at) text.insert(at + 1, joiner);
  return text;
}

}  // namespace cli
