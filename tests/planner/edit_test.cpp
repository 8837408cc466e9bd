#include "planner/edit.hpp"

#include <catch2/catch.hpp>

#include "planner/format.hpp"
#include "planner/jsonc.hpp"
#include "planner/outline.hpp"
#include "planner/samples.hpp"
#include "sim/random.hpp"

using namespace planner;

namespace {

ParsedText parsed(const std::string& text) {
  return parse_jsonc(std::make_shared<SourceFile>("t.json", text));
}

/// Pointers to every member below `value`.
void list_members(const Value& value, const std::string& at, std::vector<std::string>& out) {
  for (const Member& member : value.members) {
    const std::string pointer = at + "/" + escape_token(member.key);
    out.push_back(pointer);
    list_members(member.value, pointer, out);
  }
}

std::vector<std::string> comments_of(const ParsedText& text) {
  std::vector<std::string> comments;
  for (const Span& span : text.comments) {
    comments.emplace_back(text.source->text().substr(span.begin, span.end - span.begin));
  }
  return comments;
}

}  // namespace

TEST_CASE("An edit replaces one value and leaves the rest of the text as it is", "[edit]") {
  const std::string text = "{ // about\n   \"a\" : 1,\n \"b\":{\"c\":[1, 2]} }";
  CHECK(with_value(text, "/a", "\"7 ms\"") == "{ // about\n   \"a\" : \"7 ms\",\n \"b\":{\"c\":[1, 2]} }");
  CHECK(with_value(text, "/b/c/1", "5") == "{ // about\n   \"a\" : 1,\n \"b\":{\"c\":[1, 5]} }");
}

TEST_CASE("An edit makes the objects that are missing on the way", "[edit]") {
  CHECK(with_value("{}", "/a/b~1c", "1") == R"({ "a": { "b/c": 1 } })");
  CHECK(with_value(R"({"a": {}})", "/a/b", "1") == R"({"a": { "b": 1 }})");
  CHECK(with_value(R"({"a": 1})", "/b", "2") == R"({"a": 1, "b": 2})");
}

TEST_CASE("A new member stands after the comment on the line of the last one", "[edit]") {
  CHECK(with_value("{\n  \"a\": 1 // one\n}\n", "/b", "2") == "{\n  \"a\": 1, // one\n  \"b\": 2\n}\n");
  CHECK(with_value("{\n  // none yet\n}\n", "/b", "2") == "{\n  // none yet\n  \"b\": 2\n}\n");
}

TEST_CASE("Removing a member takes one comma and its line", "[edit]") {
  const std::string text = "{\n  \"a\": 1,\n  // of b\n  \"b\": 2,\n  \"c\": 3\n}\n";
  CHECK(without_value(text, "/a") == "{\n  // of b\n  \"b\": 2,\n  \"c\": 3\n}\n");
  CHECK(without_value(text, "/c") == "{\n  \"a\": 1,\n  // of b\n  \"b\": 2\n}\n");
  CHECK(without_value(R"({"a": 1})", "/a") == "{}");
  CHECK(without_value(R"({"a": 1 /* , */ , "b": 2})", "/b") == R"({"a": 1 /* , */  })");
}

TEST_CASE("An edit that cannot be made says why", "[edit]") {
  CHECK_THROWS_WITH(with_value(R"({"a": 1})", "/a/b", "2"), Catch::Contains("has no member \"b\""));
  CHECK_THROWS_WITH(without_value(R"({"a": 1})", "/b"), Catch::Contains("nothing is at /b"));
  CHECK_THROWS_WITH(without_value(R"({"a": [1]})", "/a/0"), Catch::Contains("no member of an object"));
  CHECK_THROWS_AS(with_value(R"({"a": 1})", "/a", "{"), ScenarioError);
  CHECK_THROWS_AS(with_value(R"({"a": )", "/a", "1"), ScenarioError);
}

