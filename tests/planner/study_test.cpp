#include "planner/study.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "planner/render.hpp"
#include "support/scenario_builder.hpp"

using namespace test_support;
using models::Part;
using planner::Scenario;
using planner::Slice;
using planner::Study;

namespace {

const Slice& whole(const Study& study) { return study.strategies.front().slices.front(); }

/// 64 ns ticks: a part may be off by one of them.
Approx ms(double value) { return Approx(value).margin(0.000065); }

}  // namespace

TEST_CASE("Constant times add up to the latency", "[planner][study]") {
  // 1 ms up + 10 ms of service + 2 ms down; 5 requests a second never meet.
  const Study result = study(one_site(5));
  const Slice& all = whole(result);
  CHECK(all.started == 500);
  CHECK(all.answered == 500);
  CHECK(all.mean.value == ms(13.0));
  for (const auto& percentile : all.percentiles) CHECK(percentile.value == ms(13.0));
  CHECK(part(all.parts, Part::access) == ms(3.0));
  CHECK(part(all.parts, Part::compute) == ms(10.0));
  CHECK(all.ok.value == 1.0);
}

TEST_CASE("A request passes a link, its bandwidth, and the way back", "[planner][study]") {
  // 1 up + (8 kB at 8 Mbit/s: 8 ms, then 20) + 10 + (4 kB: 4 ms, then 20) + 2 down = 65 ms.
  Scenario scenario = one_site(5);
  add_far_site(scenario, constant(0.020));
  scenario.links.at("home--far").bandwidth = sim::BitRate{8e6};
  scenario.placement["web"] = {};
  scenario.placement["web"]["far"].pool = "box";
  scenario.flows.at("page").request = sim::Bytes{8000};
  scenario.flows.at("page").response = sim::Bytes{4000};
  const Study result = study(scenario);
  const Slice& all = whole(result);
  CHECK(all.mean.value == ms(65.0));
  CHECK(part(all.parts, Part::propagation) == ms(40.0));
  CHECK(part(all.parts, Part::transmission) == ms(12.0));
}

TEST_CASE("A new connection costs its round trips before the request", "[planner][study]") {
  // TCP and TLS 1.3: 2 round trips of 1 up + 20 there + 20 back + 2 down = 43 ms; then 1 + 20 + 10 + 20 + 2
  // = 53.
  Scenario scenario = one_site(5);
  add_far_site(scenario, constant(0.020));
  scenario.placement["web"] = {};
  scenario.placement["web"]["far"].pool = "box";
  scenario.flows.at("page").transport = "tcp-tls13";
  scenario.flows.at("page").reuse = 0.0;
  const Study result = study(scenario);
  CHECK(whole(result).mean.value == ms(2 * 43.0 + 53.0));
  CHECK(part(whole(result).parts, Part::connection) == ms(86.0));

  scenario.flows.at("page").reuse = 1.0;
  const Study reused = study(scenario);
  CHECK(whole(reused).mean.value == ms(53.0));
}

TEST_CASE("Parallel calls cost the longest of them, calls in sequence their sum", "[planner][study]") {
  // The entry (10 ms) calls a (5) and b (7) at once, then c (4): 1 + 10 + max(5, 7) + 4 + 2 = 24 ms.
  Scenario scenario = one_site(2);
  add_call(scenario, "a", "home", constant(0.005));
  add_call(scenario, "b", "home", constant(0.007));
  add_call(scenario, "c", "home", constant(0.004)).after = {"a", "b"};
  const Study result = study(scenario);
  CHECK(whole(result).mean.value == ms(24.0));
  CHECK(part(whole(result).parts, Part::compute) == ms(21.0));
}

TEST_CASE("A service holds its slot while it waits for its calls", "[planner][study]") {
  // The entry takes 10 ms and calls a (90 ms): its only slot is busy 100 ms a request, 5 requests a second:
  // 50 %.
  Scenario scenario = one_site(5);
  add_call(scenario, "a", "home", constant(0.090));
  const Study result = study(scenario);
  for (const auto& pool : result.strategies.front().pools) {
    CHECK(pool.utilisation == Approx(pool.service == "web" ? 0.50 : 0.45).epsilon(0.003));
  }
  CHECK(whole(result).mean.value == ms(103.0));
}

TEST_CASE("A call with probability one half is made half the time", "[planner][study]") {
  // Binomial: 4 standard errors of 2,000 draws are 4 sqrt(0.25 / 2000) = 0.0447, times 50 ms.
  Scenario scenario = one_site(10);
  scenario.duration = std::chrono::seconds{200};
  add_call(scenario, "a", "home", constant(0.050)).probability = 0.5;
  scenario.placement.at("a").at("home").replicas = 10;
  scenario.placement.at("web").at("home").replicas = 10;
  const Study result = study(scenario);
  CHECK(whole(result).mean.value == Approx(13.0 + 25.0).margin(4 * std::sqrt(0.25 / 2000) * 50));
}

