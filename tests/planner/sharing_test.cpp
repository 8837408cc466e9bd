#include <algorithm>
#include <catch2/catch.hpp>

#include "models/catalog.hpp"
#include "planner/compile.hpp"
#include "planner/load.hpp"
#include "small_scenario.hpp"

using namespace test_support;
using models::StepKind;

namespace {

/// The small scenario, with more said of its only service and of the pool that it is placed on.
std::string small(const std::string& service, const std::string& pool = {}, const std::string& routing = {}) {
  std::string text = with(small_scenario, R"("cpu": "1 vCPU" })", R"("cpu": "1 vCPU")" + service + " }");
  text = with(text, R"("box": { "nodes": 9,)", R"("box": { "nodes": 9, )" + pool);
  if (!routing.empty())
    text = with(text, R"("placement": {)", R"("routing": )" + routing + R"(, "placement": {)");
  return text;
}

models::WorldSpec world(const std::string& text) { return planner::compile(scenario(text)).world; }

std::string first_code(const std::string& text) {
  const auto issues = issues_of(text);
  return issues.empty() ? std::string{} : planner::name(issues.front().code);
}

std::size_t count(const models::WorldSpec& world, StepKind kind) {
  return static_cast<std::size_t>(
      std::count_if(world.steps.begin(), world.steps.end(),
                    [kind](const models::Step& step) { return step.kind == kind; }));
}

}  // namespace

TEST_CASE("A balancer is read for all services or for one", "[planner][balance]") {
  using models::Balance;
  const auto balance = [](const std::string& routing) {
    return world(small("", "", routing)).pools.at(0).balance;
  };
  CHECK(world(small_scenario).pools.at(0).balance == Balance::shared);
  CHECK(balance(R"({ "balance": "random" })") == Balance::random);
  CHECK(balance(R"({ "balance": "round-robin" })") == Balance::round_robin);
  CHECK(balance(R"({ "balance": "least-requests" })") == Balance::least_requests);
  CHECK(balance(R"({ "services": { "web": { "balance": "two-choices" } } })") == Balance::two_choices);
  CHECK(balance(R"({ "balance": "random", "services": { "web": { "balance": "shared" } } })") ==
        Balance::shared);
  CHECK(balance(R"({ "balance": "random", "services": { "web": { "policy": "nearest" } } })") ==
        Balance::random);
}

TEST_CASE("On shared processors a request takes a slot and works on the node of its replica",
          "[planner][processors]") {
  // Six replicas of 1 vCPU on nodes of 8 fit one node, which is paid for.
  const models::WorldSpec shared = world(small("", R"("processors": "shared", )"));
  CHECK(count(shared, StepKind::acquire) == 1);
  CHECK(count(shared, StepKind::work) == 1);
  CHECK(count(shared, StepKind::release) == 1);
  REQUIRE(shared.processors.size() == 1);
  CHECK(shared.processors[0].cores == 8);
  CHECK(shared.processors[0].count == 1);
  CHECK(world(small_scenario).processors.empty());
}

TEST_CASE("Shared processors are judged by what all services on them ask for", "[planner][processors]") {
  // 20 requests a second of 5 ms work 0.1 of 8 cores: 1.25 %. With 2 s they ask for 40 cores.
  const auto load =
      planner::offered_load(planner::compile(scenario(small("", R"("processors": "shared", )"))));
  REQUIRE(load.processors.size() == 1);
  CHECK(load.processors[0].utilisation() == Approx(20 * 0.005 / 8));
  const std::string heavy = with(small(R"(, "concurrency": 1000)", R"("processors": "shared", )"),
                                 R"("time": "5 ms")", R"("time": "2 s")");
  const planner::Scenario crowded = scenario(heavy);
  const auto compiled = planner::compile(crowded);
  const auto findings = planner::check_load(crowded, compiled, planner::offered_load(compiled));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].code == planner::Code::overload);
  CHECK(findings[0].pointer == "/sites/cloud/pools/box");
}

TEST_CASE("An elastic instance's requests share its own processor", "[planner][processors]") {
  const std::string text =
      with(small_scenario, R"("box": { "nodes": 9, "cpu": "8 vCPU", "memory": "16 GiB" })",
           R"("box": { "kind": "elastic", "keep_alive": "5 min", "cold_start": "1 s",
                                            "concurrency": 80, "processors": "shared" })");
  const models::WorldSpec shared = world(with(text, R"("cloud": { "replicas": 6 })", R"("cloud": {})"));
  REQUIRE(shared.processors.size() == 1);
  CHECK(shared.processors[0].cores == 1);
  CHECK(shared.processors[0].count == 0);
}

TEST_CASE("A service in batches has accelerators of its own, or shares those it takes a part of",
          "[planner][batch]") {
  const std::string batch = R"(, "batch": { "size": 8, "wait": "4 ms", "added": "25 %" })";
  const models::WorldSpec own = world(small(batch));
  REQUIRE(own.pools.at(0).batching.has_value());
  CHECK(own.pools[0].batching->size == 8);
  CHECK(own.pools[0].batching->wait == sim::Duration{4'000'000});
  CHECK(own.pools[0].batching->added == 0.25);
  CHECK(own.accelerators.at(0).count == 6);
  CHECK(count(own, StepKind::batch) == 1);
  // Six replicas of half an accelerator take three.
  const models::WorldSpec parts = world(small(batch + R"(, "gpus": 0.5)", R"("gpus": 1, )"));
  CHECK(parts.accelerators.at(0).count == 3);
}

TEST_CASE("The catalogue's batch curve tells the time that a request adds", "[planner][batch]") {
  const std::string text = with(with(small_scenario, R"("time": "5 ms", "cpu": "1 vCPU")",
                                     R"("inference": "resnet-50", "gpus": 1, "batch": { "size": 8 })"),
                                R"("box": { "nodes": 9, "cpu": "8 vCPU", "memory": "16 GiB" })",
                                R"("box": { "nodes": 9, "device": "t4" })");
  const auto* device = models::catalog::find_device("t4");
  REQUIRE(device != nullptr);
  const auto& curve = device->batch.at("resnet-50");
  CHECK(world(text).pools.at(0).batching->added ==
        Approx(curve.per_sample.value / (curve.base.value + curve.per_sample.value)));
}

TEST_CASE("A batch's capacity is that of full batches", "[planner][batch]") {
  // 6 accelerators, batches of 8 in 5 ms * (1 + 7 * 0.25) = 13.75 ms: 6 * 8 / 13.75 ms = 3,490.9 a second.
  const auto compiled = planner::compile(scenario(small(R"(, "batch": { "size": 8, "added": "25 %" })")));
  CHECK(planner::offered_load(compiled).pools.at(0).capacity() == Approx(6 * 8 / 0.01375));
}

TEST_CASE("What has no effect or lacks a figure is refused where requests share", "[planner][batch]") {
  CHECK(first_code(small(R"(, "batch": { "size": 8 })")) == "E2122");
  CHECK(first_code(small(R"(, "batch": { "size": 8, "added": "10 %" }, "concurrency": 2)")) == "E1110");
  CHECK(first_code(small(R"(, "batch": { "size": 8, "added": "10 %" })", "",
                         R"({ "services": { "web": { "balance": "random" } } })")) == "E1110");
  CHECK(first_code(with(small("", R"("processors": "shared", )"), R"("cpu": "8 vCPU", )", "")) == "E1103");
  CHECK(first_code(with(small("", R"("processors": "shared", )"), R"(, "cpu": "1 vCPU")", "")) == "E1103");
}
