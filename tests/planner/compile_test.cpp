#include "planner/compile.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "models/world.hpp"
#include "planner/call_tree.hpp"
#include "planner/demand.hpp"
#include "planner/load.hpp"
#include "planner/routes.hpp"
#include "support/scenario_builder.hpp"

using namespace test_support;
using planner::CallBlock;
using planner::Flow;
using planner::Location;
using planner::Scenario;

namespace {

/// `(a b)` is a series, `[a b]` parallel.
std::string shape(const CallBlock& block) {
  if (block.kind == CallBlock::Kind::call) return block.name;
  std::string text;
  for (const CallBlock& inner : block.blocks) text += (text.empty() ? "" : " ") + shape(inner);
  return block.kind == CallBlock::Kind::series ? "(" + text + ")" : "[" + text + "]";
}

/// A flow whose entry calls the given ones, each after the others named.
Flow flow_of(const std::vector<std::pair<std::string, std::vector<std::string>>>& calls) {
  Flow flow;
  flow.entry = "in";
  flow.calls["in"];
  for (const auto& [name, after] : calls) flow.calls[name].after = after;
  return flow;
}

std::string shape_of(const Flow& flow, const std::string& call = "in") {
  return shape(planner::calls_made_by(flow, call));
}

/// Three sites on a line, 100 km apart, by a linear law without jitter; users at the first, all serve `web`.
Scenario three_sites() {
  Scenario scenario = one_site(10);
  scenario.network.model = planner::Network::Model::geo;
  scenario.network.seconds_per_km = 1e-5;
  const planner::Site site = scenario.sites.at("home");
  scenario.sites.clear();
  scenario.placement["web"] = {};
  const std::vector<std::pair<const char*, double>> places{{"a", 0.0}, {"b", 1.0}, {"c", 2.0}};
  for (const auto& [name, longitude] : places) {
    scenario.sites[name] = site;
    scenario.sites.at(name).at = planner::Place{0.0, longitude, ""};
    scenario.placement["web"][name].pool = "box";
  }
  scenario.populations.at("users").site.clear();
  scenario.populations.at("users").at = planner::Place{0.0, 0.1, ""};
  return scenario;
}

std::vector<std::string> chain_of(const planner::Wan& wan, const planner::Choice& choice) {
  std::vector<std::string> names;
  for (const Location place : choice.chain) names.push_back(wan.name(place));
  return names;
}

}  // namespace

TEST_CASE("Calls are arranged by what they wait for", "[planner][compile]") {
  CHECK(shape_of(flow_of({})) == "()");
  CHECK(shape_of(flow_of({{"a", {}}})) == "a");
  CHECK(shape_of(flow_of({{"a", {}}, {"b", {}}})) == "[a b]");
  CHECK(shape_of(flow_of({{"a", {"b"}}, {"b", {}}})) == "(b a)");
  CHECK(shape_of(flow_of({{"a", {}}, {"b", {"a"}}, {"c", {"a"}}, {"d", {"b", "c"}}})) == "(a [b c] d)");
  CHECK(shape_of(flow_of({{"a", {}}, {"b", {"a"}}, {"c", {}}})) == "[(a b) c]");
  // What the entry has done when it begins to call is no condition.
  CHECK(shape_of(flow_of({{"a", {"in"}}})) == "a");
}

TEST_CASE("An order that is no series of parallels waits at a barrier", "[planner][compile]") {
  // a before c and d, b before d only: c waits for b too.
  CHECK(shape_of(flow_of({{"a", {}}, {"b", {}}, {"c", {"a"}}, {"d", {"a", "b"}}})) == "([a b] [c d])");
}

TEST_CASE("A call made deeper is waited for through the call that contains it", "[planner][compile]") {
  Flow flow = flow_of({{"a", {}}, {"deep", {}}, {"b", {"deep"}}});
  flow.calls.at("deep").from = "a";
  CHECK(shape_of(flow) == "(a b)");
  CHECK(shape_of(flow, "a") == "deep");
}

