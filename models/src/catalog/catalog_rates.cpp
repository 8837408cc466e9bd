#include "catalog/catalog_json.hpp"

namespace models::catalog {
namespace {

using nlohmann::ordered_json;
using Figures = std::map<std::string, Figure, std::less<>>;

std::optional<Figure> find(const Figures& figures, std::string_view id) {
  const auto found = figures.find(id);
  return found == figures.end() ? std::nullopt : std::optional{found->second};
}

Figures read_figures(const ordered_json& entries) {
  Figures all;
  for (const auto& [id, entry] : entries.items()) all[id] = read_figure(entry);
  return all;
}

/// A number of a table that states unit and origin once.
Figure table_figure(const ordered_json& table, const std::string& unit, double value) {
  Figure figure{.value = value, .unit = unit, .printed = decimal(value) + " " + unit};
  read_origin(table, figure);
  return figure;
}

Figures read_grid() {
  Figures all;
  const ordered_json file = read_file("grid.json");
  for (const char* table : {"countries", "regions"}) {
    for (const auto& [id, value] : file.at(table).at("values").items()) {
      all[id] = table_figure(file.at(table), file.at("unit"), value);
    }
  }
  return all;
}

Figures read_section(const char* file, const char* section) {
  return read_figures(read_file(file).at(section));
}

/// Prices from region to region, by "from>to".
Figures read_between_regions() {
  Figures all;
  const ordered_json file = read_file("egress.json");
  const ordered_json& table = file.at("between_regions");
  const auto regions = table.at("regions").get<std::vector<std::string>>();
  for (std::size_t from = 0; from < regions.size(); ++from) {
    for (std::size_t to = 0; to < regions.size(); ++to) {
      const ordered_json& price = table.at("rows").at(from).at(to);
      if (price.is_null()) continue;
      all[regions[from] + ">" + regions[to]] = table_figure(table, table.at("unit"), price);
    }
  }
  return all;
}

}  // namespace

std::optional<Figure> grid_carbon(std::string_view country_or_region) {
  static const Figures all = read_grid();
  return find(all, country_or_region);
}

std::optional<Figure> egress(std::string_view from, std::string_view to) {
  if (to == "internet") {
    static const Figures all = read_section("egress.json", "internet");
    const auto exact = find(all, from);
    return exact ? exact : find(all, from.substr(0, from.find(':')));
  }
  static const Figures between = read_between_regions();
  return find(between, std::string{from} + ">" + std::string{to});
}

std::optional<Figure> pue(std::string_view tier) {
  static const Figures all = read_section("prices.json", "pue");
  return find(all, tier);
}

std::optional<Figure> network_energy(std::string_view segment) {
  static const Figures all = read_section("prices.json", "network_energy");
  return find(all, segment);
}

std::optional<Figure> price(std::string_view id) {
  static const Figures all = read_section("prices.json", "prices");
  return find(all, id);
}

}  // namespace models::catalog
