#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "planner/compile.hpp"
#include "sim/statistics.hpp"
#include "small_scenario.hpp"
#include "support/scenario_builder.hpp"

// State of services in scenarios, and users who wait for their answers.

using namespace test_support;
using models::Part;
using planner::Code;
using planner::Scenario;
using planner::State;
using planner::StateUse;
using planner::StrategyResult;
using sim::operator""ms;

namespace {

StrategyResult run(const Scenario& scenario, std::uint32_t replications = 1) {
  return study(scenario, replications).strategies[0];
}

/// Sum over the sites.
models::StoreResult counts(const StrategyResult& result) {
  models::StoreResult sum;
  for (const StateUse& use : result.state) sum += use.counts;
  return sum;
}

double share(std::uint64_t part, std::uint64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

/// Users at home ask `web` there, which asks `db`; both take 1 ms and have room for all. Poisson.
Scenario with_database(double rate) {
  Scenario scenario = one_site(rate);
  add_far_site(scenario, constant(0.020));
  scenario.services.at("web").time = constant(0.001);
  scenario.placement.at("web").at("home").replicas = 1000;
  add_call(scenario, "db", "far", constant(0.001));
  scenario.placement.at("db").at("far").replicas = 1000;
  scenario.workloads.at("load").process = planner::Workload::Process::poisson;
  return scenario;
}

State cache(double hit_ratio) {
  State state;
  state.hit_ratio = hit_ratio;
  return state;
}

State replicated(State::Replication rule, std::uint32_t quorum = 0) {
  State state;
  state.kind = State::Kind::replicated;
  state.primary = "home";
  state.replication = rule;
  state.quorum = quorum;
  return state;
}

/// One population writes to `db` at home, whose other copies are 20 ms and 40 ms away.
Scenario with_copies(const State& state, double writes) {
  Scenario scenario = with_database(100);
  scenario.sites["farther"] = scenario.sites.at("far");
  scenario.links["home--farther"] = {"home", "farther", constant(0.040), {}, {}, {}};
  for (const char* site : {"home", "farther"})
    scenario.placement.at("db")[site] = scenario.placement.at("db").at("far");
  scenario.services.at("db").state = state;
  scenario.flows.at("page").calls.at("db").writes = writes;
  return scenario;
}

std::string issue_of(const std::string& text) {
  std::string all;  // of every strategy
  for (const planner::Diagnostic& issue : issues_of(text))
    all += name(issue.code) + " " + issue.message + "\n";
  return all;
}

}  // namespace

TEST_CASE("Who hits a cache does not make the calls, who misses does", "[planner][state]") {
  Scenario scenario = with_database(200);
  scenario.services.at("web").state = cache(0.75);
  const StrategyResult result = run(scenario, 10);
  const planner::Slice& slice = result.slices[0];
  // 1 + 2 ms of access, 1 ms of work; a miss (1/4) 20 + 1 + 20 ms more.
  const double misses = 1 - share(counts(result).hits, counts(result).requests);
  CHECK(slice.mean.value == Approx(4 + 41 * misses).epsilon(1e-4));
  const double requests = static_cast<double>(counts(result).requests);
  CHECK(std::abs(misses - 0.25) < 4 * std::sqrt(0.25 * 0.75 / requests));
  CHECK(share(result.pools[0].requests, slice.answered) == Approx(misses).epsilon(0.01));
  // The queueing formulas know the share: no waits here, so they are exact.
  REQUIRE(slice.analytic_mean);
  CHECK(slice.analytic_mean->value == Approx(4 + 41 * 0.25));
}

TEST_CASE("What a miss takes is charged to state", "[planner][state]") {
  Scenario scenario = one_site(10);
  scenario.placement.at("web").at("home").replicas = 50;
  State state = cache(0.0);
  state.miss = constant(0.030);
  scenario.services.at("web").state = state;
  const planner::Slice slice = run(scenario).slices[0];
  CHECK(part(slice.parts, Part::state) == Approx(30));
  CHECK(slice.mean.value == Approx(1 + 2 + 10 + 30));
}

TEST_CASE("A cache of what is popular hits as Che's approximation says, at each site", "[planner][state]") {
  Scenario scenario = one_site(500);
  scenario.workloads.at("load").process = planner::Workload::Process::poisson;
  scenario.placement.at("web").at("home").replicas = 1000;
  scenario.warmup = std::chrono::seconds{50};
  State state;
  state.items = 1000;
  state.popularity = 0.8;
  state.capacity = 100;
  scenario.services.at("web").state = state;
  const StrategyResult result = run(scenario, 2);
  // Che, Tung, Wang 2002: 0.37779 (theory: cache-che-N1000-C100), within 1 %.
  CHECK(share(counts(result).hits, counts(result).requests) == Approx(0.37779).epsilon(0.01));
}

TEST_CASE("A session is loaded once a user, and again after a silence", "[planner][state]") {
  Scenario scenario = one_site(10);
  scenario.placement.at("web").at("home").replicas = 50;
  State state;
  state.kind = State::Kind::session;
  state.key = State::Key::user;
  state.miss = constant(0.005);
  scenario.services.at("web").state = state;
  // 1,000 requests of 100 users: 100 first ones, but for those of users who happen not to ask
  // (each with probability (99/100)^1000 = 4e-5).
  const models::StoreResult forever = counts(run(scenario));
  CHECK(forever.requests == 1000);
  CHECK(forever.requests - forever.hits == 100);

  // A user asks at rate 1/10 s: silent for longer than 10 s with probability about exp(-1).
  scenario.workloads.at("load").process = planner::Workload::Process::poisson;
  scenario.warmup = std::chrono::seconds{100};
  scenario.services.at("web").state->time_to_live = std::chrono::seconds{10};
  scenario.services.at("web").state->time_to_live_rule = models::TtlEntry::Rule::from_last_request;
  const models::StoreResult idle = counts(run(scenario, 20));
  const double misses = 1 - share(idle.hits, idle.requests);
  // Users are drawn one by one, so their gaps are exponential. 20,000 requests.
  CHECK(std::abs(misses - std::exp(-1)) < 4 * std::sqrt(0.37 * 0.63 / static_cast<double>(idle.requests)));
}

TEST_CASE("A user's session stays with one of the sites that share users", "[planner][state]") {
  Scenario scenario = one_site(50);
  add_far_site(scenario, constant(0.020));
  scenario.placement.at("web")["far"] = scenario.placement.at("web").at("home");
  scenario.routing.policy = planner::Routing::Policy::weighted;
  scenario.routing.weights = {{"home", 1}, {"far", 1}};
  State state;
  state.kind = State::Kind::session;
  state.key = State::Key::user;
  scenario.services.at("web").state = state;
  // 5,000 requests of 100 users: a miss each. Drawn by request, most users would have been at both sites.
  const StrategyResult result = run(scenario);
  CHECK(counts(result).requests - counts(result).hits == 100);
  CHECK(result.state.size() == 2);
}

TEST_CASE("An object stands at one site, wherever it is asked for", "[planner][state]") {
  Scenario scenario = one_site(20);
  add_far_site(scenario, constant(0.020));
  scenario.placement.at("web")["far"] = scenario.placement.at("web").at("home");
  for (auto& [site, placement] : scenario.placement.at("web")) placement.replicas = 100;
  planner::Population others = scenario.populations.at("users");
  others.site = "far";
  scenario.populations["others"] = others;
  planner::Workload load = scenario.workloads.at("load");
  load.population = "others";
  load.rate = 60;
  scenario.workloads["other-load"] = load;
  State state;
  state.kind = State::Kind::objects;
  state.items = 1;
  scenario.services.at("web").state = state;
  scenario.services.at("web").time = constant(0.001);
  // A quarter of the requests come from home, so a single object stands there in a quarter of the
  // replications.
  int at_home = 0;
  constexpr int replications = 100;
  const planner::CompiledScenario compiled = planner::compile(scenario);
  for (std::uint32_t i = 0; i < replications; ++i) {
    models::World world{compiled.world, {.seed = 5, .replication = i}};
    const models::WorldResult result = world.run();
    REQUIRE(compiled.stores.size() == 2);
    CHECK(std::min(result.stores[0].requests, result.stores[1].requests) == 0);
    const std::size_t home = compiled.stores[0].site == "home" ? 0 : 1;
    at_home += result.stores[home].requests > 0 ? 1 : 0;
  }
  CHECK(std::abs(at_home - 25) < 4 * std::sqrt(100 * 0.25 * 0.75));
}

TEST_CASE("A hot object is a queue of its own beside idle replicas", "[planner][state]") {
  Scenario scenario = one_site(40);
  scenario.workloads.at("load").process = planner::Workload::Process::poisson;
  scenario.placement.at("web").at("home").replicas = 100;
  State state;
  state.kind = State::Kind::objects;
  state.items = 1;
  scenario.services.at("web").state = state;
  // M/D/1 of 40/s x 10 ms: waits 0.4 / (2 x 0.6) x 10 ms = 3.33 ms on average, charged to state.
  scenario.duration = std::chrono::seconds{1000};
  const planner::Slice slice = run(scenario, 10).slices[0];
  CHECK(part(slice.parts, Part::state) == Approx(10.0 / 3).epsilon(0.03));
  CHECK(part(slice.parts, Part::pool_queue) == 0);
  CHECK(slice.mean.value == Approx(3 + 10 + part(slice.parts, Part::state)).epsilon(1e-4));
}

TEST_CASE("A write is answered by the primary, by all copies, or by a quorum", "[planner][state]") {
  using Rule = State::Replication;
  const auto mean = [](const State& state) { return run(with_copies(state, 1)).slices[0].mean.value; };
  // 3 ms of access, 1 ms at web, 1 ms at the primary; then 40 ms there and back to the nearer copy, 80 ms to
  // both at once.
  CHECK(mean(replicated(Rule::asynchronous)) == Approx(5).margin(1e-3));
  CHECK(mean(replicated(Rule::quorum, 2)) == Approx(45).margin(1e-3));
  CHECK(mean(replicated(Rule::synchronous)) == Approx(85).margin(1e-3));
  CHECK(mean(replicated(Rule::quorum, 1)) == Approx(5).margin(1e-3));
}

TEST_CASE("Reads of a copy are stale while writes are on their way", "[planner][state]") {
  // Users at far read there; users at home write at the primary, 10/s to one item: on their way for 20 ms
  // and 30 ms of lag, a read is stale with probability 1 - exp(-10 x 0.05) = 0.39347.
  State state = replicated(State::Replication::asynchronous);
  state.lag = constant(0.030);
  Scenario scenario = with_copies(state, 1);
  scenario.workloads.at("load").rate = 10;
  planner::Population readers = scenario.populations.at("users");
  readers.site = "far";
  scenario.populations["readers"] = readers;
  planner::Flow reading = scenario.flows.at("page");
  reading.calls.at("db").writes = 0;
  scenario.flows["reading"] = reading;
  planner::Workload load = scenario.workloads.at("load");
  load.population = "readers";
  load.flow = "reading";
  load.rate = 50;
  scenario.workloads["reads"] = load;
  scenario.placement.at("web")["far"] = scenario.placement.at("web").at("home");
  sim::Moments stale;
  for (std::uint32_t i = 0; i < 20; ++i) {
    scenario.experiment.seed = 100 + i;
    planner::StudyOptions options;
    options.replications = 1;
    options.seed = 100 + i;
    const StrategyResult result = planner::run_study({scenario}, options).strategies[0];
    for (const StateUse& use : result.state)
      if (use.site == "far") stale.add(share(use.counts.stale, use.counts.requests));
  }
  CHECK(stale.count() == 20);
  CHECK(std::abs(stale.mean() - (1 - std::exp(-0.5))) <= 4 * stale.standard_error());
}

TEST_CASE("Writes cost what leaves the primary's site for the copies", "[planner][state][accounting]") {
  Scenario scenario = with_copies(replicated(State::Replication::asynchronous), 1);
  scenario.flows.at("page").calls.at("db").request = sim::Bytes{1e6};
  for (auto& [id, site] : scenario.sites) site.egress_per_gb = sim::Money{0.05};
  const StrategyResult result = run(scenario);
  double egress = 0;
  for (const planner::CostRow& row : result.cost)
    if (row.item == "egress") egress += row.per_month.value;
  // Two copies of 1 MB a write: 0.002 GB at 0.05 USD, 100 writes/s of the 2,628,000 s in a month; the writes
  // themselves stay at home. The sample of 10,000 arrivals varies by 1 %.
  CHECK(egress == Approx(0.002 * 0.05 * 100 * 2'628'000).epsilon(0.04));
}

TEST_CASE("Requests go where the data of their population may be", "[planner][state][residency]") {
  Scenario scenario = one_site(10);
  add_far_site(scenario, constant(0.020));
  scenario.placement.at("web")["far"] = scenario.placement.at("web").at("home");
  scenario.sites.at("far").labels["sovereign"] = "eu";
  CHECK(run(scenario).slices[0].mean.value == Approx(13));
  scenario.populations.at("users").residency.emplace().labels["sovereign"] = "eu";
  CHECK(run(scenario).slices[0].mean.value == Approx(13 + 40));
}

TEST_CASE("Data that must not be where it would be is refused with both", "[planner][state][residency]") {
  const auto with_residency = [](const std::string& residency) {
    return with(small_scenario, R"("users": 1000,)", R"("users": 1000, "residency": )" + residency + ",");
  };
  const std::string countries = with_residency(R"({ "countries": ["NL"] })");
  CHECK_THAT(issue_of(countries), Catch::StartsWith("E2161") && Catch::Contains("\"web\"") &&
                                      Catch::Contains("cloud (country not stated)"));
  const std::string allowed =
      with(countries, R"("lat": 50.1, "lon": 8.7)", R"("lat": 50.1, "lon": 8.7, "country": "NL")");
  // Strategy `edge` places it where no country is stated.
  CHECK_THAT(issue_of(allowed), Catch::Contains("strategy \"edge\"") && Catch::Contains("edge ("));
}

TEST_CASE("State that cannot be is refused at its place", "[planner][state]") {
  const auto with_state = [](const std::string& state) {
    return issue_of(with(small_scenario, R"("cpu": "1 vCPU")", R"("cpu": "1 vCPU", "state": )" + state));
  };
  CHECK(with_state(R"({ "kind": "cache", "hit_ratio": 0.9 })").empty());
  CHECK_THAT(with_state(R"({ "kind": "cache" })"), Catch::StartsWith("E1103"));
  CHECK_THAT(with_state(R"({ "kind": "cache", "hit_ratio": 0.9, "items": 10 })"), Catch::StartsWith("E1110"));
  CHECK_THAT(with_state(R"({ "kind": "session", "primary": "cloud" })"), Catch::StartsWith("E1110"));
  CHECK_THAT(with_state(R"({ "kind": "replicated", "items": 5 })"), Catch::StartsWith("E1103"));
  CHECK_THAT(with_state(R"({ "kind": "replicated", "items": 5, "primary": "clout" })"),
             Catch::StartsWith("E2104"));
  // Strategy `cloud` has no copy at the edge.
  CHECK_THAT(with_state(R"({ "kind": "replicated", "items": 5, "primary": "edge" })"),
             Catch::StartsWith("E2160") && Catch::Contains("\"edge\""));
  CHECK_THAT(with_state(R"({ "kind": "replicated", "items": 5, "primary": "cloud", "replication": "quorum",
                             "quorum": 2 })"),
             Catch::Contains("E2160 a quorum of 2 copies, but \"web\" is placed at 1 sites"));
  CHECK_THAT(
      issue_of(with(small_scenario, R"({ "service": "web" })", R"({ "service": "web", "writes": 0.5 })")),
      Catch::StartsWith("E1110"));
}

