#include "planner/fail.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "small_scenario.hpp"

using planner::Scenario;
using test_support::small_scenario;
using test_support::with;

namespace {

Scenario strategy(const std::string& text, const std::string& name) {
  return test_support::document(text).resolve(name).scenario();
}

std::vector<planner::Loss> losses_of(const Scenario& scenario, const planner::FailOptions& options) {
  const planner::Losses losses = planner::find_losses(scenario, options);
  CHECK(losses.tried == losses.all);
  return losses.found;
}

const std::string short_run = with(small_scenario, R"("duration": "10 min")", R"("duration": "2 min")");

}  // namespace

TEST_CASE("The loss of the only site cuts everybody off, that of one of two does not", "[planner][fail]") {
  planner::FailOptions options;
  options.study.replications = 2;
  const auto single = losses_of(strategy(short_run, "cloud"), options);
  REQUIRE(single.size() == 1);
  CHECK(single[0].lost == std::vector<std::string>{"cloud"});
  CHECK_FALSE(single[0].survives);
  CHECK(single[0].share == 1.0);
  // 20 requests a second for 10 s of detection and half of 60 s of old names: 20 * 40 = 800.
  CHECK(single[0].failed_requests == Approx(800));

  const auto each = losses_of(strategy(short_run, "both"), options);
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
  const auto pairs = losses_of(strategy(short_run, "both"), options);
  REQUIRE(pairs.size() == 1);
  CHECK(pairs[0].lost == std::vector<std::string>{"cloud", "edge"});
  CHECK_FALSE(pairs[0].survives);
}

TEST_CASE("What is left must carry the load of what was lost", "[planner][fail]") {
  // The edge's two replicas of 5 ms carry 400/s, the cloud's six 1,200/s.
  planner::FailOptions options;
  options.study.replications = 1;
  options.each = planner::Losable::pool;
  const auto losses = losses_of(strategy(with(short_run, "20 req/s", "600 req/s"), "both"), options);
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
  CHECK(losses_of(strategy(faster, "cloud"), options).at(0).failed_requests == Approx(20));
}

TEST_CASE("A lost link leaves its sites to the model of unlisted pairs", "[planner][fail]") {
  planner::FailOptions options;
  options.study.replications = 1;
  options.each = planner::Losable::link;
  const auto losses = losses_of(strategy(short_run, "both"), options);
  REQUIRE(losses.size() == 1);
  CHECK(losses[0].lost == std::vector<std::string>{"edge--cloud"});
  CHECK(losses[0].survives);
  CHECK(losses[0].failed_requests == 0);
}

TEST_CASE("The users in a loss are those whose requests need the part", "[planner][fail]") {
  planner::FailOptions options;
  options.study.replications = 1;
  // A third of the calls goes to the edge.
  const std::string split =
      with(short_run, R"("strategies": {)",
           R"("routing": { "policy": "weighted", "weights": { "edge": 1, "cloud": 2 } }, "strategies": {)");
  const auto losses = losses_of(strategy(split, "both"), options);
  REQUIRE(losses.size() == 2);
  for (const planner::Loss& loss : losses) {
    const bool edge = loss.lost.front() == "edge";
    CHECK(loss.users == Approx(edge ? 1000.0 / 3 : 2000.0 / 3));
    // 20 requests a second, each share of them for 10 s + 60 s / 2.
    CHECK(loss.exposed == Approx(edge ? 20.0 / 3 : 40.0 / 3));
    CHECK(loss.failed_requests == Approx(loss.exposed * 40));
    REQUIRE(loss.busiest.has_value());
    CHECK(loss.busiest->service == "web");
  }
}

TEST_CASE("Attempts after the failover save requests", "[planner][fail]") {
  planner::FailOptions options;
  options.study.replications = 1;
  const auto failed = [&](const std::string& retry) {
    const std::string text = with(short_run, R"("service": "web" })",
                                  R"("service": "web", "retry": )" + retry + R"( } })" + std::string{});
    const std::string balanced = with(text, "} } } }", "} } }");
    return losses_of(strategy(balanced, "cloud"), options).at(0);
  };
  // Waits of 4 s and 8 s: attempts reach 12 s beyond the first. A user's window is 10 s + X, X even over
  // 60 s: E[max(X - 2, 0)] = 58^2 / (2 * 60) = 28.03 s instead of 40 s, at 20 requests a second.
  const auto twice = failed(R"({ "attempts": 3, "backoff": "4 s", "factor": 2 })");
  CHECK(twice.failed_requests == Approx(20 * 58.0 * 58 / 120));
  CHECK(twice.retried_requests == Approx(20 * 40 - 20 * 58.0 * 58 / 120));
  // Within the detection: 5 s less of it.
  CHECK(failed(R"({ "attempts": 2, "backoff": "5 s" })").failed_requests == Approx(20 * 35));
}