TEST_CASE("A service on the user's device needs no network", "[planner][study]") {
  Scenario scenario = one_site(5);
  scenario.placement["web"] = {};
  scenario.placement["web"][planner::user_device];
  const Study result = study(scenario);
  CHECK(whole(result).mean.value == ms(10.0));
  CHECK(part(whole(result).parts, Part::access) == 0.0);
  CHECK(result.strategies.front().slices.back().site == planner::user_device);
}

TEST_CASE("A service on the device calls one at a site through the access network", "[planner][study]") {
  // 10 ms on the device, then 1 up + 4 of service + 2 down.
  Scenario scenario = one_site(5);
  scenario.placement["web"] = {};
  scenario.placement["web"][planner::user_device];
  add_call(scenario, "a", "home", constant(0.004));
  CHECK(whole(study(scenario)).mean.value == ms(17.0));
}

TEST_CASE("A user's rate bounds a transfer, the cell's rate is shared", "[planner][study]") {
  // 10 kB up: 80 kbit at the user's 8 Mbit/s take 10 ms, of which 1 ms at the cell's 80 Mbit/s. Total 13
  // + 10.
  Scenario scenario = one_site(5);
  scenario.flows.at("page").request = sim::Bytes{10000};
  auto& access = scenario.populations.at("users").access;
  access.uplink = sim::BitRate{8e6};
  access.cell_uplink = sim::BitRate{80e6};
  const Study result = study(scenario);
  CHECK(whole(result).mean.value == ms(23.0));
  CHECK(part(whole(result).parts, Part::transmission) == ms(10.0));
}

TEST_CASE("Two M/M/1 queues in a row keep the mean that theory gives", "[planner][study]") {
  // Poisson 50/s; exponential 10 ms and 12 ms. The entry is on the device (constant 0), so that it holds
  // nothing; first: 1/(100 - 50) = 20 ms, second: 1/(83.3 - 50) = 30 ms; access 3 ms each way there and back,
  // twice.
  Scenario scenario = one_site(50);
  scenario.workloads.at("load").process = planner::Workload::Process::poisson;
  scenario.warmup = std::chrono::seconds{20};
  scenario.duration = std::chrono::seconds{400};
  scenario.services.at("web").time = constant(0.0);
  scenario.placement["web"] = {};
  scenario.placement["web"][planner::user_device];
  add_call(scenario, "a", "home", law(sim::Distribution::exponential(0.010)));
  add_call(scenario, "b", "home", law(sim::Distribution::exponential(0.012))).after = {"a"};
  const Study result = study(scenario, 10);
  const Slice& all = whole(result);
  const double expected = 20.0 + 1000.0 / (1000.0 / 12.0 - 50.0) + 2 * 3.0;
  const double standard_error = (all.mean.high - all.mean.low) / 2 / 2.262;  // Student, 9 degrees, 97.5 %
  CHECK(std::abs(all.mean.value - expected) < 4 * standard_error);
  REQUIRE(all.analytic_mean);
  CHECK(all.analytic_mean->value == Approx(expected).epsilon(1e-9));
}

TEST_CASE("Load above capacity is told with both numbers and not run", "[planner][study]") {
  // 200 requests/s against 1 slot of 10 ms: 100 requests/s.
  const Study result = study(one_site(200));
  const auto& strategy = result.strategies.front();
  CHECK_FALSE(strategy.feasible);
  CHECK(strategy.infeasible_reason.find("200 requests/s") != std::string::npos);
  CHECK(strategy.infeasible_reason.find("100 requests/s") != std::string::npos);
  CHECK(strategy.replications == 0);
}

TEST_CASE("No users and no demand end with an empty answer", "[planner][study]") {
  const Study result = study(one_site(0));
  CHECK(result.strategies.front().feasible);
  CHECK(whole(result).started == 0);
  CHECK(whole(result).mean.value == 0.0);
}

TEST_CASE("A strategy compared with itself does not differ", "[planner][study]") {
  Scenario base = one_site(50);
  base.workloads.at("load").process = planner::Workload::Process::poisson;
  Scenario same = base;
  same.strategy = "same";
  same.baseline = false;
  const Study result = study({base, same}, 3);
  REQUIRE_FALSE(result.differences.empty());
  for (const auto& difference : result.differences) {
    CHECK(difference.delta.value == 0.0);
    CHECK(difference.delta.low == 0.0);
    CHECK_FALSE(difference.significant);
  }
}

