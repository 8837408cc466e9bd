#include <catch2/catch.hpp>

#include "planner/compile.hpp"
#include "small_scenario.hpp"

using namespace test_support;

namespace {

/// The small scenario with its cloud pool starting instances on demand, and `more` said of it.
std::string elastic(const std::string& more) {
  const std::string text =
      with(small_scenario, R"("box": { "nodes": 9, "cpu": "8 vCPU", "memory": "16 GiB" })",
           R"("box": { "kind": "elastic", "keep_alive": "5 min", "cold_start": "1 s")" + more + " }");
  return with(text, R"("cloud": { "replicas": 6 })", R"("cloud": {})");
}

}  // namespace

TEST_CASE("A scale-out limit reaches the pool of each service", "[planner]") {
  const auto limit = [](const std::string& more) {
    return planner::compile(scenario(elastic(more))).world.pools.at(0).scale_out;
  };
  using sim::operator""s;
  CHECK_FALSE(limit("").has_value());
  CHECK(limit(R"(, "scale_out": { "instances": 1000, "per": "10 s" })") ==
        models::TokenBucket::Spec{.period = 10s, .refill = 1000, .depth = 1000});
  CHECK(limit(R"(, "scale_out": { "instances": 500, "per": "1 min", "burst": 3000 })") ==
        models::TokenBucket::Spec{.period = 60s, .refill = 500, .depth = 3000});
}

TEST_CASE("A scale-out limit has no place among nodes", "[planner]") {
  const auto issues = issues_of(
      with(small_scenario, R"("nodes": 9)", R"("scale_out": { "instances": 1, "per": "1 s" }, "nodes": 9)"));
  REQUIRE(issues.size() == 1);
  CHECK(planner::name(issues[0].code) == "E1110");
}

TEST_CASE("An autoscaler is read by its rule, and takes the place of keep-alive", "[planner]") {
  const auto pool = [](const std::string& autoscaler) {
    const std::string text =
        with(elastic(", \"autoscaler\": " + autoscaler), R"("keep_alive": "5 min", )", "");
    return planner::compile(scenario(text)).world.pools.at(0).scaler;
  };
  using sim::operator""s;
  CHECK(pool(R"({ "rule": "knative" })") == models::ScalerSpec{models::KnativeScaler::Spec{}});
  CHECK(
      pool(R"({ "rule": "knative", "target": 7, "window": "30 s", "tick": "1 s", "zero_after": "10 s" })") ==
      models::ScalerSpec{models::KnativeScaler::Spec{
          .tick = 1s, .stable_window = 30s, .panic_window = 3s, .target = 7, .zero_grace = 10s}});
  CHECK(pool(R"({ "rule": "hpa", "target": 0.5 })") ==
        models::ScalerSpec{models::PodAutoscaler::Spec{.target = 0.5}});
  CHECK(pool(R"({ "rule": "keda" })") ==
        models::ScalerSpec{
            models::PodAutoscaler::Spec{.metric = models::PodAutoscaler::Metric::in_flight, .target = 10}});
  const auto code = [](const std::string& text) {
    const auto issues = issues_of(text);
    return issues.empty() ? std::string{} : planner::name(issues.front().code);
  };
  CHECK(code(elastic(R"(, "autoscaler": { "rule": "knative" })")) == "E1110");
  CHECK(code(with(elastic(R"(, "autoscaler": { "rule": "hpa", "target": 70 })"), R"("keep_alive": "5 min", )",
                  "")) == "E1105");
}
