#include <catch2/catch.hpp>

#include "small_scenario.hpp"
#include "support/scenario_builder.hpp"

// What operations on state, and what is kept, cost a month of 730 h.

using namespace test_support;
using planner::Scenario;
using planner::State;
using planner::StatePrice;
using planner::StrategyResult;

namespace {

constexpr double month = 730 * 3600.0;

StrategyResult run(const Scenario& scenario) { return study(scenario, 1).strategies[0]; }

double cost_of(const StrategyResult& result, const std::string& where) {
  for (const auto& line : result.cost)
    if (line.item == "state" && line.where == where) return line.per_month.value;
  return -1;
}

/// Users at home ask `web` there, which asks `db` far away, 100 times a second, for 100 s.
Scenario with_database(const State& state) {
  Scenario scenario = one_site(100);
  add_far_site(scenario, constant(0.020));
  scenario.services.at("web").time = constant(0.001);
  scenario.placement.at("web").at("home").replicas = 100;
  add_call(scenario, "db", "far", constant(0.001));
  scenario.placement.at("db").at("far").replicas = 100;
  scenario.services.at("db").state = state;
  return scenario;
}

StatePrice by_operation() {
  StatePrice price;
  price.per_read = sim::Money{1e-6};
  price.per_write = sim::Money{5e-6};
  return price;
}

std::string state_issue(const std::string& state) {
  const std::string text = with(small_scenario, R"("web": { "time": "5 ms",)",
                                R"("web": { "time": "5 ms", "state": )" + state + ",");
  std::string all;
  for (const planner::Diagnostic& issue : issues_of(text)) all += issue.message + "\n";
  return all;
}

}  // namespace

TEST_CASE("A cache pays a read for each lookup and a write for each miss", "[planner][state][accounting]") {
  State cache;
  cache.hit_ratio = 0.75;
  cache.price = by_operation();
  const StrategyResult result = run(with_database(cache));
  // 100 lookups a second; a quarter miss, of 10,000 with a standard error of 0.0043: bound 4 of them.
  CHECK(cost_of(result, "far/db/reads") == Approx(100 * month * 1e-6).epsilon(1e-3));
  CHECK(cost_of(result, "far/db/writes") == Approx(25 * month * 5e-6).epsilon(4 * 0.0043 / 0.25));
  CHECK(result.figures.at("cost.state").sections.overall ==
        Approx(cost_of(result, "far/db/reads") + cost_of(result, "far/db/writes")));
}

TEST_CASE("A write is paid at the primary and at each copy", "[planner][state][accounting]") {
  State replicated;
  replicated.kind = State::Kind::replicated;
  replicated.primary = "home";
  replicated.price = by_operation();
  Scenario scenario = with_database(replicated);
  scenario.placement.at("db")["home"] = scenario.placement.at("db").at("far");
  scenario.flows.at("page").calls.at("db").writes = 1.0;
  for (const auto rule : {State::Replication::asynchronous, State::Replication::synchronous}) {
    scenario.services.at("db").state->replication = rule;
    const StrategyResult result = run(scenario);
    CHECK(cost_of(result, "home/db/writes") == Approx(100 * month * 5e-6).epsilon(1e-3));
    CHECK(cost_of(result, "far/db/writes") == Approx(100 * month * 5e-6).epsilon(1e-3));
    CHECK(cost_of(result, "home/db/reads") <= 0);
  }
}

TEST_CASE("Objects are paid by request and by the time that they are awake", "[planner][state][accounting]") {
  State objects;
  objects.kind = State::Kind::objects;
  objects.items = 1;
  objects.price = StatePrice{};
  objects.price->per_request = sim::Money{1e-6};
  objects.price->awake_per_hour = sim::Money{0.36};
  Scenario scenario = with_database(objects);
  scenario.workloads.at("load").rate = 0.1;
  scenario.warmup = std::chrono::seconds{20};
  // One object, asked every 10 s: held for 1 ms, then awake for 4 s of the 10 until it hibernates.
  scenario.services.at("db").state->hibernate_after = std::chrono::seconds{4};
  const StrategyResult sleeps = run(scenario);
  CHECK(cost_of(sleeps, "far/db/requests") == Approx(0.1 * month * 1e-6).epsilon(1e-3));
  CHECK(cost_of(sleeps, "far/db/awake") == Approx(0.4001 * 730 * 0.36).epsilon(1e-3));
  // Without hibernation it is awake all the time.
  scenario.services.at("db").state->hibernate_after.reset();
  CHECK(cost_of(run(scenario), "far/db/awake") == Approx(730 * 0.36).epsilon(1e-3));
}

