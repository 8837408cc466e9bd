#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "models/catalog.hpp"
#include "support/shared_data.hpp"

namespace {

using nlohmann::json;
namespace catalog = models::catalog;

const std::vector<std::string> names{"access", "cities",    "countries", "devices", "egress",
                                     "grid",   "platforms", "prices",    "sites",   "sources"};

json read(const std::filesystem::path& path) {
  std::ifstream in{path};
  REQUIRE(in);
  return json::parse(in);
}

json read_catalogue(const std::string& name) {
  return read(test_support::source_dir() / "models" / "catalog" / (name + ".json"));
}

/// The first violation of the schema's definition file_<name>, empty if there is none.
std::string violation(const json& schema_text, const std::string& name, const json& document) {
  json rooted = schema_text;
  rooted["$ref"] = "#/definitions/file_" + name;
  valijson::Schema schema;
  valijson::SchemaParser{}.populateSchema(valijson::adapters::NlohmannJsonAdapter{rooted}, schema);
  valijson::ValidationResults results;
  const valijson::adapters::NlohmannJsonAdapter target{document};
  if (valijson::Validator{}.validate(schema, target, &results)) return {};
  valijson::ValidationResults::Error error;
  std::string text;
  while (results.popError(error)) {
    for (const auto& step : error.context) text += step;
    text += ": " + error.description + "\n";
  }
  return text;
}

/// Calls visit(path, object) for every object in a document.
void for_each_object(const json& value, const std::string& path,
                     const std::function<void(const std::string&, const json&)>& visit) {
  if (value.is_object()) visit(path, value);
  if (!value.is_structured()) return;
  for (const auto& [key, child] : value.items()) for_each_object(child, path + "/" + key, visit);
}

void for_each_object(const std::function<void(const std::string&, const json&)>& visit) {
  for (const auto& name : names) for_each_object(read_catalogue(name), name, visit);
}

}  // namespace

TEST_CASE("Every file of the catalogue has the form that the schema states", "[models][catalog]") {
  const json schema = read_catalogue("catalog.schema");
  for (const auto& name : names) {
    INFO(name);
    CHECK(violation(schema, name, read_catalogue(name)).empty());
  }
}

TEST_CASE("The catalogue's schema refuses a figure without source that is not assumed", "[models][catalog]") {
  const json schema = read_catalogue("catalog.schema");
  json prices = read_catalogue("prices");
  prices["pue"]["region"].erase("source");
  CHECK_FALSE(violation(schema, "prices", prices).empty());
  prices["pue"]["region"]["basis"] = "assumed";
  CHECK(violation(schema, "prices", prices).empty());
  prices["pue"]["region"]["unit"] = "furlong";
  CHECK_FALSE(violation(schema, "prices", prices).empty());
}

TEST_CASE("Every source that the catalogue names is in the table of sources", "[models][catalog]") {
  std::size_t named = 0;
  std::set<std::string> used;
  for_each_object([&](const std::string& path, const json& object) {
    if (!object.contains("basis") || !object.contains("source")) return;
    INFO(path);
    const std::string source = object.at("source");
    used.insert(source);
    CHECK(catalog::sources().contains(source));
    ++named;
  });
  CHECK(named > 300);
  CHECK(used.size() > 50);
}

TEST_CASE("What is not verified claims no other basis than assumed", "[models][catalog]") {
  std::size_t unverified = 0;
  for_each_object([&](const std::string& path, const json& object) {
    if (!object.contains("basis")) return;
    INFO(path);
    const bool without_source = !object.contains("source");
    const bool says_so = object.value("note", "").find("Not verified") != std::string::npos;
    if (!without_source && !says_so) return;
    CHECK(object.at("basis") == "assumed");
    ++unverified;
  });
  CHECK(unverified > 50);
}

TEST_CASE("Every quantile table rises in probability and value", "[models][catalog]") {
  std::size_t tables = 0;
  const auto check = [&](const json& p, const json& q) {
    REQUIRE(p.size() == q.size());
    CHECK(p.front() == 0);
    CHECK(p.back() == 1);
    for (std::size_t i = 1; i < p.size(); ++i) {
      CHECK(p[i - 1] < p[i]);
      CHECK(q[i - 1] <= q[i]);
    }
    ++tables;
  };
  for_each_object([&](const std::string& path, const json& object) {
    INFO(path);
    if (object.contains("p") && object.contains("q")) check(object.at("p"), object.at("q"));
    if (!object.contains("quantiles")) return;
    for (const auto& [runtime, q] : object.at("quantiles").items()) {
      INFO(runtime);
      check(object.at("p"), q);
    }
  });
  CHECK(tables > 200);
}

TEST_CASE("Start-up times of functions are those of the measurements", "[models][catalog]") {
  REQUIRE_SHARED_DATA("facts/serverless_facts.json");
  const json facts = read(test_support::shared_dir() / "facts" / "serverless_facts.json");
  const json tables = read_catalogue("platforms").at("platforms").at("aws-lambda").at("runtimes");
  std::size_t compared = 0;
  for (const json& law : facts.at("distributions")) {
    const std::string id = law.at("id");
    const std::string prefix = "lambda-init/nodejs22-x";
    if (!id.starts_with(prefix)) continue;
    INFO(id);
    CHECK(tables.at(0).at("quantiles").at("nodejs22" + id.substr(prefix.size())) == law.at("q"));
    CHECK(tables.at(0).at("p") == law.at("p"));
    ++compared;
  }
  CHECK(compared == 12);  // zip and image, two processors, 128, 512 and 1024 MB
}

TEST_CASE("Grid intensities of all countries are those of the source", "[models][catalog]") {
  REQUIRE_SHARED_DATA("facts/grid_carbon_by_country.csv");
  std::map<std::string, std::string> alpha2;
  const json table = read_catalogue("countries");
  for (const auto& row : table.at("rows")) alpha2[row.at(1)] = row.at(0);
  std::ifstream in{test_support::shared_dir() / "facts" / "grid_carbon_by_country.csv"};
  std::size_t countries = 0;
  for (std::string line; std::getline(in, line);) {
    const auto comma = line.find(',');
    const auto country = alpha2.find(line.substr(0, comma));
    if (country == alpha2.end()) continue;
    INFO(line);
    const auto figure = catalog::grid_carbon(country->second);
    REQUIRE(figure);
    CHECK(figure->value == std::stod(line.substr(comma + 1)));
    ++countries;
  }
  CHECK(countries == 209);
}