TEST_CASE("A canonical text stays canonical under every edit, and keeps its comments", "[edit]") {
  const sim::Stream draws{20261123, 0};
  std::uint32_t draw = 0;
  for (const auto& [path, content] : sample_files()) {
    if (!path.ends_with("/scenario.json")) continue;
    CAPTURE(path);
    const std::string text = format_scenario(std::string{content}, "s");
    std::vector<std::string> pointers;
    list_members(parsed(text).root, "", pointers);
    for (int i = 0; i < 20; ++i) {
      const std::string& pointer = pointers[static_cast<std::size_t>(draws.draw(draw++).uniform() *
                                                                     static_cast<double>(pointers.size()))];
      CAPTURE(pointer);
      const std::string less = without_value(text, pointer);
      const ParsedText after = parsed(less);
      REQUIRE(after.issues.empty());
      CHECK(format_scenario(less, "s") == less);
      CHECK(at_pointer(after.root, pointer) == nullptr);
      // Comments within the removed value go with it, the others stay.
      const ParsedText before = parsed(text);
      const Span gone = at_pointer(before.root, pointer)->span;
      const auto inside = std::ranges::count_if(
          before.comments, [&](const Span& c) { return c.begin >= gone.begin && c.end <= gone.end; });
      CHECK(comments_of(after).size() + static_cast<std::size_t>(inside) == before.comments.size());
      const std::string more = with_value(less, pointer, "\"x\"");
      CHECK(at_pointer(parsed(more).root, pointer)->text == "x");
      CHECK(format_scenario(more, "s") == more);
    }
  }
}

TEST_CASE("An edit formats its own place as the whole text would be formatted", "[edit]") {
  const sim::Stream draws{20261124, 0};
  std::uint32_t draw = 0;
  const auto one_of = [&](const auto& all) {
    return all[static_cast<std::size_t>(draws.draw(draw++).uniform() * static_cast<double>(all.size()))];
  };
  // Short, too long for the line, broken over lines, with comments, and quantities in another spelling.
  const std::string long_list = "[" + std::string(70, '1') + ", " + std::string(70, '2') + "]";
  const std::vector<std::string> values{"\"x\"",
                                        "{}",
                                        "[]",
                                        long_list,
                                        "{ \"a\": " + long_list + " }",
                                        "{ // about\n \"a\": 1, \"b\": [1,\n 2] }",
                                        "\"1.50 s\"",
                                        "[{ \"a\": 1 }, { // of b\n \"b\": 2 }]"};
  for (const auto& [path, content] : sample_files()) {
    if (!path.ends_with("/scenario.json")) continue;
    std::string text = format_scenario(std::string{content}, "s");
    for (int i = 0; i < 40; ++i) {
      std::vector<std::string> pointers;
      const ParsedText before = parsed(text);
      list_members(before.root, "", pointers);
      const std::string pointer = one_of(pointers) + (draw % 3 == 0 ? "/new" : "");
      const std::string parent = pointer.substr(0, pointer.rfind('/'));
      if (parent.empty() || !at_pointer(before.root, parent)->is_object()) continue;
      CAPTURE(path, pointer, text);
      // What is edited as free text and then formatted as a whole.
      const std::string& value = one_of(values);
      const std::string wanted = format_scenario(with_value(before, Form::free, pointer, value), "s");
      text = with_value(before, form_of(before), pointer, value);
      REQUIRE(text == wanted);
    }
  }
}

TEST_CASE("The outline tells an editor the kind and unit of a field", "[edit]") {
  const auto rate = field_at("/workloads/w/arrivals/rate");
  REQUIRE(rate.has_value());
  CHECK(rate->kind == FieldInfo::Kind::quantity);
  CHECK(rate->dimension == Dimension::request_rate);
  CHECK(field_at("/sites")->kind == FieldInfo::Kind::entries);
  CHECK(field_at("/strategies/s/patch/sites/x/pools/p/nodes")->kind == FieldInfo::Kind::integer);
  CHECK(field_at("/routing/policy")->words.size() >= 3);
  CHECK_FALSE(field_at("/routing/nonsense").has_value());
  const auto fields = fields_at("/flows/f");
  const auto entry = std::ranges::find(fields, "entry", &FieldInfo::key);
  REQUIRE(entry != fields.end());
  CHECK(entry->need == FieldInfo::Need::required);
}

TEST_CASE("A skeleton has the keys that the format requires", "[edit]") {
  for (const char* section :
       {"sites", "links", "populations", "services", "flows", "workloads", "strategies"}) {
    CAPTURE(section);
    const std::string pointer = std::string{"/"} + section + "/new";
    const ParsedText begun = parsed(skeleton(pointer));
    REQUIRE(begun.issues.empty());
    REQUIRE(begun.root.is_object());
    for (const FieldInfo& field : fields_at(pointer)) {
      if (field.need == FieldInfo::Need::required) CHECK(begun.root.find(field.key) != nullptr);
    }
  }
}
