#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "sim/statistics.hpp"
#include "support/shared_data.hpp"
#include "world_builder.hpp"

// The serverless records of the theory collection (and the set-up times of single servers, which are pools
// without keep-alive), met by the request path within 4 standard errors over fixed replications.

using models::Part;
using models::PoolSpec;
using models::SourceSpec;
using test_support::WorldBuilder;

namespace {

constexpr const char* collection = "validation/theory_public.json";
constexpr std::uint32_t replications = 20;

const nlohmann::json& record(const std::string& id) {
  static const nlohmann::json all =
      nlohmann::json::parse(std::ifstream{test_support::shared_dir() / collection});
  for (const nlohmann::json& each : all.at("records"))
    if (each.at("id") == id) return each;
  throw std::runtime_error{"no record " + id};
}

/// A pool that requests hold for a drawn time.
struct Serverless {
  WorldBuilder world;
  sim::Duration warmup, duration;

  Serverless(PoolSpec pool, const sim::Distribution& service, double warmup_seconds, double seconds)
      : warmup{sim::from_seconds(warmup_seconds)}, duration{sim::from_seconds(seconds)} {
    world.spec.warmup = warmup;
    world.spec.duration = duration;
    pool.kind = PoolSpec::Kind::elastic;
    pool.instances = 0;
    pool.cold_purpose = sim::hash_name("cold");
    world.pool(std::move(pool));
    world.acquire(0);
    world.delay_by(world.law(service), Part::compute);
    world.release();
    world.finish();
  }
};

using Metric = std::function<double(const models::WorldResult&)>;

/// Runs the replications and holds each metric against the value expected of it.
void check_metrics(const Serverless& system, const nlohmann::json& expected,
                   const std::map<std::string, Metric>& metrics) {
  std::map<std::string, std::vector<double>> samples;
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    const models::WorldResult result = system.world.run({.seed = 11, .replication = replication});
    for (const auto& [name, metric] : metrics) samples[name].push_back(metric(result));
  }
  for (const auto& [name, values] : samples) {
    const sim::Moments moments = sim::moments_of(values);
    CAPTURE(name, expected.at(name).get<double>(), moments.mean(), moments.standard_error());
    CHECK(std::abs(moments.mean() - expected.at(name).get<double>()) <= 4 * moments.standard_error());
  }
}

std::map<std::string, Metric> metrics_of(const Serverless& system) {
  const double seconds = sim::to_seconds(system.duration);
  const auto share = [seconds](sim::Duration integral) { return sim::to_seconds(integral) / seconds; };
  const auto busy = [share](const models::PoolResult& pool) { return share(pool.starting + pool.slot_busy); };
  return {
      {"p_cold_start",
       [](const models::WorldResult& result) {
         const models::PoolResult& pool = result.pools[0];
         return static_cast<double>(pool.instances_started) / static_cast<double>(pool.requests);
       }},
      {"mean_busy", [busy](const models::WorldResult& result) { return busy(result.pools[0]); }},
      {"mean_idle",
       [=](const models::WorldResult& result) {
         return share(result.pools[0].instance_alive) - busy(result.pools[0]);
       }},
      {"mean_instances",
       [share](const models::WorldResult& result) { return share(result.pools[0].instance_alive); }},
  };
}

double mean_response(const models::WorldResult& result) { return result.classes[0].latency.mean() * 1e-9; }

}  // namespace

