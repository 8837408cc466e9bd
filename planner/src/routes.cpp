#include "planner/routes.hpp"

#include <algorithm>
#include <tuple>

namespace planner {

const Routing& Routes::policy(const std::string& service) const {
  const auto own = scenario_->service_routing.find(service);
  return own != scenario_->service_routing.end() ? own->second : scenario_->routing;
}

const std::vector<Routes::Place>& Routes::places(const std::string& service) {
  const auto [known, added] = places_.try_emplace(service);
  const auto placed = scenario_->placement.find(service);
  if (!added || placed == scenario_->placement.end()) return known->second;
  const Routing& routing = policy(service);
  for (const auto& [id, placement] : placed->second) {
    const bool device = id == user_device;
    const auto weight = routing.weights.find(id);
    known->second.push_back({device ? Location{} : wan_->site(id),
                             device ? Place::Kind::device : Place::Kind::site,
                             weight != routing.weights.end() ? weight->second : 0.0});
  }
  return known->second;
}

std::vector<Routes::Candidate> Routes::candidates(Location caller, Location user,
                                                  const std::string& service) {
  std::vector<Candidate> found;
  const Routing& routing = policy(service);
  for (const Place& place : places(service)) {
    const Location location = place.kind == Place::Kind::device ? user : place.location;
    Candidate candidate{location, wan_->one_way(caller, location), 0, place.weight, found.size()};
    if (candidate.latency == sim::Duration::max()) continue;
    if (routing.policy == Routing::Policy::nearest) candidate.metres = wan_->metres(caller, location);
    found.push_back(candidate);
  }
  // Only the first few are asked for, unless each has its share.
  const std::size_t wanted =
      routing.policy == Routing::Policy::weighted ? found.size() : std::min(longest_chain, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(wanted), found.end(),
                    [](const Candidate& a, const Candidate& b) {
                      return std::tie(a.metres, a.latency, a.order) < std::tie(b.metres, b.latency, b.order);
                    });
  return found;
}

std::vector<Choice> Routes::decide(Location caller, Location user, const std::string& service) {
  const std::vector<Candidate> order = candidates(caller, user, service);
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
  if (routing.policy != Routing::Policy::weighted) return {chain_from(0)};

  double sum = 0;
  for (const Candidate& candidate : order) sum += candidate.weight;
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
  // Who the user is matters to the user's own device only, so that sites share their answers.
  const auto placed = scenario_->placement.find(service);
  const bool on_device = placed != scenario_->placement.end() && placed->second.contains(user_device);
  const Key key{{caller, on_device ? user : caller}, service};
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  return known_.emplace(key, decide(caller, user, service)).first->second;
}

}  // namespace planner
