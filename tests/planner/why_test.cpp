#include "planner/why.hpp"

#include <catch2/catch.hpp>
#include <numeric>

#include "planner/study.hpp"
#include "small_scenario.hpp"

using planner::Explained;
using planner::Scenario;
using test_support::small_scenario;
using test_support::with;

namespace {

Scenario strategy(const std::string& text, const std::string& name) {
  return test_support::document(text).resolve(name).scenario();
}

planner::Study study(std::vector<Scenario> scenarios) {
  scenarios.front().baseline = true;
  planner::StudyOptions options;
  options.replications = 3;
  return planner::run_study(scenarios, options);
}

const std::string short_run = with(small_scenario, R"("duration": "10 min")", R"("duration": "2 min")");

}  // namespace

TEST_CASE("Parts of an explanation add up to the mean latency", "[planner][why]") {
  const Scenario cloud = strategy(short_run, "cloud");
  const planner::Study made = study({cloud});
  const auto all = planner::explain(made, cloud, "", Explained::all);
  REQUIRE(all.size() == 1);
  const double sum = std::accumulate(all[0].parts.begin(), all[0].parts.end(), 0.0,
                                     [](double total, const auto& part) { return total + part.value; });
  // Each part is rounded down to 64 ns.
  CHECK(sum == Approx(all[0].figure.value).epsilon(1e-5));
  // 9 ms each way of access lead, before the way and 5 ms of computing.
  CHECK(all[0].parts[0].part == models::Part::access);
  CHECK(all[0].parts[0].value == Approx(18).epsilon(1e-5));
  CHECK(all[0].binding.find("users") != std::string::npos);
}

TEST_CASE("A queue is put down to the busiest pool of the flow", "[planner][why]") {
  // Six servers of 5 ms carry 1,200/s; 1,150/s keep them busy for 96 % of the time.
  const Scenario busy = strategy(with(short_run, "20 req/s", "1150 req/s"), "cloud");
  const auto all = planner::explain(study({busy}), busy, "", Explained::tail);
  REQUIRE(all.size() == 1);
  CHECK(all[0].parts[0].part == models::Part::pool_queue);
  CHECK(all[0].binding.find("web @ cloud, 9") == 0);
}

TEST_CASE("A difference is attributed to the part that changed", "[planner][why]") {
  // Users are 400 km from the cloud and 690 km from the edge: the way is all that changes.
  const Scenario cloud = strategy(short_run, "cloud"), edge = strategy(short_run, "edge");
  const auto all = planner::explain(study({cloud, edge}), edge, "cloud", Explained::all);
  REQUIRE(all.size() == 1);
  REQUIRE(all[0].delta.has_value());
  CHECK(all[0].parts[0].part == models::Part::propagation);
  const double change = all[0].parts[0].value - all[0].parts[0].against.value();
  CHECK(change == Approx(all[0].delta->value).epsilon(0.02));
}

TEST_CASE("Computing is put down to the service that computes, not to the caller that waits for it",
          "[planner][why]") {
  // web computes for 5 ms and holds its slot for 35 ms more, while data computes.
  std::string text =
      with(short_run, R"("services": {)", R"("services": { "data": { "time": "35 ms", "cpu": "1 vCPU" },)");
  text = with(text, R"("in": { "service": "web" })",
              R"("in": { "service": "web" }, "read": { "service": "data", "from": "in" })");
  text = with(text, R"("placement": {)", R"("placement": { "data": { "cloud": { "replicas": 6 } },)");
  const Scenario cloud = strategy(text, "cloud");
  const auto all = planner::explain(study({cloud}), cloud, "", Explained::all);
  REQUIRE(all.size() == 1);
  CHECK(all[0].parts[0].part == models::Part::compute);
  CHECK(all[0].binding.find("data @ cloud") == 0);
}

TEST_CASE("A flow's transmission is put down to a cell that it passes, whatever others keep busy",
          "[planner][why]") {
  // 10 kB each way at 1 and 2 Mbit/s take 80 and 40 ms; the link between the sites is the other flow's, who
  // keep it 40 % busy: 1,000 requests a second of 50 kB at 1 Gbit/s.
  std::string text = with(short_run, R"("access": { "latency": "9 ms" })",
                          R"("access": { "latency": "9 ms", "uplink": "1 Mbit/s", "downlink": "2 Mbit/s" })");
  text = with(text, R"("flows": {)", R"("flows": { "bulk": { "entry": "first", "calls": {
      "first": { "service": "front" }, "next": { "service": "back", "request": "50 kB", "response": "1 kB" } } },)");
  text = with(text, R"("entry": "in",)", R"("entry": "in", "request": "10 kB", "response": "10 kB",)");
  text = with(text, R"("services": {)", R"("services": { "front": { "time": "1 ms", "cpu": "1 vCPU" },
      "back": { "time": "1 ms", "cpu": "1 vCPU" },)");
  text = with(text, R"("placement": {)", R"("placement": { "front": { "edge": { "replicas": 4 } },
      "back": { "cloud": { "replicas": 8 } },)");
  text = with(text, R"("workloads": {)", R"("workloads": { "many": { "population": "others", "flow": "bulk",
      "arrivals": { "rate": "1000 req/s" } },)");
  text =
      with(text, R"("populations": {)", R"("populations": { "others": { "site": "edge", "users": 10, "access":
      { "latency": "0 ms" } },)");
  text = with(text, R"("bandwidth": "10 Gbit/s")", R"("bandwidth": "1 Gbit/s")");
  const Scenario cloud = strategy(with(text, "20 req/s", "1 req/s"), "cloud");
  for (const auto& one : planner::explain(study({cloud}), cloud, "", Explained::all)) {
    if (one.flow != "page") continue;
    CHECK(one.parts[0].part == models::Part::transmission);
    CHECK(one.binding.find("cell uplink of users") == 0);
  }
}
