#include "planner/why.hpp"

#include <catch2/catch.hpp>
#include <numeric>

#include "planner/fail.hpp"
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

TEST_CASE("The loss of the only site cuts everybody off, that of one of two does not", "[planner][fail]") {
  planner::FailOptions options;
  options.study.replications = 2;
  const auto single = planner::find_losses(strategy(short_run, "cloud"), options);
  REQUIRE(single.size() == 1);
  CHECK(single[0].lost == std::vector<std::string>{"cloud"});
  CHECK_FALSE(single[0].survives);
  CHECK(single[0].share == 1.0);
  // 20 requests a second for 10 s of detection and half of 60 s of old names: 20 * 40 = 800.
  CHECK(single[0].failed_requests == Approx(800));

  const auto each = planner::find_losses(strategy(short_run, "both"), options);
  REQUIRE(each.size() == 2);
  for (const planner::Loss& loss : each) {
    CHECK(loss.survives);
    REQUIRE(loss.flows.size() == 1);
  }
  // Every request goes to one of the two.
  CHECK(each[0].share + each[1].share == Approx(1.0));
  // The site that serves is the one whose loss is felt.
  CHECK(each[0].flows[0].delta.value > 0);
  CHECK(each[0].share > each[1].share);
  CHECK(each[1].flows[0].delta.value == Approx(0).margin(1e-9));
}

TEST_CASE("Losing both of two sites is a double loss", "[planner][fail]") {
  planner::FailOptions options;
  options.study.replications = 1;
  options.at_once = 2;
  const auto pairs = planner::find_losses(strategy(short_run, "both"), options);
  REQUIRE(pairs.size() == 1);
  CHECK(pairs[0].lost == std::vector<std::string>{"cloud", "edge"});
  CHECK_FALSE(pairs[0].survives);
}

TEST_CASE("What is left must carry the load of what was lost", "[planner][fail]") {
  // The edge's two replicas of 5 ms carry 400/s, the cloud's six 1,200/s.
  planner::FailOptions options;
  options.study.replications = 1;
  options.each = planner::Losable::pool;
  const auto losses =
      planner::find_losses(strategy(with(short_run, "20 req/s", "600 req/s"), "both"), options);
  REQUIRE(losses.size() == 2);
  CHECK(losses[0].lost == std::vector<std::string>{"cloud/box"});
  CHECK_FALSE(losses[0].survives);
  CHECK(losses[1].survives);
}

TEST_CASE("The time until a failover is the scenario's", "[planner][fail]") {
  planner::FailOptions options;
  options.study.replications = 1;
  const std::string faster = with(short_run, R"("strategies": {)",
                                  R"("faults": { "detection": "1 s", "dns_ttl": "0 s" }, "strategies": {)");
  // 20 requests a second for 1 s.
  CHECK(planner::find_losses(strategy(faster, "cloud"), options).at(0).failed_requests == Approx(20));
}

TEST_CASE("A lost link leaves its sites to the model of unlisted pairs", "[planner][fail]") {
  planner::FailOptions options;
  options.study.replications = 1;
  options.each = planner::Losable::link;
  const auto losses = planner::find_losses(strategy(short_run, "both"), options);
  REQUIRE(losses.size() == 1);
  CHECK(losses[0].lost == std::vector<std::string>{"edge--cloud"});
  CHECK(losses[0].survives);
  CHECK(losses[0].failed_requests == 0);
}