TEST_CASE("Routing follows the policy and spills to the next site", "[planner][compile]") {
  Scenario scenario = three_sites();
  const planner::Wan wan{scenario};
  const Location users = wan.population("users");
  {
    planner::Routes routes{scenario, wan};
    REQUIRE(routes.choices(users, users, "web").size() == 1);
    CHECK(chain_of(wan, routes.choices(users, users, "web")[0]) == std::vector<std::string>{"a"});
    CHECK(chain_of(wan, routes.choices(wan.site("c"), users, "web")[0]) == std::vector<std::string>{"c"});
  }
  scenario.routing.policy = planner::Routing::Policy::nearest;
  scenario.routing.spill_at = 0.9;
  {
    planner::Routes routes{scenario, wan};
    CHECK(chain_of(wan, routes.choices(users, users, "web")[0]) == std::vector<std::string>{"a", "b", "c"});
  }
  scenario.routing.policy = planner::Routing::Policy::weighted;
  scenario.routing.spill_at = 2;
  scenario.routing.weights = {{"b", 3.0}, {"c", 1.0}};
  {
    planner::Routes routes{scenario, wan};
    const auto& choices = routes.choices(users, users, "web");
    REQUIRE(choices.size() == 2);
    CHECK(choices[0].share == 0.75);
    CHECK(chain_of(wan, choices[0]) == std::vector<std::string>{"b"});
    CHECK(choices[1].share == 0.25);
  }
}

TEST_CASE("A listed link is the way, and its law keeps above light", "[planner][compile]") {
  Scenario scenario = three_sites();
  scenario.links["a--c"] = {"a", "c", law(sim::Distribution::lognormal_by_median_p99(0.005, 0.009)),
                            {},  {},  {}};
  const planner::Wan wan{scenario};
  const auto& way = wan.way(wan.site("a"), wan.site("c"));
  REQUIRE(way.size() == 1);
  CHECK(*way[0].link_id == "a--c");
  // 2 degrees at the equator are 222.64 km: 0.742 ms of light.
  CHECK(way[0].minimum >= std::chrono::microseconds{740});
  CHECK(way[0].law.minimum() >= 0.00074);
  CHECK(wan.way(wan.site("c"), wan.site("a")).size() == 1);
  CHECK(wan.way(wan.site("a"), wan.site("a")).empty());
}

TEST_CASE("The bytes of a program's draws do not depend on the placement", "[planner][compile]") {
  Scenario here = three_sites();
  here.services.at("web").time = law(sim::Distribution::exponential(0.010));
  Scenario there = here;
  there.placement["web"].erase("a");
  const auto purposes = [](const Scenario& scenario) {
    std::vector<std::uint64_t> found;
    for (const auto& step : planner::compile(scenario).world.steps) {
      if (step.law != models::none) found.push_back(step.purpose);
    }
    return found;
  };
  CHECK(purposes(here) == purposes(there));
  CHECK_FALSE(purposes(here).empty());
}

TEST_CASE("A population is spread over its cells", "[planner][compile]") {
  // 100 users, 30 a cell: 4 cells a direction; each gets a quarter of the 10 requests a second.
  Scenario scenario = one_site(10);
  planner::Access& access = scenario.populations.at("users").access;
  access.cell_uplink = sim::BitRate{1e6};
  access.users_per_cell = 30;
  scenario.flows.at("page").request = sim::Bytes{12500};  // 0.1 s at the cell's rate
  const planner::CompiledScenario compiled = planner::compile(scenario);
  CHECK(compiled.world.stations.size() == 4);
  const planner::Load load = planner::offered_load(compiled);
  for (const auto& cell : load.stations) CHECK(cell.utilisation() == Approx(0.25));
}

TEST_CASE("The traffic equations count calls by their probabilities", "[planner][compile]") {
  // 10/s at the entry, a in parallel with b; b is made in 30 % of the cases and calls c.
  Scenario scenario = one_site(10);
  add_call(scenario, "a", "home", constant(0.001));
  add_call(scenario, "b", "home", constant(0.002)).probability = 0.3;
  add_call(scenario, "c", "home", constant(0.004)).from = "b";
  const planner::CompiledScenario compiled = planner::compile(scenario);
  const planner::Load load = planner::offered_load(compiled);
  std::map<std::string, planner::ResourceLoad> pools;
  for (std::size_t i = 0; i < compiled.pools.size(); ++i) pools[compiled.pools[i].service] = load.pools[i];
  CHECK(pools.at("web").rates.recorded == Approx(10.0));
  CHECK(pools.at("a").rates.recorded == Approx(10.0));
  CHECK(pools.at("b").rates.recorded == Approx(3.0));
  CHECK(pools.at("c").rates.recorded == Approx(3.0));
  CHECK(pools.at("b").service == Approx(0.006));
  // The entry waits for the longer of a (1 ms) and b, which takes 6 ms in 30 % of the cases.
  CHECK(pools.at("web").service > 0.0115);
}

