#include "samples.hpp"

#include <memory>

#include "planner/jsonc.hpp"

namespace cli {

namespace {

constexpr std::string_view main_file = "/scenario.json";

std::string text_at(const planner::Value& root, std::string_view pointer) {
  const planner::Value* value = planner::at_pointer(root, pointer);
  return value == nullptr ? std::string{} : value->text;
}

}  // namespace

std::vector<Sample> samples() {
  std::vector<Sample> result;
  for (const auto& [path, content] : sample_files()) {
    if (!path.ends_with(main_file)) continue;
    const planner::ParsedText parsed =
        planner::parse_jsonc(std::make_shared<planner::SourceFile>(std::string{path}, std::string{content}));
    result.push_back({.name = std::string{path.substr(0, path.size() - main_file.size())},
                      .question = text_at(parsed.root, "/meta/title"),
                      .note = text_at(parsed.root, "/meta/note")});
  }
  return result;
}

}  // namespace cli
