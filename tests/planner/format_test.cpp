#include "planner/format.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "planner/jsonc.hpp"
#include "sim/random.hpp"
#include "small_scenario.hpp"
#include "support/shared_data.hpp"

using namespace planner;
using namespace test_support;

namespace {

std::string formatted(const std::string& text) { return format_scenario(text, "t.json"); }

/// The text with white space, comments and line breaks strewn over the places where they may stand.
std::string scrambled(const std::string& text, std::uint64_t seed) {
  static constexpr std::string_view fillers[] = {"",           " ",       "\n",   "\n\n\n",       "\t",
                                                 " // note\n", "/* c */", "\r\n", " /* a\n b */ "};
  const sim::Stream stream{seed, 0};
  std::string out;
  bool in_string = false;
  std::uint32_t draws = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '"' && (i == 0 || text[i - 1] != '\\')) in_string = !in_string;
    const bool between = !in_string && std::string_view{"{}[],:"}.find(text[i]) != std::string_view::npos;
    if (between)
      out += fillers[static_cast<std::size_t>(stream.draw(draws++).uniform() * std::size(fillers))];
  }
  return out;
}

std::vector<std::string> comments_of(const std::string& text) {
  const ParsedText parsed = parse_jsonc(std::make_shared<SourceFile>("t", text));
  std::vector<std::string> comments;
  for (const Span span : parsed.comments) {
    std::string comment;
    for (const char c : text.substr(span.begin, span.end - span.begin)) {
      if (c != '\r') comment += c;
    }
    comments.push_back(std::move(comment));
  }
  return comments;
}

}  // namespace

TEST_CASE("A scenario is written canonically with its comments", "[planner][format]") {
  CHECK(formatted(R"(// top
{ "isochrone": "1.0", // version
  /* two
     lines */
  "time": {"duration": "10min" /* inl */ , "warmup" : "5 sec"},


  "links": { "l": {"between": ["a",
     "b"], "bandwidth": "10 Gbps", // fast
     "latency": /* odd */ "3ms"
     // last
  }, "m": {} }
}
// end
)") == R"(// top
{
  "isochrone": "1.0", // version
  /* two
     lines */
  "time": {
    "duration": "10 min", /* inl */
    "warmup": "5 s"
  },

  "links": {
    "l": {
      "between": ["a", "b"],
      "bandwidth": "10 Gbit/s", // fast
      /* odd */
      "latency": "3 ms"
      // last
    },
    "m": {}
  }
}
// end
)");
}

TEST_CASE("Quantities are canonical by schema, not by shape", "[planner][format]") {
  CHECK(formatted(R"({"meta": {"title": "10Gbps"}, "links": {"l": {"bandwidth": "10Gbps"}}})") ==
        R"({ "meta": { "title": "10Gbps" }, "links": { "l": { "bandwidth": "10 Gbit/s" } } })"
        "\n");
  CHECK(formatted(R"({"strategies": {"s": {"patch": {"links": {"l": {"bandwidth": "10Gbps"}}}}}})")
            .find("10 Gbit/s") != std::string::npos);
}

TEST_CASE("What is too long for a line is broken", "[planner][format]") {
  const std::string text =
      formatted(R"({"x-a": ")" + std::string(60, 'a') + R"(", "x-b": ")" + std::string(60, 'b') + "\"}");
  CHECK(std::count(text.begin(), text.end(), '\n') == 4);
}

TEST_CASE("Formatting is idempotent and keeps values, order and comments", "[planner][format]") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const std::string text = scrambled(small_scenario, seed);
    INFO("seed " << seed);
    const std::string once = formatted(text);
    REQUIRE(formatted(once) == once);
    const auto read = [](const std::string& source) {
      return to_json(parse_jsonc(std::make_shared<SourceFile>("t", source)).root).dump();
    };
    REQUIRE(read(once) == read(small_scenario));
    REQUIRE(comments_of(once) == comments_of(text));
  }
}

TEST_CASE("The sample scenarios are written canonically", "[planner][format]") {
  for (const auto& folder : std::filesystem::directory_iterator{source_dir() / "scenarios"}) {
    const auto file = folder.path() / "scenario.json";
    if (!std::filesystem::exists(file)) continue;
    std::ifstream stream{file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{stream}, {}};
    INFO(unified_diff(text, formatted(text), file.string()));
    CHECK(formatted(text) == text);
  }
}

TEST_CASE("A text that is no JSON is not formatted", "[planner][format]") {
  CHECK_THROWS_AS(formatted("{\"a\": }"), ScenarioError);
  CHECK_THROWS_AS(formatted(""), ScenarioError);
}

TEST_CASE("A difference is shown with three lines of context", "[planner][format]") {
  CHECK(unified_diff("a\nb\nc\nd\ne\nf\ng\nh\n", "a\nb\nc\nd\nE\nf\ng\nh\n", "t") ==
        "--- t\n+++ t (formatted)\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n");
  CHECK(unified_diff("", "a\n", "t") == "--- t\n+++ t (formatted)\n@@ -0,0 +1,1 @@\n+a\n");
  CHECK(unified_diff("a\n", "a\n", "t").empty());
  // Two changes 10 lines apart make two hunks.
  CHECK(
      unified_diff("x\n1\n2\n3\n4\n5\n6\n7\n8\n9\ny\n", "X\n1\n2\n3\n4\n5\n6\n7\n8\n9\nY\n", "t") ==
      "--- t\n+++ t (formatted)\n@@ -1,4 +1,4 @@\n-x\n+X\n 1\n 2\n 3\n@@ -8,4 +8,4 @@\n 7\n 8\n 9\n-y\n+Y\n");
}

TEST_CASE("Safe fixes mend a file", "[planner][format]") {
  std::string text = with(small_scenario, "\"tier\": \"edge\"", "\"teir\": \"edge\"");
  text = with(text, "\"page\", \"arrivals\"", "\"pgae\", \"arrivals\"");
  for (int round = 0; round < 3; ++round) text = apply_fixes(text, "small.json", issues_of(text));
  CHECK(text == small_scenario);
  const std::string commas = with(with(small_scenario, "\"10 min\" },", "\"10 min\" }"),
                                  "\"cpu\": \"1 vCPU\" }", "\"cpu\": \"1 vCPU\", }");
  const std::string mended = apply_fixes(commas, "small.json", issues_of(commas));
  CHECK(issues_of(mended).size() == issues_of(small_scenario).size());
  CHECK(apply_fixes(commas, "other.json", issues_of(commas)) == commas);
}