TEST_CASE("What awake objects cost over time adds up to what they cost", "[planner][state][series]") {
  // One object, asked every 20 s, awake for 4 s each time, in slices of 5 s: demand is constant, so a bill of
  // a month is 730 times the mean of the slices' hours, and objects' waking is all of it that is not
  // constant.
  State objects;
  objects.kind = State::Kind::objects;
  objects.items = 1;
  objects.hibernate_after = std::chrono::seconds{4};
  objects.price = StatePrice{};
  objects.price->awake_per_hour = sim::Money{0.36};
  Scenario scenario = with_database(objects);
  scenario.workloads.at("load").rate = 0.05;
  scenario.experiment.series = std::chrono::seconds{5};
  const StrategyResult result = run(scenario);
  const planner::SeriesLine* cost = planner::find_line(result.series, "cost", {}, {}, {});
  REQUIRE(cost != nullptr);
  REQUIRE(cost->points.size() == 20);
  double sum = 0;
  std::size_t asleep = 0;
  for (const auto& point : cost->points) {
    sum += point->value;
    asleep += point->value == 0.0;
  }
  CHECK(sum / 20 * 730 == Approx(result.cost_total.value).epsilon(1e-9));
  CHECK(result.cost_total.value == Approx(0.2 * 730 * 0.36).epsilon(0.01));
  CHECK(asleep >= 10);
}

TEST_CASE("What is kept is paid all month: by copies at each site, of objects once",
          "[planner][state][accounting]") {
  State state;
  state.kind = State::Kind::replicated;
  state.primary = "home";
  state.stored = sim::Bytes{40e9};
  state.price = StatePrice{};
  state.price->per_gigabyte_second = sim::Money{0.2 / month};
  Scenario scenario = with_database(state);
  scenario.placement.at("db")["home"] = scenario.placement.at("db").at("far");
  const StrategyResult copies = run(scenario);
  CHECK(cost_of(copies, "home/db/storage") == Approx(40 * 0.2));
  CHECK(cost_of(copies, "far/db/storage") == Approx(40 * 0.2));
  scenario.services.at("db").state->kind = State::Kind::objects;
  const StrategyResult objects = run(scenario);
  CHECK(cost_of(objects, "home/db/storage") + cost_of(objects, "far/db/storage") == Approx(40 * 0.2));
}

TEST_CASE("What an account has free of a store is taken off once, in all its services",
          "[planner][state][accounting]") {
  // Two services at one store, each with 100 reads a second: 2 x 262.8 million a month, of which 65.7 million
  // are free, an eighth. Each keeps 40 GB, 60 GB are free: a quarter is paid. Writes: none are free.
  State state;
  state.kind = State::Kind::replicated;
  state.primary = "far";
  state.stored = sim::Bytes{40e9};
  state.price = by_operation();
  state.price->per_gigabyte_second = sim::Money{0.2 / month};
  state.price->store = "some-store";
  state.price->free_reads = 65.7e6;
  state.price->free_storage = sim::Bytes{60e9};
  Scenario scenario = with_database(state);
  add_call(scenario, "more", "far", constant(0.001));
  scenario.placement.at("more").at("far").replicas = 100;
  scenario.services.at("more").state = state;
  const StrategyResult together = run(scenario);
  for (const char* service : {"far/db", "far/more"}) {
    CHECK(cost_of(together, service + std::string{"/reads"}) == Approx(262.8 * 7 / 8).epsilon(1e-3));
    CHECK(cost_of(together, service + std::string{"/storage"}) == Approx(40 * 0.2 / 4));
  }
  // With prices of its own each has 65.7 of 262.8 million free, a quarter, and all that it keeps.
  for (const char* service : {"db", "more"}) scenario.services.at(service).state->price->store.clear();
  const StrategyResult apart = run(scenario);
  CHECK(cost_of(apart, "far/more/reads") == Approx(262.8 * 3 / 4).epsilon(1e-3));
  CHECK(cost_of(apart, "far/more/storage") == 0.0);
}

