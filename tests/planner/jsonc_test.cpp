#include "planner/jsonc.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "sim/random.hpp"

using namespace planner;

namespace {

ParsedText parsed(std::string text, ParseLimits limits = {}) {
  return parse_jsonc(std::make_shared<SourceFile>("t.json", std::move(text)), limits);
}

/// The only issue's code; fails the test where there is none or another one.
Code only_issue(const std::string& text) {
  const ParsedText result = parsed(text);
  REQUIRE(result.issues.size() == 1);
  return result.issues.front().code;
}

}  // namespace

TEST_CASE("Values of every kind are read as written", "[planner][loader][jsonc]") {
  const ParsedText result =
      parsed(R"({"a": [1, -2.5e3, true, false, null, "x\n\u00e9\ud83d\ude00"], "b": {}})");
  REQUIRE(result.issues.empty());
  CHECK(to_json(result.root).dump() == R"({"a":[1,-2500.0,true,false,null,"x\n)"
                                       "\xC3\xA9\xF0\x9F\x98\x80"
                                       R"("],"b":{}})");
}

TEST_CASE("Integers keep all 64 bits", "[planner][loader][jsonc]") {
  CHECK(to_json(parsed("18446744073709551615").root).dump() == "18446744073709551615");
  CHECK(to_json(parsed("-9223372036854775808").root).dump() == "-9223372036854775808");
}

TEST_CASE("Spans and comments lead back into the text", "[planner][loader][jsonc]") {
  const std::string text = "{ // one\n  \"k\\u0061y\": /* two */ 12 }";
  const ParsedText result = parsed(text);
  REQUIRE(result.issues.empty());
  const auto slice = [&](Span span) { return text.substr(span.begin, span.end - span.begin); };
  const Member& member = result.root.members.at(0);
  CHECK(member.key == "kay");
  CHECK(slice(member.key_span) == "\"k\\u0061y\"");
  CHECK(slice(member.value.span) == "12");
  REQUIRE(result.comments.size() == 2);
  CHECK(slice(result.comments[0]) == "// one");
  CHECK(slice(result.comments[1]) == "/* two */");
}

TEST_CASE("Columns count characters, not bytes", "[planner][loader][jsonc]") {
  // "é" takes two bytes: the value 1 starts at byte 7 and is the seventh character of its line.
  const ParsedText result = parsed("{\"\xC3\xA9\": 1}");
  const Position at = range_of(result.root.members.at(0).value.span).start;
  CHECK(at.line == 1);
  CHECK(at.byte == 7);
  CHECK(at.column == 7);
}

TEST_CASE("Each kind of broken text has its code", "[planner][loader][jsonc]") {
  CHECK(only_issue("") == Code::truncated);
  CHECK(only_issue("  // nothing") == Code::truncated);
  CHECK(only_issue("{\"a\": 1") == Code::truncated);
  CHECK(only_issue("{\"a\": \"x") == Code::truncated);
  CHECK(only_issue("/* open") == Code::truncated);
  CHECK(only_issue("{a: 1}") == Code::syntax);
  CHECK(only_issue("{'a': 1}") == Code::syntax);
  CHECK(only_issue("{\"a\" 1}") == Code::syntax);
  CHECK(only_issue("{\"a\": yes}") == Code::syntax);
  CHECK(only_issue("[1 ; 2]") == Code::syntax);
  CHECK(only_issue("[\"\\x\"]") == Code::bad_string);
  CHECK(only_issue("[\"\\ud800\"]") == Code::bad_string);
  CHECK(only_issue("[\"\\u12\"]") == Code::bad_string);
  CHECK(only_issue("[\"a\tb\"]") == Code::bad_string);
  CHECK(only_issue("[\"a\nb\"]") == Code::bad_string);
  CHECK(only_issue("[NaN]") == Code::bad_number);
  CHECK(only_issue("[-Infinity]") == Code::bad_number);
  CHECK(only_issue("[01]") == Code::bad_number);
  CHECK(only_issue("[+1]") == Code::bad_number);
  CHECK(only_issue("[.5]") == Code::bad_number);
  CHECK(only_issue("[1.]") == Code::bad_number);
  CHECK(only_issue("[1e999]") == Code::bad_number);
  CHECK(only_issue("{\"a\": 1, \"a\": 2}") == Code::duplicate_key);
  CHECK(only_issue("[1,]") == Code::misplaced_comma);
  CHECK(only_issue("[1 2]") == Code::misplaced_comma);
  CHECK(only_issue("[1] 2") == Code::trailing_text);
  CHECK(only_issue(std::string{"[\0]", 3}) == Code::not_text);
  CHECK(only_issue("\xFF\xFE{") == Code::not_text);
  CHECK(only_issue("[\"\xC0\xAF\"]") == Code::invalid_utf8);
  CHECK(only_issue("[\"\xED\xA0\x80\"]") == Code::invalid_utf8);
}

