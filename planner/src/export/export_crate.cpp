#include <fmt/format.h>

#include "export/export_result.hpp"
#include "planner/json_text.hpp"
#include "planner/result_export.hpp"
#include "planner/sha256.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* process_profile = "https://w3id.org/ro/wfrun/process/0.5";

Json id_of(const std::string& id) { return {{"@id", id}}; }

Json file_entity(const CrateFile& file, const char* name) {
  return {{"@id", file.path},
          {"@type", "File"},
          {"name", name},
          {"encodingFormat", file.path.ends_with(".csv") ? "text/csv" : "application/json"},
          {"contentSize", std::to_string(file.text.size())},
          {"sha256", sha256_hex(file.text)}};
}

Json root_entity(const Json& result, const Json& parts, const std::string& published,
                 const std::string& license) {
  const Json& scenario = result.at("scenario");
  const std::string title = scenario.at("title");
  Json root{{"@id", "./"},
            {"@type", "Dataset"},
            {"name", title.empty() ? scenario.at("name").get<std::string>() : title},
            {"description",
             fmt::format("Simulation of the scenario {} by isochrone {}, seed {}.",
                         scenario.at("name").get<std::string>(),
                         result.at("tool").at("version").get<std::string>(), result.at("seed").dump())},
            {"datePublished", published},
            {"conformsTo", id_of(process_profile)},
            {"hasPart", parts},
            {"mentions", id_of("#run")}};
  root["license"] = license.empty() ? Json("No license is stated.") : id_of(license);
  return root;
}

}  // namespace

Exported export_crate(const Json& result, const CrateFile& result_file, const std::vector<CrateFile>& inputs,
                      const std::string& published, const std::string& license) {
  Json parts = Json::array({id_of(result_file.path)}), objects = Json::array(), files = Json::array();
  files.push_back(file_entity(result_file, "Result of the simulation"));
  for (const CrateFile& input : inputs) {
    parts.push_back(id_of(input.path));
    objects.push_back(id_of(input.path));
    files.push_back(file_entity(input, "Scenario, or a file that it reads"));
  }
  Json graph = Json::array();
  graph.push_back({{"@id", "ro-crate-metadata.json"},
                   {"@type", "CreativeWork"},
                   {"conformsTo", id_of("https://w3id.org/ro/crate/1.1")},
                   {"about", id_of("./")}});
  graph.push_back(root_entity(result, parts, published, license));
  for (Json& file : files) graph.push_back(std::move(file));
  graph.push_back({{"@id", process_profile},
                   {"@type", "CreativeWork"},
                   {"name", "Process Run Crate"},
                   {"version", "0.5"}});
  graph.push_back({{"@id", "#isochrone"},
                   {"@type", "SoftwareApplication"},
                   {"name", "isochrone"},
                   {"softwareVersion", result.at("tool").at("version")}});
  graph.push_back({{"@id", "#run"},
                   {"@type", "CreateAction"},
                   {"name", "Simulation"},
                   {"instrument", id_of("#isochrone")},
                   {"object", std::move(objects)},
                   {"result", Json::array({id_of(result_file.path)})},
                   {"actionStatus", id_of(result.at("interrupted").get<bool>()
                                              ? "http://schema.org/FailedActionStatus"
                                              : "http://schema.org/CompletedActionStatus")}});
  if (!license.empty()) graph.push_back({{"@id", license}, {"@type", "CreativeWork"}, {"name", license}});
  return {json_text({{"@context", "https://w3id.org/ro/crate/1.1/context"}, {"@graph", std::move(graph)}})};
}

}  // namespace planner
