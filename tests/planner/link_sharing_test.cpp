#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <stdexcept>

#include "models/catalog.hpp"
#include "models/max_min.hpp"
#include "planner/compile.hpp"
#include "small_scenario.hpp"
#include "support/scenario_builder.hpp"

using namespace planner;
using namespace test_support;

namespace {

Access access(const std::string& json) {
  return scenario(with(small_scenario, R"("access": { "latency": "9 ms" })", "\"access\": " + json))
      .populations.at("users")
      .access;
}

std::vector<Diagnostic> issues_of_access(const std::string& json) {
  return issues_of(with(small_scenario, R"("access": { "latency": "9 ms" })", "\"access\": " + json));
}

/// one_site() whose cell carries 8 Mbit/s up: 100 kB take 100 ms.
Scenario cell_site(double rate) {
  Scenario scenario = one_site(rate);
  scenario.duration = std::chrono::seconds{4000};
  scenario.workloads.at("load").process = Workload::Process::poisson;
  Access& users = scenario.populations.at("users").access;
  users.cell_uplink = sim::BitRate{8e6};
  users.sharing = models::Sharing::fair;
  scenario.flows.at("page").request = sim::Bytes{100e3};
  scenario.services.at("web").time = constant(0);
  return scenario;
}

/// Within 4 standard errors; the half-width of 20 replications is 2.093 of them.
void check(const Estimate& estimate, double expected) {
  const double error = (estimate.high - estimate.low) / 2 / 2.093;
  CAPTURE(estimate.value, expected, error);
  CHECK(std::abs(estimate.value - expected) < 4 * error);
}

const Slice& of_population(const StrategyResult& result, const std::string& population) {
  for (const Slice& slice : result.slices)
    if (slice.population == population && slice.site.empty()) return slice;
  throw std::out_of_range{population};
}

}  // namespace

TEST_CASE("Those who stand at one end of a link share its queue", "[planner][sharing]") {
  // Two populations hang on the edge; both ask the cloud over the one link, which has a queue a direction.
  std::string text = with(small_scenario, R"("at": { "lat": 52.1, "lon": 15 }, "users")",
                          R"("site": "edge", "users": 10, "access": { "latency": "9 ms" } },
                     "others": { "site": "edge", "users")");
  text = with(text, R"("entry": "in")", R"("request": "1 MB", "response": "1 MB", "entry": "in")");
  text = with(text, R"("w": {)", R"("v": { "population": "others", "flow": "page",
                     "arrivals": { "rate": "20 req/s" } }, "w": {)");
  const CompiledScenario compiled = compile(scenario(text));
  std::multiset<std::string> queues;
  for (const StationLabel& label : compiled.stations)
    if (label.kind == StationLabel::Kind::link) queues.insert(label.owner + " from " + label.from);
  CHECK(queues == std::multiset<std::string>{"edge--cloud from cloud", "edge--cloud from edge"});
}

TEST_CASE("How a population shares its cell is read, with the priority of its class", "[planner][sharing]") {
  const Access shared = access(R"({ "profile": "5g-mid-band", "qos": 7,
      "sharing": { "cell": "downtown", "weight": 2, "weighed": "slice" } })");
  CHECK(shared.sharing == models::Sharing::fair);
  CHECK(shared.cell == "downtown");
  CHECK(shared.share.weight == 2);
  CHECK(shared.share.weighed == models::TenantSpec::Weighed::tenant);
  CHECK(shared.share.level == 70);  // TS 23.501: 5QI 7 has priority level 70, 5QI 9 has 90
  CHECK(access(R"({ "profile": "5g-mid-band", "sharing": {} })").share.level == 90);
  CHECK(access(R"({ "profile": "5g-mid-band" })").sharing == models::Sharing::in_turn);
}

