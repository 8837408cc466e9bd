#include "planner/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

namespace planner {
namespace {

std::string summary(const std::vector<Diagnostic>& diagnostics) {
  const auto first = std::ranges::find(diagnostics, Severity::error, &Diagnostic::severity);
  if (first == diagnostics.end()) return "invalid scenario";
  return fmt::format("{}: {}", name(first->code), first->message);
}

}  // namespace

ScenarioError::ScenarioError(std::vector<Diagnostic> diagnostics)
    : std::runtime_error{summary(diagnostics)}, diagnostics_{std::move(diagnostics)} {}

Failure ScenarioError::failure() const {
  Failure worst = Failure::infeasible;
  for (const Diagnostic& issue : diagnostics_) {
    if (issue.severity == Severity::error) worst = std::min(worst, info(issue.code).failure);
  }
  return worst;
}

namespace {

constexpr std::size_t longest_compared = 64;

/// Optimal string alignment distance.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, longest_compared + 1>;
  Row before_last{}, last{}, current{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + cost});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) current[j] = std::min(current[j], before_last[j - 2] + 1);
    }
    before_last = last;
    last = current;
  }
  return last[b.size()];
}

}  // namespace

std::string_view nearest_word(std::string_view word, std::span<const std::string> candidates) {
  if (word.size() > longest_compared) return {};
  std::string_view nearest;
  std::size_t nearest_distance = longest_compared;
  for (const std::string& candidate : candidates) {
    const std::size_t longer = std::max(word.size(), candidate.size());
    const std::size_t allowed = std::max<std::size_t>(longer / 3, 1);
    const std::size_t length_gap = longer - std::min(word.size(), candidate.size());
    if (candidate.size() > longest_compared || length_gap > allowed) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance <= allowed && distance < longer && distance < nearest_distance) {
      nearest = candidate;
      nearest_distance = distance;
    }
  }
  return nearest;
}

namespace {

/// One line of output, safe for a terminal: control characters, those of Latin-1 too, become `?`.
std::string printable(std::string_view text) {
  std::string shown;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool latin1_control =
        byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (latin1_control) ++i;
    const bool control = (byte < 0x20 && text[i] != '\t') || byte == 0x7F || latin1_control;
    shown += control ? '?' : text[i];
  }
  return shown;
}

struct Style {
  std::string_view error, warning, strong, faint, reset;
};

Style style_of(Color color) {
  if (color == Color::off) return {};
  return {"\x1b[1;31m", "\x1b[1;33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"};
}

/// The part of a long line that shows columns [first, first + width).
struct Window {
  std::string text;
  std::string indent;  ///< blanks up to the start of the range, tabs kept so that the carets stand right
  std::size_t carets = 1;
};

Window window_of(const Diagnostic& issue) {
  constexpr std::size_t context = 60, widest = 110;
  const auto is_lead = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  const std::size_t start = issue.range.start.column - 1;
  const bool one_line = issue.range.end.line == issue.range.start.line;
  const std::size_t length = one_line ? issue.range.end.column - issue.range.start.column : widest;
  const std::size_t from = start > context ? start - context : 0;
  Window window;
  window.carets = 0;
  std::size_t column = issue.snippet_column - 1;
  for (std::size_t i = 0; i < issue.snippet.size(); ++i) {
    if (i > 0 && is_lead(issue.snippet[i])) ++column;
    if (column < from || column >= from + widest) continue;
    window.text += issue.snippet[i];
    if (!is_lead(issue.snippet[i])) continue;
    if (column < start)
      window.indent += issue.snippet[i] == '\t' ? '\t' : ' ';
    else if (column < start + length)
      ++window.carets;
  }
  window.text = printable(window.text);
  window.carets = std::max<std::size_t>(window.carets, 1);
  return window;
}

