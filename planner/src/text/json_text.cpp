#include "planner/json_text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_line = 160;

std::string scalar(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

bool is_flat(const Json& value) {
  return std::none_of(value.begin(), value.end(),
                      [](const Json& member) { return member.is_structured() && !member.empty(); });
}

bool has_text(const Json& value) {
  return std::any_of(value.begin(), value.end(), [](const Json& member) { return member.is_string(); });
}

/// Members with `between` them, each as `text` gives it.
template <class Text>
std::string members(const Json& value, const std::string& between, Text text) {
  std::string all;
  for (auto member = value.begin(); member != value.end(); ++member) {
    if (!all.empty()) all += between;
    if (value.is_object()) all += scalar(member.key()) + ": ";
    all += text(*member);
  }
  return all;
}

std::string enclosed(const Json& value, const std::string& text) {
  return value.is_object() ? "{" + text + "}" : "[" + text + "]";
}

std::string text_of(const Json& value, std::size_t depth) {
  if (!value.is_structured() || value.empty()) return scalar(value);
  if (is_flat(value)) {
    std::string line = enclosed(value, members(value, ", ", scalar));
    if (line.size() <= longest_line || !has_text(value)) return line;
  }
  const std::string margin = "\n" + std::string(2 * depth, ' ');
  const auto deeper = [depth](const Json& member) { return text_of(member, depth + 1); };
  return enclosed(value, margin + "  " + members(value, "," + margin + "  ", deeper) + margin);
}

}  // namespace

std::string json_text(const Json& document) { return text_of(document, 0) + "\n"; }

}  // namespace planner
