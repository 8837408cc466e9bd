#include "planner/routes.hpp"

#include <algorithm>
#include <tuple>

namespace planner {

const Routing& Routes::policy(const std::string& service) const {
  const auto own = scenario_->service_routing.find(service);
  return own != scenario_->service_routing.end() ? own->second : scenario_->routing;
}

Location Routes::locate(const std::string& place, Location user) const {
  return place == user_device ? user : wan_->site(place);
}

std::vector<Routes::Candidate> Routes::candidates(Location caller, Location user,
                                                  const std::string& service) const {
  std::vector<Candidate> found;
  const auto placed = scenario_->placement.find(service);
  if (placed == scenario_->placement.end()) return found;
  const Routing& routing = policy(service);
  for (const auto& [place, placement] : placed->second) {
    Candidate candidate{.location = locate(place, user)};
    candidate.latency = wan_->one_way(caller, candidate.location);
    if (candidate.latency == sim::Duration::max()) continue;
    if (routing.policy == Routing::Policy::nearest)
      candidate.metres = wan_->metres(caller, candidate.location);
    const auto weight = routing.weights.find(place);
    candidate.weight = weight != routing.weights.end() ? weight->second : 0.0;
    found.push_back(candidate);
  }
  // Stable, over candidates in order of id: ties go to the id that sorts first.
  std::stable_sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
    return std::tie(a.metres, a.latency) < std::tie(b.metres, b.latency);
  });
  return found;
}

std::vector<Choice> Routes::decide(Location caller, Location user, const std::string& service) const {
  std::vector<Candidate> order = candidates(caller, user, service);
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
