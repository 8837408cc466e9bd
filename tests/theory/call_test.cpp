#include <catch2/catch.hpp>
#include <cmath>

#include "models/attempts.hpp"
#include "models/token_bucket.hpp"
#include "sim/random.hpp"
#include "theory.hpp"

// Calls that are tried again, sent twice, or limited.

using models::Part;
using test_support::add_attempts;
using test_support::Attempts;
using test_support::fail_with;
using test_support::WorldBuilder;
using theory::record;

namespace {

double number(const std::string& id, const std::string& name) {
  return record(id).at("parameters").at(name).get<double>();
}

Attempts retries_of(const std::string& id) {
  Attempts call;
  call.retries = static_cast<std::uint32_t>(number(id, "max_retries"));
  call.timeout = sim::from_seconds(number(id, "timeout"));
  double wait = number(id, "backoff_base");
  for (std::uint32_t i = 0; i < call.retries; ++i) {
    call.backoff.push_back(sim::from_seconds(wait));
    wait *= number(id, "backoff_multiplier");
  }
  return call;
}

/// @param forgiving  failures are recorded like answers
models::WorldResult run_retries(const std::string& id, bool forgiving, std::uint32_t replication) {
  WorldBuilder world;
  world.spec.duration = sim::from_seconds(20'000);
  world.spec.guards.push_back({.name = "client"});
  const std::uint32_t law = world.law(sim::Distribution::exponential(1 / number(id, "service_rate")));
  add_attempts(world, retries_of(id), [&] {
    world.delay_by(law, Part::compute);
    fail_with(world, number(id, "p_fail_fast"));
  });
  if (forgiving) world.step({.kind = models::StepKind::forgive});
  world.finish();
  world.poisson(1);
  return world.run({.seed = theory::seed, .replication = replication});
}

void check_retries(const std::string& id) {
  theory::Estimates estimates;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    const models::WorldResult result = run_retries(id, false, replication);
    const auto started = static_cast<double>(result.classes[0].started);
    estimates.add("p_success", static_cast<double>(result.classes[0].answered) / started);
    estimates.add("mean_attempts", static_cast<double>(result.guards[0].attempts) / started);
    estimates.add("mean_latency_success", result.classes[0].latency.mean() * 1e-9);
    estimates.add("mean_latency", run_retries(id, true, replication).classes[0].latency.mean() * 1e-9);
  }
  theory::check_simulated(record(id), estimates);
}

}  // namespace

TEST_CASE("theory: retry-max2-to2") { check_retries("retry-max2-to2"); }
TEST_CASE("theory: retry-max3-to1") { check_retries("retry-max3-to1"); }

TEST_CASE("theory: retry-amplification") {
  const std::string id = "retry-amplification";
  const auto retries = static_cast<std::uint32_t>(number(id, "retries"));
  WorldBuilder world;
  for (int tier = 0; tier < 3; ++tier) world.spec.guards.push_back({.name = std::to_string(tier)});
  const auto bottom = [&] { world.step({.kind = models::StepKind::fail, .target = world.here() + 1}); };
  const auto middle = [&] { add_attempts(world, {.guard = 2, .retries = retries}, bottom); };
  const auto top = [&] { add_attempts(world, {.guard = 1, .retries = retries}, middle); };
  add_attempts(world, {.guard = 0, .retries = retries}, top);
  world.finish();
  world.trace({sim::Duration{0}});
  const models::WorldResult result = world.run();
  std::vector<double> calls;
  for (const models::GuardResult& tier : result.guards) calls.push_back(static_cast<double>(tier.attempts));
  theory::check_exact(record(id), "calls_per_tier", calls);
  theory::check_exact(record(id), "calls_at_bottom_per_request", calls.back());
  CHECK(result.classes[0].failed == 1);
}

TEST_CASE("theory: hedge-d1") {
  const std::string id = "hedge-d1";
  WorldBuilder world;
  world.spec.duration = sim::from_seconds(20'000);
  world.spec.guards.push_back({.name = "client"});
  const std::uint32_t law = world.law(sim::Distribution::exponential(1 / number(id, "service_rate")));
  add_attempts(world, {.hedge_after = sim::from_seconds(number(id, "hedge_delay"))},
               [&] { world.delay_by(law, Part::compute); });
  world.finish();
  world.poisson(1);
  theory::Estimates estimates;
  std::map<std::string, sim::Moments> slower;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    const models::WorldResult result = world.run({.seed = theory::seed, .replication = replication});
    estimates.add("p_second", static_cast<double>(result.guards[0].hedged) /
                                  static_cast<double>(result.classes[0].started));
    estimates.add("mean_response", result.classes[0].latency.mean() * 1e-9);
    for (const std::string name : {"response_p50", "response_p95", "response_p99"})
      slower[name].add(
          result.classes[0].latency.fraction_above(sim::from_seconds(theory::expected(record(id), name))));
  }
  theory::check_simulated(record(id), estimates, {"response_p50", "response_p95", "response_p99"});
  for (const auto& [name, share] : slower)
    theory::check_simulated(1 - std::stod(name.substr(10)) / 100, share);
}

TEST_CASE("theory: token-bucket-b5") {
  const std::string id = "token-bucket-b5";
  const models::TokenBucket::Spec limit{.period = sim::from_seconds(1 / number(id, "token_rate")),
                                        .refill = 1,
                                        .depth = static_cast<std::uint64_t>(number(id, "depth"))};
  const auto gap = sim::Distribution::exponential(1 / number(id, "arrival_rate"));
  sim::Moments dropped;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    const sim::Stream stream = sim::Streams{theory::seed, replication}.make("arrivals", "policer");
    models::TokenBucket bucket{limit};
    sim::Time now{};
    constexpr std::uint32_t arrivals = 50'000;
    std::uint32_t drops = 0;
    for (std::uint32_t i = 0; i < arrivals; ++i) {
      now += gap.sample_duration(stream.draw(i));
      drops += bucket.take(now) ? 0 : 1;
    }
    dropped.add(static_cast<double>(drops) / arrivals);
  }
  theory::check_simulated(record(id), "p_drop", dropped);
}
