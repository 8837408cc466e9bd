#include "catalog_text.hpp"

#include <algorithm>
#include <array>

#include "command_line.hpp"

namespace cli {

namespace {

using nlohmann::ordered_json;

constexpr std::array origin_keys{"basis", "source", "date"};
constexpr std::array headline_keys{"value", "law", "unit", "basis", "source", "date", "note"};

std::string scalar(const ordered_json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

bool is_list_of_scalars(const ordered_json& value) {
  return value.is_array() &&
         std::ranges::none_of(value, [](const ordered_json& one) { return one.is_structured(); });
}

std::string joined(const ordered_json& list) {
  std::string text;
  for (const ordered_json& one : list) text += (text.empty() ? "" : " ") + scalar(one);
  return text;
}

/// `lognormal, mean 3.91, cv 0.03`
std::string law_text(const ordered_json& law) {
  std::string text;
  for (const auto& [key, value] : law.items()) {
    const std::string shown = is_list_of_scalars(value) ? joined(value) : scalar(value);
    text += (text.empty() ? "" : ", ") + (key == "dist" ? shown : key + " " + shown);
  }
  return text;
}

/// `(measured, ulj, 2026-08)`
std::string origin_text(const ordered_json& figure) {
  std::string text;
  for (const char* key : origin_keys) {
    if (figure.contains(key)) text += (text.empty() ? "(" : ", ") + scalar(figure[key]);
  }
  return text.empty() ? text : text + ")";
}

/// What stands behind the name: number or law, unit, origin.
std::string headline(const ordered_json& figure) {
  std::string text;
  const auto add = [&text](const std::string& word) {
    if (!word.empty()) text += (text.empty() ? "" : " ") + word;
  };
  const bool has_law = figure.contains("law");
  if (figure.contains("value")) add(scalar(figure["value"]));
  if (has_law) add(law_text(figure["law"]));
  if (figure.contains("unit")) add(has_law ? "[" + scalar(figure["unit"]) + "]" : scalar(figure["unit"]));
  add(origin_text(figure));
  return text;
}

/// `right` behind `left`, or below it where its first word would not fit.
std::string beside(const std::string& left, std::size_t indent, const std::string& right) {
  const std::size_t first = std::min(right.find(' '), right.size());
  if (left.size() + 2 + first <= static_cast<std::size_t>(text_width()))
    return hanging(left, left.size() + 2, right);
  return left + "\n" + hanging("", indent + 4, right);
}

void append(std::string& text, const std::string& name, const ordered_json& value, std::size_t indent) {
  const std::string left = std::string(indent, ' ') + name;
  if (value.is_array() && !is_list_of_scalars(value)) {
    text += left + "\n";
    for (const ordered_json& one : value) append(text, "-", one, indent + 2);
    return;
  }
  const std::string right = value.is_object()  ? headline(value)
                            : value.is_array() ? joined(value)
                                               : scalar(value);
  text += right.empty() ? left + "\n" : beside(left, indent, right);
  if (!value.is_object()) return;
  if (value.contains("note")) text += hanging("", indent + 4, scalar(value["note"]));
  for (const auto& [key, below] : value.items()) {
    if (std::ranges::find(headline_keys, key) == headline_keys.end()) append(text, key, below, indent + 2);
  }
}

}  // namespace

std::string catalog_text(const ordered_json& entry) {
  std::string text;
  const std::string origin = headline(entry);
  if (!origin.empty()) text += hanging("", 0, origin);
  for (const auto& [key, value] : entry.items()) {
    if (std::ranges::find(headline_keys, key) == headline_keys.end() || key == "note")
      append(text, key, value, 0);
  }
  return text;
}

}  // namespace cli