TEST_CASE("Common random numbers make a constant difference exact", "[planner][study]") {
  // The same service 20 ms farther away each way: every request takes exactly 40 ms more.
  Scenario near = one_site(50);
  near.workloads.at("load").process = planner::Workload::Process::poisson;
  add_far_site(near, constant(0.020));
  Scenario far = near;
  far.strategy = "far";
  far.baseline = false;
  far.placement["web"] = {};
  far.placement["web"]["far"].pool = "box";
  const Study result = study({near, far}, 4);
  const auto& mean = result.differences.front();
  CHECK(mean.metric == "mean");
  CHECK(mean.delta.value == Approx(40.0).margin(1e-6));
  CHECK(mean.delta.high - mean.delta.low < 1e-6);
  CHECK(mean.significant);
  CHECK(mean.variance_reduction > 1000);
}

TEST_CASE("Refused calls fail, and a spill-over finds the next site", "[planner][study]") {
  Scenario scenario = one_site(150);  // 100 are served a second
  scenario.workloads.at("load").process = planner::Workload::Process::poisson;
  scenario.services.at("web").queue_limit = 3;
  const Study refused = study(scenario);
  CHECK(whole(refused).failed > 0);
  CHECK(whole(refused).answered + whole(refused).failed == whole(refused).started);

  scenario.services.at("web").queue_limit = UINT32_MAX;
  add_far_site(scenario, constant(0.020));
  scenario.placement.at("web")["far"].pool = "box";
  scenario.routing.spill_at = 1.0;
  const Study spilled = study(scenario);
  CHECK(whole(spilled).failed == 0);
  CHECK(spilled.strategies.front().slices.back().site == "home");
  for (const auto& pool : spilled.strategies.front().pools) {
    if (pool.site == "home") CHECK(pool.spilled > 0);
    if (pool.site == "far") CHECK(pool.requests > 0);
  }
}

TEST_CASE("A study ends at its event limit with what it has, labelled", "[planner][study]") {
  planner::StudyOptions options;
  options.replications = 5;
  options.event_limit = 300;
  const Study result = planner::run_study({one_site(50)}, options);
  CHECK(result.interrupted);
  CHECK(result.strategies.front().partial);
  CHECK(result.strategies.front().replications == 1);
}

TEST_CASE("Any number of threads gives the same document", "[planner][study][threads]") {
  Scenario scenario = one_site(50);
  scenario.workloads.at("load").process = planner::Workload::Process::poisson;
  add_far_site(scenario, constant(0.020));
  add_call(scenario, "a", "far", law(sim::Distribution::exponential(0.005)));
  Scenario other = scenario;
  other.strategy = "other";
  other.baseline = false;
  other.placement["a"]["home"].pool = "box";
  const auto document = [&](unsigned threads, std::uint32_t replications) {
    planner::StudyOptions options;
    options.replications = replications;
    options.threads = threads;
    return planner::result_json(planner::run_study({scenario, other}, options)).dump();
  };
  // 14 worlds side by side, and 2 that have more threads than worlds.
  for (const std::uint32_t replications : {7U, 1U}) {
    const std::string one = document(1, replications);
    for (const unsigned threads : {2U, 3U, 8U}) CHECK(document(threads, replications) == one);
  }
}

TEST_CASE("A set stop flag ends a study at once", "[planner][study]") {
  const std::atomic<bool> stop{true};
  planner::StudyOptions options;
  options.stop = &stop;
  const Study result = planner::run_study({one_site(50)}, options);
  CHECK(result.interrupted);
  CHECK(result.strategies.front().replications == 0);
}

TEST_CASE("Replications go on until p99 is as precise as asked", "[planner][study]") {
  Scenario scenario = one_site(50);
  scenario.workloads.at("load").process = planner::Workload::Process::poisson;
  scenario.experiment.min_replications = 2;
  scenario.experiment.max_replications = 64;
  scenario.experiment.half_width = 0.02;
  const Study result = planner::run_study({scenario}, {});
  const auto& p99 = whole(result).percentiles[3];
  const std::uint32_t done = result.strategies.front().replications;
  CHECK((done == 64 || (p99.high - p99.value) / p99.value <= 0.02));
  CHECK(done > 2);
}

TEST_CASE("The same study gives the same numbers again, on both paths", "[planner][study]") {
  Scenario scenario = one_site(50);
  scenario.workloads.at("load").process = planner::Workload::Process::poisson;
  add_call(scenario, "a", "home", law(sim::Distribution::exponential(0.005)));
  planner::StudyOptions options;
  options.replications = 2;
  const Study first = planner::run_study({scenario}, options);
  options.path = models::Path::general;
  const Study second = planner::run_study({scenario}, options);
  CHECK(whole(first).latency == whole(second).latency);
  CHECK(whole(first).parts == whole(second).parts);
}
