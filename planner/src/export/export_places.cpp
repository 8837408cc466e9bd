#include <fmt/format.h>

#include <algorithm>

#include "export/export_result.hpp"
#include "planner/json_text.hpp"
#include "planner/result_export.hpp"
#include "read/issues.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void refuse(const std::string& message) {
  throw ScenarioError{{make_diagnostic(Code::unknown_strategy, {}, message)}};
}

/// A point; positions are longitude, latitude (RFC 7946, section 3.1.1).
Json feature(const std::string& kind, const std::string& id, const Place& place, Json properties) {
  Json all{{"kind", kind}, {"id", id}};
  for (auto& [key, value] : properties.items()) all[key] = std::move(value);
  return {{"type", "Feature"},
          {"id", kind + "/" + id},
          {"geometry", {{"type", "Point"}, {"coordinates", {place.longitude, place.latitude}}}},
          {"properties", std::move(all)}};
}

/// `photo_p99_ms` and so on of the slices for which `belongs` holds.
template <class Belongs>
void add_latency(Json& properties, const Json& slices, Belongs belongs) {
  for (const Json& slice : slices) {
    if (!belongs(slice)) continue;
    const std::string flow = slice.at("flow").get<std::string>() + "_";
    properties[flow + "requests"] = slice.at("started");
    properties[flow + "mean_ms"] = slice.at("mean").at("v");
    for (const char* rung : {"p50", "p99"})
      properties[flow + rung + "_ms"] = slice.at("percentiles").at(rung).at("v");
    properties[flow + "ok"] = slice.at("ok").at("v");
    if (slice.contains("late")) properties[flow + "late"] = slice.at("late").at("v");
  }
}

Json site_properties(const std::string& id, const Site& site, const Json& strategy) {
  Json properties{{"tier", site.tier}, {"services", Json::array()}};
  double busiest = 0;
  for (const Json& pool : strategy.at("pools")) {
    if (pool.at("site") != id) continue;
    properties["services"].push_back(pool.at("service"));
    busiest = std::max(busiest, pool.at("utilisation").at("v").get<double>());
  }
  properties["utilisation"] = busiest;
  add_latency(properties, strategy.at("latency"),
              [&](const Json& slice) { return slice.contains("site") && slice.at("site") == id; });
  return properties;
}

Json population_properties(const std::string& id, const Population& population, const Json& strategy) {
  Json properties{{"users", population.users}};
  add_latency(properties, strategy.at("latency"), [&](const Json& slice) {
    return slice.contains("population") && !slice.contains("site") && slice.at("population") == id;
  });
  return properties;
}

}  // namespace

const Json& strategy_of(const Json& result, const Scenario& scenario) {
  const Json& strategies = result.at("strategies");
  const auto found = strategies.find(scenario.strategy);
  if (found == strategies.end()) refuse(fmt::format("the result has no strategy \"{}\"", scenario.strategy));
  if (!found->contains("latency"))
    refuse(fmt::format("strategy \"{}\" has no figures: it could not carry its load", scenario.strategy));
  return *found;
}

Exported export_geojson(const Json& result, const Scenario& scenario) {
  const Json& strategy = strategy_of(result, scenario);
  Exported exported;
  Json features = Json::array();
  std::size_t nowhere = 0;
  const auto add = [&](const char* kind, const std::string& id, const std::optional<Place>& place,
                       Json properties) {
    if (place)
      features.push_back(feature(kind, id, *place, std::move(properties)));
    else
      ++nowhere;
  };
  for (const auto& [id, site] : scenario.sites) add("site", id, site.at, site_properties(id, site, strategy));
  for (const auto& [id, population] : scenario.populations)
    add("population", id, population.at, population_properties(id, population, strategy));
  if (nowhere > 0)
    exported.notes.push_back(
        fmt::format("{} sites or populations have no position and are left out", nowhere));
  exported.text = json_text({{"type", "FeatureCollection"},
                             {"name", scenario.name + " " + scenario.strategy},
                             {"features", features}});
  return exported;
}

}  // namespace planner