TEST_CASE("Scale per request with exponential keep-alive meets its Markov chain",
          "[models][serverless][theory]") {
  REQUIRE_SHARED_DATA(collection);
  for (const std::string id : {"faas-expka-1", "faas-expka-2"}) {
    CAPTURE(id);
    const nlohmann::json& parameters = record(id).at("parameters");
    const double warm = 1 / parameters.at("warm_rate").get<double>();
    const double cold = 1 / parameters.at("cold_rate").get<double>();
    // A cold response is exponential of mean c. It is a warm one of mean w plus a start that takes nothing
    // with probability w / c, else an exponential time of mean c: (1/(1+ws)) (w/c + (1-w/c)/(1+cs)) =
    // 1/(1+cs).
    const PoolSpec pool{
        .cold_start = sim::Distribution::mixture(
            {warm / cold, 1 - warm / cold},
            {sim::Distribution::deterministic(0), sim::Distribution::exponential(cold)}),
        .keep_alive = sim::Distribution::exponential(parameters.at("keep_alive_mean").get<double>())};
    Serverless system{pool, sim::Distribution::exponential(warm), 200, 20'000};
    system.world.poisson(parameters.at("arrival_rate").get<double>());
    auto metrics = metrics_of(system);
    metrics.emplace("mean_response", mean_response);
    check_metrics(system, record(id).at("expected"), metrics);
  }
}

TEST_CASE("Taking the last used with a fixed keep-alive meets the first-passage law",
          "[models][serverless][theory]") {
  REQUIRE_SHARED_DATA(collection);
  for (const std::string id : {"faas-detka-lifo-1", "faas-detka-lifo-2", "faas-detka-lifo-3"}) {
    CAPTURE(id);
    const nlohmann::json& parameters = record(id).at("parameters");
    const double rate = parameters.at("arrival_rate").get<double>();
    const double keep_alive = parameters.at("keep_alive").get<double>();
    // Cold and warm responses are alike, so a start takes no time. The warm-up is many keep-alives long.
    Serverless system{{.dispatch = models::Dispatch::most_recently_used,
                       .keep_alive = sim::Distribution::deterministic(keep_alive)},
                      sim::Distribution::exponential(parameters.at("mean_response").get<double>()),
                      20 * keep_alive,
                      50'000 / rate};
    system.world.poisson(rate);
    check_metrics(system, record(id).at("expected"), metrics_of(system));
  }
}

TEST_CASE("A rarely used function is cold after gaps longer than its keep-alive",
          "[models][serverless][theory]") {
  REQUIRE_SHARED_DATA(collection);
  const auto check = [](const nlohmann::json& theory, const std::function<void(WorldBuilder&)>& add_source) {
    const nlohmann::json& keep_alive = theory.at("parameters").at("keep_alive_s");
    for (std::size_t i = 0; i < keep_alive.size(); ++i) {
      CAPTURE(theory.at("id").get<std::string>(), keep_alive[i].get<double>());
      Serverless system{{.keep_alive = sim::Distribution::deterministic(keep_alive[i].get<double>())},
                        sim::Distribution::deterministic(0),
                        10'000,
                        9e6};
      add_source(system.world);
      nlohmann::json expected{{"p_cold_start", theory.at("expected").at("p_cold_start")[i]}};
      auto metrics = metrics_of(system);
      if (theory.at("expected").contains("mean_idle_instances"))
        expected["mean_idle"] = theory.at("expected").at("mean_idle_instances")[i];
      std::erase_if(metrics, [&](const auto& metric) { return !expected.contains(metric.first); });
      check_metrics(system, expected, metrics);
    }
  };
  const nlohmann::json& poisson = record("faas-iat-exp");
  check(poisson, [&](WorldBuilder& world) {
    world.poisson(poisson.at("parameters").at("arrival_rate_per_s").get<double>());
  });
}

TEST_CASE("Gaps of a Weibull law leave a function cold as often as its tail says",
          "[models][serverless][theory]") {
  REQUIRE_SHARED_DATA(collection);
  const nlohmann::json& theory = record("faas-iat-weibull");
  const nlohmann::json& gaps = theory.at("parameters").at("interarrival");
  const auto law = sim::Distribution::weibull(gaps.at("shape").get<double>(), gaps.at("scale").get<double>());
  // Draws of its own, as a source has no such law: a trace of 10,000 gaps a replication.
  constexpr std::uint32_t calls = 10'000;
  const nlohmann::json& keep_alive = theory.at("parameters").at("keep_alive_s");
  for (std::size_t i = 0; i < keep_alive.size(); ++i) {
    CAPTURE(keep_alive[i].get<double>());
    sim::Moments cold_shares;
    for (std::uint32_t replication = 0; replication < replications; ++replication) {
      const sim::Stream stream = sim::Streams{11, replication}.make("gap", "weibull");
      std::vector<sim::Duration> times{sim::Duration{0}};
      for (std::uint32_t k = 0; k < calls; ++k)
        times.push_back(times.back() + law.sample_duration(stream.draw(k)));
      Serverless system{{.keep_alive = sim::Distribution::deterministic(keep_alive[i].get<double>())},
                        sim::Distribution::deterministic(0),
                        0,
                        9e9};
      system.world.spec.duration = times.back() + sim::Duration{1};
      system.world.trace(times);
      const models::PoolResult pool = system.world.run().pools[0];
      cold_shares.add(static_cast<double>(pool.instances_started - 1) / calls);  // the first call has no gap
    }
    const double expected = theory.at("expected").at("p_cold_start")[i].get<double>();
    CAPTURE(expected, cold_shares.mean(), cold_shares.standard_error());
    CHECK(std::abs(cold_shares.mean() - expected) <= 4 * cold_shares.standard_error());
  }
}

TEST_CASE("A timer keeps its function warm if its period is not longer than the keep-alive",
          "[models][serverless][theory]") {
  REQUIRE_SHARED_DATA(collection);
  const nlohmann::json& theory = record("faas-iat-periodic");
  const nlohmann::json& periods = theory.at("parameters").at("period_s");
  const double keep_alive = theory.at("parameters").at("keep_alive_s").get<double>();
  for (std::size_t i = 0; i < periods.size(); ++i) {
    const double period = periods[i].get<double>();
    CAPTURE(period);
    constexpr int calls = 50;
    Serverless system{{.keep_alive = sim::Distribution::deterministic(keep_alive)},
                      sim::Distribution::deterministic(0),
                      10 * period,
                      calls * period};
    system.world.source({.process = SourceSpec::Process::periodic,
                         .profile = {.step = sim::from_seconds(period), .rates = {1 / period}},
                         .phase = SourceSpec::Phase::aligned});
    const models::PoolResult pool = system.world.run().pools[0];
    const double cold = static_cast<double>(pool.instances_started) / static_cast<double>(pool.requests);
    CHECK(cold == Approx(theory.at("expected").at("cold_fraction_steady_state")[i].get<double>()));
    CHECK(sim::to_seconds(pool.instance_alive) / calls ==
          Approx(theory.at("expected").at("warm_idle_seconds_per_period")[i].get<double>()).epsilon(1e-8));
  }
}

TEST_CASE("A single server that sets up when work comes meets the decomposition",
          "[models][serverless][theory]") {
  REQUIRE_SHARED_DATA(collection);
  for (const std::string id : {"mg1-setup-exp", "mm1-setup"}) {
    CAPTURE(id);
    const nlohmann::json& parameters = record(id).at("parameters");
    const double setup = parameters.contains("setup_mean") ? parameters.at("setup_mean").get<double>()
                                                           : 1 / parameters.at("setup_rate").get<double>();
    Serverless system{{.max_instances = 1,
                       .cold_start = sim::Distribution::exponential(setup),
                       .keep_alive = sim::Distribution::deterministic(0)},
                      sim::Distribution::exponential(1 / parameters.at("service_rate").get<double>()),
                      1'000,
                      50'000};
    system.world.poisson(parameters.at("arrival_rate").get<double>());
    check_metrics(system, record(id).at("expected"), {{"mean_response", mean_response}});
  }
}
