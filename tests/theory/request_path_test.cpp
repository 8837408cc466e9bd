#include <catch2/catch.hpp>
#include <cmath>

#include "models/parallel.hpp"
#include "sim/special_functions.hpp"
#include "theory.hpp"

// Requests that branch and join, and packets on a path, as programs of the request path.

using models::Part;
using test_support::add_parallel;
using test_support::WorldBuilder;
using theory::record;
using theory::Record;

namespace {

double number(const std::string& id, const std::string& name) {
  return record(id).at("parameters").at(name).get<double>();
}

models::WorldResult run(const WorldBuilder& world, std::uint32_t replication) {
  return world.run({.seed = theory::seed, .replication = replication});
}

/// Nearest-rank percentiles of a histogram are off by half a bucket at most: the share of slower requests
/// than the expected percentile is checked in their place, which the histogram splits within a bucket.
void check_percentiles(const Record& theory, const std::vector<models::WorldResult>& results) {
  for (const auto& [quantity, value] : theory.at("expected").items()) {
    if (quantity.rfind("response_p", 0) != 0) continue;
    sim::Moments slower;
    for (const models::WorldResult& result : results)
      slower.add(result.classes[0].latency.fraction_above(sim::from_seconds(value.get<double>())));
    CAPTURE(quantity);
    theory::check_simulated(1 - std::stod(quantity.substr(10)) / 100, slower);
  }
}

void check_responses(const std::string& id, const WorldBuilder& world) {
  std::vector<models::WorldResult> results;
  sim::Moments means;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    results.push_back(run(world, replication));
    means.add(results.back().classes[0].latency.mean() * 1e-9);
  }
  theory::check_simulated(record(id), "mean_response", means);
  check_percentiles(record(id), results);
}

void check_fork_join(const std::string& id, double seconds) {
  WorldBuilder world;
  world.spec.warmup = sim::from_seconds(1'000);
  world.spec.duration = sim::from_seconds(seconds);
  const std::uint32_t service = world.law(sim::Distribution::exponential(1 / number(id, "service_rate")));
  add_parallel(world, record(id).at("parameters").at("branches"),
               [&](std::size_t) { world.serve(world.pool({}), service); });
  world.finish();
  world.poisson(number(id, "arrival_rate"));
  check_responses(id, world);
}

}  // namespace

TEST_CASE("theory: forkjoin2-rho0.5") { check_fork_join("forkjoin2-rho0.5", 20'000); }
TEST_CASE("theory: forkjoin2-rho0.8") { check_fork_join("forkjoin2-rho0.8", 20'000); }
TEST_CASE("theory: forkjoin3-rho0.5") { check_fork_join("forkjoin3-rho0.5", 20'000); }

namespace {

void check_quorum(const std::string& id) {
  WorldBuilder world;
  world.spec.duration = sim::from_seconds(5'000);
  const std::uint32_t law = world.law(sim::Distribution::exponential(1 / number(id, "service_rate")));
  add_parallel(
      world, record(id).at("parameters").at("n"), [&](std::size_t) { world.delay_by(law, Part::compute); },
      record(id).at("parameters").at("k"));
  world.finish();
  world.poisson(1);
  check_responses(id, world);
}

}  // namespace

TEST_CASE("theory: k-of-n-10-10") { check_quorum("k-of-n-10-10"); }
TEST_CASE("theory: k-of-n-3-6") { check_quorum("k-of-n-3-6"); }

TEST_CASE("theory: dag-gateway") {
  const std::string id = "dag-gateway";
  WorldBuilder world;
  world.spec.duration = sim::from_seconds(10'000);
  for (const Record& stage : record(id).at("parameters").at("stage_rates")) {
    const auto add_call = [&](std::size_t i) {
      world.delay_by(world.law(sim::Distribution::exponential(1 / stage[i].get<double>())), Part::compute);
    };
    if (stage.size() == 1) {
      add_call(0);
    } else {
      add_parallel(world, stage.size(), add_call);
    }
  }
  world.finish();
  world.poisson(1);
  check_responses(id, world);
}

TEST_CASE("theory: fanout-tail") {
  const Record& theory = record("fanout-tail");
  const Record& of = theory.at("parameters");
  std::vector<double> slow;
  for (std::size_t i = 0; i < of.at("fanout").size(); ++i)  // at least one slow leaf of n
    slow.push_back(1 - sim::math::binomial_cdf(0, of.at("fanout")[i], of.at("p_slow")[i].get<double>()));
  theory::check_exact(theory, "p_request_slow", slow);

  // The same for a hundred leaves of 1 ms that take 1 s with the probability given.
  const double p = of.at("p_slow")[1].get<double>();
  WorldBuilder world;
  world.spec.duration = sim::from_seconds(500);
  const std::uint32_t leaf = world.law(sim::Distribution::discrete({0.001, 1}, {1 - p, p}));
  add_parallel(world, of.at("fanout")[1], [&](std::size_t) { world.delay_by(leaf, Part::compute); });
  world.finish();
  world.poisson(1);
  sim::Moments slower;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication)
    slower.add(run(world, replication).classes[0].latency.fraction_above(sim::from_seconds(0.5)));
  theory::check_simulated(theory, "p_request_slow[1]", slower);
}

TEST_CASE("theory: link-arith") {
  const std::string id = "link-arith";
  const Record& of = record(id).at("parameters");
  const sim::Bytes packet{number(id, "packet_bytes")};
  const auto last_arrival = [&](std::size_t packets) {
    WorldBuilder world;
    for (std::size_t i = 0; i < of.at("bandwidth_bps").size(); ++i) {
      world.pass(world.station(sim::BitRate{of.at("bandwidth_bps")[i].get<double>()}), packet);
      world.delay(sim::from_seconds(of.at("propagation_ms")[i].get<double>() * 1e-3));
    }
    world.finish();
    world.trace(std::vector<sim::Duration>(packets));
    return sim::to_seconds(world.run().classes[0].latency.max());
  };
  const std::size_t packets = of.at("packets");
  const double first = last_arrival(1), last = last_arrival(packets);
  theory::check_exact(record(id), "one_packet_ms", first * 1e3);
  theory::check_exact(record(id), "five_packets_last_arrival_ms", last * 1e3);
  theory::check_exact(record(id), "bottleneck_throughput_bps",
                      static_cast<double>(packets - 1) * packet.value() * 8 / (last - first));
}
