#include "planner/routes.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/hash.hpp"
#include "support/scenario_builder.hpp"

using namespace test_support;
using planner::Location;
using planner::Routing;
using planner::Scenario;

namespace {

std::uint32_t below(sim::SplitMix64& random, std::uint32_t limit) {
  return static_cast<std::uint32_t>(random() % limit);
}

/// Places on a coarse grid, so that some share one; every seventh site has none.
planner::Place random_place(sim::SplitMix64& random) {
  return {below(random, 60) * 2.0 - 60.0, below(random, 90) * 4.0 - 180.0, below(random, 3) == 0 ? "DE" : ""};
}

/// `web` at each of 300 sites, a few of them joined by fast links, and 40 populations.
Scenario many_places(sim::SplitMix64& random, planner::Network::Model model) {
  Scenario scenario = one_site(10);
  const planner::Site site = scenario.sites.at("home");
  const planner::Population users = scenario.populations.at("users");
  scenario.network.model = model;
  scenario.network.fixed = std::chrono::milliseconds{1};
  scenario.network.seconds_per_km = 7e-6;
  scenario.sites.clear();
  scenario.placement["web"] = {};
  scenario.populations.clear();
  for (int i = 0; i < 300; ++i) {
    const std::string name = "s" + std::to_string(i);
    scenario.sites[name] = site;
    scenario.sites.at(name).at.reset();
    if (i % 7 != 0) scenario.sites.at(name).at = random_place(random);
    scenario.placement["web"][name].pool = "box";
  }
  for (int i = 0; i < 20; ++i) {
    planner::Link link;
    link.a = "s" + std::to_string(below(random, 150));
    link.b = "s" + std::to_string(150 + below(random, 150));
    link.latency = constant(1e-3 * below(random, 30));
    scenario.links["l" + std::to_string(i)] = link;
  }
  for (int i = 0; i < 40; ++i) {
    planner::Population here = users;
    here.site.clear();
    here.at = random_place(random);
    scenario.populations["p" + std::to_string(i)] = here;
  }
  scenario.routing.spill_at = 0.8;
  return scenario;
}

/// The first sites by the rule as it is written, each place looked at.
std::vector<Location> by_the_rule(const Scenario& scenario, const planner::Wan& wan, Location caller) {
  using Rank = std::tuple<double, sim::Duration, Location>;
  std::vector<Rank> ranks;
  for (std::uint32_t i = 0; i < wan.sites(); ++i) {
    const Location site{Location::Kind::site, i};
    const auto latency = wan.one_way(caller, site);
    const bool nearest = scenario.routing.policy == Routing::Policy::nearest;
    if (latency != sim::Duration::max())
      ranks.emplace_back(nearest ? wan.metres(caller, site) : 0, latency, site);
  }
  std::sort(ranks.begin(), ranks.end());
  std::vector<Location> first;
  for (std::size_t i = 0; i < std::min(planner::longest_chain, ranks.size()); ++i)
    first.push_back(std::get<Location>(ranks[i]));
  return first;
}

}  // namespace

TEST_CASE("Among many places the chosen chain is that of the rule, whoever calls", "[planner][routes]") {
  sim::SplitMix64 random{20261};
  for (const auto model : {planner::Network::Model::geo, planner::Network::Model::corridor}) {
    for (const auto policy : {Routing::Policy::latency, Routing::Policy::nearest}) {
      Scenario scenario = many_places(random, model);
      scenario.routing.policy = policy;
      const planner::Wan wan{scenario};
      planner::Routes routes{scenario, wan};
      std::vector<Location> callers;
      for (std::uint32_t i = 0; i < wan.sites(); ++i) callers.push_back({Location::Kind::site, i});
      for (const auto& [id, population] : scenario.populations) callers.push_back(wan.population(id));
      for (const Location caller : callers) {
        const auto expected = by_the_rule(scenario, wan, caller);
        const auto& choices = routes.choices(caller, caller, "web");
        REQUIRE(choices.size() == (expected.empty() ? 0 : 1));
        if (!expected.empty()) REQUIRE(choices[0].chain == expected);
      }
    }
  }
}
