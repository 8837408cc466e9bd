// What the README and the tutorial show is what a reader gets.
#include <catch2/catch.hpp>
#include <filesystem>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "support/shared_data.hpp"
#include "tool.hpp"

using namespace cli_test;
namespace fs = std::filesystem;

namespace {

/// A fenced block that no language is named for: what a terminal showed.
struct Shown {
  std::string command;             ///< after `$ `; empty: more of what the last command printed
  std::vector<std::string> lines;  ///< in order; lines between them may be left out
};

std::vector<Shown> shown_in(const fs::path& page) {
  std::vector<Shown> blocks;
  std::istringstream text{test_support::read_text(page)};
  bool inside = false, terminal = false;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("```")) {
      inside = !inside;
      terminal = inside && line == "```";
      if (terminal) blocks.emplace_back();
    } else if (terminal && line.starts_with("$ ")) {
      blocks.back().command = line.substr(2);
    } else if (terminal && line.find_first_not_of(' ') != std::string::npos) {
      blocks.back().lines.push_back(line);
    }
  }
  return blocks;
}

/// As a reader types it, where `isochrone` is the tool of this build.
std::string printed(const std::string& typed, const fs::path& folder) {
  const fs::path tool{command({"version"}).arguments.front()};
  test_support::Command shell{{"/bin/bash", "-c", typed + " 2>&1"}};
  shell.folder = folder;
  shell.environment = {{"PATH", tool.parent_path().string() + ":/usr/bin:/bin"}, {"COLUMNS", "80"}};
  return test_support::run(shell).output;
}

/// The lines that `output` does not have in this order.
std::vector<std::string> missing_lines(const std::vector<std::string>& lines, const std::string& output) {
  std::vector<std::string> missing;
  std::size_t from = 0;
  for (const std::string& line : lines) {
    const std::size_t at = output.find(line + "\n", from);
    if (at == std::string::npos) {
      missing.push_back(line);
    } else {
      from = at + line.size();
    }
  }
  return missing;
}

}  // namespace

TEST_CASE("The README shows what ./run prints", "[cli][docs]") {
  const auto root = test_support::source_dir();
  const std::vector<Shown> blocks = shown_in(root / "README.md");
  REQUIRE(blocks.size() >= 1);
  REQUIRE(blocks.front().command == "./run");
  CHECK(blocks.front().lines.size() > 10);
  const std::string output = printed("isochrone compare scenarios/shop-200ms/scenario.json", root);
  CHECK(missing_lines(blocks.front().lines, output) == std::vector<std::string>{});
}

TEST_CASE("The tutorial shows what its commands print", "[cli][docs]") {
  const test_support::TemporaryFolder folder;
  std::string output;
  std::size_t commands = 0;
  for (const Shown& block : shown_in(test_support::source_dir() / "docs" / "tutorial.md")) {
    if (block.lines.empty()) continue;
    CAPTURE(block.command);
    // Where the reader is asked to leave out a unit.
    if (block.command == "isochrone validate plan") {
      std::string text = test_support::read_text(folder.path() / "plan/scenario.json");
      const std::string rate = "\"120 req/s\"";
      REQUIRE(text.find(rate) != std::string::npos);
      std::ignore = folder.write("plan/scenario.json", text.replace(text.find(rate), rate.size(), "\"120\""));
    }
    if (!block.command.empty()) {
      output = printed(block.command, folder.path());
      ++commands;
    }
    if (block.command.empty() && commands == 0) continue;
    CHECK(missing_lines(block.lines, output) == std::vector<std::string>{});
  }
  CHECK(commands >= 5);
}
