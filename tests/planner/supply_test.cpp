#include <catch2/catch.hpp>

#include "models/catalog.hpp"
#include "planner/compile.hpp"
#include "small_scenario.hpp"

using namespace test_support;

namespace {

/// The small scenario with its cloud pool starting instances on demand: more said of pool, service,
/// placement.
std::string elastic(const std::string& pool, const std::string& service = {},
                    const std::string& placement = {}) {
  std::string text = with(small_scenario, R"("box": { "nodes": 9, "cpu": "8 vCPU", "memory": "16 GiB" })",
                          R"("box": { "kind": "elastic", "cold_start": "1 s")" + pool + " }");
  text = with(text, R"("cpu": "1 vCPU" })", R"("cpu": "1 vCPU")" + service + " }");
  return with(text, R"("cloud": { "replicas": 6 })", R"("cloud": {)" + placement + "}");
}

constexpr const char* kept = R"(, "keep_alive": "5 min")";

models::PoolSpec pool_of(const std::string& text) {
  return planner::compile(scenario(text)).world.pools.at(0);
}

std::string first_code(const std::string& text) {
  const auto issues = issues_of(text);
  return issues.empty() ? std::string{} : planner::name(issues.front().code);
}

sim::Duration minutes(std::int64_t count) { return sim::Duration{count * 60'000'000'000}; }

}  // namespace

TEST_CASE("Provisioned instances follow the hours of a zone", "[planner][serverless]") {
  // The run starts on Monday 2026-01-05 at 00:00 UTC, 01:00 in Berlin, and lasts four hours: 1 from the
  // second hour of the day on (the beginning), 3 from the fourth (02:00 UTC), none from the sixth, when it
  // has ended.
  std::string hours = "0, 1, 1, 3, 3";
  for (int hour = 5; hour < 24; ++hour) hours += ", 0";
  const std::string text =
      with(elastic(kept, {}, R"("provisioned": { "hourly": [)" + hours + R"(], "zone": "Europe/Berlin" })"),
           R"("duration": "10 min")", R"("duration": "4 h")");
  const models::PoolSpec pool = pool_of(text);
  CHECK(pool.instances == 1);
  CHECK(pool.provisions == std::vector<models::Provision>{{minutes(120), 3}});
}

TEST_CASE("A schedule has the hours of a day or of a week", "[planner][serverless]") {
  CHECK(first_code(elastic(kept, {}, R"("provisioned": { "hourly": [1, 2] })")) == "E2124");
}

TEST_CASE("An account's quota is shared by what has not reserved its own", "[planner][serverless]") {
  const auto world = [](const std::string& placement) {
    return planner::compile(scenario(elastic(std::string{kept} + R"(, "account": 100)", {}, placement)))
        .world;
  };
  CHECK(world("").accounts.at(0).concurrency == 100);
  CHECK(world("").pools.at(0).account == 0);
  CHECK(world(R"("max_instances": 30, "reserved": true)").accounts.empty());
  CHECK(world(R"("max_instances": 30, "reserved": true)").pools.at(0).account == models::none);
}

TEST_CASE("A histogram takes the place of a keep-alive", "[planner][serverless]") {
  const models::PoolSpec pool = pool_of(elastic(R"(, "histogram": { "range": "2 h", "tail": "95 %" })"));
  REQUIRE(pool.hybrid.has_value());
  CHECK(pool.hybrid->bins == 120);
  CHECK(pool.hybrid->head == 0.05);
  CHECK(pool.hybrid->tail == 0.95);
  CHECK(first_code(elastic(R"(, "histogram": {}, "autoscaler": { "rule": "knative" })")) == "E1110");
  CHECK(first_code(elastic(R"(, "histogram": { "head": "99 %", "tail": "5 %" })")) == "E1105");
}

TEST_CASE("Naming a platform brings its scale-out limit and its autoscaler", "[planner][serverless]") {
  const auto on = [](const std::string& platform, const std::string& more = {}) {
    std::string text = with(small_scenario, R"("box": { "nodes": 9, "cpu": "8 vCPU", "memory": "16 GiB" })",
                            R"("box": { "platform": ")" + platform + "\"" + more + " }");
    return pool_of(with(text, R"("cloud": { "replicas": 6 })", R"("cloud": {})"));
  };
  using sim::operator""s;
  CHECK(on("aws-lambda").scale_out ==
        models::TokenBucket::Spec{.period = 10s, .refill = 1000, .depth = 1000});
  CHECK_FALSE(on("aws-lambda").scaler.has_value());
  CHECK(on("gcp-cloud-run").scaler == models::ScalerSpec{models::CloudRunScaler::Spec{}});
  CHECK(on("knative").scaler == models::ScalerSpec{models::KnativeScaler::Spec{}});
  CHECK(on("kubernetes-pod").scaler == models::ScalerSpec{models::PodAutoscaler::Spec{}});
  CHECK(on("azure-container-apps").scaler ==
        models::ScalerSpec{models::PodAutoscaler::Spec{
            .metric = models::PodAutoscaler::Metric::in_flight, .target = 10, .tick = 30s}});
  // Who says how long an instance is kept means neither.
  CHECK_FALSE(on("knative", R"(, "keep_alive": "1 min")").scaler.has_value());
  CHECK_FALSE(on("knative", R"(, "autoscaler": { "rule": "none" })").scaler.has_value());
}

TEST_CASE("Requests that wait too long are given up where the service says so", "[planner][shedding]") {
  const models::PoolSpec pool = pool_of(elastic(kept, R"(, "shed": { "after": "1 s", "busy": "5 ms" })"));
  using sim::operator""s;
  CHECK(pool.shedding == models::Shedding{1s, sim::Duration{5'000'000}, sim::Duration{100'000'000}});
  CHECK(first_code(elastic(kept, R"(, "shed": { "after": "1 ms", "busy": "5 ms" })")) == "E1105");
}
