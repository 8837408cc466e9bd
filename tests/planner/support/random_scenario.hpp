#pragma once
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "planner/compile.hpp"
#include "planner/estimate.hpp"
#include "planner/load.hpp"
#include "planner/support/scenario_builder.hpp"

/// Random scenarios without overload, for statements about many of them.
namespace test_support {

/// Draws a scenario by number: 1-6 sites, 1-5 populations with access laws, shared cells and new connections,
/// 1-4 services in sequence, in parallel or by chance, on fixed pools that are 10 to 85 % busy.
class RandomScenario {
 public:
  enum class Pools { fixed, some_elastic };
  /// @param requests  that the recorded span holds on average
  /// @param pools     some_elastic: every other service starts instances on demand, cold in up to a third of
  ///                  its requests
  RandomScenario(std::uint32_t number, double requests, Pools pools = Pools::fixed)
      : requests_{requests},
        pools_{pools},
        stream_{sim::Streams{2026, number}.make("test", "scenario")},
        number_{number} {}

  [[nodiscard]] planner::Scenario make() {
    planner::Scenario scenario;
    scenario.name = "random-" + std::to_string(number_);
    scenario.strategy = "base";
    scenario.baseline = true;
    scenario.network.model = planner::Network::Model::geo;
    scenario.network.fixed = sim::from_seconds(between(0, 0.002));
    scenario.network.seconds_per_km = 6e-6;
    if (chance(0.5)) scenario.network.jitter = law(sim::Distribution::exponential(between(1e-4, 2e-3)));
    add_sites(scenario);
    add_flow(scenario);
    add_populations(scenario);
    size(scenario);
    double rate = 0;
    for (const auto& [id, workload] : scenario.workloads) rate += workload.rate;
    scenario.warmup = std::chrono::seconds{20};
    scenario.duration = sim::from_seconds(requests_ / rate);
    return scenario;
  }

 private:
  double uniform() { return stream_.draw(drawn_++).uniform(); }
  double between(double low, double high) { return low + (high - low) * uniform(); }
  /// Evenly on a logarithmic scale.
  double spread(double low, double high) { return low * std::pow(high / low, uniform()); }
  int whole(int low, int high) { return low + static_cast<int>(uniform() * (high - low + 1)); }
  bool chance(double probability) { return uniform() < probability; }

  sim::Distribution time(double mean) {
    switch (whole(0, 4)) {
      case 0:
        return sim::Distribution::deterministic(mean);
      case 1:
        return sim::Distribution::exponential(mean);
      case 2:
        return sim::Distribution::lognormal_by_mean_cv(mean, between(0.2, 1.5));
      case 3:
        return sim::Distribution::gamma_by_mean_cv(mean, between(0.3, 1.0));
      default:
        return sim::Distribution::uniform(0.5 * mean, 1.5 * mean);
    }
  }

  void add_sites(planner::Scenario& scenario) {
    const int count = whole(1, 6);
    for (int i = 0; i < count; ++i) {
      planner::Site site;
      site.at = planner::Place{between(42, 55), between(-3, 20), {}};
      site.pools["box"].nodes = 1'000;
      scenario.sites["s" + std::to_string(i)] = site;
    }
  }

