#include <catch2/catch.hpp>
#include <cmath>
#include <optional>

#include "models/autoscaler.hpp"
#include "sim/statistics.hpp"
#include "world_builder.hpp"

using models::Part;
using models::PoolSpec;
using sim::operator""s;
using test_support::WorldBuilder;

namespace {

sim::Duration at(double seconds) { return sim::from_seconds(seconds); }

/// A pool whose instances start in 2 s and end 10 s after they fall idle, unless `pool` says otherwise.
PoolSpec on_demand(PoolSpec pool = {}) {
  pool.kind = PoolSpec::Kind::elastic;
  pool.instances = 0;
  pool.cold_start = sim::Distribution::deterministic(2.0);
  pool.keep_alive = sim::Distribution::deterministic(10.0);
  return pool;
}

/// Requests of `service` seconds to each of the pools, at its instants.
models::WorldResult run(std::vector<PoolSpec> pools, double service,
                        const std::vector<std::vector<double>>& arrivals,
                        std::optional<std::uint64_t> quota = std::nullopt) {
  WorldBuilder world;
  world.spec.duration = 1000s;
  if (quota) world.spec.accounts.push_back({.name = "account", .concurrency = *quota});
  const std::uint32_t law = world.constant(service);
  for (std::size_t i = 0; i < pools.size(); ++i) {
    if (quota) pools[i].account = 0;
    const std::uint32_t first = world.serve(world.pool(pools[i]), law);
    world.finish();
    std::vector<sim::Duration> times;
    for (const double arrival : arrivals[i]) times.push_back(at(arrival));
    world.trace(times, first);
  }
  return world.run();
}

double latency_sum(const models::WorldResult& result) { return result.classes[0].latency.sum() * 1e-9; }

}  // namespace

TEST_CASE("Instances are provisioned from an hour on, and let go at another", "[models][serverless]") {
  // One from 100 s, none from 200 s. Requests of 1 s at 50 (cold: 3 s), 150 (warm: 1 s), 199.5 (warm, ends at
  // 200.5 on the instance that is kept like any other from 200 on), 205 (warm), 250 (cold).
  PoolSpec pool = on_demand();
  pool.provisions = {{at(100), 1}, {at(200), 0}};
  const models::WorldResult result = run({pool}, 1.0, {{50, 150, 199.5, 205, 250}});
  CHECK(result.pools[0].cold_starts == 2);
  CHECK(latency_sum(result) == Approx(3 + 1 + 1 + 1 + 3));
  CHECK(sim::to_seconds(result.pools[0].provisioned) == Approx(100));
  // 50 to 63 (3 s, then 10 idle); 100 to 216 (205 + 1 + 10); 250 to 263.
  CHECK(sim::to_seconds(result.pools[0].instance_alive) == Approx(13 + 116 + 13));
}

TEST_CASE("An instance that is let go while it starts is no longer kept", "[models][serverless]") {
  // Two from 100 s, none from 101: their starts of 2 s are not broken off. One is given up before anybody
  // asks: alive 2 s. A request at 100.5 waits for the other, is served from 102 to 103, and leaves an
  // instance on demand, which ends 10 s later: alive 13 s. So a request at 200 is cold.
  PoolSpec pool = on_demand();
  pool.provisions = {{at(100), 2}, {at(101), 0}};
  const models::WorldResult result = run({pool}, 1.0, {{100.5, 200}});
  CHECK(sim::to_seconds(result.pools[0].provisioned) == Approx(2 * 1));
  CHECK(sim::to_seconds(result.pools[0].instance_alive) == Approx(2 + 13 + 13));
  CHECK(result.pools[0].cold_starts == 2);
  CHECK(latency_sum(result) == Approx(2.5 + 3));
}

TEST_CASE("An account's quota refuses at once, whichever function took it", "[models][serverless]") {
  // At most two at a time over both functions, 5 s each after 2 s of start. At 0 and 1 both are taken; at 2
  // the second function is refused, at 8 the first one's slot is free again (0 + 7 s).
  const models::WorldResult result = run({on_demand(), on_demand()}, 5.0, {{0, 8}, {1, 2}}, 2);
  CHECK(result.pools[0].throttled == 0);
  CHECK(result.pools[1].throttled == 1);
  CHECK(result.pools[1].refused == 1);
  CHECK(result.classes[0].answered == 3);
}

