#include "planner/schema.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "planner/jsonc.hpp"
#include "sim/random.hpp"
#include "small_scenario.hpp"
#include "support/shared_data.hpp"

using namespace planner;
using namespace test_support;

namespace {

using Json = nlohmann::json;

/// An independent validator with the shipped schema.
class Oracle {
 public:
  Oracle() : document_(Json::parse(scenario_schema())) {
    valijson::SchemaParser{valijson::SchemaParser::kDraft7}.populateSchema(
        valijson::adapters::NlohmannJsonAdapter{document_}, schema_);
  }
  bool accepts(const Json& scenario) {
    return validator_.validate(schema_, valijson::adapters::NlohmannJsonAdapter{scenario}, nullptr);
  }

 private:
  Json document_;
  valijson::Schema schema_;
  valijson::Validator validator_;
};

enum class Outcome { fine, wrong_structure, wrong_otherwise };

/// What the loader says of a scenario: keys, types, bounds are structure; units, forms and references are
/// more than the schema's patterns can say.
Outcome loader_verdict(const Json& scenario) {
  Outcome verdict = Outcome::fine;
  for (const Diagnostic& issue : issues_of(scenario.dump())) {
    if (issue.severity == Severity::warning) continue;
    const bool structure = issue.code == Code::unknown_key || issue.code == Code::wrong_type ||
                           issue.code == Code::not_allowed || issue.code == Code::out_of_range ||
                           issue.code == Code::wrong_count || issue.code == Code::missing_unit ||
                           (issue.code == Code::missing_key && issue.label == "in this object");
    if (structure) return Outcome::wrong_structure;
    verdict = Outcome::wrong_otherwise;
  }
  return verdict;
}

/// Every value of the document, by pointer.
void collect(const Json& value, const Json::json_pointer& at, std::vector<Json::json_pointer>& out) {
  out.push_back(at);
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) collect(member, at / key, out);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) collect(value[i], at / i, out);
  }
}

std::vector<Json> sample_scenarios() {
  // In an order of their own, as that of a folder differs between machines.
  std::set<std::filesystem::path> files;
  for (const auto& folder : std::filesystem::directory_iterator{source_dir() / "scenarios"}) {
    if (const auto file = folder.path() / "scenario.json"; std::filesystem::exists(file)) files.insert(file);
  }
  std::vector<Json> samples{Json::parse(small_scenario)};
  for (const auto& file : files) {
    std::ifstream stream{file};
    const std::string text{std::istreambuf_iterator<char>{stream}, {}};
    samples.push_back(Json::parse(text, nullptr, true, true));
  }
  return samples;
}

/// Objects with `properties` in the schema, by pointer.
void check_properties(const Json& schema, const std::string& path) {
  if (schema.is_array()) {
    for (const Json& item : schema) check_properties(item, path);
  }
  if (!schema.is_object()) return;
  if (const auto properties = schema.find("properties"); properties != schema.end()) {
    for (const auto& [key, property] : properties->items()) {
      INFO(path << "/" << key);
      const bool shared =
          property.contains("$ref") && property.size() == 1;  // the definition describes itself
      CHECK((shared || property.contains("title")));
      CHECK((shared || property.contains("description")));
      const bool needs_example =
          !shared && (property.contains("$ref") || property.value("type", Json{}) == "string" ||
                      property.value("type", Json{}) == "number");
      CHECK((!needs_example || property.contains("examples") || property.contains("enum")));
    }
  }
  for (const auto& [key, member] : schema.items()) {
    if (key != "examples" && key != "enum" && key != "default") check_properties(member, path + "/" + key);
  }
}

}  // namespace

TEST_CASE("Every key of the schema has a title, a description and an example", "[planner][loader][schema]") {
  check_properties(Json::parse(scenario_schema()), "");
}

