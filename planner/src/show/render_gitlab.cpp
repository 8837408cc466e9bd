#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "planner/render_ci.hpp"
#include "planner/sha256.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

/// Members that docs.gitlab.com, "Code Quality", requires; severities are info, minor, major, critical,
/// blocker.
Json entry(const std::string& check, const std::string& message, const char* severity,
           const std::string& path, std::uint32_t line, const std::string& place) {
  return {{"description", message},
          {"check_name", check},
          {"fingerprint", sha256_hex(fmt::format("{}\n{}\n{}\n{}", check, path, place, message))},
          {"severity", severity},
          {"location", {{"path", path}, {"lines", {{"begin", line}}}}}};
}

}  // namespace

Json diagnostics_gitlab(std::span<const Diagnostic> diagnostics) {
  Json report = Json::array();
  for (const Diagnostic& issue : diagnostics) {
    const char* severity = issue.severity == Severity::error ? "major" : "minor";
    report.push_back(entry(std::string{name(issue.code)}, issue.message, severity, issue.file,
                           issue.range.start.line, issue.pointer));
  }
  return report;
}

Json failure_gitlab(const std::string& message) {
  return Json::array({entry("isochrone", message, "critical", "", 1, "")});
}

}  // namespace planner
