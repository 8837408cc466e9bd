#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "models/catalog.hpp"
#include "support/shared_data.hpp"

/// Rules that hold for every figure of every file of the catalogue, and its completeness against the lists
/// that it was made from.
namespace {

using nlohmann::json;
namespace catalog = models::catalog;

json read(const std::filesystem::path& path) {
  std::ifstream in{path};
  REQUIRE(in);
  return json::parse(in);
}

std::vector<std::filesystem::path> catalogue_files() {
  std::vector<std::filesystem::path> all;
  for (const auto& entry :
       std::filesystem::directory_iterator{test_support::source_dir() / "models/catalog"}) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".json") && name != "catalog.schema.json" && name != "sources.json")
      all.push_back(entry.path());
  }
  std::ranges::sort(all);
  return all;
}

using Visit = std::function<void(const std::string& path, const json& object)>;

void for_each_object(const json& value, const std::string& path, const Visit& visit) {
  if (value.is_object()) visit(path, value);
  if (!value.is_structured()) return;
  for (const auto& [key, child] : value.items()) for_each_object(child, path + "/" + key, visit);
}

/// Rows of a CSV file without comment lines, by column of its header.
std::vector<std::map<std::string, std::string>> table(const char* file) {
  std::ifstream in{test_support::shared_dir() / "facts" / file};
  std::vector<std::string> header;
  std::vector<std::map<std::string, std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("#") || line.starts_with("\"#")) continue;
    std::vector<std::string> cells{""};
    bool within = false;
    for (const char c : line) {
      if (c == '"')
        within = !within;
      else if (c == ',' && !within)
        cells.emplace_back();
      else if (c != '\r')
        cells.back() += c;
    }
    if (header.empty()) {
      header = cells;
      continue;
    }
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < std::min(header.size(), cells.size()); ++i) row[header[i]] = cells[i];
  }
  return rows;
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

TEST_CASE("Every figure of every file has a unit and a basis, and but for assumptions a dated source",
          "[models][catalog]") {
  std::size_t figures = 0, assumed = 0;
  for (const auto& file : catalogue_files()) {
    for_each_object(read(file), file.filename().string(), [&](const std::string& path, const json& object) {
      INFO(path);
      const bool is_figure = (object.contains("value") && !object.contains("dist")) ||
                             (object.contains("law") && object.at("law").contains("dist"));
      if (is_figure) {
        CHECK(object.contains("unit"));
        REQUIRE(object.contains("basis"));
        ++figures;
      }
      if (!object.contains("basis")) return;
      const std::string source = object.value("source", "");
      if (source.empty()) {
        CHECK(object.at("basis") == "assumed");
        ++assumed;
        return;
      }
      REQUIRE(catalog::sources().contains(source));
      CHECK_FALSE(catalog::sources().at(source).date.empty());
      CHECK_FALSE(catalog::sources().at(source).reference.empty());
    });
  }
  CHECK(figures > 900);
  CHECK(assumed > 50);
}

TEST_CASE("Regions and points of presence are those of the lists they were made from", "[models][catalog]") {
  REQUIRE_SHARED_DATA("facts/cloud_regions.csv");
  for (const auto& row : table("cloud_regions.csv")) {
    std::string region = row.at("region");
    // Some rows name a zone of Google's: without its letter it is the region.
    if (region.starts_with("gcp:") && region[region.size() - 2] == '-') region.resize(region.size() - 2);
    INFO(region);
    CHECK(catalog::find_site(region) != nullptr);
  }
  for (const auto& row : table("azure_regions.csv")) {
    const std::string& id = row.at("name");
    if (id.ends_with("stg") || id.ends_with("euap")) continue;  // not open to customers
    INFO(id);
    const catalog::Place* place = catalog::find_site("azure:" + id);
    REQUIRE(place);
    CHECK(place->latitude == Approx(std::stod(row.at("lat"))).margin(0.01));
    CHECK(place->longitude == Approx(std::stod(row.at("lon"))).margin(0.01));
  }
  for (const auto& [file, list] :
       {std::pair{"pops_cloudflare.csv", "cloudflare"}, {"pops_cloudfront.csv", "cloudfront"}}) {
    std::size_t known = 0, located = 0;
    for (const auto& row : table(file)) {
      if (row.contains("lat") && row.at("lat").empty()) continue;  // no position
      ++located;
      known += catalog::find_site(std::string{list} + ":" + lower(row.at("code"))) != nullptr ? 1 : 0;
    }
    INFO(list);
    CHECK(known == located);
  }
  CHECK(catalog::sites("aws").size() == 34);
  CHECK(catalog::sites("gcp").size() == 40);
  CHECK(catalog::sites("azure").size() == 58);
  CHECK(catalog::sites("cloudflare").size() == 336);
  CHECK(catalog::sites("cloudfront").size() == 107);
}