TEST_CASE("Sharing that would have no effect is refused where it stands", "[planner][sharing]") {
  const auto first = [](const std::vector<Diagnostic>& issues) {
    REQUIRE_FALSE(issues.empty());
    return issues.front();
  };
  CHECK(first(issues_of_access(R"({ "latency": "9 ms", "sharing": {} })")).code == Code::missing_key);
  CHECK(first(issues_of_access(
                  R"({ "profile": "5g-mid-band", "sharing": { "rule": "in-turn", "weight": 2 } })"))
            .code == Code::conflicting_keys);
  CHECK(first(issues_of(with(small_scenario, R"("bandwidth": "10 Gbit/s")", R"("sharing": "fair")"))).code ==
        Code::missing_key);
  const std::string two = with(small_scenario, R"("access": { "latency": "9 ms" } })",
                               R"("access": { "profile": "5g-mid-band", "sharing": { "cell": "a" } } },
      "others": { "at": { "lat": 52.1, "lon": 15 }, "users": 10,
                  "access": { "profile": "5g-mid-band", "users_per_cell": 7, "sharing": { "cell": "a" } } })");
  const Diagnostic differ = first(issues_of(two));
  CHECK(differ.code == Code::conflicting_keys);
  CHECK_THAT(differ.message, Catch::Contains("users_per_cell"));
}

TEST_CASE("Populations of one cell share its stations in one partition", "[planner][sharing]") {
  Scenario scenario = cell_site(1);
  Access& users = scenario.populations.at("users").access;
  users.cell = "downtown";
  users.users_per_cell = 50;
  users.uplink = sim::BitRate{4e6};
  scenario.populations["more"] = scenario.populations.at("users");
  scenario.populations.at("more").access.share.weight = 3;
  scenario.workloads["other"] = scenario.workloads.at("load");
  scenario.workloads.at("other").population = "more";
  const CompiledScenario compiled = compile(scenario);
  // 100 + 100 users in cells of 50: four stations up; nothing is known of the downlink.
  REQUIRE(compiled.world.stations.size() == 4);
  const models::StationSpec& cell = compiled.world.stations.front();
  REQUIRE(cell.tenants.size() == 2);  // by id: more, users
  CHECK(cell.tenants[0].weight == 3);
  CHECK(cell.tenants[1].weight == 1);
  CHECK(cell.tenants[0].cap->value() == 4e6);
  for (const models::SourceSpec& source : compiled.world.sources) CHECK(source.partition == cell.partition);
}

TEST_CASE("Two populations in a fair cell slow each other down as the theory says", "[planner][sharing]") {
  // 3/s each of 0.1 s: rho = 0.6, M/G/1-PS: 0.1 / 0.4 = 250 ms; access 1 + 2 ms.
  Scenario scenario = cell_site(3);
  scenario.populations.at("users").access.cell = "downtown";
  scenario.populations["more"] = scenario.populations.at("users");
  scenario.workloads["other"] = scenario.workloads.at("load");
  scenario.workloads.at("other").population = "more";
  const StrategyResult result = study(scenario, 20).strategies.front();
  check(of_population(result, "users").mean, 253);
  check(of_population(result, "more").mean, 253);
}

TEST_CASE("A class of higher priority has the cell as if it were alone", "[planner][sharing]") {
  // 0.1 / (1 - 0.3) = 142.857 ms; access 3 ms.
  Scenario scenario = cell_site(3);
  scenario.populations.at("users").access.cell = "downtown";
  scenario.populations["more"] = scenario.populations.at("users");
  scenario.populations.at("users").access.share.level = 20;
  scenario.populations.at("more").access.share.level = 90;
  scenario.workloads["other"] = scenario.workloads.at("load");
  scenario.workloads.at("other").population = "more";
  const StrategyResult result = study(scenario, 20).strategies.front();
  check(of_population(result, "users").mean, 100 / 0.7 + 3);
  CHECK(of_population(result, "more").mean.value > of_population(result, "users").mean.value);
}

TEST_CASE("A fair link is an M/G/1 queue with processor sharing", "[planner][sharing]") {
  // 6/s of 0.1 s over the link there: 0.1 / 0.4 = 250 ms; latency 5 ms each way, access 3 ms.
  Scenario scenario = cell_site(6);
  scenario.populations.at("users").access.cell_uplink.reset();
  add_far_site(scenario, constant(0.005));
  Link& link = scenario.links.at("home--far");
  link.bandwidth = sim::BitRate{8e6};
  link.sharing = models::Sharing::fair;
  scenario.placement["web"] = {};
  scenario.placement["web"]["far"].pool = "box";
  check(study(scenario, 20).strategies.front().slices.front().mean, 250 + 10 + 3);
}