TEST_CASE("Users who wait for their answers are a finite source", "[planner][closed]") {
  // 10 clients think 20 s, two servers of 5 s, all exponential (theory: machine-repair): 0.34170649
  // requests/s.
  Scenario scenario = one_site(1);
  planner::Workload& load = scenario.workloads.at("load");
  load.process = planner::Workload::Process::closed;
  load.users = 10;
  load.think = law(sim::Distribution::exponential(20));
  load.rate = 0.5;
  scenario.populations.at("users").access.uplink_latency = constant(0);
  scenario.populations.at("users").access.downlink_latency = constant(0);
  scenario.services.at("web").time = law(sim::Distribution::exponential(5));
  scenario.placement.at("web").at("home").replicas = 2;
  scenario.warmup = std::chrono::seconds{500};
  scenario.duration = std::chrono::seconds{20'000};
  sim::Moments throughput, response;
  const planner::CompiledScenario compiled = planner::compile(scenario);
  for (std::uint32_t i = 0; i < 40; ++i) {
    const models::WorldResult result = models::World{compiled.world, {.seed = 1, .replication = i}}.run();
    throughput.add(static_cast<double>(result.classes[0].started) / 20'000);
    response.add(result.classes[0].latency.mean() * 1e-9);
  }
  CHECK(std::abs(throughput.mean() - 0.3417064962324767) <= 4 * throughput.standard_error());
  CHECK(std::abs(response.mean() - 9.264881148752286) <= 4 * response.standard_error());
  // Asymptotic bounds: 10 / (20 + 5) without waiting, 2 / 5 at most.
  CHECK(compiled.sources[0].recorded_rate == Approx(std::min(10.0 / 25, 0.99 * 2 / 5)));
  // Money a request follows what was asked, not the bound: all of the month's requests are answered.
  scenario.sites.at("home").pools.at("box").node_price_per_hour = sim::Money{1};
  const StrategyResult result = run(scenario, 5);
  const double per_month = result.cost_total.value / result.cost_per_1000 * 1000;
  CHECK(per_month / 2'628'000 == Approx(0.3417).epsilon(0.02));
}

TEST_CASE("Users who wait obey the interactive response-time law", "[planner][closed]") {
  // N = X (R + Z): 100 users who think 1 s; Little's law, exact but for the ends of the span.
  Scenario scenario = one_site(1);
  planner::Workload& load = scenario.workloads.at("load");
  load.process = planner::Workload::Process::closed;
  load.users = 100;
  load.think = constant(1);
  load.rate = 100;
  scenario.warmup = std::chrono::seconds{20};
  scenario.placement.at("web").at("home").replicas = 1;
  scenario.services.at("web").time = law(sim::Distribution::exponential(0.012));
  const StrategyResult result = run(scenario, 5);
  const planner::Slice& slice = result.slices[0];
  const double throughput = static_cast<double>(slice.started) / 500;
  CHECK(throughput * (slice.mean.value * 1e-3 + 1) == Approx(100).epsilon(0.005));
  CHECK(slice.failed == 0);
}

TEST_CASE("A replayed request takes as long as it did", "[planner][trace]") {
  Scenario scenario = one_site(1);
  planner::Workload& load = scenario.workloads.at("load");
  load.process = planner::Workload::Process::trace;
  load.times =
      std::make_shared<const std::vector<sim::Duration>>(std::vector<sim::Duration>{10ms, 1000ms, 2000ms});
  load.durations =
      std::make_shared<const std::vector<sim::Duration>>(std::vector<sim::Duration>{5ms, 100ms, 45ms});
  const planner::Slice slice = run(scenario).slices[0];
  CHECK(slice.answered == 3);
  CHECK(part(slice.parts, Part::compute) == Approx(50));
  CHECK(slice.mean.value == Approx(53));
}

TEST_CASE("State of the items of another service is asked for the same item in the same request",
          "[planner][state]") {
  // Two caches of 10 of 100 items, one after the other. With the same items the second holds what the first
  // does, and both are hit or missed by the same requests; with items of its own it is by others.
  const auto hits = [](const std::string& items_of) {
    Scenario scenario = with_database(100);
    State state;
    state.items = 100;
    state.popularity = 0.8;
    state.capacity = 10;
    add_call(scenario, "first", "home", constant(0.001));
    scenario.services.at("first").state = state;
    state.items_of = items_of;
    add_call(scenario, "second", "home", constant(0.001));
    scenario.services.at("second").state = state;
    std::map<std::string, models::StoreResult> of;
    const StrategyResult result = run(scenario);
    for (const StateUse& use : result.state) of[use.service] += use.counts;
    REQUIRE(of.at("first").hits > 1000);
    return std::pair{of.at("first").hits, of.at("second").hits};
  };
  const auto same = hits("first"), other = hits("");
  CHECK(same.first == same.second);
  CHECK(other.first != other.second);
}

TEST_CASE("Items of another service are those that it has", "[planner][state]") {
  const auto text = [](const std::string& cache, const std::string& objects) {
    return with(small_scenario, R"("web": { "time": "5 ms", "cpu": "1 vCPU" })",
                R"("web": { "time": "5 ms", "cpu": "1 vCPU", "state": { "kind": "cache", )" + cache +
                    R"( } }, "stock": { "time": "1 ms", "cpu": "1 vCPU", "state": { "kind": "objects", )" +
                    objects + " } }");
  };
  const std::string cache = R"("items": 500, "popularity": 0.9, "capacity": 50)";
  const std::string used =
      with(text(cache, R"("items_of": "web")"), R"("calls": { "in": { "service": "web" } })",
           R"("calls": { "in": { "service": "web" }, "take": { "service": "stock" } })");
  const std::string placed =
      with(used, R"("placement": {)", R"("placement": { "stock": { "cloud": { "replicas": 1 } },)");
  CHECK(issue_of(placed).find("E2") == std::string::npos);
  const State& stock = *scenario(placed).services.at("stock").state;
  CHECK(stock.items == 500);
  CHECK(stock.popularity == 0.9);
  CHECK_THAT(issue_of(text(cache, R"("items_of": "wep")")), Catch::Contains("there is no service"));
  CHECK_THAT(issue_of(text(cache, R"("items_of": "web", "items": 7)")),
             Catch::Contains("whose \"items\" holds"));
  CHECK_THAT(issue_of(text(R"("hit_ratio": "50 %")", R"("items_of": "web")")),
             Catch::Contains("no items of its own"));
}

TEST_CASE("A time to think that is no law is told once", "[planner][closed]") {
  const std::string text = with(small_scenario, R"({ "rate": "20 req/s" })",
                                R"({ "process": "closed", "users": 5,
                     "think": { "dist": "lognormal", "median": "2 s", "p99": "1 s" } })");
  std::size_t laws = 0;
  const std::vector<planner::Diagnostic> issues = issues_of(text);
  for (const planner::Diagnostic& issue : issues) laws += issue.code == Code::bad_law ? 1 : 0;
  CHECK(laws == 1);
  CHECK_THAT(issue_of(text), Catch::Contains("p99 is below the median"));
}