TEST_CASE("Provisioned instances take nothing of an account's quota", "[models][serverless]") {
  PoolSpec kept = on_demand();
  kept.instances = 1;
  // The kept instance serves at 0; of those at 1 and 2 one finds the quota of one free.
  const models::WorldResult result = run({kept}, 5.0, {{0, 1, 2}}, 1);
  CHECK(result.pools[0].throttled == 1);
  CHECK(result.classes[0].answered == 2);
}

TEST_CASE("Who has waited for the longest time allowed is given up then", "[models][shedding]") {
  // One instance, 3 s each, at most 4 s of waiting: requests at 0, 0.1, 0.2, 0.3 begin at 0 and 3; the third
  // would at 6 and is given up at 4.2, the fourth at 4.3.
  PoolSpec pool{.instances = 1};
  pool.shedding = models::Shedding{.longest = at(4), .busy = at(4), .busy_after = at(0.1)};
  const models::WorldResult result = run({pool}, 3.0, {{0, 0.1, 0.2, 0.3}});
  CHECK(result.pools[0].shed == 2);
  CHECK(result.classes[0].answered == 2);
  CHECK(result.classes[0].failed == 2);
  CHECK(latency_sum(result) == Approx(3 + 5.9));
  CHECK(result.pools[0].slot_busy == 6s);
}

TEST_CASE("In overload those who have waited too long already are passed over", "[models][shedding]") {
  // 1 s each; the queue is busy from 0.1 on. At 1 s the one that came at 0.1 has waited 0.9 s: more than 0.5,
  // but the queue has been busy for 0.9 s only, not for 1.5. At 2 s it has: those of 0.2 and 0.3 are passed
  // over, the one of 1.8 is served.
  PoolSpec pool{.instances = 1};
  pool.shedding = models::Shedding{.longest = at(60), .busy = at(0.5), .busy_after = at(1.5)};
  const models::WorldResult result = run({pool}, 1.0, {{0, 0.1, 0.2, 0.3, 1.8}});
  CHECK(result.pools[0].shed == 2);
  CHECK(result.classes[0].answered == 3);
  CHECK(latency_sum(result) == Approx(1 + 1.9 + 1.2));
}

TEST_CASE("A deterministic patience loses the share that theory says", "[models][shedding]") {
  // M/M/1 with arrivals at rate a = 0.8, service rate m = 1 and patience T = 2 for waiting (Barrer 1957): the
  // work ahead has the density f(x) = a p0 exp(-(m - a) x) up to T and a p0 exp(a T - m x) beyond. So 1 / p0
  // = 1 + a / (m - a) (1 - exp(-(m - a) T)) + a / m exp(-(m - a) T) and the share lost is P(work > T) = p0 a
  // / m exp(-(m - a) T).
  const double a = 0.8, m = 1.0, patience = 2.0;
  const double decay = std::exp(-(m - a) * patience);
  const double lost = (a / m * decay) / (1 + a / (m - a) * (1 - decay) + a / m * decay);
  WorldBuilder world;
  world.spec.warmup = 1000s;
  world.spec.duration = 50'000s;
  PoolSpec pool{.instances = 1};
  pool.shedding = models::Shedding{.longest = at(patience), .busy = at(patience), .busy_after = 1s};
  world.serve(world.pool(pool), world.law(sim::Distribution::exponential(1 / m)));
  world.finish();
  world.poisson(a);
  sim::Moments share;
  for (std::uint32_t replication = 0; replication < 20; ++replication) {
    const models::PoolResult result = world.run({.seed = 7, .replication = replication}).pools[0];
    share.add(static_cast<double>(result.shed) / static_cast<double>(result.requests));
  }
  CAPTURE(lost, share.mean(), share.standard_error());
  CHECK(std::abs(share.mean() - lost) <= 4 * share.standard_error());
  CHECK(share.standard_error() < 0.01 * lost);
}

