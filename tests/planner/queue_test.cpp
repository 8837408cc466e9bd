#include <catch2/catch.hpp>

#include "planner/compile.hpp"
#include "planner/render.hpp"
#include "planner/study.hpp"
#include "small_scenario.hpp"

using namespace test_support;

namespace {

/// The small scenario whose page leaves a message for `job`, which takes 100 ms on one replica in the cloud.
/// `call` and `service` say more of it.
std::string with_job(const std::string& call, const std::string& service,
                     const std::string& rate = "5 req/s") {
  std::string text = with(small_scenario, R"("calls": { "in": { "service": "web" } })",
                          R"("calls": { "in": { "service": "web" },
                                        "later": { "service": "job", "async": true)" +
                              call + " } }");
  text = with(text, R"("web": { "time": "5 ms", "cpu": "1 vCPU" })",
              R"("web": { "time": "5 ms", "cpu": "1 vCPU" }, "job": { "time": "100 ms", "cpu": "1 vCPU")" +
                  service + " }");
  text = with(text, R"("rate": "20 req/s")", R"("rate": ")" + rate + "\"");
  return with(text, R"("placement": { "web")",
              R"("placement": { "job": { "cloud": { "replicas": 1 } }, "web")");
}

planner::StrategyResult run(const std::string& text) {
  planner::Scenario what = scenario(text);
  what.experiment.min_replications = what.experiment.max_replications = 1;
  return planner::run_study({what}, {}).strategies.at(0);
}

std::string first_code(const std::string& text) {
  const auto issues = issues_of(text);
  return issues.empty() ? std::string{} : planner::name(issues.front().code);
}

}  // namespace

TEST_CASE("Messages wait in the queue of their service, and nobody waits for them", "[planner][queue]") {
  // 5/s of 100 ms on one replica: M/D/1 with rho = 0.5, sojourn 0.1 (1 + 0.5 / (2 * 0.5)) = 150 ms, 0.75 in
  // the queue. 3,000 messages; their sojourns are correlated, 4 standard errors are some 4 %.
  const planner::StrategyResult result = run(with_job("", R"(, "queue": {})"));
  const planner::QueueUse& queue = result.queues.at(0);
  CHECK(queue.service == "job");
  CHECK(queue.site == "cloud");
  CHECK(static_cast<double>(queue.counts.accepted) == Approx(3000).margin(220));
  CHECK(queue.counts.accepted == queue.counts.delivered);
  CHECK(queue.counts.delay.mean() * 1e-6 == Approx(150).epsilon(0.05));
  CHECK(queue.mean_length == Approx(0.75).epsilon(0.1));
  // The caller and its queue are in one place: the acknowledgement takes nothing.
  const planner::StrategyResult without = run(small_scenario);
  CHECK(result.slices.at(0).mean.value == Approx(without.slices.at(0).mean.value).epsilon(0.01));
}

TEST_CASE("A full queue fails its callers unless they do without, or wait", "[planner][queue]") {
  // 20/s of a replica that can do 10: half of the messages find no place.
  const auto failed = [](const std::string& call, const std::string& full) {
    const planner::StrategyResult result =
        run(with_job(call, R"(, "queue": { "capacity": 50, "full": ")" + full + "\" }", "20 req/s"));
    return result.slices.at(0).failed;
  };
  // Infeasible: the queue grows without bound, so the load check says so before anything is run.
  CHECK_FALSE(run(with_job("", R"(, "queue": {})", "20 req/s")).feasible);
  CHECK(failed("", "error") > 5000);
  CHECK(failed(R"(, "optional": true)", "error") == 0);
  CHECK(failed("", "drop") == 0);
}

TEST_CASE("Attempts are made from the queue, and the last failure is a dead letter", "[planner][queue]") {
  // Half of the attempts fail, two attempts: a quarter of the messages are dead letters; 3,000 messages, 4
  // standard errors are 4 sqrt(0.1875 / 3000) = 3.2 %.
  const planner::StrategyResult result = run(with_job(R"(, "retry": { "attempts": 2, "backoff": "1 s" })",
                                                      R"(, "failure": "50 %", "queue": {})", "4 req/s"));
  const models::QueueResult& counts = result.queues.at(0).counts;
  CHECK(static_cast<double>(counts.dead_letters) / static_cast<double>(counts.accepted) ==
        Approx(0.25).margin(0.032));
  CHECK(counts.accepted == counts.delivered + counts.dead_letters);
  CHECK(result.calls.at(0).caller == "cloud");
  CHECK(result.slices.at(0).failed == 0);
  planner::Study study;
  study.strategies.push_back(result);
  CHECK(planner::render_detail(study, {}).find("cloud/job") != std::string::npos);
}

