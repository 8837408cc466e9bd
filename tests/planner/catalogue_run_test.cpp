#include <algorithm>
#include <catch2/catch.hpp>

#include "models/catalog.hpp"
#include "planner/compile.hpp"
#include "planner/study.hpp"
#include "small_scenario.hpp"

using namespace test_support;
namespace catalog = models::catalog;

namespace {

/// The small scenario with `pool` in the cloud and `service` there, placed as `placement`.
std::string on(const std::string& pool, const std::string& service, const std::string& placement) {
  std::string text = with(small_scenario, R"("box": { "nodes": 9, "cpu": "8 vCPU", "memory": "16 GiB" })",
                          R"("box": { )" + pool + " }");
  text = with(text, R"("web": { "time": "5 ms", "cpu": "1 vCPU" })", R"("web": { )" + service + " }");
  text = with(text, R"("rate": "20 req/s")", R"("rate": "2 req/s")");
  return with(text, R"("cloud": { "replicas": 6 })", R"("cloud": )" + placement);
}

/// One replication of the first strategy.
planner::StrategyResult run(const std::string& text) {
  planner::Scenario what = scenario(text);
  what.experiment.min_replications = what.experiment.max_replications = 1;
  return planner::run_study({what}, {}).strategies.at(0);
}

}  // namespace

TEST_CASE("Every platform that planners ask for runs by its name", "[planner][catalog]") {
  const std::string platform = GENERATE(
      "aws-lambda", "aws-lambda/java-snapstart", "aws-fargate", "gcp-cloud-run", "azure-functions",
      "azure-container-apps", "cloudflare-workers", "deno-deploy", "fastly-compute", "akamai-edgeworkers",
      "knative", "kubernetes-pod", "wasmtime", "firecracker", "firecracker-snapshot");
  INFO(platform);
  // 2 requests a second in 10 min: 1,200 of them, 4 standard errors are 139.
  const planner::StrategyResult result =
      run(on(R"("platform": ")" + platform + "\"", R"("time": "5 ms")", "{}"));
  const planner::PoolUse& pool = result.pools.at(0);
  CHECK(static_cast<double>(pool.requests) == Approx(1200).margin(139));
  CHECK(pool.refused == 0);
  CHECK(pool.cold_share.value > 0);
  // Who waits for a start waits for as long as the platform's starts take.
  const double start = pool.start.acquire + pool.start.pull + pool.start.restore + pool.start.init;
  CHECK(start > 0);
}

TEST_CASE("Every device that planners ask for runs by its name, in each of its modes", "[planner][catalog]") {
  const std::string device =
      GENERATE("jetson-nano", "jetson-orin-nano", "jetson-orin-nano-15w", "jetson-orin-nx", "jetson-agx-orin",
               "coral-usb", "coral-m2", "coral-dev-board", "hailo-8l", "raspberry-pi-5", "t4", "l4", "a10",
               "a100", "h100");
  INFO(device);
  const catalog::Device* known = catalog::find_device(device);
  REQUIRE(known != nullptr);
  const auto latency = [&](const std::string& mode, const std::string& service) {
    const std::string pool = R"("device": ")" + device + R"(", "nodes": 1)" +
                             (mode.empty() ? "" : R"(, "power_mode": ")" + mode + "\"");
    const planner::StrategyResult result = run(on(pool, service, R"({ "replicas": 1 })"));
    return result.slices.at(0).parts.at(static_cast<std::size_t>(models::Part::compute));
  };
  // The fastest of its measured models or, where nobody measured one, a stated time.
  const auto fastest = std::min_element(
      known->inference.begin(), known->inference.end(),
      [](const auto& a, const auto& b) { return a.second.law.mean() < b.second.law.mean(); });
  const bool measured = fastest != known->inference.end();
  const std::string service =
      measured ? R"("inference": ")" + fastest->first + "\"" : std::string{R"("time": "9 ms")"};
  const double mean = measured ? fastest->second.law.mean() : 0.009;
  CHECK(latency("", service) == Approx(1e3 * mean).epsilon(0.02));
  for (const auto& [mode, figures] : known->power_modes) {
    INFO(mode);
    CHECK(latency(mode, service) == Approx(1e3 * mean * figures.slowdown.value).epsilon(0.02));
  }
}