TEST_CASE("Cloud Run wants 60 % of the slots in use, at once as many as are needed, and keeps them idle",
          "[models][scaling]") {
  models::CloudRunScaler scaler{{.tick = 5s, .window = 10s, .idle = 20s}};
  const auto wanted = [&](std::int64_t second, double in_flight) {
    return scaler.wanted({.now = sim::at(1s * second), .in_flight = in_flight, .ready = 1, .slots = 10});
  };
  CHECK(wanted(5, 12) == 2);    // 12 / 6 = 2 steadily, 12 / 10 at once: 2
  CHECK(wanted(10, 60) == 6);   // mean 36: 36 / 6 = 6 steadily, 60 / 10 = 6 at once
  CHECK(wanted(15, 60) == 10);  // mean 60: 10
  CHECK(wanted(20, 0) == 10);   // mean 30: 5, but 10 were wanted within 20 s
  CHECK(wanted(35, 0) == 10);
  CHECK(wanted(40, 0) == 5);  // the 10 of second 15 are too long ago; the 5 of second 20 are not
  CHECK(wanted(45, 0) == 0);
}

TEST_CASE("Cloud Run wants 60 % of the processors in use, where it knows", "[models][scaling]") {
  models::CloudRunScaler scaler{{.tick = 5s, .window = 10s, .idle = 0s}};
  const auto wanted = [&](std::int64_t second, double processors) {
    return scaler.wanted({.now = sim::at(1s * second),
                          .in_flight = 3,
                          .busy_processors = processors,
                          .ready = 2,
                          .slots = 10});
  };
  CHECK(wanted(5, 1.1) == 2);   // 1.1 / 0.6 = 1.83; the slots would do with 1
  CHECK(wanted(10, 1.9) == 3);  // mean 1.5: 2.5
  CHECK(wanted(15, 0.1) == 2);  // mean 1.0: 1.67
}

TEST_CASE("An autoscaler sees the use of the processors that its instances share", "[models][scaling]") {
  // Up to 100 requests an instance of 2 cores, 1 s of work each, 1.8 a second: 90 % of one instance. HPA at
  // 75 % wants ceil(0.9 / 0.75) = 2 and keeps them: ceil(2 * 0.45 / 0.75) = 2. By slots, 2 of 100, 1 is
  // enough.
  const auto instances = [](std::uint32_t processors) {
    WorldBuilder world;
    world.spec.duration = sim::from_seconds(2000);
    world.spec.warmup = sim::from_seconds(1000);
    world.spec.processors.push_back({.name = "cores", .cores = 2, .count = 0});
    PoolSpec pool = on_demand({.concurrency = 100, .dispatch = models::Dispatch::longest_idle});
    pool.scaler = models::PodAutoscaler::Spec{.target = 0.75, .tolerance = 0.05};
    pool.processors = processors;
    world.acquire(world.pool(pool));
    world.work(0, world.constant(1));
    world.release();
    world.finish();
    world.source({.process = models::SourceSpec::Process::periodic,
                  .profile = {.step = sim::from_seconds(3600), .rates = {1.8}}});
    return world.run().pools[0].peak_instances;
  };
  CHECK(instances(0) == 2);
  CHECK(instances(models::none) == 1);
}

TEST_CASE("A start takes its parts one after the other, and each is accounted for", "[models][serverless]") {
  // 1 s for an environment, 3 s of pulling, 0.5 s of restoring, 2 s of initialisation: 6.5 s before 1 s of
  // service. Starts at 50 and at 80, when the first instance is gone.
  PoolSpec pool = on_demand();
  pool.preparation = {sim::Distribution::deterministic(1), sim::Distribution::deterministic(3),
                      sim::Distribution::deterministic(0.5)};
  const models::WorldResult result = run({pool}, 1.0, {{50, 80}});
  CHECK(latency_sum(result) == Approx(2 * 7.5));
  const models::PoolResult& did = result.pools[0];
  CHECK(did.instances_started == 2);
  CHECK(sim::to_seconds(did.acquiring) == Approx(2));
  CHECK(sim::to_seconds(did.pulling) == Approx(6));
  CHECK(sim::to_seconds(did.restoring) == Approx(1));
  CHECK(sim::to_seconds(did.starting) == Approx(13));
}

