#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>

#include "planner/document.hpp"
#include "support/shared_data.hpp"

using namespace planner;

namespace {

/// A broken file, the code it must be refused (or warned of) with, and where.
struct Broken {
  const char* file;
  const char* code;
  std::uint32_t line, column;
};

const Broken table[] = {
    {"invalid-utf8", "E1003", 3, 24},
    {"not-text", "E1004", 3, 24},
    {"utf16", "E1004", 1, 1},
    {"too-deep", "E1005", 1, 288},
    {"truncated", "E1006", 12, 88},
    {"empty", "E1006", 1, 1},
    {"syntax", "E1007", 3, 3},
    {"bad-string", "E1008", 3, 25},
    {"nan", "E1009", 10, 75},
    {"leading-zero", "E1009", 10, 75},
    {"duplicate-key", "E1010", 13, 5},
    {"trailing-comma", "E1011", 13, 32},
    {"missing-comma", "E1011", 4, 34},
    {"trailing-text", "E1012", 25, 1},
    {"unknown-key", "E1101", 6, 15},
    {"wrong-type", "E1102", 10, 75},
    {"missing-key", "E1103", 21, 23},
    {"not-allowed", "E1104", 12, 32},
    {"out-of-range", "E1105", 6, 46},
    {"probability-over-1", "E1105", 18, 108},
    {"bad-id", "E1106", 6, 5},
    {"wrong-count", "E1107", 9, 42},
    {"not-in-this-version", "E1108", 9, 3},
    {"unsupported-format", "E1109", 2, 16},
    {"conflicting-keys", "E1110", 6, 66},
    {"bad-text", "E1111", 4, 44},
    {"import-outside", "E2101", 3, 32},
    {"digest-mismatch", "E2102", 3, 63},
    {"import-missing", "E1001", 3, 34},
    {"unknown-site", "E2104", 23, 107},
    {"unknown-service", "E2104", 18, 67},
    {"extends-cycle", "E2105", 23, 80},
    {"guard-failed", "E2106", 23, 146},
    {"several-baselines", "E2107", 23, 84},
    {"call-cycle", "E2110", 18, 84},
    {"after-cycle", "E2110", 18, 85},
    {"bad-quorum", "E2150", 18, 54},
    {"too-many-attempts", "E2151", 18, 74},
    {"bad-state", "E2160", 13, 88},
    {"residency", "E2161", 10, 94},
    {"flow-without-calls", "E2111", 16, 5},
    {"service-without-placement", "E2112", 13, 5},
    {"unreachable-site", "E2113", 7, 5},
    {"does-not-fit", "E2114", 23, 129},
    {"unknown-catalogue-id", "E2115", 7, 100},
    {"unknown-place", "E2116", 6, 39},
    {"ambiguous-place", "E2117", 6, 39},
    {"empty-set", "E2118", 9, 18},
    {"bad-law", "E2119", 12, 70},
    {"law-with-foreign-parameter", "E2119", 12, 79},
    {"bad-weights", "E2120", 12, 61},
    {"not-placeable", "E2121", 22, 78},
    {"no-service-time", "E2122", 22, 67},
    {"empty-scenario", "E2123", 1, 1},
    {"bad-profile", "E2124", 21, 109},
    {"bad-expression", "E2130", 23, 56},
    {"unknown-metric", "E2131", 23, 38},
    {"expression-unknown-flow", "E2104", 23, 34},
    {"expression-wrong-dimension", "E3002", 23, 50},
    {"expression-missing-unit", "E3001", 23, 50},
    {"bad-trace", "E2141", 21, 117},
    {"missing-unit", "E3001", 4, 25},
    {"wrong-dimension", "E3002", 9, 93},
    {"unknown-unit", "E3003", 12, 108},
    {"malformed-quantity", "E3004", 12, 108},
    {"negative-rate", "E3005", 21, 86},
    {"zero-duration", "E3005", 4, 25},
    {"unused", "W3101", 9, 28},
    {"never-placed", "W3102", 22, 56},
    {"no-load", "W3103", 21, 18},
    {"no-users", "W3104", 21, 18},
    {"radio-without-technology", "E1110", 10, 120},
    {"no-such-carrier", "E1105", 10, 124},
    {"delay-budget", "W3110", 10, 148},
    {"short-trace", "W3131", 21, 107},
    {"import-not-valid-yet", "W3132", 3, 67},
};

/// Codes that no single small file brings about, and where they are tested instead.
const std::set<Code> tested_elsewhere{
    Code::file_too_large,    // below, with a file of the size
    Code::bad_set,           // document_test.cpp: concerns the command line
    Code::unknown_strategy,  // document_test.cpp: the same
    Code::overload,          // load_test.cpp: found by the traffic equations
    Code::near_capacity,     // the same
};

std::vector<Diagnostic> issues_of_file(const std::filesystem::path& file) {
  try {
    std::vector<Diagnostic> warnings;
    for (const auto& resolution : Document::load(file).resolve_all()) {
      warnings.insert(warnings.end(), resolution.warnings().begin(), resolution.warnings().end());
    }
    return warnings;
  } catch (const ScenarioError& error) {
    return error.diagnostics();
  }
}

}  // namespace

TEST_CASE("Each broken file is refused with its code at its place", "[planner][loader][broken]") {
  for (const Broken& row : table) {
    INFO(row.file);
    const auto file = test_support::source_dir() / "tests/planner/broken" / (std::string{row.file} + ".json");
    const auto issues = issues_of_file(file);
    const auto found = std::find_if(issues.begin(), issues.end(), [&](const Diagnostic& issue) {
      return name(issue.code) == row.code && issue.range.start.line == row.line &&
             issue.range.start.column == row.column;
    });
    REQUIRE(found != issues.end());
    CHECK(found->file == file.string());
    for (const Diagnostic& issue : issues) {
      const bool cascade = issue.severity == Severity::error && issue.code != found->code;
      CHECK_FALSE(cascade);
    }
  }
}

TEST_CASE("Each code has a broken file", "[planner][loader][broken]") {
  std::set<std::string> covered;
  for (const Broken& row : table) covered.insert(row.code);
  for (const CodeInfo& code : all_codes()) {
    INFO(name(code.code));
    CHECK((covered.contains(name(code.code)) != tested_elsewhere.contains(code.code)));
  }
}

TEST_CASE("Each file in the folder is in the table", "[planner][loader][broken]") {
  std::set<std::string> listed;
  for (const Broken& row : table) listed.insert(row.file);
  for (const auto& entry :
       std::filesystem::directory_iterator{test_support::source_dir() / "tests/planner/broken"}) {
    if (entry.is_regular_file()) CHECK(listed.contains(entry.path().stem().string()));
  }
}

TEST_CASE("A file of 200 MB is refused without being read", "[planner][loader][broken]") {
  const auto file = std::filesystem::temp_directory_path() / "isochrone-broken-test-large.json";
  std::ofstream{file} << "{";
  std::filesystem::resize_file(file, 200'000'000);  // sparse: no disk is filled
  const auto issues = issues_of_file(file);
  std::filesystem::remove(file);
  REQUIRE(issues.size() == 1);
  CHECK(issues[0].code == Code::file_too_large);
}
