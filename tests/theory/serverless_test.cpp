#include <catch2/catch.hpp>
#include <functional>
#include <map>

#include "models/world_builder.hpp"
#include "theory.hpp"

// Functions that start on demand, and servers that set up, met by the request path's elastic pools.

using models::Part;
using models::PoolSpec;
using models::SourceSpec;
using test_support::WorldBuilder;
using theory::record;
using theory::Record;

namespace {

/// A pool that requests hold for a drawn time.
struct Serverless {
  WorldBuilder world;

  Serverless(PoolSpec pool, const sim::Distribution& service, double warm_up, double seconds) {
    world.spec.warmup = sim::from_seconds(warm_up);
    world.spec.duration = sim::from_seconds(seconds);
    pool.kind = PoolSpec::Kind::elastic;
    pool.instances = 0;
    pool.cold_purpose = sim::hash_name("cold");
    world.pool(std::move(pool));
    world.acquire(0);
    world.delay_by(world.law(service), Part::compute);
    world.release();
    world.finish();
  }

  [[nodiscard]] models::WorldResult run(std::uint32_t replication) const {
    return world.run({.seed = theory::seed, .replication = replication});
  }
};

double number(const std::string& id, const std::string& name) {
  return record(id).at("parameters").at(name).get<double>();
}

double cold_share(const models::WorldResult& result) {
  const models::PoolResult& pool = result.pools[0];
  return static_cast<double>(pool.instances_started) / static_cast<double>(pool.requests);
}

double mean_response(const models::WorldResult& result) { return result.classes[0].latency.mean() * 1e-9; }

void add_pool_means(theory::Estimates& estimates, const models::WorldResult& result) {
  const double seconds = sim::to_seconds(result.simulated);
  const models::PoolResult& pool = result.pools[0];
  const double busy = sim::to_seconds(pool.starting + pool.slot_busy) / seconds;
  const double alive = sim::to_seconds(pool.instance_alive) / seconds;
  estimates.add("p_cold_start", cold_share(result));
  estimates.add("mean_busy", busy);
  estimates.add("mean_idle", alive - busy);
  estimates.add("mean_instances", alive);
}

void check_exponential_keep_alive(const std::string& id) {
  const double warm = 1 / number(id, "warm_rate");
  const double cold = 1 / number(id, "cold_rate");
  // A cold response is exponential of mean c. It is a warm one of mean w plus a start that takes nothing
  // with probability w / c, else an exponential time of mean c: (1/(1+ws)) (w/c + (1-w/c)/(1+cs)) = 1/(1+cs).
  const PoolSpec pool{.cold_start = sim::Distribution::mixture(
                          {warm / cold, 1 - warm / cold},
                          {sim::Distribution::deterministic(0), sim::Distribution::exponential(cold)}),
                      .keep_alive = sim::Distribution::exponential(number(id, "keep_alive_mean"))};
  Serverless system{pool, sim::Distribution::exponential(warm), 200, 20'000};
  system.world.poisson(number(id, "arrival_rate"));
  theory::Estimates estimates;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    const models::WorldResult result = system.run(replication);
    add_pool_means(estimates, result);
    estimates.add("mean_response", mean_response(result));
  }
  theory::check_simulated(record(id), estimates);
}

void check_fixed_keep_alive(const std::string& id) {
  const double rate = number(id, "arrival_rate");
  const double keep_alive = number(id, "keep_alive");
  // Cold and warm responses are alike, so a start takes no time. The warm-up is many keep-alives long.
  Serverless system{{.dispatch = models::Dispatch::most_recently_used,
                     .keep_alive = sim::Distribution::deterministic(keep_alive)},
                    sim::Distribution::exponential(number(id, "mean_response")),
                    20 * keep_alive,
                    50'000 / rate};
  system.world.poisson(rate);
  theory::Estimates estimates;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication)
    add_pool_means(estimates, system.run(replication));
  theory::check_simulated(record(id), estimates);
}

void check_set_up(const std::string& id, double set_up) {
  Serverless system{{.max_instances = 1,
                     .cold_start = sim::Distribution::exponential(set_up),
                     .keep_alive = sim::Distribution::deterministic(0)},
                    sim::Distribution::exponential(1 / number(id, "service_rate")),
                    1'000,
                    30'000};
  system.world.poisson(number(id, "arrival_rate"));
  theory::Estimates estimates;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    const models::WorldResult result = system.run(replication);
    const double service =
        sim::to_seconds(result.pools[0].slot_busy) / static_cast<double>(result.classes[0].answered);
    estimates.add("mean_response", mean_response(result));
    estimates.add("mean_wait", mean_response(result) - service);
  }
  theory::check_simulated(record(id), estimates);
}

}  // namespace

TEST_CASE("theory: faas-expka-1") { check_exponential_keep_alive("faas-expka-1"); }
TEST_CASE("theory: faas-expka-2") { check_exponential_keep_alive("faas-expka-2"); }
TEST_CASE("theory: faas-detka-lifo-1") { check_fixed_keep_alive("faas-detka-lifo-1"); }
TEST_CASE("theory: faas-detka-lifo-2") { check_fixed_keep_alive("faas-detka-lifo-2"); }
TEST_CASE("theory: faas-detka-lifo-3") { check_fixed_keep_alive("faas-detka-lifo-3"); }
TEST_CASE("theory: mm1-setup") { check_set_up("mm1-setup", 1 / number("mm1-setup", "setup_rate")); }
TEST_CASE("theory: mg1-setup-exp") { check_set_up("mg1-setup-exp", number("mg1-setup-exp", "setup_mean")); }

