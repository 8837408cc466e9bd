#include "planner/optimize.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "planner/accounting.hpp"
#include "planner/load.hpp"
#include "small_scenario.hpp"
#include "support/scenario_builder.hpp"

using namespace test_support;
using planner::Goal;
using planner::OptimizeOptions;
using planner::OptimizeResult;
using planner::Scenario;

namespace {

/// Users at `home`; `far` is 20 ms away. A node at home costs 2 USD/h, one at far 1 USD/h; a node holds one
/// replica, and 40 requests a second of 10 ms each ask for 0.4 of one.
Scenario two_sites() {
  Scenario scenario = one_site(40);
  scenario.workloads.at("load").process = planner::Workload::Process::poisson;
  scenario.services.at("web").time = law(sim::Distribution::exponential(0.010));
  scenario.services.at("web").cpu = 1;
  planner::PoolType& box = scenario.sites.at("home").pools.at("box");
  box.cpu = 1;
  box.nodes = 10;
  box.node_price_per_hour = sim::Money{2};
  add_far_site(scenario, constant(0.020));
  scenario.sites.at("far").tier = "region";
  scenario.sites.at("far").pools.at("box").node_price_per_hour = sim::Money{1};
  scenario.duration = std::chrono::seconds{60};
  return scenario;
}

planner::Requirement latency_below(double milliseconds, double probability = 0.95) {
  planner::Requirement one;
  one.flow = "page";
  one.probability = probability;
  one.limit = milliseconds;
  return one;
}

OptimizeResult optimum(const Scenario& scenario, OptimizeOptions options) {
  options.effort = 300;
  return planner::optimize(scenario, options);
}

OptimizeResult optimum(const Scenario& scenario, std::vector<planner::Requirement> requirements) {
  OptimizeOptions options;
  options.requirements = std::move(requirements);
  return optimum(scenario, options);
}

planner::Plan best(const OptimizeResult& result) {
  REQUIRE_FALSE(result.plans.empty());
  return result.plans.front();
}

std::set<std::string> sites(const planner::Plan& plan) {
  std::set<std::string> found;
  for (const auto& [site, one] : plan.placement.at("web")) found.insert(site);
  return found;
}

const planner::Plan& baseline(const OptimizeResult& result, const std::string& name) {
  for (const planner::Plan& plan : result.baselines) {
    if (plan.name == name) return plan;
  }
  FAIL("no baseline " << name);
  return result.baselines.front();
}

}  // namespace

TEST_CASE("The cheap site wins where its distance does not matter", "[planner][optimize]") {
  // At far: 3 ms access + 2 x 20 ms way; M/M/1 at 0.4: sojourn 1 / (100 - 40) = 16.7 ms, p95 = 43 + 49.9 = 93
  // ms.
  const OptimizeResult result = optimum(two_sites(), {latency_below(150)});
  REQUIRE_FALSE(result.plans.empty());
  const planner::Plan& best = result.plans.front();
  CHECK(sites(best) == std::set<std::string>{"far"});
  CHECK(best.placement.at("web").at("far").replicas == 1);
  CHECK(best.figures.cost == Approx(1.0 * planner::hours_per_month));
  CHECK(best.requirements.front().estimated == Approx(43 + 1000.0 / 60 * std::log(20.0)).epsilon(1e-3));
  REQUIRE(best.requirements.front().simulated);
  CHECK(best.requirements.front().simulated->value == Approx(93).margin(8));
  CHECK(*best.probability_best > 0.95);
}

TEST_CASE("A tighter latency moves the plan to the dear site", "[planner][optimize]") {
  // At home one replica: 3 + 49.9 ms at p95 = 53 ms. 70 ms is out of reach of far, whose way alone is 43 ms
  // and whose service alone has a p95 of 30 ms.
  const OptimizeResult result = optimum(two_sites(), {latency_below(70)});
  REQUIRE_FALSE(result.plans.empty());
  CHECK(sites(result.plans.front()) == std::set<std::string>{"home"});
  CHECK(result.plans.front().placement.at("web").at("home").replicas == 1);
  CHECK(result.plans.front().figures.cost == Approx(2 * planner::hours_per_month));
}