TEST_CASE("Priorities reach the queue of a pool", "[planner][queue]") {
  const planner::CompiledScenario compiled =
      planner::compile(scenario(with_job(R"(, "priority": 5)", R"(, "queue": {})")));
  std::size_t urgent = 0;
  for (const models::Step& step : compiled.world.steps) urgent += step.priority == 5;
  CHECK(urgent == 1);
}

TEST_CASE("A queue without messages, and priorities without an order, are refused", "[planner][queue]") {
  CHECK(first_code(with(with_job("", R"(, "queue": {})"), R"("async": true)", R"("async": false)")) ==
        "E1110");
  CHECK(first_code(with_job("", R"(, "queue": { "capacity": 0 })")) == "E1105");
  CHECK(first_code(with_job("", R"(, "queue": { "full": "explode" })")) == "E1104");
  CHECK(first_code(with_job(R"(, "priority": 9)", "")) == "E1105");
  CHECK(first_code(with_job(R"(, "priority": 2)", R"(, "batch": { "size": 4, "added": "10 %" })")) ==
        "E1110");
  CHECK(first_code(with(with_job(R"(, "priority": 2)", ""), R"("placement": {)",
                        R"("routing": { "balance": "random" }, "placement": {)")) == "E1110");
}

TEST_CASE("Calls go to sites by turns, or to the one with the fewest in flight", "[planner][balance]") {
  // Two sites with two and six replicas, both far from busy. By turns each gets half of some 12,000.
  const auto requests = [](const std::string& policy) {
    const std::string text =
        with(with(small_scenario, R"("placement": { "web": { "cloud": { "replicas": 6 } } })",
                  R"("placement": { "web": { "cloud": { "replicas": 6 }, "edge": { "replicas": 2 } } })"),
             R"("strategies")", R"("routing": { "policy": ")" + policy + R"(" }, "strategies")");
    std::map<std::string, std::uint64_t> by_site;
    for (const planner::PoolUse& pool : run(text).pools) by_site[pool.site] = pool.requests;
    return by_site;
  };
  const auto by_turns = requests("round-robin");
  const auto difference =
      static_cast<std::int64_t>(by_turns.at("cloud")) - static_cast<std::int64_t>(by_turns.at("edge"));
  CHECK(std::abs(difference) <= 1);
  CHECK(by_turns.at("cloud") > 5500);
  // The edge is nearer to the users, so what it has comes back sooner and it gets more.
  const auto by_load = requests("least-requests");
  CHECK(by_load.at("edge") + by_load.at("cloud") == by_turns.at("edge") + by_turns.at("cloud"));
  CHECK(by_load.at("edge") != by_load.at("cloud"));
  CHECK(std::min(by_load.at("edge"), by_load.at("cloud")) > 2000);
}

TEST_CASE("Assertions may ask how long queues are, how long messages wait, and how many are lost",
          "[planner][queue]") {
  // 20/s into a queue of 10 before a replica that deals with 10/s: half of the messages are lost, the others
  // find it nearly full: some 10 messages of 100 ms each.
  const auto outcome = [](const std::string& expression) {
    const std::string text = with(
        with_job("", R"(, "queue": { "capacity": 10, "full": "drop" })", "20 req/s"), R"("placement": {)",
        R"("assert": { "a": { "expr": ")" + expression + R"(" } }, "placement": {)");
    planner::Scenario what = scenario(text);
    what.experiment.min_replications = what.experiment.max_replications = 3;
    return planner::run_study({what}, {}).strategies.at(0).verdicts.at(0).outcome;
  };
  using enum planner::Verdict::Outcome;
  CHECK(outcome("ratio(queue.dropped) >= 45 %") == pass);
  CHECK(outcome("ratio(queue.dropped{service=job, site=cloud}) <= 55 %") == pass);
  CHECK(outcome("queue.length >= 9") == pass);
  CHECK(outcome("queue.length <= 9") == fail);
  CHECK(outcome("p50(queue.wait) <= 1.1 s") == pass);
  CHECK(outcome("p99(queue.wait) >= 0.9 s") == pass);
  CHECK(outcome("mean(queue.wait) <= 0.5 s") == fail);
  CHECK(outcome("ratio(queue.dead) <= 0.1 %") == pass);
}

TEST_CASE("A queue's length is a number, not a share", "[planner][queue]") {
  std::string text = with(with_job("", R"(, "queue": {})"), R"("placement": {)",
                          R"("assert": { "a": { "expr": "queue.length <= 3" } }, "placement": {)");
  planner::Scenario what = scenario(text);
  what.experiment.min_replications = what.experiment.max_replications = 3;
  const planner::StrategyResult result = planner::run_study({what}, {}).strategies.at(0);
  // 0.75 messages, as above.
  CHECK(result.verdicts.at(0).unit.empty());
  CHECK(result.verdicts.at(0).value == Approx(0.75).epsilon(0.1));
  CHECK(result.verdicts.at(0).limit == 3);
}