TEST_CASE("theory: faas-iat-exp") {
  const Record& theory = record("faas-iat-exp");
  const Record& keep_alive = theory.at("parameters").at("keep_alive_s");
  theory::Estimates estimates;
  for (std::size_t i = 0; i < keep_alive.size(); ++i) {
    Serverless system{{.keep_alive = sim::Distribution::deterministic(keep_alive[i].get<double>())},
                      sim::Distribution::deterministic(0),
                      10'000,
                      9e6};
    system.world.poisson(number("faas-iat-exp", "arrival_rate_per_s"));
    const std::string entry = "[" + std::to_string(i) + "]";
    for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
      const models::WorldResult result = system.run(replication);
      estimates.add("p_cold_start" + entry, cold_share(result));
      estimates.add("mean_idle_instances" + entry,
                    sim::to_seconds(result.pools[0].instance_alive) / sim::to_seconds(result.simulated));
    }
  }
  theory::check_simulated(theory, estimates);
}

TEST_CASE("theory: faas-iat-weibull") {
  const Record& theory = record("faas-iat-weibull");
  const Record& gaps = theory.at("parameters").at("interarrival");
  const auto law = sim::Distribution::weibull(gaps.at("shape").get<double>(), gaps.at("scale").get<double>());
  const Record& keep_alive = theory.at("parameters").at("keep_alive_s");
  constexpr std::uint32_t calls = 10'000;  // a replication; a source has no such law, so they are a trace
  theory::Estimates estimates;
  for (std::size_t i = 0; i < keep_alive.size(); ++i) {
    for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
      const sim::Stream stream = sim::Streams{theory::seed, replication}.make("gap", "weibull");
      std::vector<sim::Duration> times{sim::Duration{0}};
      for (std::uint32_t k = 0; k < calls; ++k)
        times.push_back(times.back() + law.sample_duration(stream.draw(k)));
      Serverless system{{.keep_alive = sim::Distribution::deterministic(keep_alive[i].get<double>())},
                        sim::Distribution::deterministic(0),
                        0,
                        1};
      system.world.spec.duration = times.back() + sim::Duration{1};
      system.world.trace(times);
      const auto started = static_cast<double>(system.world.run().pools[0].instances_started);
      estimates.add("p_cold_start[" + std::to_string(i) + "]",
                    (started - 1) / calls);  // no gap before call 1
    }
  }
  theory::check_simulated(theory, estimates);
}

TEST_CASE("theory: faas-iat-periodic") {
  const Record& theory = record("faas-iat-periodic");
  const double keep_alive = number("faas-iat-periodic", "keep_alive_s");
  constexpr int calls = 50;
  std::vector<double> cold, idle;
  for (const double period : theory.at("parameters").at("period_s")) {
    Serverless system{{.keep_alive = sim::Distribution::deterministic(keep_alive)},
                      sim::Distribution::deterministic(0),
                      10 * period,
                      calls * period};
    system.world.source({.process = SourceSpec::Process::periodic,
                         .profile = {.step = sim::from_seconds(period), .rates = {1 / period}},
                         .phase = SourceSpec::Phase::aligned});
    const models::WorldResult result = system.world.run();
    cold.push_back(cold_share(result));
    idle.push_back(sim::to_seconds(result.pools[0].instance_alive) / calls);
  }
  theory::check_exact(theory, "cold_fraction_steady_state", cold);
  theory::check_exact(theory, "warm_idle_seconds_per_period", idle);
}

// Each request runs a program of its own, as its service time is given; a start takes 2 s of it when cold.
TEST_CASE("theory: trace-faas") {
  const Record& theory = record("trace-faas");
  const auto arrivals = theory.at("parameters").at("arrivals").get<std::vector<double>>();
  const auto services = theory.at("parameters").at("services").get<std::vector<double>>();
  WorldBuilder world;
  world.spec.duration = sim::from_seconds(arrivals.back() + 1);
  world.spec.classes = static_cast<std::uint32_t>(arrivals.size());
  world.pool({.kind = PoolSpec::Kind::elastic,
              .instances = 0,
              .cold_start = sim::Distribution::deterministic(number("trace-faas", "cold_start")),
              .keep_alive = sim::Distribution::deterministic(number("trace-faas", "keep_alive"))});
  for (std::uint32_t i = 0; i < arrivals.size(); ++i) {
    world.trace({sim::from_seconds(arrivals[i])}, world.acquire(0));
    world.delay(sim::from_seconds(services[i]), Part::compute);
    world.release();
    world.finish(i);
  }
  const models::WorldResult result = world.run();
  std::vector<double> cold, completions;
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    const double response = result.classes[i].latency.mean() * 1e-9;
    completions.push_back(arrivals[i] + response);
    cold.push_back(response > services[i] + 1 ? 1 : 0);
  }
  theory::check_exact(theory, "completions", completions);
  theory::check_exact(theory, "cold", cold);
  theory::check_exact(theory, "cold_count", static_cast<double>(result.pools[0].cold_starts));
}
