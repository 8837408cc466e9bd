#include <algorithm>
#include <cctype>

#include "catalog/catalog_json.hpp"

namespace models::catalog {
namespace {

using nlohmann::ordered_json;
using SiteLists = std::map<std::string, std::vector<Place>, std::less<>>;

const std::map<std::string, std::string>& continents() {
  static const std::map<std::string, std::string> all = [] {
    std::map<std::string, std::string> by_country;
    const ordered_json file = read_file("countries.json");
    for (const auto& row : file.at("rows")) by_country[row.at(0)] = row.at(3);
    return by_country;
  }();
  return all;
}

std::string continent(const std::string& country) {
  const auto found = continents().find(country);
  return found == continents().end() ? "" : found->second;
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

SiteLists read_sites() {
  SiteLists all;
  const ordered_json file = read_file("sites.json");
  for (const auto& [list, entry] : file.at("lists").items()) {
    for (const auto& row : entry.at("rows")) {
      const std::string country = row.at(2);
      all[list].push_back({.id = row.at(0),
                           .name = row.at(1),
                           .country = country,
                           .continent = continent(country),
                           .latitude = row.at(3),
                           .longitude = row.at(4),
                           .provider = list});
    }
  }
  return all;
}

const SiteLists& site_lists() {
  static const SiteLists all = read_sites();
  return all;
}

/// Cities, and the folded name of each, which searching compares.
struct Gazetteer {
  std::vector<Place> cities;
  std::vector<std::string> keys;
};

Gazetteer read_cities() {
  Gazetteer all;
  const ordered_json file = read_file("cities.json");
  for (const auto& row : file.at("rows")) {
    const std::string key = row.at(0), suffix = row.at(1), country = row.at(3);
    all.cities.push_back({.id = key + "-" + lower(country) + (suffix.empty() ? "" : "-" + suffix),
                          .name = row.at(2),
                          .country = country,
                          .continent = continent(country),
                          .latitude = row.at(4),
                          .longitude = row.at(5),
                          .population = row.at(6),
                          .provider = {}});
    all.keys.push_back(key);
  }
  return all;
}

const Gazetteer& gazetteer() {
  static const Gazetteer all = read_cities();
  return all;
}

/// Cities of the country for which match(city, key) holds.
template <class Match>
std::vector<const Place*> matching(std::string_view country, Match match) {
  const Gazetteer& all = gazetteer();
  std::vector<const Place*> found;
  for (std::size_t i = 0; i < all.cities.size(); ++i) {
    if (!country.empty() && all.cities[i].country != country) continue;
    if (match(all.cities[i], all.keys[i])) found.push_back(&all.cities[i]);
  }
  return found;
}

}  // namespace

const std::vector<Place>& sites(std::string_view list) {
  static const std::vector<Place> nothing;
  const auto found = site_lists().find(list);
  return found == site_lists().end() ? nothing : found->second;
}

const Place* find_site(std::string_view list_and_id) {
  const auto colon = list_and_id.find(':');
  if (colon == std::string_view::npos) return nullptr;
  const std::vector<Place>& list = sites(lower(std::string{list_and_id.substr(0, colon)}));
  const auto found = std::ranges::find(list, lower(std::string{list_and_id.substr(colon + 1)}), &Place::id);
  return found == list.end() ? nullptr : &*found;
}

const std::vector<Place>& cities() { return gazetteer().cities; }

std::vector<const Place*> cities_named(std::string_view name, std::string_view country) {
  const std::string key = slug(name);
  if (key.empty()) return {};
  auto found = matching(country, [&](const Place& city, const std::string& city_key) {
    return city_key == key || city.name == name || city.id == key;
  });
  if (!found.empty()) return found;
  return matching(country, [beginning = key + "-"](const Place&, const std::string& city_key) {
    return city_key.starts_with(beginning);
  });
}

const Place* find_city(std::string_view name, std::string_view country) {
  const auto found = cities_named(name, country);
  return found.size() == 1 ? found.front() : nullptr;
}

}  // namespace models::catalog