TEST_CASE("A device or platform that is called otherwise is proposed by its id", "[planner][catalog]") {
  const auto proposal = [](const std::string& pool) {
    const auto issues = issues_of(on(pool, R"("time": "5 ms")", R"({ "replicas": 1 })"));
    REQUIRE_FALSE(issues.empty());
    REQUIRE_FALSE(issues.front().suggestions.empty());
    return issues.front().suggestions.front().replacement;
  };
  CHECK(proposal(R"("device": "Orin Nano Super", "nodes": 1)") == "\"jetson-orin-nano\"");
  CHECK(proposal(R"("platform": "lambda-snapstart")") == "\"aws-lambda/java-snapstart\"");
  CHECK(proposal(R"("device": "jetson-orni-nano", "nodes": 1)") == "\"jetson-orin-nano\"");  // nearest id
}

TEST_CASE("A power mode sets the power and the speed of a device", "[planner][catalog]") {
  const auto pool = [](const std::string& more) {
    const std::string text =
        on(R"("device": "jetson-orin-nano", "nodes": 2)" + more, R"("time": "5 ms")", R"({ "replicas": 1 })");
    return scenario(text).sites.at("cloud").pools.at("box");
  };
  CHECK(pool("").power.busy == sim::Watts{25});
  CHECK(pool(R"(, "power_mode": "15w")").power.busy == sim::Watts{15});
  CHECK(pool(R"(, "power_mode": "15w")").slowdown == Approx(1.555));
  // Heat or other tenants come on top; who measured the power says so.
  CHECK(pool(R"(, "power_mode": "15w", "slowdown": 2)").slowdown == Approx(3.11));
  CHECK(pool(R"(, "power_mode": "7w", "power": { "idle": "3 W", "busy": "6 W" })").power.busy ==
        sim::Watts{6});
  // What nobody verified is listed among the assumptions.
  const auto assumptions = [&](const std::string& mode) {
    const std::string text = on(R"("device": "jetson-orin-nano", "nodes": 2, "power_mode": ")" + mode + "\"",
                                R"("time": "5 ms")", R"({ "replicas": 1 })");
    const auto all = scenario(text).assumptions;
    return std::any_of(all.begin(), all.end(), [&](const auto& one) {
      return one.text.find("in mode " + mode) != std::string::npos;
    });
  };
  CHECK(assumptions("7w"));
  CHECK_FALSE(assumptions("15w"));
}

TEST_CASE("An unknown power mode is refused with those there are", "[planner][catalog]") {
  const auto issue = [](const std::string& pool) {
    const auto issues = issues_of(on(pool, R"("time": "5 ms")", R"({ "replicas": 1 })"));
    REQUIRE_FALSE(issues.empty());
    return issues.front();
  };
  const auto unknown = issue(R"("device": "jetson-orin-nano", "nodes": 1, "power_mode": "16w")");
  CHECK(planner::name(unknown.code) == "E2115");
  CHECK(unknown.message.find("jetson-orin-nano has no power mode \"16w\"") != std::string::npos);
  CHECK(planner::name(issue(R"("device": "t4", "nodes": 1, "power_mode": "15w")").code) == "E2115");
  CHECK(planner::name(issue(R"("nodes": 6, "power_mode": "15w")").code) == "E2115");
  CHECK(planner::name(issue(R"("platform": "knative", "power_mode": "15w")").code) == "E1110");
}

TEST_CASE("Lambda's quota of an account is there by name, and shows where it binds",
          "[planner][serverless]") {
  const auto text = [](const std::string& more) {
    return with(on(R"("platform": "aws-lambda")" + more, R"("time": "1 s")", "{}"), R"("rate": "2 req/s")",
                R"("rate": "30 req/s")");
  };
  CHECK(planner::compile(scenario(text(""))).world.accounts.at(0).concurrency == 1000);
  // 30 requests a second of 1 s: Erlang's loss formula with 30 Erlang on 20 places refuses 38 %; cold starts
  // make it more.
  const planner::StrategyResult result = run(text(R"(, "account": 20)"));
  const planner::PoolUse& pool = result.pools.at(0);
  CHECK(pool.throttled == pool.refused);
  CHECK(static_cast<double>(pool.throttled) / static_cast<double>(pool.throttled + pool.requests) > 0.36);
}
