#include "planner/sensitivity.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "small_scenario.hpp"

using planner::Document;
using planner::Effect;
using planner::Sensitivity;
using test_support::small_scenario;
using test_support::with;

namespace {

const std::string base = with(with(small_scenario, R"("duration": "10 min")", R"("duration": "1 min")"),
                              R"("flows": { "page": {)", R"("flows": { "page": { "deadline": "40 ms", )");

Sensitivity sensitivity(const std::string& text, const std::string& strategy, double by) {
  planner::StudyOptions options;
  options.replications = 2;
  const auto load = [&](const std::vector<std::string>& sets) {
    planner::Overlays overlays;
    overlays.sets = sets;
    return test_support::document(text, overlays);
  };
  return planner::find_sensitivity(load, strategy, "", by, options);
}

const Effect& effect_of(const Sensitivity& all, const std::string& pointer) {
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
  const Sensitivity all = sensitivity(base, "cloud", 0.1);
  // 9 ms of access each way: a tenth of it is 0.9 ms, twice.
  const Effect& access = effect_of(all, "/populations/users/access/latency");
  CHECK(access.raised->value == Approx(1.8).epsilon(0.02));
  CHECK(access.lowered->value == Approx(-1.8).epsilon(0.02));
  // 20 requests a second of 5 ms on six servers: no queue, a tenth of 5 ms.
  CHECK(effect_of(all, "/services/web/time").raised->value == Approx(0.5).epsilon(0.05));
  // A price changes no latency.
  CHECK(effect_of(all, "/sites/edge/pools/box/price").size() == 0);
  CHECK(std::ranges::is_sorted(all.effects, std::greater{}, &Effect::size));
  CHECK(all.effects.front().input.pointer == "/populations/users/access/latency");
}

TEST_CASE("An input that carries p99 over the deadline flips the answer", "[planner][sensitivity]") {
  const Sensitivity before = sensitivity(base, "cloud", 0.1);
  // Just below the deadline: a tenth more of access goes over it, a tenth less of a price does not.
  const double deadline = before.p99.value + 0.5;
  const std::string tight = with(base, "40 ms", std::to_string(deadline) + " ms");
  const Sensitivity all = sensitivity(tight, "cloud", 0.1);
  CHECK(effect_of(all, "/populations/users/access/latency").flips);
  CHECK_FALSE(effect_of(all, "/sites/edge/pools/box/price").flips);
}

TEST_CASE("What cannot be run when varied is told with its reason", "[planner][sensitivity]") {
  // 1,150/s on servers for 1,200/s: a tenth more is too much.
  const Sensitivity all = sensitivity(with(base, "20 req/s", "1150 req/s"), "cloud", 0.1);
  const Effect& rate = effect_of(all, "/workloads/w/arrivals/rate");
  CHECK_FALSE(rate.raised.has_value());
  CHECK_FALSE(rate.raised_problem.empty());
  CHECK(rate.flips);
  // 6 replicas times 1.1 are no whole number: no answer, no alarm.
  const Effect& replicas = effect_of(all, "/placement/web/cloud/replicas");
  CHECK_FALSE(replicas.raised.has_value());
  CHECK_FALSE(replicas.flips);
}