TEST_CASE("What instances that are kept warm do is told apart", "[models][serverless]") {
  // One is kept. Of two requests at 50 s the first has it at once, for the other one is started: each serves
  // 1 s.
  PoolSpec one = on_demand();
  one.instances = 1;
  const models::PoolResult apart = run({one}, 1.0, {{50, 50}}).pools[0];
  CHECK(sim::to_seconds(apart.instance_busy) == Approx(2));
  CHECK(sim::to_seconds(apart.provisioned_busy) == Approx(1));
  CHECK(sim::to_seconds(apart.billed) == Approx(2));
  CHECK(sim::to_seconds(apart.provisioned_billed) == Approx(1));
  CHECK(sim::to_seconds(apart.starting) == Approx(2));
  CHECK(apart.provisioned_starting == sim::Duration{0});
  // Kept from 100 to 200 s, it starts in 2 s, serves from 199 to 203 s, and is kept for 1 s of these; the
  // request counts by its end.
  PoolSpec part = on_demand();
  part.provisions = {{at(100), 1}, {at(200), 0}};
  const models::PoolResult while_kept = run({part}, 4.0, {{199}}).pools[0];
  CHECK(sim::to_seconds(while_kept.provisioned_starting) == Approx(2));
  CHECK(sim::to_seconds(while_kept.instance_busy) == Approx(4));
  CHECK(sim::to_seconds(while_kept.provisioned_busy) == Approx(1));
  CHECK(while_kept.provisioned_billed == sim::Duration{0});
}

TEST_CASE("Results of pools add up, with the highest peaks", "[models]") {
  models::PoolResult sum, more;
  sum.requests = 2;
  sum.peak_queue = 5;
  more.requests = 3;
  more.peak_queue = 4;
  more.provisioned_busy = more.billed = 7s;
  sum += more;
  CHECK(sum.requests == 5);
  CHECK(sum.peak_queue == 5);
  CHECK(sum.provisioned_busy == 7s);
  CHECK(sum.billed == 7s);
}

TEST_CASE("The parts of a start are independent draws", "[models][serverless]") {
  // Two uniform parts on [0, 2]: their sum has mean 2 and variance 2 * 4/12. 4,000 starts, each of a request
  // that finds none alive: 4 standard errors are 4 sqrt(0.667 / 4000) = 0.052 and, for the variance of this
  // triangular law (fourth moment 2.4 times its square), 4 * 0.667 sqrt(1.4 / 4000) = 0.050.
  PoolSpec pool = on_demand();
  pool.preparation[0] = sim::Distribution::uniform(0, 2);
  pool.cold_start = sim::Distribution::uniform(0, 2);
  pool.keep_alive = sim::Distribution::deterministic(0.0);
  WorldBuilder world;
  world.spec.duration = sim::from_seconds(40'000);
  std::vector<sim::Duration> times;
  for (int i = 0; i < 4000; ++i) times.push_back(at(10.0 * i));
  world.trace(times, world.serve(world.pool(pool), world.constant(0)));
  world.finish();
  const models::WorldResult result = world.run();
  const sim::Histogram& latency = result.classes[0].latency;
  REQUIRE(result.pools[0].instances_started == 4000);
  const double mean = latency.sum() * 1e-9 / 4000;
  CHECK(mean == Approx(2.0).margin(0.052));
  CHECK(sim::to_seconds(result.pools[0].starting) / 4000 == Approx(mean).epsilon(1e-6));
  // P(sum < 0.4) = 0.4^2 / 8 = 0.02; bound 4 sqrt(0.02 * 0.98 / 4000) = 0.009.
  CHECK(1 - latency.fraction_above(sim::from_seconds(0.4)) == Approx(0.02).margin(0.009));
}
