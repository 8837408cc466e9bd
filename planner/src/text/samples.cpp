#include "planner/samples.hpp"

#include <memory>

#include "planner/jsonc.hpp"

namespace planner {

namespace {

constexpr std::string_view main_file = "/scenario.json";

std::string text_at(const Value& root, std::string_view pointer) {
  const Value* value = at_pointer(root, pointer);
  return value == nullptr ? std::string{} : value->text;
}

}  // namespace

std::vector<Sample> samples() {
  std::vector<Sample> result;
  for (const auto& [path, content] : sample_files()) {
    if (!path.ends_with(main_file)) continue;
    const ParsedText parsed =
        parse_jsonc(std::make_shared<SourceFile>(std::string{path}, std::string{content}));
    result.push_back({.name = std::string{path.substr(0, path.size() - main_file.size())},
                      .question = text_at(parsed.root, "/meta/title"),
                      .note = text_at(parsed.root, "/meta/note")});
  }
  return result;
}

}  // namespace planner
