#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "models/catalog.hpp"
#include "read/read_sections.hpp"

namespace planner {
namespace {

namespace catalog = models::catalog;

Place place_of(const catalog::Place& found) { return {found.latitude, found.longitude, found.country}; }

/// "Frankfurt am Main, DE" as name and country.
std::pair<std::string_view, std::string_view> split_city(std::string_view text) {
  const std::size_t comma = text.rfind(", ");
  if (comma == std::string_view::npos || text.size() != comma + 4) return {text, {}};
  return {text.substr(0, comma), text.substr(comma + 2)};
}

std::optional<Place> find_city(const Value& value, Issues& issues) {
  const auto [city, country] = split_city(value.text);
  const auto found = catalog::cities_named(city, country);
  if (found.size() == 1) return place_of(*found.front());
  if (found.empty()) {
    Diagnostic& issue =
        issues.add(Code::unknown_place, value.span, fmt::format("unknown city \"{}\"", value.text));
    if (!issues.is_kept(issue)) return std::nullopt;
    std::vector<std::string> names;
    for (const catalog::Place& place : catalog::cities()) names.push_back(place.name);
    propose(issue, city, names);
    return std::nullopt;
  }
  Diagnostic& issue = issues.add(Code::ambiguous_place, value.span,
                                 fmt::format("{} cities are called \"{}\"", found.size(), value.text));
  constexpr std::size_t shown = 5;
  for (const catalog::Place* place : std::span{found}.first(std::min(shown, found.size()))) {
    const std::string name = fmt::format("\"{}, {}\"", place->name, place->country);
    issue.suggestions.push_back({fmt::format("did you mean {}?", name), name, {}});
  }
  return std::nullopt;
}

const catalog::Place* find_listed(const Value& value, std::string_view kind, Issues& issues) {
  const catalog::Place* found = catalog::find_site(value.text);
  if (found != nullptr) return found;
  Diagnostic& issue =
      issues.add(Code::unknown_place, value.span, fmt::format("unknown {} \"{}\"", kind, value.text));
  if (!issues.is_kept(issue)) return nullptr;
  const std::string list = value.text.substr(0, value.text.find(':'));
  std::vector<std::string> ids;
  for (const catalog::Place& place : catalog::sites(list))
    ids.push_back(fmt::format("{}:{}", list, place.id));
  if (ids.empty()) ids = catalog::ids(catalog::Kind::site_list);
  propose(issue, value.text, ids);
  if (issue.suggestions.empty())
    issue.help = fmt::format("a {} is list:id, such as aws:eu-central-1 or cloudflare:fra", kind);
  return nullptr;
}

}  // namespace

ReadPlace read_place(const Member& owner, ReadContext& context) {
  static constexpr std::array<std::string_view, 5> ways{"at", "city", "region", "pop", "site"};
  const Fields fields{owner.value};
  const Member* given = nullptr;
  for (const std::string_view way : ways) {
    const Member* member = owner.value.find_member(way);
    if (member == nullptr) continue;
    if (given != nullptr) {
      context.issues.add(Code::conflicting_keys, member->key_span,
                         fmt::format("\"{}\" has \"{}\" as well as \"{}\": one place is enough", owner.key,
                                     given->key, member->key));
      return {};
    }
    given = member;
  }
  if (given == nullptr || given->key == "site") return {};
  if (given->key == "at") {
    const Fields at{given->value};
    return {Place{at.number("lat", 0), at.number("lon", 0), at.text("country")}, {}};
  }
  if (given->key == "city") return {find_city(given->value, context.issues), {}};
  const catalog::Place* found =
      find_listed(given->value, given->key == "region" ? "region" : "point of presence", context.issues);
  if (found == nullptr) return {};
  return {place_of(*found), fmt::format("{}:{}", found->provider, found->id)};
}

}  // namespace planner