TEST_CASE("Cities are all places of 100,000 inhabitants that are no sections of others",
          "[models][catalog]") {
  REQUIRE_SHARED_DATA("facts/world_cities_100k.csv");
  std::multiset<double> listed;
  for (const auto& row : table("world_cities_100k.csv"))
    if (row.at("feature") != "PPLX") listed.insert(std::stod(row.at("population")));
  std::multiset<double> kept;
  for (const catalog::Place& city : catalog::cities()) kept.insert(city.population);
  CHECK(kept.size() == 4277);
  CHECK(kept == listed);
}

TEST_CASE("What was not verified when it was collected is no more than assumed", "[models][catalog]") {
  REQUIRE_SHARED_DATA("facts/serverless_facts.json");
  const json facts = read(test_support::shared_dir() / "facts" / "serverless_facts.json");
  const json platforms = read(test_support::source_dir() / "models/catalog/platforms.json").at("platforms");
  const std::map<std::string, std::string> renamed{{"k8s-pod", "kubernetes-pod"},
                                                   {"lambda-edge", "aws-lambda-edge"},
                                                   {"vercel-fluid", "vercel-functions"}};
  std::size_t compared = 0;
  for (const json& fact : facts.at("platforms")) {
    const std::string id = fact.at("id");
    const std::string kept = renamed.contains(id) ? renamed.at(id) : id;
    if (!platforms.contains(kept) || !fact.contains("cold_start") || !fact.at("cold_start").is_object())
      continue;
    if (!fact.at("cold_start").value("status", "").starts_with("unverified")) continue;
    INFO(kept);
    const auto platform = catalog::find_platform(kept);
    REQUIRE(platform);
    CHECK(platform->cold_start.basis == catalog::Basis::assumed);
    ++compared;
  }
  CHECK(compared >= 3);
  // General knowledge in the collection: idle power and start-up of devices, concurrency of Cloud Run.
  for (const char* id :
       {"jetson-orin-nano", "jetson-orin-nx", "raspberry-pi-5", "l4", "t4", "a100", "h100"}) {
    INFO(id);
    REQUIRE(catalog::find_device(id));
    REQUIRE(catalog::find_device(id)->power_idle);
    CHECK(catalog::find_device(id)->power_idle->basis == catalog::Basis::assumed);
  }
  CHECK(catalog::find_platform("gcp-cloud-run")->concurrency.basis == catalog::Basis::assumed);
}

TEST_CASE("Every region, point of presence and city that is listed is shown with basis, source and date",
          "[models][catalog]") {
  using catalog::Kind;
  CHECK(catalog::ids(Kind::region).size() == 34 + 40 + 58);
  CHECK(catalog::ids(Kind::pop).size() > 336 + 107);
  CHECK(catalog::ids(Kind::city).size() == catalog::cities().size());
  const auto check = [](const nlohmann::ordered_json& place, const nlohmann::ordered_json& entry) {
    CHECK(place.contains("basis"));
    REQUIRE(place.contains("source"));
    const std::string source = place.at("source");
    CHECK_FALSE(entry.at("sources").at(source).at("date").get<std::string>().empty());
  };
  for (const char* id :
       {"aws:eu-south-2", "azure:westeurope", "gcp:europe-west1", "cloudflare:ams", "cloudfront:fra"}) {
    INFO(id);
    const auto entry = catalog::show(id);
    REQUIRE_FALSE(entry.is_null());
    check(entry.contains("place") ? entry.at("place") : entry, entry);
  }
  const auto utrecht = catalog::show("Utrecht");
  check(utrecht.at("utrecht-nl"), utrecht);
}
