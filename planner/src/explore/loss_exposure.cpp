#include "explore/loss_exposure.hpp"

#include <algorithm>
#include <map>

#include "planner/demand.hpp"
#include "planner/routes.hpp"

namespace planner {
namespace {

/// Mean time over which attempts fail, as `reach` seconds pass between the first and the last of them.
///
/// The user's window is detection + X, X evenly over [0, ttl]: E[max(detection + X - reach, 0)].
double mean_window(double detection, double ttl, double reach) {
  const double rest = detection - reach;
  if (rest >= 0) return rest + ttl / 2;
  return rest + ttl > 0 ? (rest + ttl) * (rest + ttl) / (2 * ttl) : 0.0;
}

double mean_wait(const Retry& retry, double wait) {
  if (retry.longest_backoff) wait = std::min(wait, sim::to_seconds(*retry.longest_backoff));
  if (retry.jitter == Retry::Jitter::full) return wait / 2;
  return retry.jitter == Retry::Jitter::equal ? wait * 3 / 4 : wait;
}

/// From the first attempt to the last, on average [s].
double retry_reach(const Call& call) {
  double reach = 0, wait = sim::to_seconds(call.retry.backoff);
  for (std::uint32_t attempt = 1; attempt < call.retry.attempts; ++attempt) {
    if (call.timeout) reach += sim::to_seconds(*call.timeout);
    reach += mean_wait(call.retry, wait);
    wait *= call.retry.factor;
  }
  return reach;
}

/// How a call depends on the lost parts.
struct Need {
  double share = 0;    ///< of the workload's requests
  double window = 0;   ///< mean time over which such a request fails for good [s]
  double unaided = 0;  ///< the same without further attempts [s]
};

class Walk {
 public:
  Walk(const Scenario& scenario, Losable each, const std::vector<std::string>& lost)
      : scenario_{scenario}, each_{each}, lost_{lost}, wan_{scenario}, routes_{scenario, wan_} {}

  /// The call of a workload that needs the lost parts most.
  Need of(const Workload& workload) {
    const Population& population = scenario_.populations.at(workload.population);
    const Flow& flow = scenario_.flows.at(workload.flow);
    const Location user = wan_.population(workload.population);
    Need most;
    if (each_ == Losable::site && !population.at && is_lost(population.site)) {
      most = need(flow.calls.at(flow.entry), true, 1);
    }
    visit(flow, flow.entry, {{user, 1.0}}, user, most);
    return most;
  }

 private:
  using Shares = std::map<Location, double>;  ///< calls a request, by where they are

  [[nodiscard]] bool is_lost(const std::string& id) const { return std::ranges::count(lost_, id) > 0; }

  [[nodiscard]] Need need(const Call& call, bool by_user, double share) const {
    const double detection = sim::to_seconds(scenario_.faults.detection);
    const double ttl = by_user ? sim::to_seconds(scenario_.faults.name_ttl) : 0;
    return {share, mean_window(detection, ttl, retry_reach(call)), mean_window(detection, ttl, 0)};
  }

  [[nodiscard]] bool needs(Location from, Location to, const std::string& service) const {
    if (to.kind == Location::Kind::population) return false;
    if (each_ == Losable::link) {
      return std::ranges::any_of(wan_.way(from, to), [&](const Hop& hop) {
        return hop.link_id != nullptr && is_lost(*hop.link_id);
      });
    }
    const std::string& site = wan_.name(to);
    const std::string& pool = scenario_.placement.at(service).at(site).pool;
    return std::ranges::any_of(lost_,
                               [&](const std::string& one) { return stands_in(each_, one, site, pool); });
  }

  [[nodiscard]] bool spills_at_once(const Choice& choice, const std::string& service) const {
    return each_ == Losable::pool && choice.chain.size() > 1 && routes_.policy(service).spill_at <= 1.0;
  }

  void visit(const Flow& flow, const std::string& name, const Shares& callers, Location user, Need& most) {
    const Call& call = flow.calls.at(name);
    const bool by_user = name == flow.entry;
    Shares served;
    double needing = 0, failing = 0;
    for (const auto& [caller, calls] : callers) {
      for (const Choice& choice : routes_.choices(caller, user, call.service)) {
        const double share = calls * call.probability * choice.share;
        const Location to = choice.chain.front();
        served[to] += share;
        if (!needs(caller, to, call.service)) continue;
        needing += share;
        if (!spills_at_once(choice, call.service)) failing += share;
      }
    }
    if (std::min(needing, 1.0) > most.share) {
      most = need(call, by_user, std::min(needing, 1.0));
      const double fatal = call.can_fail || call.asynchronous ? 0.0 : failing / needing;
      most.window *= fatal;
      most.unaided *= fatal;
    }
    for (const auto& [other, made] : flow.calls) {
      if (other != flow.entry && (made.from.empty() ? flow.entry : made.from) == name)
        visit(flow, other, served, user, most);
    }
  }

  const Scenario& scenario_;
  Losable each_;
  const std::vector<std::string>& lost_;
  Wan wan_;
  Routes routes_;
};

}  // namespace

bool stands_in(Losable each, const std::string& lost, const std::string& site, const std::string& pool) {
  return each == Losable::site ? site == lost : each == Losable::pool && site + "/" + pool == lost;
}

Exposure exposure_to(const Scenario& scenario, Losable each, const std::vector<std::string>& lost) {
  Exposure exposure;
  Walk walk{scenario, each, lost};
  std::map<std::string, double> users;  // of a population with several workloads, those of the neediest
  for (const auto& [id, workload] : scenario.workloads) {
    const Need need = walk.of(workload);
    const double rate = need.share * mean_rate(workload, scenario.warmup, scenario.duration);
    double& in = users[workload.population];
    in = std::max(in, need.share * scenario.populations.at(workload.population).users);
    exposure.rate += rate;
    exposure.failed += rate * need.window;
    exposure.saved += rate * (need.unaided - need.window);
  }
  for (const auto& [population, in] : users) exposure.users += in;
  return exposure;
}

}  // namespace planner