TEST_CASE("Links say what each direction carried, whichever way it is shared", "[planner][sharing]") {
  // 6/s of 0.1 s on a wire of 8 Mbit/s: 60 % of it. In 20 x 4,000 s are 480,000 of them, so the standard
  // error is 1 / sqrt(480,000) of that.
  for (const models::Sharing sharing : {models::Sharing::in_turn, models::Sharing::fair}) {
    Scenario scenario = cell_site(6);
    scenario.populations.at("users").access.cell_uplink.reset();
    add_far_site(scenario, constant(0.005));
    Link& link = scenario.links.at("home--far");
    link.bandwidth = sim::BitRate{8e6};
    link.sharing = sharing;
    scenario.placement["web"] = {};
    scenario.placement["web"]["far"].pool = "box";
    const StrategyResult result = study(scenario, 20).strategies.front();
    const auto there = std::find_if(result.links.begin(), result.links.end(),
                                    [](const LinkUse& use) { return use.from == "home"; });
    REQUIRE(there != result.links.end());
    CHECK(there->link == "home--far");
    CHECK(there->to == "far");
    CHECK(there->capacity == 8e6);
    CHECK(std::abs(there->utilisation - 0.6) < 4 * 0.6 / std::sqrt(480'000.0));
    CHECK(there->carried == Approx(there->utilisation * 8e6));
  }
}

TEST_CASE("Requests between two reallocations of a satellite meet the same latency", "[planner][sharing]") {
  // Levels evenly over 0-10 ms of round trip, anew every 15 s: 100 s have 7 of them. 3 ms of access, 10 ms of
  // service.
  Scenario scenario = one_site(4);
  Access& users = scenario.populations.at("users").access;
  users.reallocation = law(sim::Distribution::uniform(0, 0.005));
  users.reallocated_every = std::chrono::seconds{15};
  const Slice slice = study(scenario).strategies.front().slices.front();
  std::set<double> levels;
  for (int i = 0; i <= 1000; ++i) levels.insert(sim::to_seconds(slice.latency.quantile(i / 1000.0)));
  // A request that is answered after the boundary has another level there and back: one of 60 at most.
  CHECK(levels.size() <= 14);
  CHECK(levels.size() > 3);
  CHECK(slice.latency.min() >= sim::Duration{13'000'000});
  CHECK(slice.latency.max() <= sim::Duration{23'000'001});
}

TEST_CASE("Starlink's profile is reallocated every 15 s and keeps its median", "[planner][sharing]") {
  const Access starlink = access(R"("starlink")");
  CHECK(starlink.reallocated_every == std::chrono::seconds{15});
  REQUIRE(starlink.reallocation);
  const double median = starlink.uplink_latency.law.quantile(0.5) +
                        starlink.downlink_latency.law.quantile(0.5) + 2 * starlink.reallocation->law.mean();
  CHECK(median * 1e3 == Approx(26));
}

TEST_CASE("A non-stand-alone radio breaks out in the region", "[planner][radio]") {
  // 2 ms instead of 0.5 ms one way.
  const double sa = access(R"({ "technology": "5g-sa" })").uplink_latency.law.mean();
  CHECK(access(R"({ "technology": "5g-nr" })").uplink_latency.law.mean() == sa);
  CHECK(access(R"({ "technology": "5g-nsa" })").uplink_latency.law.mean() - sa == Approx(0.0015));
}

TEST_CASE("The patience of a flow's users is that of its entry call", "[planner][sharing]") {
  const std::string text = with(small_scenario, R"("flows": { "page": { "entry": "in",)",
                                R"("flows": { "page": { "retry": { "attempts": 2, "timeout": "120 ms" },
                                   "entry": "in",)");
  const Call& entry = scenario(text).flows.at("page").calls.at("in");
  CHECK(entry.retry.attempts == 2);
  CHECK(entry.timeout == std::chrono::milliseconds{120});
  const auto issues = issues_of(
      with(text, R"("in": { "service": "web" })", R"("in": { "service": "web", "timeout": "1 s" })"));
  REQUIRE_FALSE(issues.empty());
  CHECK(issues.front().code == Code::conflicting_keys);
}

TEST_CASE("A planned outage is kept, one that should happen is refused where it says so",
          "[planner][sharing]") {
  const auto with_outage = [](const std::string& outage) {
    return issues_of(with(small_scenario, R"("strategies")",
                          R"("faults": { "blackout": )" + outage + R"( }, "strategies")"));
  };
  const auto errors = [](const std::vector<Diagnostic>& issues) {
    return std::count_if(issues.begin(), issues.end(), [](const Diagnostic& issue) {
      return info(issue.code).severity == Severity::error;
    });
  };
  CHECK(errors(with_outage(R"({ "site": "edge", "at": "18:30", "for": "25 min", "enabled": false })")) == 0);
  const auto enabled = with_outage(R"({ "site": "edge", "at": "18:30", "for": "25 min", "enabled": true })");
  REQUIRE(errors(enabled) > 0);
  CHECK(enabled.front().code == Code::not_in_this_version);
  const auto unknown = with_outage(R"({ "site": "edeg", "at": "18:30", "for": "25 min", "enabled": false })");
  REQUIRE(errors(unknown) > 0);
  CHECK(unknown.front().code == Code::unknown_reference);
}

TEST_CASE("Transfers share a way of several links at its max-min fair rate", "[planner][sharing]") {
  // Users at home and in the middle send 1 MB to the far end at once: one from home over a link of 1 MB/s and
  // then one of 2.4 MB/s, two over the second alone. The solver gives all three a third of the second, 0.8
  // MB/s: 1.25 s. Shared link by link the one from home would take 1 s before it comes to the others.
  Scenario scenario = cell_site(1);
  scenario.duration = std::chrono::seconds{4};
  scenario.populations.at("users").access.cell_uplink.reset();
  scenario.flows.at("page").request = sim::Bytes{1e6};
  for (const char* site : {"mid", "far"}) scenario.sites[site] = scenario.sites.at("home");
  scenario.links["a"] = {"home", "mid", constant(0.001), sim::BitRate{8e6}, models::Sharing::max_min, {}};
  scenario.links["b"] = {"mid", "far", constant(0.001), sim::BitRate{19.2e6}, models::Sharing::max_min, {}};
  scenario.populations["middle"] = scenario.populations.at("users");
  scenario.populations.at("middle").site = "mid";
  Workload& load = scenario.workloads.at("load");
  load.process = Workload::Process::trace;
  const std::vector<sim::Duration> one{sim::from_seconds(1)};
  load.times = std::make_shared<const std::vector<sim::Duration>>(one);
  for (const char* id : {"second", "third"}) {
    scenario.workloads[id] = load;
    scenario.workloads.at(id).population = "middle";
  }
  scenario.placement["web"] = {};
  scenario.placement["web"]["far"].pool = "box";
  const auto rates = models::max_min_rates({sim::BitRate{8e6}, sim::BitRate{19.2e6}}, {{0, 1}, {1}, {1}});
  CHECK(rates[0].value() == Approx(6.4e6));
  const auto mean_of = [&](const std::string& population) {
    return of_population(study(scenario).strategies.front(), population).mean.value;
  };
  // 3 ms of access, 2 or 4 ms of links.
  CHECK(mean_of("users") == Approx(8e9 / rates[0].value() + 7).epsilon(1e-5));
  CHECK(mean_of("middle") == Approx(8e9 / rates[1].value() + 5).epsilon(1e-5));
  CHECK(compile(scenario).world.partitions == 1);
  for (const char* link : {"a", "b"}) scenario.links.at(link).sharing = models::Sharing::fair;
  // 1 s on the first link, where the others are done but for 0.2 s of the second: 1 MB at 1.2 MB/s each.
  CHECK(mean_of("middle") == Approx(1e3 / 1.2 + 5).epsilon(1e-5));
  CHECK(mean_of("users") == Approx(1e3 + 1e3 / 2.4 + 7).epsilon(1e-5));
}
