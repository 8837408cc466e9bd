#include "planner/routes.hpp"

#include <algorithm>
#include <tuple>

namespace planner {
namespace {

/// Up to this many places it is quicker to look at each than to look for the nearest.
constexpr std::size_t few = 64;

}  // namespace

bool Routes::is_balanced(Routing::Policy policy) {
  return policy == Routing::Policy::round_robin || policy == Routing::Policy::least_requests;
}

const Routing& Routes::policy(const std::string& service) const {
  const auto own = scenario_->service_routing.find(service);
  return own != scenario_->service_routing.end() ? own->second : scenario_->routing;
}

bool Routes::Candidate::operator<(const Candidate& other) const {
  return std::tie(metres, latency, order) < std::tie(other.metres, other.latency, other.order);
}

const Routes::Places& Routes::places(const std::string& service) {
  const auto [known, added] = places_.try_emplace(service);
  const auto placed = scenario_->placement.find(service);
  if (!added || placed == scenario_->placement.end()) return known->second;
  const Routing& routing = policy(service);
  for (const auto& [id, placement] : placed->second) {
    const bool device = id == user_device;
    const auto weight = routing.weights.find(id);
    known->second.all.push_back({device ? Location{} : wan_->site(id),
                                 device ? Place::Kind::device : Place::Kind::site,
                                 weight != routing.weights.end() ? weight->second : 0.0});
  }
  if (known->second.all.size() > few) index(known->second);
  return known->second;
}

void Routes::index(Places& places) const {
  std::vector<Location> alone;
  for (std::size_t i = 0; i < places.all.size(); ++i) {
    const Place& place = places.all[i];
    if (place.kind == Place::Kind::site && wan_->stands_alone(place.location)) {
      alone.push_back(place.location);
      places.position.emplace(place.location, i);
    } else {
      places.always.push_back(i);
    }
  }
  places.index = wan_->index(alone);
}

bool Routes::is_restricted(Location user) const {
  return user.kind == Location::Kind::population &&
         scenario_->populations.at(wan_->name(user)).residency.has_value();
}

void Routes::consider(const Places& places, std::size_t position, Location caller, Location user,
                      Routing::Policy policy, Candidates& found) const {
  const Place& place = places.all[position];
  const Location location = place.kind == Place::Kind::device ? user : place.location;
  if (location != user && is_restricted(user)) {
    const Residency& residency = *scenario_->populations.at(wan_->name(user)).residency;
    if (!residency.allows(scenario_->sites.at(wan_->name(location)))) return;
  }
  Candidate candidate{location, wan_->one_way(caller, location), 0, place.weight, position};
  if (candidate.latency == sim::Duration::max()) return;
  if (policy == Routing::Policy::nearest) candidate.metres = wan_->metres(caller, location);
  found.push_back(candidate);
}

Routes::Candidates Routes::candidates(Location caller, Location user, const std::string& service) {
  const Places& among = places(service);
  const Routing::Policy policy = this->policy(service).policy;
  const bool all_wanted = policy == Routing::Policy::weighted || is_balanced(policy);
  if (!all_wanted && !is_restricted(user) && among.index && wan_->stands_alone(caller))
    return nearby(among, caller, user, policy);
  Candidates found;
  for (std::size_t i = 0; i < among.all.size(); ++i) consider(among, i, caller, user, policy, found);
  const std::size_t wanted = all_wanted ? found.size() : std::min(longest_chain, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(wanted), found.end());
  return found;
}

// Ever wider circles, until nothing outside can come before the last that is wanted.
Routes::Candidates Routes::nearby(const Places& places, Location caller, Location user,
                                  Routing::Policy policy) const {
  for (std::size_t count = 4 * longest_chain;; count *= 4) {
    Candidates found;
    for (const std::size_t position : places.always) consider(places, position, caller, user, policy, found);
    const std::vector<Location> near = wan_->near(caller, *places.index, count);
    for (const Location& site : near) consider(places, places.position.at(site), caller, user, policy, found);
    std::sort(found.begin(), found.end());
    if (near.size() < count) return found;
    const double radius = wan_->metres(caller, near.back());
    constexpr double rounding = 1.0;  // [m], of distances by which the index sorts
    const bool enough = found.size() >= longest_chain &&
                        (policy == Routing::Policy::nearest
                             ? found[longest_chain - 1].metres < radius - rounding
                             : found[longest_chain - 1].latency < wan_->least_one_way(radius - rounding));
    if (enough) return found;
  }
}

std::vector<Choice> Routes::decide(Location caller, Location user, const std::string& service) {
  const Candidates order = candidates(caller, user, service);
  if (order.empty()) return {};
  const Routing& routing = policy(service);
  const std::size_t length = routing.spill_at <= 1.0 ? std::min(longest_chain, order.size()) : 1;
  const auto chain_from = [&](std::size_t first) {
    Choice choice;
    choice.chain.push_back(order[first].location);
    for (std::size_t i = 0; i < order.size() && choice.chain.size() < length; ++i) {
      if (i != first) choice.chain.push_back(order[i].location);
    }
    return choice;
  };
  const bool balanced = is_balanced(routing.policy);
  if (routing.policy != Routing::Policy::weighted && !balanced) return {chain_from(0)};

  double sum = 0;
  for (const Candidate& candidate : order) sum += balanced ? 0.0 : candidate.weight;
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const double share = sum > 0 ? order[i].weight / sum : 1.0 / static_cast<double>(order.size());
    if (share <= 0) continue;
    choices.push_back(chain_from(i));
    choices.back().share = share;
  }
  return choices;
}

const std::vector<Choice>& Routes::choices(Location caller, Location user, const std::string& service) {
  // Who the user is matters to the user's own device and residency only, so that sites share their answers.
  const auto placed = scenario_->placement.find(service);
  const bool on_device = placed != scenario_->placement.end() && placed->second.contains(user_device);
  const Key key{{caller, on_device || is_restricted(user) ? user : caller}, service};
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  return known_.emplace(key, decide(caller, user, service)).first->second;
}

}  // namespace planner
