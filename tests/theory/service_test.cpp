#include <catch2/catch.hpp>
#include <cmath>

#include "models/world_builder.hpp"
#include "theory.hpp"

// The same records that the kernel's stations meet, here met by the pools that the request path offers:
// balanced ones, shared processors and batches.

using models::Balance;
using models::PoolSpec;
using sim::Distribution;
using test_support::WorldBuilder;
using theory::record;

namespace {

double number(const std::string& id, const std::string& name) {
  return record(id).at("parameters").at(name).get<double>();
}

double mean_response(const models::WorldResult& result) { return result.classes[0].latency.mean() * 1e-9; }

/// A world whose requests ask one pool for one service.
WorldBuilder served_by(PoolSpec pool, const Distribution& service, double rate, double warm_up,
                       double seconds) {
  WorldBuilder world;
  world.spec.warmup = sim::from_seconds(warm_up);
  world.spec.duration = sim::from_seconds(seconds);
  world.pool(std::move(pool));
  world.serve(0, world.law(service));
  world.finish();
  world.poisson(rate);
  return world;
}

sim::Moments responses(const WorldBuilder& world) {
  sim::Moments moments;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication)
    moments.add(mean_response(world.run({.seed = theory::seed, .replication = replication})));
  return moments;
}

sim::Moments balanced(Balance balance, std::uint32_t servers, double rate, double seconds) {
  return responses(served_by({.instances = servers, .balance = balance}, Distribution::exponential(1), rate,
                             seconds / 10, seconds));
}

/// A pool whose requests all work on one processor.
WorldBuilder sharing(double cores, const Distribution& service, double rate, double seconds) {
  WorldBuilder world;
  world.spec.warmup = sim::from_seconds(seconds / 10);
  world.spec.duration = sim::from_seconds(seconds);
  world.spec.processors.push_back({.name = "node", .cores = cores, .count = 1});
  world.pool({.instances = 1, .concurrency = 100'000});
  world.acquire(0);
  world.work(0, world.law(service));
  world.release();
  world.finish();
  world.poisson(rate);
  return world;
}

void check_batches(const std::string& id, models::Batching batching, const Distribution& alone, double rate,
                   double seconds) {
  WorldBuilder world;
  world.spec.warmup = sim::from_seconds(seconds / 10);
  world.spec.duration = sim::from_seconds(seconds);
  world.spec.accelerators.push_back({.name = "card"});
  world.pool({.instances = 1, .batching = batching});
  world.batch(0, world.law(alone));
  world.finish();
  world.poisson(rate);
  sim::Moments response, batch, utilization;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    const models::WorldResult result = world.run({.seed = theory::seed, .replication = replication});
    const models::PoolResult& pool = result.pools[0];
    response.add(mean_response(result));
    batch.add(static_cast<double>(pool.requests) / static_cast<double>(pool.batches));
    utilization.add(sim::to_seconds(pool.slot_busy) / sim::to_seconds(result.simulated));
  }
  theory::check_simulated(record(id), "mean_response", response);
  theory::check_simulated(record(id), "mean_batch", batch);
  theory::check_simulated(record(id), "utilization", utilization);
}

}  // namespace

TEST_CASE("The fewest requests of two instances: record jsq2-lam1.4") {
  theory::check_simulated(
      record("jsq2-lam1.4"), "mean_response",
      balanced(Balance::least_requests, 2, number("jsq2-lam1.4", "arrival_rate"), 10'000));
}

TEST_CASE("Ten instances chosen at random, by turns, or with one queue: record lb-N10-rho0.8") {
  const auto& expected = record("lb-N10-rho0.8");
  const double rate = number("lb-N10-rho0.8", "arrival_rate");
  theory::check_simulated(expected, "random_mean_response", balanced(Balance::random, 10, rate, 2'500));
  theory::check_simulated(expected, "round_robin_mean_response",
                          balanced(Balance::round_robin, 10, rate, 1'500));
  theory::check_simulated(expected, "central_queue_mean_response",
                          balanced(Balance::shared, 10, rate, 1'500));
}

// The limit of endlessly many instances: the record allows a thousand of them 1 % of deviation.
TEST_CASE("The better of two among a thousand instances: record pod2-rho0.8") {
  const double wanted = theory::expected(record("pod2-rho0.8"), "mean_response");
  sim::Moments moments;
  const WorldBuilder world = served_by({.instances = 1'000, .balance = Balance::two_choices},
                                       Distribution::exponential(1), 800, 30, 200);
  for (std::uint32_t replication = 0; replication < 10; ++replication)
    moments.add(mean_response(world.run({.seed = theory::seed, .replication = replication})));
  CAPTURE(moments.mean(), moments.standard_error());
  CHECK(std::abs(moments.mean() - wanted) <= 0.01 * wanted);
  CHECK(moments.standard_error() <= 0.0025 * wanted);
}

TEST_CASE("Shared processors: records mm1ps-rho0.6, mg1ps-lognormal-rho0.8 and mmcps-c4") {
  theory::check_simulated(record("mm1ps-rho0.6"), "mean_response",
                          responses(sharing(1, Distribution::exponential(1), 0.6, 10'000)));
  theory::check_simulated(record("mg1ps-lognormal-rho0.8"), "mean_response",
                          responses(sharing(1, Distribution::lognormal_by_mean_cv(1, 2), 0.8, 20'000)));
  theory::check_simulated(record("mmcps-c4"), "mean_response",
                          responses(sharing(4, Distribution::exponential(1), 3.2, 5'000)));
}

TEST_CASE("Batches: records bulk-mm1-b2, bulk-mm1-b8, gpu-batch-lam2-B64 and gpu-batch-lam5-B8") {
  const Distribution exponential = Distribution::exponential(1);
  check_batches("bulk-mm1-b2", {.size = 2}, exponential, 1.5, 10'000);
  check_batches("bulk-mm1-b8", {.size = 8}, exponential, 6, 5'000);
  // A batch of n takes t0 + a n = (t0 + a) (1 + (n - 1) a / (t0 + a)).
  check_batches("gpu-batch-lam2-B64", {.size = 64, .added = 0.1 / 1.1}, Distribution::deterministic(1.1), 2,
                10'000);
  check_batches("gpu-batch-lam5-B8", {.size = 8, .added = 0.1 / 0.6}, Distribution::deterministic(0.6), 5,
                5'000);
}