TEST_CASE("Every object of the schema is closed, and allows remarks", "[planner][loader][schema]") {
  std::vector<Json::json_pointer> pointers;
  const Json schema = Json::parse(scenario_schema());
  collect(schema, Json::json_pointer{}, pointers);
  for (const auto& pointer : pointers) {
    const Json& node = schema.at(pointer);
    if (!node.is_object() || !node.contains("properties") || !node.at("properties").is_object()) continue;
    if (!node.contains("type") || !node.at("properties").contains("note")) continue;
    INFO(pointer.to_string());
    CHECK(node.contains("additionalProperties"));
    CHECK(node.at("patternProperties").contains("^x-"));
  }
}

TEST_CASE("The sample scenarios pass the schema by an independent validator", "[planner][loader][schema]") {
  Oracle oracle;
  for (const Json& sample : sample_scenarios()) CHECK(oracle.accepts(sample));
}

TEST_CASE("The loader and an independent validator agree on changed scenarios", "[planner][loader][schema]") {
  // Each of the changes below is tried at pseudo-random values of each sample; both must say the same of the
  // result. Numbers that are whole but written with a fraction are left out: validators disagree on them.
  const Json replacements[] = {
      Json(-1),      Json(0.5),     Json(1'000'000'000),    Json("text"),   Json("5 ms"),        Json(true),
      Json(nullptr), Json::array(), Json::array({1, 2, 3}), Json::object(), Json{{"unknown", 1}}};
  Oracle oracle;
  const sim::Stream stream{11, 0};
  std::uint32_t draws = 0;
  const auto pick = [&](std::size_t count) {
    return static_cast<std::size_t>(stream.draw(draws++).uniform() * static_cast<double>(count));
  };
  for (const Json& sample : sample_scenarios()) {
    if (sample.contains("site_sets")) continue;  // the same rules, hundreds of sites a try
    std::vector<Json::json_pointer> pointers;
    collect(sample, Json::json_pointer{}, pointers);
    for (int i = 0; i < 200; ++i) {
      Json changed = sample;
      const auto& pointer = pointers[1 + pick(pointers.size() - 1)];
      // A patch is free by itself; what it makes of the scenario is checked after the merge.
      const std::string path = pointer.to_string();
      if (path.find("/patch") != std::string::npos || path == "/isochrone") continue;
      // Whether a text or an object is due depends on the kind of the pool.
      if (path.ends_with("/price")) continue;
      const Json& replacement = replacements[pick(std::size(replacements))];
      if (pick(4) == 0 && changed.at(pointer).is_object())
        changed[pointer]["surprise"] = 1;
      else
        changed[pointer] = replacement;
      INFO(path << " = " << replacement.dump());
      const Outcome verdict = loader_verdict(changed);
      if (oracle.accepts(changed))
        CHECK(verdict != Outcome::wrong_structure);
      else
        CHECK(verdict != Outcome::fine);
    }
  }
}

TEST_CASE("Examples of the schema pass their own schema", "[planner][loader][schema]") {
  const Json schema = Json::parse(scenario_schema());
  std::vector<Json::json_pointer> pointers;
  collect(schema, Json::json_pointer{}, pointers);
  std::size_t tried = 0;
  for (const auto& pointer : pointers) {
    const Json& node = schema.at(pointer);
    if (!node.is_object() || !node.contains("examples") || !node.at("examples").is_array()) continue;
    Json alone = node;
    alone["definitions"] = schema.at("definitions");
    valijson::Schema target;
    valijson::SchemaParser{valijson::SchemaParser::kDraft7}.populateSchema(
        valijson::adapters::NlohmannJsonAdapter{alone}, target);
    for (const Json& example : node.at("examples")) {
      INFO(pointer.to_string() << ": " << example.dump());
      CHECK(
          valijson::Validator{}.validate(target, valijson::adapters::NlohmannJsonAdapter{example}, nullptr));
      ++tried;
    }
  }
  CHECK(tried > 100);
}