void render_place(std::string& out, const Diagnostic& issue, const Style& style) {
  if (issue.file.empty()) return;
  const Position at = issue.range.start;
  out +=
      fmt::format("{}  --> {}{}:{}:{}", style.faint, style.reset, printable(issue.file), at.line, at.column);
  constexpr std::size_t longest_pointer = 160;
  if (!issue.pointer.empty() && issue.pointer.size() <= longest_pointer) {
    out += fmt::format("   ({})", printable(issue.pointer));
  }
  const std::string number = std::to_string(at.line);
  const std::string margin(number.size(), ' ');
  const Window window = window_of(issue);
  out += fmt::format("\n{} |\n{} | {}\n{} | {}{}{}{}", margin, number, window.text, margin, window.indent,
                     issue.severity == Severity::error ? style.error : style.warning,
                     std::string(window.carets, '^'), style.reset);
  if (!issue.label.empty()) out += " " + printable(issue.label);
  out += '\n';
}

void render_hints(std::string& out, const Diagnostic& issue) {
  for (const Suggestion& suggestion : issue.suggestions) {
    out += fmt::format("   = help: {}", printable(suggestion.text));
    if (suggestion.safety == Suggestion::Safety::safe && !suggestion.replacement.empty()) {
      out += "      = fix available: --fix";
    }
    out += '\n';
  }
  for (const Related& related : issue.related) {
    out += fmt::format("   = note: {} ({}:{}:{})\n", printable(related.message), printable(related.file),
                       related.at.line, related.at.column);
  }
  if (!issue.help.empty()) out += fmt::format("   = note: {}\n", printable(issue.help));
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

std::string render_text(std::span<const Diagnostic> diagnostics, Color color) {
  constexpr std::size_t most_of_a_code = 30;
  if (diagnostics.empty()) return {};
  const Style style = style_of(color);
  std::string out;
  std::map<Code, std::size_t> count;
  for (const Diagnostic& issue : diagnostics) {
    if (++count[issue.code] > most_of_a_code) continue;
    const bool error = issue.severity == Severity::error;
    out +=
        fmt::format("{}{}[{}]{}{}: {}{}\n", error ? style.error : style.warning, error ? "error" : "warning",
                    name(issue.code), style.reset, style.strong, printable(issue.message), style.reset);
    render_place(out, issue, style);
    render_hints(out, issue);
  }
  for (const auto& [code, all] : count) {
    if (all > most_of_a_code)
      out += fmt::format("... and {} more {} (--format json has all)\n", all - most_of_a_code, name(code));
  }
  const auto errors =
      static_cast<std::size_t>(std::ranges::count(diagnostics, Severity::error, &Diagnostic::severity));
  out += fmt::format("{}, {} · isochrone explain {}\n", counted(errors, "error"),
                     counted(diagnostics.size() - errors, "warning"), name(diagnostics.front().code));
  return out;
}

namespace {

nlohmann::ordered_json position_json(Position at) {
  return {{"line", at.line}, {"column", at.column}, {"byte", at.byte}};
}

nlohmann::ordered_json diagnostic_json(const Diagnostic& issue) {
  nlohmann::ordered_json json{{"code", name(issue.code)},
                              {"severity", issue.severity == Severity::error ? "error" : "warning"},
                              {"message", issue.message}};
  if (!issue.file.empty()) {
    json["file"] = issue.file;
    json["pointer"] = issue.pointer;
    json["range"] = {{"start", position_json(issue.range.start)}, {"end", position_json(issue.range.end)}};
  }
  json["suggestions"] = nlohmann::ordered_json::array();
  for (const Suggestion& suggestion : issue.suggestions) {
    json["suggestions"].push_back({{"text", suggestion.text},
                                   {"replace", suggestion.replacement},
                                   {"safe", suggestion.safety == Suggestion::Safety::safe}});
  }
  json["related"] = nlohmann::ordered_json::array();
  for (const Related& related : issue.related) {
    json["related"].push_back({{"file", related.file},
                               {"line", related.at.line},
                               {"column", related.at.column},
                               {"message", related.message}});
  }
  json["help"] = issue.help.empty() ? fmt::format("isochrone explain {}", name(issue.code)) : issue.help;
  return json;
}

}  // namespace

nlohmann::ordered_json diagnostics_json(std::span<const Diagnostic> diagnostics) {
  auto list = nlohmann::ordered_json::array();
  for (const Diagnostic& issue : diagnostics) list.push_back(diagnostic_json(issue));
  return list;
}

}  // namespace planner