TEST_CASE("Overload is found at pools, cells and links, with both numbers", "[planner][compile]") {
  Scenario scenario = one_site(95);
  scenario.flows.at("page").response = sim::Bytes{12500};
  planner::Access& access = scenario.populations.at("users").access;
  access.cell_downlink = sim::BitRate{8e6};  // 80 responses a second
  const planner::CompiledScenario compiled = planner::compile(scenario);
  const auto findings = planner::check_load(scenario, compiled, planner::offered_load(compiled));
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].code == planner::Code::near_capacity);
  CHECK(findings[0].pointer == "/placement/web/home");
  CHECK(findings[0].message.find("95.0 % busy") != std::string::npos);
  CHECK(findings[1].code == planner::Code::overload);
  CHECK(findings[1].message.find("95 requests/s") != std::string::npos);
  CHECK(findings[1].message.find("80 requests/s") != std::string::npos);
}

TEST_CASE("No replicas are no capacity", "[planner][compile]") {
  Scenario scenario = one_site(5);
  scenario.placement.at("web").at("home").replicas = 0;
  const auto result = study(scenario);
  CHECK_FALSE(result.strategies.front().feasible);
  CHECK(result.strategies.front().infeasible_reason.find("no capacity") != std::string::npos);
}

TEST_CASE("A service that nobody can reach is told", "[planner][compile]") {
  Scenario scenario = three_sites();
  scenario.sites["island"] = scenario.sites.at("a");
  scenario.sites.at("island").at.reset();
  scenario.placement["web"] = {};
  scenario.placement["web"]["island"].pool = "box";
  const auto result = study(scenario);
  CHECK_FALSE(result.strategies.front().feasible);
  CHECK(result.strategies.front().infeasible_reason.find("no site with web can be reached from users") !=
        std::string::npos);
}

TEST_CASE("Partitions hold their lookahead: split and merged runs give the same results",
          "[planner][compile]") {
  Scenario scenario = three_sites();
  scenario.routing.policy = planner::Routing::Policy::weighted;
  scenario.workloads.at("load").process = planner::Workload::Process::poisson;
  scenario.workloads.at("load").rate = 100;
  scenario.services.at("web").time = law(sim::Distribution::exponential(0.010));
  const planner::CompiledScenario compiled = planner::compile(scenario);
  CHECK(compiled.world.partitions > 1);
  std::vector<models::WorldResult> results;
  for (const auto how : {models::Partitioning::split, models::Partitioning::merged}) {
    models::World::Options options;
    options.partitioning = how;
    results.push_back(models::World{compiled.world, options}.run());
  }
  CHECK(results[0].classes == results[1].classes);
  CHECK(results[0].pools == results[1].pools);
  CHECK(results[0].meters == results[1].meters);
}

TEST_CASE("Rates are integrated exactly over the profile", "[planner][compile]") {
  planner::Workload load;
  load.rate = 10;
  load.profile = {0.5, 1.5};
  load.profile_step = std::chrono::seconds{10};
  load.profile_offset = std::chrono::seconds{5};
  // From 5 s into the first piece: 5 s of 5/s, 10 s of 15/s, 10 s of 5/s.
  CHECK(planner::mean_rate(load, {}, std::chrono::seconds{25}) == Approx((5 * 5 + 10 * 15 + 10 * 5) / 25.0));
  CHECK(planner::mean_rate(load, std::chrono::seconds{5}, std::chrono::seconds{10}) == Approx(15.0));
  CHECK(planner::peak_rate(load, {}, std::chrono::seconds{5}) == Approx(5.0));
  CHECK(planner::peak_rate(load, {}, std::chrono::seconds{6}) == Approx(15.0));
  CHECK(planner::covers_profile(load, std::chrono::seconds{40}));
  CHECK_FALSE(planner::covers_profile(load, std::chrono::seconds{30}));
}
