#include "catalog/catalog_json.hpp"

namespace models::catalog {
namespace {

using nlohmann::ordered_json;

Access read_access(const std::string& id, const ordered_json& entry) {
  return {.id = id,
          .name = entry.at("name"),
          .uplink_latency = read_law(entry.at("uplink_latency")),
          .downlink_latency = read_law(entry.at("downlink_latency")),
          .uplink = read_optional_figure(entry, "uplink"),
          .downlink = read_optional_figure(entry, "downlink"),
          .cell_uplink = read_optional_figure(entry, "cell_uplink"),
          .cell_downlink = read_optional_figure(entry, "cell_downlink"),
          .users_per_cell = read_optional_figure(entry, "users_per_cell"),
          .device_power = read_optional_figure(entry, "device_power"),
          .reallocation = read_optional_law(entry, "reallocation"),
          .reallocated_every = read_optional_figure(entry, "reallocated_every")};
}

std::map<std::string, Access, std::less<>> read_profiles() {
  std::map<std::string, Access, std::less<>> all;
  const ordered_json file = read_file("access.json");
  for (const auto& [id, entry] : file.at("profiles").items()) all[id] = read_access(id, entry);
  return all;
}

}  // namespace

const Access* find_access(std::string_view id) {
  static const std::map<std::string, Access, std::less<>> all = read_profiles();
  const auto found = all.find(id);
  return found == all.end() ? nullptr : &found->second;
}

}  // namespace models::catalog