TEST_CASE("Where the policy spills over, a lost pool is left at once", "[planner][fail]") {
  planner::FailOptions options;
  options.study.replications = 1;
  options.each = planner::Losable::pool;
  const std::string spilling =
      with(short_run, R"("strategies": {)",
           R"("routing": { "policy": "nearest", "spill_at": "90 %" }, "strategies": {)");
  for (const planner::Loss& loss : losses_of(strategy(spilling, "both"), options)) {
    CHECK(loss.survives);
    CHECK(loss.failed_requests == 0);
    CHECK(loss.users == Approx(loss.lost.front() == "cloud/box" ? 1000 : 0));
  }
  // A site that is gone refuses nothing: who calls it waits until the loss is noticed.
  options.each = planner::Losable::site;
  const auto sites = losses_of(strategy(spilling, "both"), options);
  CHECK(sites.at(0).failed_requests == Approx(800));
}

TEST_CASE("Calls between services fail over when the loss is noticed, and may be done without",
          "[planner][fail]") {
  planner::FailOptions options;
  options.study.replications = 1;
  const auto losses = [&](const std::string& more) {
    std::string text =
        with(short_run, R"("services": {)", R"("services": { "data": { "time": "1 ms", "cpu": "1 vCPU" },)");
    text = with(text, R"("in": { "service": "web" })",
                R"("in": { "service": "web" }, "read": { "service": "data", "from": "in")" + more + " }");
    text = with(text, R"("placement": {)", R"("placement": { "data": { "edge": { "replicas": 1 } },)");
    return losses_of(strategy(text, "cloud"), options);
  };
  const auto loss_of = [](const std::vector<planner::Loss>& all, const std::string& site) {
    for (const planner::Loss& loss : all)
      if (loss.lost.front() == site) return loss;
    return planner::Loss{};
  };
  // 20 requests a second for 10 s of detection: services keep no names.
  CHECK(loss_of(losses(""), "edge").failed_requests == Approx(200));
  const auto optional = loss_of(losses(R"(, "optional": true)"), "edge");
  CHECK(optional.failed_requests == 0);
  CHECK(optional.users == Approx(1000));
}

TEST_CASE("Losses are told within the width, the parts of a double loss below each other",
          "[planner][fail]") {
  Scenario scenario = strategy(short_run, "both");
  for (const char* flow : {"a-second-flow", "a-third-flow"})  // columns of their own, though nobody asks
    scenario.flows[flow] = scenario.flows.begin()->second;
  planner::Losses losses;
  losses.tried = losses.all = 1;
  losses.parts = 2;
  planner::Loss& loss = losses.found.emplace_back();
  loss.lost = {"a-site-with-a-long-name", "another-one-of-them"};
  loss.survives = false;
  const std::string text = planner::render_losses(scenario, losses, {.width = 60});
  CHECK(text.find("\na-site-with-a-l") != std::string::npos);
  CHECK(text.find("\n+ another-one-o") != std::string::npos);
  for (const char* column : {"users in it", "p99 a-second-flow [ms]", "p99 a-third-flow [ms]", "busiest"})
    CHECK(text.find(column) != std::string::npos);
  for (std::size_t begin = 0; begin < text.size(); begin = text.find('\n', begin) + 1) {
    const std::string line = text.substr(begin, text.find('\n', begin) - begin);
    const auto columns = std::ranges::count_if(line, [](char c) { return (c & '\xC0') != '\x80'; });
    INFO(line);
    CHECK(columns <= 60);
  }
}

TEST_CASE("That no two parts can be lost is told apart from there being none", "[planner][fail]") {
  planner::FailOptions options;
  options.at_once = 2;
  const Scenario scenario = strategy(short_run, "cloud");
  const planner::Losses none = planner::find_losses(scenario, options);
  CHECK(none.all == 0);
  CHECK(planner::render_losses(scenario, none, {}).starts_with("only one that could be lost is in use"));
}

TEST_CASE("Users whose access is a lost site are cut off, those of a place are not", "[planner][fail]") {
  planner::FailOptions options;
  options.study.replications = 1;
  const auto lost = [&](const std::string& text) {
    const auto losses = losses_of(strategy(text, "both"), options);
    for (const planner::Loss& loss : losses)
      if (loss.lost.front() == "edge") return loss;
    return planner::Loss{};
  };
  CHECK(lost(short_run).survives);
  const planner::Loss loss =
      lost(with(short_run, R"("at": { "lat": 52.1, "lon": 15 })", R"("site": "edge")"));
  CHECK_FALSE(loss.survives);
  CHECK(loss.reason == "population users loses the site of its access");
  CHECK_FALSE(loss.busiest.has_value());
}

TEST_CASE("A strategy that is infeasible as it is has a reason instead of losses", "[planner][fail]") {
  // The edge's two replicas of 5 ms carry 400 requests a second.
  const Scenario scenario = strategy(with(short_run, "20 req/s", "600 req/s"), "edge");
  planner::FailOptions options;
  options.study.replications = 1;
  const planner::Losses losses = planner::find_losses(scenario, options);
  CHECK(losses.found.empty());
  CHECK(losses.infeasible.find("web at edge") != std::string::npos);
  CHECK(planner::render_losses(scenario, losses, {}).starts_with("edge is infeasible as it is: web at edge"));
}
