#include "planner/diagnostic.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "planner/schema.hpp"
#include "small_scenario.hpp"
#include "support/shared_data.hpp"

using namespace planner;
using namespace test_support;

namespace {

std::string content_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream{file, std::ios::binary}.rdbuf();
  return text.str();
}

Diagnostic unknown_site() {
  return issues_of(with(small_scenario, R"("both": { "patch": { "placement": { "web": { "edge")",
                        R"("both": { "patch": { "placement": { "web": { "egde")"))
      .at(0);
}

}  // namespace

TEST_CASE("A diagnostic is shown with place, carets, proposal and definition",
          "[planner][loader][diagnostic]") {
  const Diagnostic issue = unknown_site();
  CHECK(render_text({&issue, 1}) ==
        R"(error[E2104]: unknown site "egde"
  --> small.json:19:50   (/strategies/both/patch/placement/web/egde)
   |
19 |     "both": { "patch": { "placement": { "web": { "egde": { "replicas": 2 } } } } },
   |                                                  ^^^^^^ not in "sites" (2 defined)
   = help: did you mean "edge"?      = fix available: --fix
   = note: "edge" is defined here (small.json:6:5)
1 error, 0 warnings · isochrone explain E2104
)");
}

TEST_CASE("A diagnostic is data", "[planner][loader][diagnostic]") {
  const Diagnostic issue = unknown_site();
  const auto json = diagnostics_json({&issue, 1});
  const auto byte = small_scenario.find("\"edge\": { \"replicas\": 2");
  CHECK(
      json ==
      nlohmann::ordered_json::array(
          {{{"code", "E2104"},
            {"severity", "error"},
            {"message", "unknown site \"egde\""},
            {"file", "small.json"},
            {"pointer", "/strategies/both/patch/placement/web/egde"},
            {"range",
             {{"start", {{"line", 19}, {"column", 50}, {"byte", byte}}},
              {"end", {{"line", 19}, {"column", 56}, {"byte", byte + 6}}}}},
            {"suggestions", {{{"text", "did you mean \"edge\"?"}, {"replace", "\"edge\""}, {"safe", true}}}},
            {"related",
             {{{"file", "small.json"}, {"line", 6}, {"column", 5}, {"message", "\"edge\" is defined here"}}}},
            {"help", "isochrone explain E2104"}}}));
}

TEST_CASE("Text of a file cannot drive the terminal", "[planner][loader][diagnostic]") {
  const auto issues =
      issues_of("{ \"isochrone\": \"1.0\", \"a\\u001b[31mb\": 1, \"\x7F\": 2, \"\xC2\x9B\": 3 }");
  const std::string text = render_text(issues);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\x7F') == std::string::npos);
  CHECK(text.find('\x9B') == std::string::npos);  // as C1 control a terminal takes it for ESC [
  CHECK(text.find("a?[31mb") != std::string::npos);
}

TEST_CASE("A long line is shown around the issue", "[planner][loader][diagnostic]") {
  const std::string padding(5000, ' ');
  const auto issues = issues_of("{" + padding + "\"isochrone\": 1" + padding + "}");
  const std::string text = render_text(issues);
  CHECK(text.size() < 600);
  CHECK(text.find("\"isochrone\": 1") != std::string::npos);
}

TEST_CASE("Colour is only added where it is asked for", "[planner][loader][diagnostic]") {
  const Diagnostic issue = unknown_site();
  CHECK(render_text({&issue, 1}).find('\x1b') == std::string::npos);
  CHECK(render_text({&issue, 1}, Color::on).find("\x1b[1;31m") != std::string::npos);
}

TEST_CASE("The nearest word is proposed only if it is near", "[planner][loader][diagnostic]") {
  const std::vector<std::string> words{"ams-edge", "bru-edge", "cloud-fra", "x"};
  CHECK(nearest_word("ams-egde", words) == "ams-edge");   // one swap
  CHECK(nearest_word("amsedge", words) == "ams-edge");    // one insertion
  CHECK(nearest_word("cloud-frankfurt", words).empty());  // 6 of 15 differ
  CHECK(nearest_word("tokyo", words).empty());
  CHECK(nearest_word("y", words).empty());  // all of it differs
  CHECK(nearest_word("", words).empty());
  CHECK(nearest_word(std::string(100'000, 'a'), words).empty());
}

TEST_CASE("Codes are found by name and explained", "[planner][loader][diagnostic]") {
  CHECK(find_code("E2104") == Code::unknown_reference);
  CHECK(find_code("w3107") == Code::near_capacity);
  CHECK_FALSE(find_code("E9999"));
  CHECK_FALSE(find_code(""));
  for (const CodeInfo& code : all_codes()) {
    INFO(name(code.code));
    CHECK(code.title.size() > 3);
    CHECK(code.explanation.size() > 40);
    CHECK(find_code(name(code.code)) == code.code);
  }
}

// `planner_tests "[.write-docs]"` writes the two documents anew.
TEST_CASE("Write the generated documents", "[.write-docs]") {
  std::ofstream{source_dir() / "docs/diagnostics.md"} << codes_markdown();
  std::ofstream{source_dir() / "docs/scenario-reference.md"} << reference_markdown();
}

TEST_CASE("Of many diagnostics of a code the first are shown and the rest counted",
          "[planner][diagnostics]") {
  std::vector<Diagnostic> issues(36);
  for (Diagnostic& issue : issues) {
    issue.code = Code::overload;
    issue.message = "too much";
  }
  issues.back() = {};
  issues.back().code = Code::no_load;
  issues.back().severity = Severity::warning;
  issues.back().message = "idle";
  const std::string text = render_text(issues);
  std::size_t shown = 0;
  for (std::size_t at = text.find("too much"); at != std::string::npos; at = text.find("too much", at + 1))
    ++shown;
  CHECK(shown == 30);
  CHECK(text.find("... and 5 more E2201 (--format json has all)") != std::string::npos);
  CHECK(text.find("idle") != std::string::npos);
  CHECK(text.find("35 errors, 1 warning") != std::string::npos);
  CHECK(diagnostics_json(issues).size() == 36);
}

TEST_CASE("The generated documents are up to date", "[planner][loader][diagnostic]") {
  CHECK(content_of(source_dir() / "docs/diagnostics.md") == codes_markdown());
  CHECK(content_of(source_dir() / "docs/scenario-reference.md") == reference_markdown());
}
