#include "planner/wan.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "models/wan_catalog.hpp"
#include "sim/contract.hpp"
#include "topology/latency_model.hpp"

namespace planner {
namespace {

topology::Estimate estimate_of(const Network& network) {
  if (network.model == Network::Model::geo) {
    return topology::LinearEstimate{network.fixed, network.seconds_per_km * 1e6};
  }
  return models::catalogue_wide_area();
}

std::optional<topology::Place> place_of(const std::optional<Place>& at) {
  if (!at) return std::nullopt;
  return topology::Place{{at->latitude, at->longitude}, at->country};
}

template <class Map>
std::vector<std::string> ids_of(const Map& map) {
  std::vector<std::string> ids;
  ids.reserve(map.size());
  for (const auto& [id, item] : map) ids.push_back(id);
  return ids;
}

Location find(const std::vector<std::string>& ids, const std::string& id, Location::Kind kind) {
  const auto found = std::lower_bound(ids.begin(), ids.end(), id);
  SIM_EXPECT(found != ids.end() && *found == id);
  return {kind, static_cast<std::uint32_t>(found - ids.begin())};
}

}  // namespace

/// Names, the topology's network and model, and what was asked before.
struct Wan::State {
  /// What a scenario's population is in the network: one of its own, or a user of a site.
  struct Anchor {
    std::optional<topology::PopulationId> population;
    std::optional<topology::SiteId> site;
  };

  explicit State(const Scenario& given)
      : scenario{given}, site_ids{ids_of(given.sites)}, population_ids{ids_of(given.populations)} {
    add_sites(listed);
    const topology::Estimate estimate = estimate_of(scenario.network);
    add_links(estimate);
    add_populations();
    model.emplace(listed, estimate);
    cache.emplace(*model);
  }

  void add_sites(topology::Network& network) const {
    for (const auto& [id, site] : scenario.sites) {
      network.add_site({.name = id, .place = place_of(site.at)});
    }
  }

  // A link that states no latency takes what the model says of its ends, had they no link.
  void add_links(const topology::Estimate& by) {
    topology::Network bare;
    add_sites(bare);
    const topology::LatencyModel estimate{bare, by};
    for (const auto& [id, link] : scenario.links) {
      const topology::SiteId a{find(site_ids, link.a, Location::Kind::site).index};
      const topology::SiteId b{find(site_ids, link.b, Location::Kind::site).index};
      auto latency = topology::LinkLatency::fixed(sim::Duration{0});
      if (link.latency) {
        latency = topology::LinkLatency::of(link.latency->law);
      } else if (const auto between = estimate.one_way(a, b); between != topology::unreachable) {
        latency = topology::LinkLatency::fixed(between);
      }
      const auto added =
          listed.add_link({.a = a, .b = b, .latency = latency, .bandwidth = link.bandwidth, .name = id});
      SIM_ENSURE(added.value() == links.size());
      links.push_back(&*scenario.links.find(id));
    }
  }

  void add_populations() {
    for (const auto& [id, population] : scenario.populations) {
      Anchor anchor;
      if (const auto place = place_of(population.at)) {
        anchor.population = listed.add_population({.name = id, .place = *place});
      } else if (!population.site.empty()) {
        anchor.site = topology::SiteId{find(site_ids, population.site, Location::Kind::site).index};
      }
      anchors.push_back(anchor);
    }
  }

  [[nodiscard]] std::optional<topology::SiteId> stands_at(Location location) const {
    if (location.kind == Location::Kind::site) return topology::SiteId{location.index};
    return anchors.at(location.index).site;
  }

  [[nodiscard]] std::optional<topology::Place> place(Location location) const {
    if (const auto site = stands_at(location)) return listed.site(*site).place;
    const auto& population = anchors.at(location.index).population;
    return population ? std::optional{listed.population(*population).place} : std::nullopt;
  }

  [[nodiscard]] std::optional<topology::Route> route(Location from, Location to) const {
    const auto to_site = stands_at(to);
    if (!to_site) return std::nullopt;
    if (const auto from_site = stands_at(from)) return model->route(*from_site, *to_site);
    const auto& population = anchors.at(from.index).population;
    return population ? model->route(*population, *to_site) : std::nullopt;
  }

  [[nodiscard]] Hop listed_hop(topology::LinkId id, Location from, Location to) const {
    const auto& [name, link] = *links.at(id.value());
    const topology::LinkLatency& latency = listed.link(id).latency;
    if (!link.latency) return estimated_hop(latency.typical, from, to, &link, &name);
    Hop hop{from, to, &link, &name, {}, {}, latency.minimum};
    if (link.latency->law.is_deterministic()) {
      hop.fixed = latency.typical;
    } else {
      hop.law = link.latency->law.at_least(sim::to_seconds(latency.minimum));
    }
    return hop;
  }

  [[nodiscard]] Hop estimated_hop(sim::Duration between, Location from, Location to,
                                  const Link* link = nullptr, const std::string* name = nullptr) const {
    Hop hop{from, to, link, name, between, {}, between};
    const sim::Distribution& jitter = scenario.network.jitter.law;
    const double least = std::max(jitter.minimum(), 0.0);
    if (jitter.is_deterministic()) {
      hop.fixed += sim::from_seconds(least);
    } else {
      hop.law = jitter;
    }
    // A nanosecond less, because the draw is rounded to whole ones.
    hop.minimum += std::max(sim::from_seconds(least) - sim::Duration{1}, sim::Duration{0});
    return hop;
  }

