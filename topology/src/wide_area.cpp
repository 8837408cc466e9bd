#include "topology/wide_area.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "sim/contract.hpp"

namespace topology {
namespace {

constexpr std::int64_t no_path = std::numeric_limits<std::int64_t>::max() / 4;

using HubPaths = std::vector<std::vector<std::int64_t>>;

std::int64_t direct_metres(const UnitVector& from, const UnitVector& to) {
  return whole_metres(arc_distance(from, to));
}

std::map<std::string, std::size_t> index_of(const std::vector<Hub>& hubs) {
  std::map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < hubs.size(); ++i) index.emplace(hubs[i].name, i);
  return index;
}

std::vector<UnitVector> directions_of(const std::vector<Hub>& hubs) {
  std::vector<UnitVector> directions;
  for (const auto& hub : hubs) directions.push_back(unit_vector(hub.point));
  return directions;
}

/// Lengths of the single steps: great circles within zones, and corridors.
HubPaths steps(const WideAreaSpec& spec, const std::vector<UnitVector>& directions) {
  const auto count = spec.hubs.size();
  HubPaths step(count, std::vector<std::int64_t>(count, no_path));
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      if (spec.hubs[i].zone == spec.hubs[j].zone) step[i][j] = direct_metres(directions[i], directions[j]);
    }
  }
  const auto index = index_of(spec.hubs);
  for (const auto& corridor : spec.corridors) {
    const auto a = index.at(corridor.a);
    const auto b = index.at(corridor.b);
    const auto length = whole_metres(corridor.length_factor * arc_distance(directions[a], directions[b]));
    step[a][b] = step[b][a] = std::min(step[a][b], length);
  }
  return step;
}

/// Floyd and Warshall: some 50 hubs, once a run.
HubPaths shortest(HubPaths path) {
  const auto count = path.size();
  for (std::size_t via = 0; via < count; ++via) {
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j) path[i][j] = std::min(path[i][j], path[i][via] + path[via][j]);
    }
  }
  return path;
}

void check_hubs(const WideAreaSpec& spec, std::vector<std::string>& found) {
  if (spec.hubs.empty()) found.push_back("there are no hubs");
  std::set<std::string> names;
  for (const auto& hub : spec.hubs) {
    if (!names.insert(hub.name).second) found.push_back("hub " + hub.name + " is listed twice");
    if (!valid(hub.point)) found.push_back("hub " + hub.name + " lies outside the Earth's coordinates");
    if (hub.zone.empty()) found.push_back("hub " + hub.name + " has no zone");
  }
}

void check_corridors(const WideAreaSpec& spec, std::vector<std::string>& found) {
  const auto index = index_of(spec.hubs);
  for (const auto& corridor : spec.corridors) {
    const auto name = "corridor " + corridor.a + "-" + corridor.b;
    for (const auto& end : {corridor.a, corridor.b}) {
      if (!index.contains(end)) found.push_back(name + " ends at the unknown hub " + end);
    }
    if (!(corridor.length_factor >= 1.0 && corridor.length_factor <= 100.0)) {
      found.push_back(name + " has a length factor outside 1 to 100");
    }
  }
}

void check_countries(const WideAreaSpec& spec, std::vector<std::string>& found) {
  std::set<std::string> zones;
  for (const auto& hub : spec.hubs) zones.insert(hub.zone);
  for (const auto& [country, zone] : spec.country_zones) {
    if (!zones.contains(zone))
      found.push_back("country " + country + " lies in zone " + zone + ", which has no hub");
  }
}

void check_law(const WideAreaSpec& spec, std::vector<std::string>& found) {
  if (!(spec.round_trip_ns_per_metre > 0.0 && spec.round_trip_ns_per_metre < 1e4)) {
    found.push_back("the round trip per metre lies outside 0 to 10 us");
  }
  if (spec.metro_round_trip.count() < 0 || spec.metro_round_trip > spec.fixed_round_trip ||
      spec.fixed_round_trip > std::chrono::hours{1}) {
    found.push_back("the fixed round trips are not ordered 0 <= metro <= fixed <= 1 h");
  }
  if (!(spec.metro_limit.value() > 0.0 && spec.metro_limit.value() < 1e6)) {
    found.push_back("the metro limit lies outside 0 to 1000 km");
  }
}

void check_connection(const WideAreaSpec& spec, std::vector<std::string>& found) {
  const auto path = shortest(steps(spec, directions_of(spec.hubs)));
  for (std::size_t hub = 1; hub < spec.hubs.size(); ++hub) {
    if (path[0][hub] >= no_path) {
      found.push_back("no corridors connect hub " + spec.hubs[hub].name + " with hub " + spec.hubs[0].name);
    }
  }
}

}  // namespace