TEST_CASE("A byte order mark is taken as white space", "[planner][loader][jsonc]") {
  CHECK(parsed("\xEF\xBB\xBF{}").issues.empty());
}

TEST_CASE("Faults that leave the structure plain do not end the parse", "[planner][loader][jsonc]") {
  const ParsedText result = parsed("{\"a\": NaN, \"a\": 2, \"b\": [1 2,], \"c\": 3}");
  REQUIRE(result.issues.size() == 4);
  CHECK(result.issues[0].pointer == "/a");
  CHECK(result.issues[1].code == Code::duplicate_key);
  CHECK(result.issues[2].pointer == "/b");
  CHECK(result.root.find("c") != nullptr);
}

TEST_CASE("A text full of faults ends in a hundred small reports", "[planner][loader][jsonc]") {
  std::string text = "[NaN";
  for (int i = 0; i < 100'000; ++i) text += ", NaN";
  const ParsedText result = parsed(text + "]");
  CHECK(result.issues.size() == 100);
  for (const Diagnostic& issue : result.issues) CHECK(issue.snippet.size() < 1000);
}

TEST_CASE("Columns are right far into a long line", "[planner][loader][jsonc]") {
  // Two bytes a character: the closing quote of 10,000 of them is character 10,002 of the line and byte
  // 20,001.
  std::string text = "\"";
  for (int i = 0; i < 10'000; ++i) text += "\xC3\xA9";
  const SourceFile file{"t", text + "\""};
  CHECK(file.position(20'001).column == 10'002);
  CHECK(file.position(20'001).byte == 20'001);
}

TEST_CASE("A truncated text names what is open", "[planner][loader][jsonc]") {
  const ParsedText result = parsed("{\n  \"sites\": {\n    \"a\": 1");
  REQUIRE(result.issues.size() == 1);
  CHECK(result.issues[0].pointer == "/sites");
  REQUIRE(result.issues[0].related.size() == 1);
  CHECK(result.issues[0].related[0].at.line == 2);
}

TEST_CASE("Depth and size are limited", "[planner][loader][jsonc]") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(parsed(nested(256)).issues.empty());
  CHECK(only_issue(nested(257)) == Code::too_deep);
  CHECK(only_issue(nested(1'000'000)) == Code::too_deep);
  const ParsedText large = parsed("[1, 2, 3]", {.depth = 256, .bytes = 8});
  REQUIRE(large.issues.size() == 1);
  CHECK(large.issues.front().code == Code::file_too_large);
}

TEST_CASE("Every truncation and every flipped byte of a text ends in issues or a value",
          "[planner][loader][jsonc]") {
  const std::string text = R"({"a": [1, {"b": "x\u00e9"}, -2.5e-3], /* c */ "d": null, // e
 "f": true})";
  for (std::size_t end = 0; end < text.size(); ++end) CHECK_FALSE(parsed(text.substr(0, end)).issues.empty());
  const sim::Stream stream{7, 0};
  for (std::uint32_t i = 0; i < 5000; ++i) {
    std::string changed = text;
    const double draw = stream.draw(i).uniform();
    const auto at = static_cast<std::size_t>(draw * static_cast<double>(text.size()));
    changed[at] = static_cast<char>(i);
    const ParsedText result = parsed(changed);
    if (result.issues.empty()) CHECK_FALSE(result.root.kind == Value::Kind::null);
  }
}

TEST_CASE("A pointer is found from a byte and a value from a pointer", "[planner][loader][jsonc]") {
  const ParsedText result = parsed(R"({"a/b": {"c~d": [10, 20]}})");
  const Value* twenty = at_pointer(result.root, "/a~1b/c~0d/1");
  REQUIRE(twenty != nullptr);
  CHECK(twenty->number == 20);
  CHECK(pointer_at(result.root, twenty->span.begin) == "/a~1b/c~0d/1");
  CHECK(at_pointer(result.root, "/a~1b/c~0d/2") == nullptr);
  CHECK(at_pointer(result.root, "/a~1b/c~0d/x") == nullptr);
  CHECK(at_pointer(result.root, "") == &result.root);
}
