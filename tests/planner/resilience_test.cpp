#include <catch2/catch.hpp>
#include <cmath>

#include "planner/compile.hpp"
#include "small_scenario.hpp"
#include "support/scenario_builder.hpp"

using namespace test_support;
using models::Part;
using planner::Call;
using planner::Scenario;
using sim::operator""ms;

namespace {

const planner::CallUse& call_of(const planner::StrategyResult& result, const std::string& name) {
  for (const planner::CallUse& use : result.calls)
    if (use.call == name) return use;
  throw std::runtime_error{"no call " + name};
}

std::string calls(const std::string& members) {
  return with(small_scenario, R"({ "in": { "service": "web" } })",
              "{ \"in\": { \"service\": \"web\" } " + members + " }");
}

}  // namespace

TEST_CASE("A user who waits no longer than the time-out is answered in time or not at all", "[planner]") {
  // 1 ms up, 10 ms of service, 2 ms down: 13 ms. 10 requests/s over 100 s meet a free replica.
  Scenario scenario = one_site(10);
  Call& in = scenario.flows.at("page").calls.at("in");
  in.timeout = 13ms + sim::Duration{1};
  const planner::StrategyResult patient = study(scenario).strategies[0];
  CHECK(patient.slices[0].failed == 0);
  CHECK(patient.slices[0].mean.value == Approx(13));

  in.timeout = 12ms;
  in.retry.attempts = 3;
  const planner::StrategyResult hasty = study(scenario).strategies[0];
  CHECK(hasty.slices[0].answered == 0);
  CHECK(hasty.slices[0].failed == 1000);
  const models::GuardResult& counts = call_of(hasty, "in").counts;
  CHECK(counts.timed_out == counts.failed);
  CHECK(counts.attempts >= 2990);  // three for each; up to 36 ms of them fall beyond the recorded span
  CHECK(counts.attempts <= 3000);
  CHECK(hasty.pools[0].requests >= 2990);  // the service works for nobody
}

TEST_CASE("Retries turn independent failures into answers, and their time is charged to retry", "[planner]") {
  // Half of the attempts fail after 13 ms; three attempts leave 1/8. An answer needed 0, 1 or 2 retries with
  // probabilities 4/7, 2/7 and 1/7: 4/7 of them on average, 13 ms each without a back-off.
  Scenario scenario = one_site(10);
  scenario.placement.at("web").at("home").replicas = 50;
  scenario.services.at("web").failure = 0.5;
  scenario.flows.at("page").calls.at("in").retry.attempts = 3;
  const planner::Slice slice = study(scenario, 20).strategies[0].slices[0];
  constexpr double requests = 20'000;
  CHECK(std::abs(slice.ok.value - 0.875) < 4 * std::sqrt(0.125 * 0.875 / requests));
  const double retries = part(slice.parts, Part::retry) / 13;
  const double variance = (2.0 + 4.0) / 7 - 16.0 / 49;  // E[n^2] - E[n]^2
  CHECK(std::abs(retries - 4.0 / 7) < 4 * std::sqrt(variance / (requests * 0.875)));
  CHECK(part(slice.parts, Part::compute) == Approx(10));
}

TEST_CASE("Back-off grows by its factor up to its limit, and jitter spreads it", "[planner]") {
  Scenario scenario = one_site(10);
  scenario.services.at("web").failure = 1.0;
  Call& in = scenario.flows.at("page").calls.at("in");
  in.retry.attempts = 4;
  in.retry.backoff = 10ms;
  in.retry.factor = 3;
  in.retry.longest_backoff = 40ms;
  const auto waits = [&] {
    std::vector<double> found;  // [ms]
    const planner::CompiledScenario compiled = planner::compile(scenario);
    for (const models::Step& step : compiled.world.steps) {
      if (step.kind != models::StepKind::delay || step.part != Part::retry) continue;
      found.push_back(sim::to_seconds(step.fixed) * 1e3);
      if (step.law != models::none) found.back() += compiled.world.laws[step.law].mean() * 1e3;
    }
    for (double& wait : found) wait = std::round(wait * 1e6) / 1e6;
    return found;
  };
  CHECK(waits() == std::vector<double>{10, 30, 40});
  in.retry.jitter = planner::Retry::Jitter::full;
  CHECK(waits() == std::vector<double>{5, 15, 20});
  in.retry.jitter = planner::Retry::Jitter::equal;
  CHECK(waits() == std::vector<double>{7.5, 22.5, 30});
}

TEST_CASE("A hedged call is answered by the copy when the first is slow", "[planner]") {
  // Two values of the service time, drawn anew for the copy: 10 or 200 ms with equal chances. A copy is sent
  // after 20 ms if the first takes 200; it takes 10 in half of these cases.
  Scenario scenario = one_site(1);
  scenario.placement.at("web").at("home").replicas = 9;
  scenario.services.at("web").time = law(sim::Distribution::discrete({0.01, 0.2}, {0.5, 0.5}));
  scenario.flows.at("page").calls.at("in").hedge_after = 20ms;
  const planner::StrategyResult result = study(scenario, 20).strategies[0];
  const models::GuardResult& counts = call_of(result, "in").counts;
  const auto requests = static_cast<double>(counts.attempts);
  REQUIRE(requests >= 1990);
  CHECK(std::abs(static_cast<double>(counts.hedged) / requests - 0.5) < 4 * std::sqrt(0.25 / requests));
  // 13 ms, 33 ms or 203 ms with 1/2, 1/4, 1/4.
  const double mean = 13 / 2.0 + 33 / 4.0 + 203 / 4.0;
  const double variance = 13.0 * 13 / 2 + 33.0 * 33 / 4 + 203.0 * 203 / 4 - mean * mean;
  CHECK(std::abs(result.slices[0].mean.value - mean) < 4 * std::sqrt(variance / requests));
}