TEST_CASE("Sizing adds replicas only as long as a limit needs them", "[planner][optimize]") {
  // One replica at home: p95 53 ms; two: an M/M/2 with a wait seldom enough for 3 + 32 ms. A limit of 40 ms
  // needs the second and no third.
  OptimizeOptions options;
  options.requirements = {latency_below(40)};
  options.sites = OptimizeOptions::Sites::kept;
  const OptimizeResult result = optimum(two_sites(), options);
  REQUIRE_FALSE(result.plans.empty());
  CHECK(result.plans.front().placement.at("web").at("home").replicas == 2);
  CHECK(result.plans.front().figures.cost == Approx(2 * 2 * planner::hours_per_month));
}

TEST_CASE("Every pool of a site is tried, although all of them are equally far", "[planner][optimize]") {
  // One of four pools at each of six sites is cheap; what it is called differs from site to site, so that
  // no location model finds two of them together, and 5^6 - 1 placements are searched by moves.
  Scenario many = two_sites();
  for (int i = 0; i < 4; ++i) many.sites.emplace("far" + std::to_string(i), many.sites.at("far"));
  for (auto& [id, site] : many.sites) {
    site.pools["plain"] = site.pools.at("box");
    site.pools["thrifty-" + id] = site.pools.at("box");
    site.pools.at("thrifty-" + id).node_price_per_hour = sim::Money{0.5};
    site.pools["x-plain"] = site.pools.at("box");
  }
  OptimizeOptions options;
  options.requirements = {latency_below(1'000)};
  options.least_sites = 2;
  const planner::Plan plan = best(optimum(many, options));
  for (const auto& [site, one] : plan.placement.at("web")) CHECK(one.pool == "thrifty-" + site);
}

TEST_CASE("A requirement that costs something is named as binding", "[planner][optimize]") {
  // Far needs 93 ms with one replica. 90 ms takes a second one there, for 1 USD/h; 5 % more is 94.5 ms.
  const OptimizeResult result = optimum(two_sites(), {latency_below(90)});
  REQUIRE(result.binding.size() == 1);
  CHECK(result.binding.front().saved == Approx(1 * planner::hours_per_month));
  CHECK(optimum(two_sites(), {latency_below(150)}).binding.empty());
}

TEST_CASE("Nothing feasible gives the smallest relaxation", "[planner][optimize]") {
  // 20 ms at p95 is below what 10 ms of exponential service take without any queue: 3 + 30 ms. The limit is
  // what the simulation shows, the upper end of its interval.
  const OptimizeResult result = optimum(two_sites(), {latency_below(20)});
  CHECK(result.plans.empty());
  REQUIRE(result.relaxations.size() == 1);
  const planner::Relaxation& enough = result.relaxations.front();
  REQUIRE(enough.wider.size() == 1);
  CHECK(enough.wider.front().limit == Approx(3 + 10 * std::log(20.0)).epsilon(0.05));
  CHECK(sites(enough.plan) == std::set<std::string>{"home"});
  CHECK(sites(*result.least_violating) == std::set<std::string>{"home"});
  CHECK(result.complete);
  CHECK(enough.smallest);
  // And with that limit there is a plan.
  CHECK_FALSE(optimum(two_sites(), {latency_below(1.02 * enough.wider.front().limit)}).plans.empty());
}

TEST_CASE("Few placements are all looked at; of many the answer says that it is a search",
          "[planner][optimize]") {
  // Home, far, both: each sized.
  const OptimizeResult few = optimum(two_sites(), {latency_below(150)});
  CHECK(few.complete);
  // A service may stand at any of 2^9 - 1 = 511 sets of sites.
  Scenario many = two_sites();
  for (int i = 0; i < 7; ++i) many.sites.emplace("far" + std::to_string(i), many.sites.at("far"));
  OptimizeOptions options;
  options.requirements = {latency_below(150)};
  options.effort = 50;
  CHECK_FALSE(planner::optimize(many, options).complete);
}

TEST_CASE("Of two requirements that exclude each other, either may be relaxed", "[planner][optimize]") {
  // 70 ms needs home, a replica of which is 1,460 USD a month; far has 93 ms with one replica of 730 USD a
  // month, 43 + 30 ms with many.
  planner::Requirement budget;
  budget.measure = planner::Requirement::Measure::cost;
  budget.limit = 1'000;
  const OptimizeResult result = optimum(two_sites(), {latency_below(70), budget});
  CHECK(result.plans.empty());
  REQUIRE(result.relaxations.size() >= 2);
  REQUIRE(result.relaxations[0].wider.size() == 1);
  CHECK(result.relaxations[0].wider.front().limit == Approx(93).margin(8));
  REQUIRE(result.relaxations[1].wider.size() == 1);
  CHECK(result.relaxations[1].wider.front().limit == Approx(1'460));
}

TEST_CASE("Too few nodes are answered with the number that is enough", "[planner][optimize]") {
  // One node of one slot carries 100 requests a second at most. 250 need more than 2.5 slots, so three; with
  // three of them, M/M/3 at 0.83 keeps a loose limit.
  Scenario scenario = two_sites();
  scenario.workloads.at("load").rate = 250;
  scenario.sites.at("home").pools.at("box").nodes = 1;
  scenario.sites.at("far").pools.at("box").nodes = 1;
  const OptimizeResult result = optimum(scenario, {latency_below(1'000)});
  CHECK(result.plans.empty());
  REQUIRE_FALSE(result.relaxations.empty());
  const planner::Relaxation& enough = result.relaxations.back();
  CHECK(enough.wider.empty());
  double more = 0;
  for (const planner::Relaxation::Nodes& one : enough.nodes) more += one.needed - one.there;
  CHECK(more >= 1);
  CHECK(more <= 2);  // two places of one node each are there: one place takes three, or two take two and one
}

TEST_CASE("A rule that leaves no plan is named, and by how little it would have to give way",
          "[planner][optimize]") {
  using Kind = planner::Relaxation::Rule::Kind;
  const auto rule_of = [](const OptimizeResult& result, Kind kind) {
    CHECK(result.plans.empty());
    const auto found = std::find_if(result.relaxations.begin(), result.relaxations.end(),
                                    [&](const auto& one) { return one.rule && one.rule->kind == kind; });
    REQUIRE(found != result.relaxations.end());
    CHECK(found->wider.empty());
    return *found;
  };
  OptimizeOptions options;
  options.requirements = {latency_below(60)};

  // 60 ms needs home: far has 43 ms of way and 30 ms of service at p95.
  options.allowed["web"] = {"far"};
  const auto residency = rule_of(optimum(two_sites(), options), Kind::residency);
  CHECK(residency.rule->services == std::vector<std::string>{"web"});
  CHECK(residency.rule->sites == std::vector<std::string>{"home"});
  CHECK(sites(residency.plan).contains("home"));

  // There are two sites; three of each service are one too many.
  options.allowed.clear();
  options.least_sites = 3;
  const auto least = rule_of(optimum(two_sites(), options), Kind::least_sites);
  CHECK(least.rule->limit == 2);
  CHECK(least.rule->asked == 3);

  // Two services that both may stand at one site alone cannot be apart.
  Scenario two_services = two_sites();
  add_call(two_services, "data", "far", constant(0.001));
  two_services.services.at("data").cpu = 1;
  options.requirements = {latency_below(200)};
  options.least_sites = 1;
  options.allowed = {{"web", {"home"}}, {"data", {"home"}}};
  options.apart = {{"web", "data"}};
  const auto apart = rule_of(optimum(two_services, options), Kind::apart);
  CHECK(apart.rule->sites == std::vector<std::string>{"home"});

  // Kept apart at all they take two sites, and only one is allowed.
  options.allowed.clear();
  options.most_sites = 1;
  const auto most = rule_of(optimum(two_services, options), Kind::most_sites);
  CHECK(most.rule->limit == 2);
  CHECK(most.rule->asked == 1);
}

TEST_CASE("Residency, a least number of sites and services apart are kept", "[planner][optimize]") {
  OptimizeOptions options;
  options.requirements = {latency_below(200)};
  options.allowed["web"] = {"home"};
  CHECK(sites(best(optimum(two_sites(), options))) == std::set<std::string>{"home"});
  options.allowed["web"] = {"far"};  // what is placed at home now must leave
  CHECK(sites(best(optimum(two_sites(), options))) == std::set<std::string>{"far"});
  options.allowed.clear();
  options.least_sites = 2;
  CHECK(sites(best(optimum(two_sites(), options))) == std::set<std::string>{"far", "home"});
  Scenario two_services = two_sites();
  add_call(two_services, "data", "far", constant(0.001));
  two_services.services.at("data").cpu = 1;
  options.least_sites = 1;
  options.apart = {{"web", "data"}};
  const planner::Plan plan = best(optimum(two_services, options));
  CHECK(plan.placement.at("web").begin()->first != plan.placement.at("data").begin()->first);
}

TEST_CASE("A limit on cost is a requirement like any other", "[planner][optimize]") {
  // 70 ms needs home, which costs 1,460 USD a month.
  planner::Requirement budget;
  budget.measure = planner::Requirement::Measure::cost;
  budget.limit = 1'000;
  CHECK(optimum(two_sites(), {latency_below(70), budget}).plans.empty());
  budget.limit = 1'500;
  CHECK_FALSE(optimum(two_sites(), {latency_below(70), budget}).plans.empty());
}

TEST_CASE("The fewest sites are opened that hold the limit", "[planner][optimize]") {
  // Users at both ends, 20 ms apart. One site holds 150 ms for all. 60 ms it does not: whoever is far needs
  // 43 + 10 ln 10 = 66 ms at p90, which is p95 of all, even without a queue; two sites have 53 ms each.
  Scenario scenario = two_sites();
  scenario.populations["others"] = scenario.populations.at("users");
  scenario.populations.at("others").site = "far";
  scenario.workloads["more"] = scenario.workloads.at("load");
  scenario.workloads.at("more").population = "others";
  OptimizeOptions options;
  options.goal = Goal::sites;
  options.requirements = {latency_below(150)};
  CHECK(best(optimum(scenario, options)).figures.sites == 1);
  options.requirements = {latency_below(60)};
  CHECK(best(optimum(scenario, options)).figures.sites == 2);
}

TEST_CASE("Baselines stand beside the answer, and none of them is cheaper and feasible",
          "[planner][optimize]") {
  const OptimizeResult result = optimum(two_sites(), {latency_below(150)});
  CHECK(sites(baseline(result, "all-region")) == std::set<std::string>{"far"});
  CHECK(sites(baseline(result, "all-edge")) == std::set<std::string>{"home"});
  CHECK(sites(baseline(result, "nearest")) == std::set<std::string>{"far", "home"});
  CHECK(sites(baseline(result, "current")) == std::set<std::string>{"home"});
  for (const planner::Plan& plan : result.baselines) {
    if (plan.possible && plan.figures.violation == 0)
      CHECK(plan.figures.cost >= result.plans.front().figures.cost - 1e-9);
  }
}

TEST_CASE("The front rises in cost and falls in latency", "[planner][optimize]") {
  const OptimizeResult result = optimum(two_sites(), {latency_below(70)});
  REQUIRE(result.front.size() >= 2);
  for (std::size_t i = 1; i < result.front.size(); ++i) {
    CHECK(result.front[i].figures.cost > result.front[i - 1].figures.cost);
    CHECK(result.front[i].figures.latency < result.front[i - 1].figures.latency);
  }
}

TEST_CASE("A search gives the same answer twice, and ends when it is told to", "[planner][optimize]") {
  const auto text = [](const OptimizeResult& result) {
    return planner::optimum_json(two_sites(), result).dump();
  };
  CHECK(text(optimum(two_sites(), {latency_below(90)})) == text(optimum(two_sites(), {latency_below(90)})));
  const std::atomic<bool> stop{true};
  OptimizeOptions options;
  options.requirements = {latency_below(90)};
  options.stop = &stop;
  CHECK(optimum(two_sites(), options).interrupted);
}

TEST_CASE("A plan's patch turns the base into the plan", "[planner][optimize]") {
  const planner::Document before = document(small_scenario);
  const Scenario base = before.resolve("both").scenario();  // cloud x 6, edge x 2
  planner::Placements placement;
  placement["web"]["edge"].pool = "box";
  placement["web"]["edge"].replicas = 7;
  const auto patch = planner::placement_patch(base, placement);
  CHECK(patch["placement"]["web"]["cloud"].is_null());
  CHECK(patch["placement"]["web"]["edge"]["replicas"] == 7);
  auto whole = nlohmann::json::parse(small_scenario);
  whole["strategies"]["plan"] = {{"extends", "both"}, {"patch", patch}};
  const Scenario after = document(whole.dump()).resolve("plan").scenario();
  REQUIRE(after.placement.at("web").size() == 1);
  CHECK(after.placement.at("web").at("edge").replicas == 7);
  CHECK(planner::placement_patch(base, base.placement)["placement"].empty());
}

TEST_CASE("Requirements are read as they are written", "[planner][optimize]") {
  const Scenario scenario = two_sites();
  const auto read = [&](const char* text) {
    return std::get<planner::Requirement>(planner::parse_requirement(text, scenario));
  };
  CHECK(read("p95(latency{flow=page}) <= 200 ms").text() == "p95(latency{flow=page}) <= 200 ms");
  CHECK(read("p99.9( latency ) <= 1.5 s").limit == Approx(1500));
  CHECK(read("mean(latency{flow=page, population=users}) <= 1 s").population == "users");
  CHECK(read("cost.total <= 500 USD/month").limit == Approx(500));
  CHECK(read("energy.total <= 2 kWh/month").limit == Approx(2));
  CHECK(read("carbon.total < 3 kgCO2e/month").text() == "carbon.total <= 3 kgCO2e/month");
  const auto wrong = [&](const char* text) {
    return std::get<planner::RequirementError>(planner::parse_requirement(text, scenario)).message;
  };
  CHECK_FALSE(wrong("p95(latency)").empty());
  CHECK_FALSE(wrong("p97(latency) <= 1 s").empty());
  CHECK(wrong("p95(latency{flow=cart}) <= 1 s").find("cart") != std::string::npos);
  CHECK_FALSE(wrong("p95(latency) <= 20 GB").empty());
  CHECK(wrong("ratio(ok) >= 99 %").find("no estimate") != std::string::npos);
  CHECK(wrong("p95(latency) >= 1 s").find("no estimate") != std::string::npos);
  CHECK(wrong("cost.total <= 0 USD/month").find("above zero") != std::string::npos);
}

TEST_CASE("A scenario's assertions are required, its deadlines where there are none", "[planner][optimize]") {
  Scenario scenario = two_sites();
  CHECK(planner::requirements_of(scenario).requirements.empty());
  scenario.flows.at("page").deadline = std::chrono::milliseconds{80};
  REQUIRE(planner::requirements_of(scenario).requirements.size() == 1);
  CHECK(planner::requirements_of(scenario).requirements.front().text() == "p99(latency{flow=page}) <= 80 ms");
  const std::string asserted = with(small_scenario, "\"strategies\"", R"("assert": {
    "fast": { "expr": "p95(latency) <= 60 ms" }, "ok": { "expr": "ratio(ok) >= 99 %" } }, "strategies")");
  const planner::ScenarioRequirements found = planner::requirements_of(test_support::scenario(asserted));
  REQUIRE(found.requirements.size() == 1);
  CHECK(found.requirements.front().text() == "p95(latency{flow=page}) <= 60 ms");
  CHECK(found.left_out == std::vector<std::string>{"ratio(ok) >= 99 %"});
}

TEST_CASE("Of plans that cost the same the one with fewer sites is best", "[planner][optimize]") {
  // An idle platform on demand costs nothing, and nobody is served by it: home is nearer to all users.
  Scenario scenario = two_sites();
  planner::PoolType platform;
  platform.kind = planner::PoolType::Kind::elastic;
  platform.cold_start = constant(0.050);
  platform.keep_alive = constant(600);
  scenario.sites.at("far").pools = {{"box", platform}};
  const OptimizeResult result = optimum(scenario, {latency_below(60)});
  CHECK(sites(best(result)) == std::set<std::string>{"home"});
  CHECK(result.plans.front().figures.sites == 1);
}

TEST_CASE("Probabilities are told rounded down, never as if they were certain", "[planner][optimize]") {
  Scenario scenario = two_sites();
  OptimizeResult result = optimum(scenario, {latency_below(150)});
  REQUIRE_FALSE(result.plans.empty());
  const auto told = [&](double probability) {
    result.plans.front().probability_feasible = result.plans.front().probability_best = probability;
    return planner::render_optimum(scenario, result, {.width = 1000});
  };
  CHECK(told(0.9999999).find("with a probability of at least 99.99 %, and of at least 99.99 %") !=
        std::string::npos);
  CHECK(told(0.99899).find("with a probability of at least 99.89 %") != std::string::npos);
  CHECK(told(0.95678).find("with a probability of at least 95.6 %") != std::string::npos);
  CHECK(told(0.9999999).find("<100 %") == std::string::npos);
}

TEST_CASE("Pools that spill over carry a load together", "[planner][optimize]") {
  // 600 requests a second of 8 ms keep 4.8 servers busy; each site has four nodes of one.
  Scenario scenario = two_sites();
  scenario.workloads.at("load").rate = 600;
  scenario.services.at("web").time = constant(0.008);
  for (auto& [id, site] : scenario.sites) site.pools.at("box").nodes = 4;
  const OptimizeResult apart = optimum(scenario, {latency_below(200, 0.99)});
  CHECK(apart.plans.empty());
  // What is shown instead is a plan that the nodes hold, and is not said to be one that only violates a
  // limit.
  REQUIRE(apart.least_violating);
  for (const auto& [site, one] : apart.least_violating->placement.at("web")) CHECK(one.replicas == 4);
  const std::string told = planner::render_optimum(scenario, apart, {.width = 1000});
  CHECK(told.find("By formula no plan that was tried carries the load") != std::string::npos);
  CHECK(told.find("The plan that violates least") == std::string::npos);
  scenario.routing.spill_at = 0.9;
  const planner::Plan together = best(optimum(scenario, {latency_below(200, 0.99)}));
  CHECK(sites(together) == std::set<std::string>{"far", "home"});
  CHECK(*together.probability_feasible > 0.9);
  for (const auto& [site, one] : together.placement.at("web")) CHECK(one.replicas <= 4);
}

TEST_CASE("What spills over is counted where it is served", "[planner][load]") {
  Scenario scenario = two_sites();
  scenario.workloads.at("load").rate = 400;  // of 10 ms: 4 servers
  scenario.placement["web"]["home"].replicas = 4;
  scenario.placement["web"]["far"] = scenario.placement["web"]["home"];
  scenario.routing.spill_at = 1.0;
  const planner::Load load = planner::load_with_spill_over(planner::compile(scenario));
  REQUIRE(load.pools.size() == 2);
  // Erlang's B for 4 servers and 4 erlangs: (256 / 24) / (1 + 4 + 8 + 64 / 6 + 256 / 24) = 32 / 103.
  const double spilled = 400 * 32.0 / 103;
  const double first = load.pools[0].rates.recorded, second = load.pools[1].rates.recorded;
  CHECK(std::min(first, second) == Approx(spilled).epsilon(1e-6));
  CHECK(first + second == Approx(400));
}

TEST_CASE("An answer names the assertions that plans were not held to", "[planner][optimize]") {
  const Scenario scenario = two_sites();
  OptimizeOptions options;
  options.requirements = {latency_below(150)};
  const auto told = [&](const OptimizeResult& result) {
    return planner::render_optimum(scenario, result, {.width = 1000});
  };
  CHECK(told(optimum(scenario, options)).find("It meets all requirements with") != std::string::npos);
  options.left_out = {"ratio(ok) >= 99 %"};
  const OptimizeResult result = optimum(scenario, options);
  CHECK(told(result).find("It meets all requirements that a search can judge with") != std::string::npos);
  CHECK(told(result).find(
            "Not taken into account, because a search has no estimate of it: ratio(ok) >= 99 %.") !=
        std::string::npos);
  CHECK(planner::optimum_json(scenario, result).at("not_required").at(0) == "ratio(ok) >= 99 %");
}
