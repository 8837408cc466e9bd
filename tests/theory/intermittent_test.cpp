#include <catch2/catch.hpp>

#include "sim/polling_station.hpp"
#include "sim/setup_station.hpp"
#include "sim/unreliable_station.hpp"
#include "station_network.hpp"
#include "theory.hpp"

// Servers that are not always there: they set up, break down, or visit one queue after the other.

using sim::Distribution;
using theory::Hop;
using theory::Outcome;
using theory::outside;
using theory::record;
using theory::StationNetwork;

namespace {

double number(const std::string& id, const std::string& name) {
  return record(id).at("parameters").at(name).get<double>();
}

/// Every job asks node 0 for exponential service of this mean, and leaves.
void visit_once(StationNetwork& network, double mean_service) {
  network.set_route([&network, mean_service](const sim::Job&, std::size_t from, Outcome) -> Hop {
    return from == outside ? Hop{0, network.exponential(mean_service)} : Hop{};
  });
}

void add_wait_and_response(theory::Estimates& estimates, StationNetwork& network) {
  estimates.add("mean_wait", network.waits(0).mean());
  estimates.add("mean_response", network.visits(0).mean());
  estimates.add("mean_number_in_system", network.mean_present(0));
}

/// Share of the jobs that waited: the share of time without an idle server, as arrivals are Poisson.
double share_of_waiting(const std::vector<double>& waits) {
  double waiting = 0;
  for (const double wait : waits) waiting += wait > 0 ? 1 : 0;
  return waiting / static_cast<double>(waits.size());
}

void check_set_up(const std::string& id, const Distribution& keep_alive) {
  const double mean_service = 1 / number(id, "service_rate");
  theory::Estimates estimates;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    StationNetwork network{replication};
    const auto servers = static_cast<std::uint32_t>(number(id, "servers"));
    network.add<sim::SetupStation>({.servers = servers,
                                    .set_up = Distribution::exponential(1 / number(id, "setup_rate")),
                                    .keep_alive = keep_alive,
                                    .draws = network.draws("set-up")});
    std::vector<double> waits;
    network.set_route([&](const sim::Job& job, std::size_t from, Outcome) -> Hop {
      if (from == outside) return {0, network.exponential(mean_service)};
      if (sim::to_seconds(job.arrived - sim::time_zero) > 500)
        waits.push_back(sim::to_seconds(job.started - job.arrived));
      return {};
    });
    network.add_poisson(0, number(id, "arrival_rate"));
    network.run(500, 10'000);
    add_wait_and_response(estimates, network);
    const double busy = network.mean_busy(0);
    sim::StationClock& clock = network.station<sim::SetupStation>(0).server_clock();
    estimates.add("mean_busy", busy);
    estimates.add("mean_idle_on", clock.mean_present(network.end()) - busy);
    estimates.add("mean_in_setup", clock.mean_busy(network.end()));
    estimates.add("p_no_idle_server", share_of_waiting(waits));
  }
  theory::check_simulated(record(id), estimates);
}

void check_polling(const std::string& id, sim::Visit visit) {
  theory::Estimates estimates;
  const auto queues = static_cast<std::uint32_t>(number(id, "queues"));
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    StationNetwork network{replication};
    network.add<sim::PollingStation>(
        {.queues = queues, .visit = visit, .switch_over = Distribution::deterministic(0.2)});
    visit_once(network, 1);
    for (std::uint32_t queue = 0; queue < queues; ++queue)
      network.add_poisson(queue, number(id, "arrival_rate_per_queue"));
    network.run(1'000, 20'000);
    estimates.add("mean_wait", network.waits(0).mean());
    // The server set out at time 0, so these are the cycles of warm-up and span.
    const auto cycles = static_cast<double>(network.station<sim::PollingStation>(0).cycles());
    estimates.add("mean_cycle", 21'000 / cycles);
  }
  theory::check_simulated(record(id), estimates);
}

}  // namespace

TEST_CASE("theory: mmc-setup-c4") { check_set_up("mmc-setup-c4", Distribution::deterministic(0)); }
TEST_CASE("theory: mmc-setup-c10") { check_set_up("mmc-setup-c10", Distribution::deterministic(0)); }
TEST_CASE("theory: mmc-delayedoff-c4") {
  check_set_up("mmc-delayedoff-c4",
               Distribution::exponential(1 / number("mmc-delayedoff-c4", "delayed_off_rate")));
}

TEST_CASE("theory: polling-exhaustive-4") { check_polling("polling-exhaustive-4", sim::Visit::exhaustive); }
TEST_CASE("theory: polling-gated-4") { check_polling("polling-gated-4", sim::Visit::gated); }

// A server that polls a single queue takes a vacation whenever nobody waits.
TEST_CASE("theory: mg1-vacation-det") {
  const std::string id = "mg1-vacation-det";
  theory::Estimates estimates;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    StationNetwork network{replication};
    network.add<sim::PollingStation>({.switch_over = Distribution::deterministic(number(id, "vacation"))});
    visit_once(network, 1 / number(id, "service_rate"));
    network.add_poisson(0, number(id, "arrival_rate"));
    network.run(1'000, 20'000);
    estimates.add("mean_wait", network.waits(0).mean());
  }
  theory::check_simulated(record(id), estimates);
}

TEST_CASE("theory: mm1-updown-xi0.02-eta0.1") {
  const std::string id = "mm1-updown-xi0.02-eta0.1";
  theory::Estimates estimates;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    StationNetwork network{replication};
    network.add<sim::UnreliableStation>({.up = Distribution::exponential(1 / number(id, "failure_rate")),
                                         .down = Distribution::exponential(1 / number(id, "repair_rate")),
                                         .draws = network.draws("breakdowns")});
    visit_once(network, 1 / number(id, "service_rate"));
    network.add_poisson(0, number(id, "arrival_rate"));
    network.run(1'000, 50'000);
    estimates.add("mean_number_in_system", network.mean_present(0));
    estimates.add("mean_response", network.visits(0).mean());
    sim::StationClock& clock = network.station<sim::UnreliableStation>(0).server_clock();
    estimates.add("availability", clock.mean_present(network.end()));
  }
  theory::check_simulated(record(id), estimates);
}