std::vector<std::string> problems(const WideAreaSpec& spec) {
  std::vector<std::string> found;
  check_hubs(spec, found);
  check_corridors(spec, found);
  check_countries(spec, found);
  check_law(spec, found);
  if (found.empty()) check_connection(spec, found);
  return found;
}

WideArea::WideArea(WideAreaSpec spec) : spec_{std::move(spec)} {
  SIM_EXPECT(problems(spec_).empty());
  auto& hubs = spec_.hubs;
  std::stable_sort(hubs.begin(), hubs.end(), [](const Hub& a, const Hub& b) { return a.zone < b.zone; });
  for (std::size_t hub = 0; hub < hubs.size(); ++hub) {
    if (zones_.empty() || zones_.back().name != hubs[hub].zone) zones_.push_back({hubs[hub].zone, hub, hub});
    zones_.back().end_hub = hub + 1;
  }
  for (const auto& [country, zone] : spec_.country_zones) {
    const auto found =
        std::find_if(zones_.begin(), zones_.end(), [&name = zone](const Zone& z) { return z.name == name; });
    country_zone_.emplace(country, static_cast<std::uint32_t>(found - zones_.begin()));
  }
  hub_directions_ = directions_of(hubs);
  hub_paths_ = shortest(steps(spec_, hub_directions_));
}

std::uint32_t WideArea::zone_index(const Place& place, const UnitVector& direction) const {
  if (const auto known = country_zone_.find(place.country); known != country_zone_.end())
    return known->second;
  std::size_t nearest = 0;
  auto least = no_path;
  for (std::size_t hub = 0; hub < hub_directions_.size(); ++hub) {
    const auto distance = direct_metres(direction, hub_directions_[hub]);
    if (distance < least) {
      least = distance;
      nearest = hub;
    }
  }
  const auto zone =
      std::find_if(zones_.begin(), zones_.end(), [&](const Zone& z) { return nearest < z.end_hub; });
  return static_cast<std::uint32_t>(zone - zones_.begin());
}

const std::string& WideArea::zone_of(const Place& place) const {
  return zones_[zone_index(place, unit_vector(place.point))].name;
}

WideArea::Anchor WideArea::anchor(const Place& place) const {
  Anchor anchor{.direction = unit_vector(place.point), .zone = 0, .metres_to_hub = {}};
  anchor.zone = zone_index(place, anchor.direction);
  anchor.metres_to_hub.assign(spec_.hubs.size(), no_path);
  const auto& zone = zones_[anchor.zone];
  for (auto first = zone.first_hub; first < zone.end_hub; ++first) {
    const auto to_first = direct_metres(anchor.direction, hub_directions_[first]);
    for (std::size_t hub = 0; hub < spec_.hubs.size(); ++hub) {
      auto& best = anchor.metres_to_hub[hub];
      best = std::min(best, to_first + hub_paths_[first][hub]);
    }
  }
  return anchor;
}

// A best path between zones enters the other zone at one of its hubs, so meeting there covers all paths.
std::int64_t WideArea::path(const Anchor& from, const Anchor& to, std::int64_t direct) const {
  if (from.zone == to.zone) return direct;
  const auto& zone = zones_[to.zone];
  auto best = no_path;
  for (auto hub = zone.first_hub; hub < zone.end_hub; ++hub) {
    best = std::min(best, from.metres_to_hub[hub] + to.metres_to_hub[hub]);
  }
  return best;
}

std::int64_t WideArea::path_metres(const Anchor& from, const Anchor& to) const {
  return path(from, to, direct_metres(from.direction, to.direction));
}

sim::Duration WideArea::round_trip(const Anchor& from, const Anchor& to) const {
  const auto direct = direct_metres(from.direction, to.direction);
  return round_trip(direct, path(from, to, direct));
}

sim::Duration WideArea::round_trip(std::int64_t direct, std::int64_t path) const {
  const double share = std::min(static_cast<double>(direct) / spec_.metro_limit.value(), 1.0);
  const auto metro = static_cast<double>(spec_.metro_round_trip.count());
  const auto fixed = static_cast<double>(spec_.fixed_round_trip.count());
  const double travel = spec_.round_trip_ns_per_metre * static_cast<double>(path);
  return sim::Duration{static_cast<std::int64_t>(metro + (fixed - metro) * (share * share) + travel + 0.5)};
}

sim::Duration WideArea::one_way(const Anchor& from, const Anchor& to) const {
  return round_trip(from, to) / 2;
}

// No path is shorter than the great circle, but for the rounding of its stretches to whole metres.
sim::Duration WideArea::least_one_way(Metres great_circle) const {
  constexpr double rounding = 100.0;
  const auto least = static_cast<std::int64_t>(std::max(great_circle.value() - rounding, 0.0));
  return round_trip(least, least) / 2;
}

}  // namespace topology