  /// The links of a route from its start as far as they join, then the estimate, then those from its end.
  [[nodiscard]] std::vector<Hop> hops(const topology::Route& route, Location from, Location to) const {
    std::vector<Hop> head, tail;
    std::size_t first = 0, last = route.links.size();
    Location here = from, there = to;
    if (const auto site = stands_at(here)) {
      for (auto at = *site; first < last && touches(route.links[first], at); ++first) {
        at = other_end(route.links[first], at);
        const Location next = first + 1 == last && at == stands_at(to) ? to : site_location(at);
        head.push_back(listed_hop(route.links[first], here, next));
        here = next;
      }
    }
    for (auto at = *stands_at(to); first < last; --last) {
      at = other_end(route.links[last - 1], at);
      tail.insert(tail.begin(), listed_hop(route.links[last - 1], site_location(at), there));
      there = site_location(at);
    }
    if (route.kind == topology::RouteKind::estimated)
      head.push_back(estimated_hop(route.estimated, here, there));
    head.insert(head.end(), tail.begin(), tail.end());
    return head;
  }

  [[nodiscard]] bool touches(topology::LinkId link, topology::SiteId site) const {
    return listed.link(link).a == site || listed.link(link).b == site;
  }
  [[nodiscard]] topology::SiteId other_end(topology::LinkId link, topology::SiteId site) const {
    return listed.link(link).a == site ? listed.link(link).b : listed.link(link).a;
  }
  [[nodiscard]] static Location site_location(topology::SiteId site) {
    return {Location::Kind::site, site.value()};
  }

  const Scenario& scenario;
  std::vector<std::string> site_ids, population_ids;
  std::vector<const std::pair<const std::string, Link>*> links;
  std::vector<Anchor> anchors;  ///< by population
  topology::Network listed;
  std::optional<topology::LatencyModel> model;
  std::optional<topology::LatencyCache> cache;
  std::map<std::pair<Location, Location>, std::vector<Hop>> ways;
};

Wan::Wan(const Scenario& scenario) : state_{std::make_unique<State>(scenario)} {}
Wan::~Wan() = default;
Wan::Wan(Wan&&) noexcept = default;
Wan& Wan::operator=(Wan&&) noexcept = default;

const std::string& Wan::name(Location location) const {
  const auto& ids = location.kind == Location::Kind::site ? state_->site_ids : state_->population_ids;
  return ids.at(location.index);
}

Location Wan::site(const std::string& id) const { return find(state_->site_ids, id, Location::Kind::site); }
Location Wan::population(const std::string& id) const {
  return find(state_->population_ids, id, Location::Kind::population);
}
Location Wan::standing(Location location) const {
  const auto site = state_->stands_at(location);
  return site ? State::site_location(*site) : location;
}
std::size_t Wan::sites() const { return state_->site_ids.size(); }
std::size_t Wan::populations() const { return state_->population_ids.size(); }

const std::vector<Hop>& Wan::way(Location from, Location to) const {
  const auto key = std::pair{from, to};
  if (const auto known = state_->ways.find(key); known != state_->ways.end()) return known->second;
  std::vector<Hop> hops;
  if (from.kind == Location::Kind::site && to.kind == Location::Kind::population) {
    // The way back is the way there: links are alike in both directions.
    hops = way(to, from);
    std::reverse(hops.begin(), hops.end());
    for (Hop& hop : hops) std::swap(hop.from, hop.to);
  } else if (const auto route = state_->route(from, to)) {
    hops = state_->hops(*route, from, to);
  }
  return state_->ways.emplace(key, std::move(hops)).first->second;
}

sim::Duration Wan::one_way(Location from, Location to) const {
  if (from == to) return sim::Duration{0};
  if (from.kind == Location::Kind::site && to.kind == Location::Kind::population) std::swap(from, to);
  const auto to_site = state_->stands_at(to);
  if (!to_site) return sim::Duration::max();
  const topology::LatencyModel& model = *state_->model;
  if (const auto from_site = state_->stands_at(from)) {
    const bool plain = model.stands_alone(*from_site) || model.stands_alone(*to_site);
    return plain ? model.one_way(*from_site, *to_site) : state_->cache->one_way(*from_site, *to_site);
  }
  const auto& population = state_->anchors.at(from.index).population;
  return population ? model.one_way(*population, *to_site) : sim::Duration::max();
}

bool Wan::stands_alone(Location location) const {
  if (const auto site = state_->stands_at(location)) return state_->model->stands_alone(*site);
  return state_->anchors.at(location.index).population.has_value();
}

sim::Duration Wan::least_one_way(double metres) const {
  return state_->model->least_one_way(topology::Metres{metres});
}

topology::NearestSites Wan::index(const std::vector<Location>& sites) const {
  std::vector<topology::SiteId> ids;
  for (const Location& site : sites) ids.push_back(topology::SiteId{site.index});
  return {state_->listed, ids};
}

std::vector<Location> Wan::near(Location from, const topology::NearestSites& sites, std::size_t count) const {
  std::vector<Location> found;
  const auto place = state_->place(from);
  if (!place) return found;
  for (const topology::SiteId site : sites.nearest(place->point, count))
    found.push_back(State::site_location(site));
  return found;
}

double Wan::metres(Location from, Location to) const {
  if (from == to) return 0.0;
  const auto a = state_->place(from), b = state_->place(to);
  if (!a || !b) return std::numeric_limits<double>::infinity();
  return topology::haversine_distance(a->point, b->point).value();
}

}  // namespace planner
