#include "models/catalog.hpp"

#include <algorithm>
#include <array>

#include "catalog/catalog_json.hpp"

namespace models::catalog {
namespace {

using nlohmann::ordered_json;

/// Where the entries of a kind stand: file and path to the object that holds them by id.
struct Shelf {
  Kind kind;
  std::string_view file;
  const char* path;
};

constexpr std::array shelves{
    Shelf{Kind::device, "devices.json", "/devices"},
    Shelf{Kind::platform, "platforms.json", "/platforms"},
    Shelf{Kind::access, "access.json", "/profiles"},
    Shelf{Kind::site_list, "sites.json", "/lists"},
    Shelf{Kind::grid, "grid.json", "/countries/values"},
    Shelf{Kind::grid, "grid.json", "/regions/values"},
    Shelf{Kind::price, "prices.json", "/prices"},
    Shelf{Kind::price, "prices.json", "/pue"},
    Shelf{Kind::price, "prices.json", "/network_energy"},
    Shelf{Kind::price, "egress.json", "/internet"},
    Shelf{Kind::source, "sources.json", "/sources"},
};

/// Values of a table by id say nothing without the origin that the table states once.
ordered_json with_table_origin(const ordered_json& file, const Shelf& shelf, const ordered_json& value) {
  if (value.is_object()) return value;
  const auto table = ordered_json::json_pointer{shelf.path}.parent_pointer();
  ordered_json shown{{"value", value}, {"unit", file.at("unit")}};
  for (const char* key : {"basis", "source", "date", "note"}) {
    if (file.at(table).contains(key)) shown[key] = file.at(table).at(key);
  }
  return shown;
}

/// Spells out the sources that an entry names.
void add_sources(const ordered_json& value, ordered_json& named) {
  if (!value.is_structured()) return;
  if (const auto source = value.is_object() ? value.find("source") : value.end();
      source != value.end() && source->is_string()) {
    const auto found = sources().find(source->get<std::string>());
    if (found != sources().end()) {
      named[found->first] = {{"reference", found->second.reference}, {"date", found->second.date}};
    }
  }
  for (const auto& child : value) add_sources(child, named);
}

/// @param table  whose row the place is: it says where the row comes from
ordered_json place_entry(const Place& place, const ordered_json& table) {
  ordered_json shown{{"name", place.name},
                     {"country", place.country},
                     {"continent", place.continent},
                     {"latitude", place.latitude},
                     {"longitude", place.longitude}};
  if (place.population > 0) shown["population"] = place.population;
  for (const char* key : {"basis", "source", "date"}) {
    if (table.contains(key)) shown[key] = table.at(key);
  }
  return shown;
}

ordered_json site_entry(const Place& site) {
  return place_entry(site, read_file("sites.json").at("lists").at(site.provider));
}

/// A law as its quantiles.
ordered_json law_entry(const LawFigure& figure) {
  ordered_json shown{{"unit", "s"}};
  for (const auto& [key, level] :
       {std::pair{"p10", 0.10}, std::pair{"p50", 0.50}, std::pair{"p90", 0.90}, std::pair{"p99", 0.99}}) {
    shown[key] = figure.law.quantile(level);
  }
  shown["basis"] = name(figure.basis);
  if (!figure.source.empty()) shown["source"] = figure.source;
  if (!figure.date.empty()) shown["date"] = figure.date;
  if (!figure.note.empty()) shown["note"] = figure.note;
  return shown;
}

/// A platform with the runtime or the region that its id names.
ordered_json variant_entry(std::string_view id) {
  if (id.find_first_of("/@") == std::string_view::npos) return nullptr;
  const std::optional<Platform> platform = find_platform(id);
  if (!platform) return nullptr;
  ordered_json shown{{"name", platform->name},
                     {"runtime", platform->runtime},
                     {"cold_start", law_entry(platform->cold_start)}};
  if (platform->acquire) shown["acquire"] = law_entry(*platform->acquire);
  if (platform->restore) shown["restore"] = law_entry(*platform->restore);
  if (platform->init) shown["init"] = law_entry(*platform->init);
  for (const auto& [memory, law] : platform->by_memory)
    shown["by_memory"][std::to_string(static_cast<std::int64_t>(memory / 1e6)) + " MB"] = law_entry(law);
  shown["keep_alive"] = law_entry(platform->keep_alive);
  return shown;
}

/// A place of a list ("aws:eu-central-1"), or the cities of a name.
ordered_json places_entry(std::string_view id) {
  if (const Place* site = find_site(id)) return site_entry(*site);
  const std::vector<const Place*> cities = cities_named(id);
  if (cities.empty()) return nullptr;
  const ordered_json table = read_file("cities.json");
  ordered_json found;
  for (const Place* city : cities) found[city->id] = place_entry(*city, table);
  return found;
}

/// Ids of all sites on the lists of a kind.
void add_sites(std::string_view kind, std::vector<std::string>& ids) {
  const ordered_json file = read_file("sites.json");
  for (const auto& [list, entry] : file.at("lists").items()) {
    if (entry.at("kind") != kind) continue;
    for (const Place& site : sites(list)) ids.push_back(list + ":" + site.id);
  }
}

ordered_json with_sources(ordered_json shown) {
  ordered_json named;
  add_sources(shown, named);
  if (!named.is_null()) shown["sources"] = std::move(named);
  return shown;
}

std::map<std::string, Source> read_sources() {
  std::map<std::string, Source> all;
  const ordered_json file = read_file("sources.json");
  for (const auto& [id, entry] : file.at("sources").items()) {
    all[id] = {.id = id,
               .reference = entry.at("reference"),
               .date = entry.at("date"),
               .quality = entry.at("quality"),
               .licence = entry.value("licence", ""),
               .what = entry.value("what", "")};
  }
  return all;
}

}  // namespace

std::string_view name(Basis basis) {
  switch (basis) {
    case Basis::measured:
      return "measured";
    case Basis::vendor:
      return "vendor";
    case Basis::assumed:
      return "assumed";
    case Basis::calibrated:
      return "calibrated";
    case Basis::derived:
      return "derived";
  }
  return "assumed";
}

const std::map<std::string, Source>& sources() {
  static const std::map<std::string, Source> all = read_sources();
  return all;
}

std::vector<std::string> ids(Kind kind) {
  std::vector<std::string> all;
  if (kind == Kind::city) {
    for (const Place& city : cities()) all.push_back(city.id);
  } else if (kind == Kind::region || kind == Kind::pop) {
    add_sites(kind == Kind::region ? "region" : "pop", all);
  }
  for (const Shelf& shelf : shelves) {
    if (shelf.kind != kind) continue;
    const ordered_json file = read_file(shelf.file);
    for (const auto& [id, entry] : file.at(ordered_json::json_pointer{shelf.path}).items()) all.push_back(id);
  }
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

ordered_json show(std::string_view id) {
  for (const Shelf& shelf : shelves) {
    const ordered_json file = read_file(shelf.file);
    const ordered_json& entries = file.at(ordered_json::json_pointer{shelf.path});
    const auto found = entries.find(std::string{id});
    if (found == entries.end()) continue;
    ordered_json shown = with_table_origin(file, shelf, *found);
    if (const Place* site = find_site(id)) shown["place"] = site_entry(*site);
    return with_sources(std::move(shown));
  }
  if (ordered_json variant = variant_entry(id); !variant.is_null()) return with_sources(std::move(variant));
  if (ordered_json places = places_entry(id); !places.is_null()) return with_sources(std::move(places));
  return nullptr;
}

}  // namespace models::catalog