  void add_flow(planner::Scenario& scenario) {
    planner::Flow flow;
    const int services = whole(1, 4);
    for (int i = 0; i < services; ++i) {
      const std::string name = "c" + std::to_string(i);
      planner::Service service;
      service.time = law(time(spread(0.002, 0.060)));
      scenario.services[name] = service;
      planner::Call call;
      call.service = name;
      call.request = sim::Bytes{between(200, 20'000)};
      call.response = sim::Bytes{between(200, 20'000)};
      if (i > 0 && chance(0.5)) call.from = "c" + std::to_string(whole(0, i - 1));
      if (i > 0 && call.from.empty()) call.from = "c0";
      if (i > 1 && chance(0.4)) call.after = siblings(flow, call.from);
      if (i > 0 && chance(0.3)) call.probability = between(0.2, 0.9);
      flow.calls[name] = call;
    }
    flow.entry = "c0";
    flow.calls.at("c0").from.clear();
    flow.request = sim::Bytes{spread(300, 60'000)};
    flow.response = sim::Bytes{spread(300, 60'000)};
    flow.transport = chance(0.5) ? "none" : "tcp-tls13";
    flow.reuse = between(0.6, 1.0);
    scenario.flows["f"] = flow;
  }

  std::vector<std::string> siblings(const planner::Flow& flow, const std::string& from) {
    std::vector<std::string> found;
    for (const auto& [name, call] : flow.calls) {
      if (name != "c0" && call.from == from) found.push_back(name);
    }
    return found;
  }

  void add_populations(planner::Scenario& scenario) {
    const int count = whole(1, 5);
    for (int i = 0; i < count; ++i) {
      const std::string id = "p" + std::to_string(i);
      planner::Population users;
      users.at = planner::Place{between(42, 55), between(-3, 20), {}};
      users.users = 1'000;
      users.access.uplink_latency = law(time(spread(0.001, 0.030)));
      users.access.downlink_latency = law(time(spread(0.001, 0.015)));
      scenario.populations[id] = users;
      planner::Workload load;
      load.population = id;
      load.flow = "f";
      load.process = planner::Workload::Process::poisson;
      load.rate = spread(20, 200);
      scenario.workloads["w" + std::to_string(i)] = load;
    }
    for (const auto& [name, service] : scenario.services) {
      const auto last = static_cast<int>(scenario.sites.size()) - 1;
      for (int n = whole(1, last + 1); n > 0; --n) {
        scenario.placement[name]["s" + std::to_string(whole(0, last))].pool = "box";
      }
    }
  }

  /// Replicas, and rates of cells, by the load that comes to them.
  void size(planner::Scenario& scenario) {
    const planner::CompiledScenario compiled = planner::compile(scenario);
    const planner::Load load = planner::offered_load(compiled);
    for (std::size_t i = 0; i < compiled.pools.size(); ++i) {
      const double busy = load.pools[i].rates.recorded * load.pools[i].service;
      planner::Placement& placement =
          scenario.placement.at(compiled.pools[i].service).at(compiled.pools[i].site);
      placement.replicas = static_cast<std::uint32_t>(std::max(std::ceil(busy / between(0.1, 0.85)), 1.0));
    }
    for (auto& [id, population] : scenario.populations) {
      if (!chance(0.5)) continue;
      const planner::Flow& flow = scenario.flows.at("f");
      const double rate = scenario.workloads.at("w" + id.substr(1)).rate;
      population.users = 1;
      population.access.cell_uplink = sim::BitRate{rate * 8 * flow.request.value() / between(0.1, 0.7)};
      population.access.cell_downlink = sim::BitRate{rate * 8 * flow.response.value() / between(0.1, 0.7)};
    }
    if (pools_ == Pools::some_elastic) start_on_demand(scenario, compiled, load);
    hold_callers(scenario);
  }

  /// Keep-alives by the mean time between a pool's requests, so that cold starts happen.
  void start_on_demand(planner::Scenario& scenario, const planner::CompiledScenario& compiled,
                       const planner::Load& load) {
    for (std::size_t i = 0; i < compiled.pools.size(); ++i) {
      const planner::PoolLabel& label = compiled.pools[i];
      if (!chance(0.5) || load.pools[i].rates.recorded <= 0) continue;
      planner::PoolType functions;
      functions.kind = planner::PoolType::Kind::elastic;
      functions.cold_start = law(time(spread(0.05, 1.0)));
      scenario.sites.at(label.site).pools["functions"] = functions;
      planner::Placement& placement = scenario.placement.at(label.service).at(label.site);
      placement.pool = "functions";
      placement.keep_alive = law(chance(0.5) ? sim::Distribution::deterministic(spread(2, 200))
                                             : sim::Distribution::exponential(spread(2, 200)));
      const double busy = load.pools[i].rates.recorded * load.pools[i].service;
      placement.keep_alive->law =
          placement.keep_alive->law.scaled(1.0 / load.pools[i].rates.recorded * std::max(busy, 1.0));
      if (chance(0.3)) placement.provisioned = static_cast<std::uint32_t>(std::ceil(busy));
    }
  }

  /// A caller holds its slot while its calls wait: more replicas until that is stable as well.
  static void hold_callers(planner::Scenario& scenario) {
    for (int round = 0; round < 30; ++round) {
      const planner::CompiledScenario compiled = planner::compile(scenario);
      if (planner::estimate(compiled, planner::offered_load(compiled)).does_not_hold.empty()) return;
      for (auto& [service, places] : scenario.placement) {
        for (auto& [site, placement] : places) placement.replicas += 1 + placement.replicas / 10;
      }
    }
  }

  double requests_;
  Pools pools_;
  sim::Stream stream_;
  std::uint32_t number_;
  std::uint32_t drawn_ = 0;
};

}  // namespace test_support
