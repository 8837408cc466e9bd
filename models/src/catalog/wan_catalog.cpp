#include "models/wan_catalog.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "catalog/wan_catalog_data.hpp"

namespace models {
namespace {

using nlohmann::json;

/// A figure of the law, which must be stated in `unit`.
double figure(const json& law, const std::string& name, const std::string& unit) {
  const auto& entry = law.at(name);
  const auto stated = entry.at("unit").get<std::string>();
  if (stated != unit) throw std::runtime_error{"law." + name + " is in " + stated + ", not in " + unit};
  return entry.at("value").get<double>();
}

sim::Duration milliseconds(double value) { return sim::from_seconds(value * 1e-3); }

void read_law(const json& law, topology::WideAreaSpec& spec) {
  spec.fixed_round_trip = milliseconds(figure(law, "fixed_round_trip", "ms"));
  spec.round_trip_ns_per_metre = figure(law, "round_trip_per_path", "us/km");  // 1 us/km = 1 ns/m
  spec.metro_round_trip = milliseconds(figure(law, "metro_round_trip", "ms"));
  spec.metro_limit = topology::Metres{1000.0 * figure(law, "metro_limit", "km")};
}

void read_corridors(const json& list, topology::WideAreaSpec& spec) {
  for (const auto& entry : list) {
    const double factor = entry.size() > 2 ? entry.at(2).get<double>() : 1.0;
    spec.corridors.push_back({entry.at(0).get<std::string>(), entry.at(1).get<std::string>(), factor});
  }
}

topology::WideAreaSpec read(const json& file, CorridorSet corridors) {
  topology::WideAreaSpec spec;
  read_law(file.at("law"), spec);
  for (const auto& [name, hub] : file.at("hubs").items()) {
    spec.hubs.push_back(
        {name, {hub.at(0).get<double>(), hub.at(1).get<double>()}, hub.at(2).get<std::string>()});
  }
  read_corridors(file.at("corridors"), spec);
  if (corridors == CorridorSet::all) read_corridors(file.at("unused_corridors").at("list"), spec);
  for (const auto* basis : {"checked", "assumed"}) {
    for (const auto& [country, zone] : file.at("country_zones").at(basis).items()) {
      spec.country_zones.emplace(country, zone.get<std::string>());
    }
  }
  return spec;
}

void refuse_problems(const topology::WideAreaSpec& spec) {
  std::string all;
  for (const auto& problem : problems(spec)) all += (all.empty() ? "" : "; ") + problem;
  if (!all.empty()) throw std::runtime_error{all};
}

}  // namespace

topology::WideAreaSpec read_wide_area(std::string_view text, CorridorSet corridors) {
  try {
    auto spec = read(json::parse(text), corridors);
    refuse_problems(spec);
    return spec;
  } catch (const json::exception& error) {
    throw std::runtime_error{std::string{"corridor graph: "} + error.what()};
  }
}

std::shared_ptr<const topology::WideArea> catalogue_wide_area(CorridorSet corridors) {
  const auto text = wan_catalog_files().front().second;
  return std::make_shared<const topology::WideArea>(read_wide_area(text, corridors));
}

}  // namespace models