TEST_CASE("An optional call may fail, an asynchronous one is not waited for", "[planner]") {
  Scenario scenario = one_site(10);
  Call& helper = add_call(scenario, "helper", "home", constant(0.5));
  scenario.placement.at("helper").at("home").replicas = 20;
  helper.timeout = 5ms;
  CHECK(study(scenario).strategies[0].slices[0].answered == 0);
  helper.can_fail = true;
  const planner::Slice without = study(scenario).strategies[0].slices[0];
  CHECK(without.failed == 0);
  CHECK(without.mean.value == Approx(13 + 5));

  helper = Call{};
  helper.service = "helper";
  helper.asynchronous = true;
  const planner::StrategyResult sent = study(scenario).strategies[0];
  CHECK(sent.slices[0].mean.value == Approx(13));
  CHECK(sent.slices[0].unfinished == 0);
  CHECK(sent.pools[0].service == "helper");
  CHECK(sent.pools[0].requests >= 999);
}

TEST_CASE("A service answers when its quorum has", "[planner]") {
  // It calls three others at once, which take 5, 20 and 80 ms.
  Scenario scenario = one_site(1);
  add_call(scenario, "a", "home", constant(0.005));
  add_call(scenario, "b", "home", constant(0.020));
  add_call(scenario, "c", "home", constant(0.080));
  for (const auto& [quorum, slowest] : std::map<std::uint32_t, double>{{0, 80}, {1, 5}, {2, 20}, {3, 80}}) {
    scenario.flows.at("page").calls.at("in").quorum = quorum;
    CHECK(study(scenario).strategies[0].slices[0].mean.value == Approx(13 + slowest));
  }
}

TEST_CASE("A breaker spares a service that only fails", "[planner]") {
  Scenario scenario = one_site(10);
  scenario.services.at("web").failure = 1.0;
  Call& in = scenario.flows.at("page").calls.at("in");
  in.breaker = models::CircuitBreaker::Spec{
      .window = 20, .minimum_calls = 20, .open_for = std::chrono::seconds{10}, .probes = 1};
  const models::GuardResult counts = study(scenario).strategies[0].calls[0].counts;
  // 20 calls, then a probe every 10 s of the 100 s.
  CHECK(counts.attempts >= 20 + 8);
  CHECK(counts.attempts <= 20 + 10);
  CHECK(counts.attempts + counts.turned_away == 1000);
}

TEST_CASE("Resilience is read from the scenario", "[planner]") {
  const Scenario read = scenario(calls(R"(,
    "a": { "service": "web", "timeout": "200 ms", "hedge_after": "40 ms", "optional": true,
           "retry": { "attempts": 3, "backoff": "50 ms", "factor": 1.5, "longest_backoff": "1 s", "jitter": "equal",
                      "budget": { "tokens": 20, "ratio": 0.2 } },
           "breaker": { "window": 40, "threshold": "25 %", "open_for": "5 s", "probes": 4 } },
    "b": { "service": "web", "from": "a", "async": true })"));
  const Call& a = read.flows.at("page").calls.at("a");
  CHECK(a.timeout == 200ms);
  CHECK(a.hedge_after == 40ms);
  CHECK(a.can_fail);
  CHECK(a.retry.attempts == 3);
  CHECK(a.retry.backoff == 50ms);
  CHECK(a.retry.factor == 1.5);
  CHECK(a.retry.longest_backoff == 1000ms);
  CHECK(a.retry.jitter == planner::Retry::Jitter::equal);
  CHECK(a.retry.budget == models::RetryBudget::Spec{.tokens = 20, .ratio = 0.2});
  CHECK(a.breaker == models::CircuitBreaker::Spec{.window = 40,
                                                  .minimum_calls = 40,
                                                  .threshold = 0.25,
                                                  .open_for = std::chrono::seconds{5},
                                                  .probes = 4});
  CHECK(read.flows.at("page").calls.at("b").asynchronous);
}

TEST_CASE("Impossible quorums, multiplying retries and empty breakers are refused where they stand",
          "[planner]") {
  const auto code = [](const std::string& members) {
    const auto issues = issues_of(calls(members));
    return issues.empty() ? std::string{} : planner::name(issues.front().code);
  };
  CHECK(code(R"(, "a": { "service": "web", "quorum": 1 })") == "E2150");
  CHECK(code(R"(, "a": { "service": "web", "quorum": 3 }, "b": { "service": "web", "from": "a" },
                "c": { "service": "web", "from": "a" })") == "E2150");
  CHECK(code(R"(, "a": { "service": "web", "quorum": 2 }, "b": { "service": "web", "from": "a" },
                "c": { "service": "web", "from": "a", "async": true })") == "E2150");
  CHECK(code(R"(, "a": { "service": "web", "quorum": 2 }, "b": { "service": "web", "from": "a" },
                "c": { "service": "web", "from": "a" })")
            .empty());
  CHECK(code(R"(, "a": { "service": "web", "retry": { "attempts": 9 } },
                "b": { "service": "web", "from": "a", "retry": { "attempts": 8 } })") == "E2151");
  CHECK(code(R"(, "a": { "service": "web", "breaker": { "window": 10, "minimum_calls": 11 } })") == "E1105");
  CHECK(code(R"(, "a": { "service": "web", "breaker": { "threshold": 0 } })") == "E1105");
  CHECK(code(R"(, "a": { "service": "web", "timeout": "2 d" })") == "E3005");
}
