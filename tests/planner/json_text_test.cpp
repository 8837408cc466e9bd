#include "planner/json_text.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using Json = nlohmann::ordered_json;

TEST_CASE("JSON stands in one line where it holds no more JSON", "[planner][json]") {
  const Json document{{"p99", {{"v", 44.5}, {"unit", "ms"}}},
                      {"none", Json::object()},
                      {"rows", Json::array({Json::array({1, 2}), Json::array()})}};
  CHECK(planner::json_text(document) == R"({
  "p99": {"v": 44.5, "unit": "ms"},
  "none": {},
  "rows": [
    [1, 2],
    []
  ]
}
)");
  CHECK(planner::json_text(Json(nullptr)) == "null\n");
}

TEST_CASE("Long text is broken into lines, long rows of numbers are not", "[planner][json]") {
  const Json notes = Json::array({std::string(100, 'a'), std::string(100, 'b')});
  CHECK(planner::json_text(notes) ==
        "[\n  \"" + std::string(100, 'a') + "\",\n  \"" + std::string(100, 'b') + "\"\n]\n");
  const Json numbers = std::vector<int>(200, 7);  // 3 characters each, and the brackets, less one ", "
  CHECK(planner::json_text(numbers).size() == 200 * 3 + 2 - 2 + 1);
}

TEST_CASE("What is written is what is read again, bytes that are no text aside", "[planner][json]") {
  const Json document =
      Json::parse(R"({"a \" \n": [1.5e-9, -0.0, true, null, "\u0001é"], "b": [{"c": {}}]})");
  CHECK(Json::parse(planner::json_text(document)) == document);
  CHECK(planner::json_text(Json{{"bad", "\xff"}}) == "{\"bad\": \"\xEF\xBF\xBD\"}\n");
}
