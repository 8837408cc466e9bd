#include "text/escape.hpp"

#include <fmt/format.h>

#include <cmath>

namespace planner {
namespace {

/// Every byte as `spelled` has it.
template <class Spelled>
std::string each(std::string_view text, Spelled spelled) {
  std::string result;
  for (const char byte : text) result += spelled(byte);
  return result;
}

bool is_control(char byte) { return static_cast<unsigned char>(byte) < 0x20; }

std::string in_markup(char byte) {
  switch (byte) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {byte};
  }
}

std::string in_markdown(char byte) {
  if (byte == '<' || byte == '>' || byte == '&') return in_markup(byte);
  if (byte == '@') return "&#64;";
  if (std::string_view{"|`*_[]\\#~"}.find(byte) != std::string_view::npos) return {'\\', byte};
  return {is_control(byte) ? ' ' : byte};
}

}  // namespace

std::string markup_text(std::string_view text) { return each(text, in_markup); }

std::string xml_text(std::string_view text) {
  return each(text, [](char byte) {
    const bool allowed = !is_control(byte) || byte == '\n' || byte == '\t';
    return allowed ? in_markup(byte) : std::string{'?'};
  });
}

std::string markdown_text(std::string_view text) { return each(text, in_markdown); }

std::string command_text(std::string_view text, CommandPlace place) {
  const std::string_view special = place == CommandPlace::property ? "%\r\n:," : "%\r\n";
  return each(text, [special](char byte) {
    const bool plain = special.find(byte) == std::string_view::npos;
    return plain ? std::string{byte} : fmt::format("%{:02X}", static_cast<unsigned>(byte));
  });
}

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string{text};
  return '"' + each(text, [](char byte) { return std::string(byte == '"' ? 2 : 1, byte); }) + '"';
}

std::string csv_number(double value) {
  return std::isfinite(value) ? fmt::format("{:.9g}", value) : std::string{};
}

}  // namespace planner
