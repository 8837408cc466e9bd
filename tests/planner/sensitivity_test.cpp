#include "planner/sensitivity.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "small_scenario.hpp"

using planner::Document;
using planner::Effect;
using planner::Sensitivity;
using planner::Tornado;
using test_support::small_scenario;
using test_support::with;

namespace {

const std::string base = with(with(small_scenario, R"("duration": "10 min")", R"("duration": "1 min")"),
                              R"("flows": { "page": {)", R"("flows": { "page": { "deadline": "40 ms", )");

Sensitivity tornadoes(const std::string& text, const std::string& strategy, double by,
                      const std::string& assertion = {}) {
  planner::SensitivityOptions options{strategy, {}, assertion, by, {}};
  options.study.replications = 2;
  const auto load = [&](const std::vector<std::string>& sets) {
    planner::Overlays overlays;
    overlays.sets = sets;
    return test_support::document(text, overlays);
  };
  return planner::find_sensitivity(load, options);
}

/// Of p99 of the only flow against its deadline.
Tornado sensitivity(const std::string& text, const std::string& strategy, double by) {
  Sensitivity all = tornadoes(text, strategy, by);
  REQUIRE(all.tornadoes.size() == 1);
  return std::move(all.tornadoes.front());
}

const Effect& effect_of(const Tornado& all, const std::string& pointer) {
  const auto found = std::ranges::find_if(
      all.effects, [&](const Effect& effect) { return effect.input.pointer == pointer; });
  REQUIRE(found != all.effects.end());
  return *found;
}

}  // namespace

TEST_CASE("Inputs are the numbers of the world, not places and names", "[planner][sensitivity]") {
  const auto inputs = planner::inputs_of(test_support::document(base).resolve("both"));
  std::vector<std::string> pointers;
  for (const auto& input : inputs) pointers.push_back(input.pointer);
  const auto has = [&](const char* pointer) { return std::ranges::count(pointers, pointer) == 1; };
  CHECK(has("/services/web/time"));
  CHECK(has("/workloads/w/arrivals/rate"));
  CHECK(has("/populations/users/access/latency"));
  CHECK(has("/placement/web/edge/replicas"));
  CHECK_FALSE(has("/sites/edge/at/lat"));
  CHECK_FALSE(has("/flows/page/deadline"));
  CHECK_FALSE(has("/isochrone"));
  // A bare quantity states no basis.
  CHECK(std::ranges::find(inputs, "/services/web/time", &planner::Input::pointer)->assumed);
}

TEST_CASE("The effect of an input is that of the formula", "[planner][sensitivity]") {
  const Tornado all = sensitivity(base, "cloud", 0.1);
  // 9 ms of access each way: a tenth of it is 0.9 ms, twice.
  const Effect& access = effect_of(all, "/populations/users/access/latency");
  // What is left of the deadline shrinks by it.
  CHECK(access.raised->value == Approx(-1.8).epsilon(0.02));
  CHECK(access.lowered->value == Approx(1.8).epsilon(0.02));
  // 20 requests a second of 5 ms on six servers: no queue, a tenth of 5 ms.
  CHECK(effect_of(all, "/services/web/time").raised->value == Approx(-0.5).epsilon(0.05));
  // A price changes no latency.
  CHECK(effect_of(all, "/sites/edge/pools/box/price").size() == 0);
  CHECK(std::ranges::is_sorted(all.effects, std::greater{}, &Effect::size));
  CHECK(all.effects.front().input.pointer == "/populations/users/access/latency");
}

TEST_CASE("An input that carries p99 over the deadline flips the answer", "[planner][sensitivity]") {
  const Tornado before = sensitivity(base, "cloud", 0.1);
  // Just below the deadline: a tenth more of access goes over it, a tenth less of a price does not.
  // Of the deadline of 40 ms, the margin is left.
  const double deadline = 40 - before.margin.value + 0.5;
  const std::string tight = with(base, "40 ms", std::to_string(deadline) + " ms");
  const Tornado all = sensitivity(tight, "cloud", 0.1);
  CHECK(effect_of(all, "/populations/users/access/latency").flips);
  CHECK_FALSE(effect_of(all, "/sites/edge/pools/box/price").flips);
}

TEST_CASE("What cannot be run when varied is told with its reason", "[planner][sensitivity]") {
  // 1,150/s on servers for 1,200/s: a tenth more is too much.
  const Tornado all = sensitivity(with(base, "20 req/s", "1150 req/s"), "cloud", 0.1);
  const Effect& rate = effect_of(all, "/workloads/w/arrivals/rate");
  CHECK_FALSE(rate.raised.has_value());
  CHECK_FALSE(rate.raised_problem.empty());
  CHECK(rate.flips);
}

TEST_CASE("A count moves by a whole number at least", "[planner][sensitivity]") {
  // 6 replicas times 0.9 and 1.1 are none: 5 carry 1,000/s of 5 ms each, 7 carry 1,400/s.
  const Tornado all = sensitivity(with(base, "20 req/s", "990 req/s"), "cloud", 0.1);
  const Effect& replicas = effect_of(all, "/placement/web/cloud/replicas");
  REQUIRE(replicas.lowered.has_value());
  REQUIRE(replicas.raised.has_value());
  // 99 % busy: a queue of seconds; 71 % instead of 83 % busy: hardly any.
  CHECK(replicas.lowered->value < -100);
  CHECK(replicas.raised->value > 0);
}

TEST_CASE("Every assertion has its margin and its tornado", "[planner][sensitivity]") {
  // Box at the edge: 2 nodes of 1.62 USD/h all month, 2 * 1.62 * 730 = 2,365 USD.
  const std::string asserting = with(base, R"("strategies": {)", R"("assert": {
    "cost-cap": { "expr": "cost.total <= 2400 USD/month" },
    "enough": { "expr": "ratio(ok{flow=page}) >= 99 %" },
    "no-worse": { "expr": "difference(mean(latency{flow=page}), baseline) <= 1 ms" } }, "strategies": {)");
  const Sensitivity all = tornadoes(asserting, "edge", 0.1);
  REQUIRE(all.tornadoes.size() == 3);
  const Tornado &cost = all.tornadoes[0], &enough = all.tornadoes[1], &worse = all.tornadoes[2];
  CHECK(cost.id == "cost-cap");
  const Effect& price = effect_of(cost, "/sites/edge/pools/box/price");
  REQUIRE(price.raised.has_value());
  // A tenth of the margin's distance from the cap, and the cap is left behind.
  CHECK(price.raised->value == Approx(-0.1 * (2400 - cost.margin.value)).epsilon(0.01));
  CHECK(price.flips == (cost.margin.value < 0.1 * (2400 - cost.margin.value)));
  // All are answered: what is left to 99 % is one point, whatever a price is.
  CHECK(enough.margin.value == Approx(1).epsilon(1e-6));
  CHECK(enough.margin.unit == "%");
  // The access is the same in both strategies: the difference does not change with it.
  const Effect& access = effect_of(worse, "/populations/users/access/latency");
  REQUIRE(access.raised.has_value());
  CHECK(access.raised->value == Approx(0).margin(1e-6));
  CHECK(tornadoes(asserting, "edge", 0.1, "enough").tornadoes.size() == 1);
}
