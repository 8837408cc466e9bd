#include "planner/migrate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "planner/edit.hpp"
#include "read/issues.hpp"

namespace planner {
namespace {

/// How a format becomes the next one.
struct Step {
  std::string_view from, to;
  /// Edits the text, and says what it changed.
  std::string (*apply)(std::string text, std::vector<std::string>& changes);
};

/// In rising order; each begins where the one before ends, the last ends at scenario_format. 1.0 is the first
/// format, so nothing comes before it.
std::vector<Step> steps() { return {}; }

using Version = std::pair<int, int>;

std::optional<Version> parsed_version(std::string_view text) {
  Version version;
  const char* const end = text.data() + text.size();
  const auto major = std::from_chars(text.data(), end, version.first);
  if (major.ec != std::errc{} || major.ptr == end || *major.ptr != '.') return std::nullopt;
  const auto minor = std::from_chars(major.ptr + 1, end, version.second);
  if (minor.ec != std::errc{} || minor.ptr != end) return std::nullopt;
  return version;
}

[[noreturn]] void refuse(const ParsedText& parsed, Code code, Span span, const std::string& message,
                         const std::string& help) {
  Texts texts{std::make_shared<ParsedText>(parsed)};
  Issues issues{texts};
  issues.add(code, span, message).help = help;
  throw ScenarioError{issues.take()};
}

std::string format_of(const ParsedText& parsed) {
  const Value* stated = parsed.root.find("isochrone");
  if (stated == nullptr || !stated->is_string()) {
    refuse(parsed, Code::missing_key, stated == nullptr ? parsed.root.span : stated->span,
           "the file does not say which format it is of",
           fmt::format("a scenario begins with \"isochrone\": \"{}\"", scenario_format));
  }
  const auto version = parsed_version(stated->text), ours = parsed_version(scenario_format);
  const bool known = stated->text == scenario_format || std::ranges::any_of(steps(), [&](const Step& step) {
                       return step.from == stated->text;
                     });
  if (known) return stated->text;
  const bool newer = version && *version > *ours;
  refuse(parsed, Code::unsupported_format, stated->span,
         fmt::format("the file is of format \"{}\", {}", stated->text,
                     newer ? "which is newer than this program" : "which there never was"),
         newer ? fmt::format("it reads formats up to {}: take a newer isochrone", scenario_format)
               : fmt::format("the formats are those up to {}", scenario_format));
}

}  // namespace

Migration migrate(const std::string& text, const std::string& name) {
  const ParsedText parsed = parse_jsonc(std::make_shared<SourceFile>(name, text));
  if (!parsed.issues.empty()) throw ScenarioError{parsed.issues};
  Migration migration{.from = format_of(parsed), .text = text, .changes = {}};
  std::string reached = migration.from;
  for (const Step& step : steps()) {
    if (step.from != reached) continue;
    migration.text = with_value(step.apply(std::move(migration.text), migration.changes), "/isochrone",
                                json_string(step.to));
    reached = step.to;
  }
  return migration;
}

}  // namespace planner