TEST_CASE("Objects' free requests and time awake are taken off", "[planner][state][accounting]") {
  // One object, asked once a second and never asleep: 2.628 million requests, 730 h awake a month.
  State objects;
  objects.kind = State::Kind::objects;
  objects.items = 1;
  objects.price = StatePrice{};
  objects.price->per_request = sim::Money{1e-6};
  objects.price->awake_per_hour = sim::Money{0.36};
  objects.price->free_requests = 1e6;
  objects.price->free_awake = std::chrono::hours{630};
  Scenario scenario = with_database(objects);
  scenario.workloads.at("load").rate = 1;
  scenario.warmup = std::chrono::seconds{20};
  const StrategyResult result = run(scenario);
  CHECK(cost_of(result, "far/db/requests") == Approx(1.628).epsilon(1e-3));
  CHECK(cost_of(result, "far/db/awake") == Approx(100 * 0.36).epsilon(1e-3));
  scenario.services.at("db").state->price->free_awake = std::chrono::hours{800};
  CHECK(cost_of(run(scenario), "far/db/awake") == 0.0);
}

TEST_CASE("Costs of state are shared by the populations and add up to the total",
          "[planner][state][accounting]") {
  State cache;
  cache.hit_ratio = 0.5;
  cache.price = by_operation();
  Scenario scenario = with_database(cache);
  scenario.populations["others"] = scenario.populations.at("users");
  scenario.workloads["more"] = scenario.workloads.at("load");
  scenario.workloads.at("more").population = "others";
  const StrategyResult result = run(scenario);
  double sum = 0;
  for (const auto& payer : result.cost_by_population) sum += payer.per_month;
  CHECK(sum == Approx(result.cost_total.value));
  CHECK(result.cost_total.value > 200 * month * 1e-6);
}

TEST_CASE("Prices of state are read with their units, and refused where nothing has them",
          "[planner][state]") {
  const std::string text = with(
      small_scenario, R"("web": { "time": "5 ms",)",
      R"("web": { "time": "5 ms", "state": { "kind": "cache", "hit_ratio": 0.9, "stored": "40 GB", "price":
         { "read": "0.25 USD/Mreq", "write": "1.25 USD/Mreq", "storage": "0.2 USD/GB-month" } },)");
  const StatePrice price = scenario(text).services.at("web").state->price.value();
  CHECK(price.per_read.value() == Approx(0.25e-6));
  CHECK(price.per_write.value() == Approx(1.25e-6));
  CHECK(price.per_gigabyte_second.value() * month == Approx(0.2));
  CHECK(scenario(text).services.at("web").state->stored.value() == 40e9);
  const StatePrice allowed =
      scenario(with(text, R"("storage": "0.2 USD/GB-month")",
                    R"("free_reads": 1000, "free_writes": 20, "free_storage": "5 GB")"))
          .services.at("web")
          .state->price.value();
  CHECK(allowed.free_reads == 1000);
  CHECK(allowed.free_writes == 20);
  CHECK(allowed.free_storage.value() == 5e9);
  CHECK(state_issue(R"({ "kind": "cache", "hit_ratio": 0.9, "price": { "free_awake": "8 h" } })")
            .find("has no price \"free_awake\"") != std::string::npos);
  const StatePrice listed =
      scenario(
          with(
              small_scenario, R"("web": { "time": "5 ms",)",
              R"("web": { "time": "5 ms", "state": { "kind": "objects", "items": 9, "stored": "1 GB", "price":
                       { "listed": "cloudflare-durable-objects", "request": "1 USD/Mreq" } },)"))
          .services.at("web")
          .state->price.value();
  CHECK(listed.per_request.value() == Approx(1e-6));  // what is stated wins
  CHECK(listed.awake_per_hour.value() == Approx(0.128 * 12.5e-6 * 3600));
  CHECK(listed.per_gigabyte_second.value() * month == Approx(0.2));
  CHECK(listed.per_write.value() == 0);
  CHECK(state_issue(R"({ "kind": "cache", "hit_ratio": 0.9, "price": { "listed": "atlantis" } })")
            .find("\"atlantis\"") != std::string::npos);
  CHECK(state_issue(R"({ "kind": "cache", "hit_ratio": 0.9, "price": { "awake": "1 USD/h" } })")
            .find("\"awake\"") != std::string::npos);
  CHECK(state_issue(R"({ "kind": "objects", "items": 3, "price": { "read": "1 USD/Mreq" } })")
            .find("\"request\"") != std::string::npos);
  CHECK(state_issue(R"({ "kind": "cache", "hit_ratio": 0.9, "price": { "storage": "1 USD/GB-month" } })")
            .find("\"stored\"") != std::string::npos);
}
