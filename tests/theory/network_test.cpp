#include <catch2/catch.hpp>
#include <cmath>

#include "station_network.hpp"
#include "theory.hpp"

using theory::check_simulated;
using theory::Estimates;
using theory::Hop;
using theory::Outcome;
using theory::outside;
using theory::record;
using theory::Record;
using theory::StationNetwork;

namespace {

const Record& parameters(const std::string& id) { return record(id).at("parameters"); }

double number(const std::string& id, const std::string& name) {
  return parameters(id).at(name).get<double>();
}

std::vector<double> numbers(const std::string& id, const std::string& name) {
  return parameters(id).at(name).get<std::vector<double>>();
}

template <class Run>
Estimates replicate(const Run& run) {
  Estimates estimates;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication)
    run(replication, estimates);
  return estimates;
}

double mean(const std::vector<double>& values) { return sim::moments_of(values).mean(); }

void add_percentiles(Estimates& estimates, const std::vector<double>& sorted,
                     const std::vector<int>& percents) {
  for (const int percent : percents)
    estimates.add("response_p" + std::to_string(percent),
                  sim::percentile(sorted, percent / 100.0, sim::PercentileRule::linear));
}

std::string numbered(const std::string& name, std::size_t index) {
  return name + "_s" + std::to_string(index + 1);
}

/// Jobs that visit all single-server stations in a row and think; class k asks demands[station][k] on
/// average.
struct Interactive {
  std::vector<std::vector<double>> demands;
  std::vector<double> think_times;
  std::vector<std::uint32_t> population;
};

/// Adds the route of `system` over `stations`, and its jobs, which begin by thinking.
void populate(StationNetwork& network, const Interactive& system) {
  const std::size_t think = network.add_delay();
  network.set_route([&network, &system, think](const sim::Job& job, std::size_t from, Outcome) -> Hop {
    const std::size_t next = from == outside ? think : from == think ? 0 : from + 1;
    const double time =
        next == think ? system.think_times[job.job_class] : system.demands[next][job.job_class];
    return {next, network.exponential(time)};
  });
  for (std::uint32_t job_class = 0; job_class < system.population.size(); ++job_class)
    for (std::uint32_t i = 0; i < system.population[job_class]; ++i) network.add_job(job_class);
}

double throughput(StationNetwork& network, std::uint32_t job_class = 0) {
  return static_cast<double>(network.visits(0, job_class).count()) / network.span();
}

Estimates run_interactive(const Interactive& system, const std::vector<std::uint32_t>& servers, double span) {
  return replicate([&](std::uint32_t replication, Estimates& estimates) {
    StationNetwork network{replication};
    for (const std::uint32_t count : servers) network.add_queue(count);
    populate(network, system);
    network.run(500, span);
    estimates.add("throughput", throughput(network));
    double response = 0;
    for (std::size_t i = 0; i < servers.size(); ++i) {
      response += network.visits(i).mean();
      estimates.add(numbered("queue_length", i), network.mean_present(i));
      estimates.add(numbered("utilization", i), network.mean_busy(i) / servers[i]);
    }
    estimates.add("mean_response", response);
  });
}

void check_interactive(const std::string& id, double span) {
  std::vector<std::vector<double>> demands;
  for (const double demand : numbers(id, "demands")) demands.push_back({demand});
  const Interactive system{demands, {number(id, "think_time")}, {parameters(id).at("population")}};
  const std::vector<std::uint32_t> servers(demands.size(), 1);
  // Where the bounds of throughput cross follows from the demands without a simulation.
  check_simulated(record(id), run_interactive(system, servers, span), {"asymptotic_saturation_population"});
}

enum class Policy { random, round_robin, shortest_queue, two_choices };

/// Jobs of a Poisson stream spread over equal single servers.
double balanced_response(Policy policy, std::uint32_t replication, std::size_t servers, double rate,
                         double warm_up, double span) {
  StationNetwork network{replication};
  for (std::size_t i = 0; i < servers; ++i) network.add_queue();
  std::size_t turn = 0;
  const auto any = [&] { return static_cast<std::size_t>(network.uniform() * static_cast<double>(servers)); };
  const auto choose = [&]() -> std::size_t {
    if (policy == Policy::random) return any();
    if (policy == Policy::round_robin) return turn++ % servers;
    const std::size_t first = policy == Policy::two_choices ? any() : 0;
    const std::size_t second = policy == Policy::two_choices ? any() : 1;
    const std::size_t at_first = network.present(first), at_second = network.present(second);
    if (at_first == at_second) return network.uniform() < 0.5 ? first : second;
    return at_first < at_second ? first : second;
  };
  network.set_route([&](const sim::Job&, std::size_t from, Outcome) -> Hop {
    if (from != outside) return {};
    return {choose(), network.exponential(1)};
  });
  network.add_poisson(0, rate);
  network.run(warm_up, span);
  return mean(network.responses());
}

}  // namespace

TEST_CASE("theory: jackson-3") {
  const std::string id = "jackson-3";
  const auto routing = parameters(id).at("routing").get<std::vector<std::vector<double>>>();
  const std::vector<double> rates = numbers(id, "service_rates");
  check_simulated(record(id), replicate([&](std::uint32_t replication, Estimates& estimates) {
                    StationNetwork network{replication};
                    for (std::size_t i = 0; i < rates.size(); ++i) network.add_queue();
                    network.set_route([&](const sim::Job&, std::size_t from, Outcome) -> Hop {
                      if (from == outside) return {0, network.exponential(1 / rates[0])};
                      double u = network.uniform();
                      for (std::size_t to = 0; to < rates.size(); ++to)
                        if ((u -= routing[from][to]) < 0) return {to, network.exponential(1 / rates[to])};
                      return {};
                    });
                    network.add_poisson(0, numbers(id, "external_arrival_rates")[0]);
                    network.run(500, 10'000);
                    double in_network = 0;
                    for (std::size_t i = 0; i < rates.size(); ++i) {
                      estimates.add(numbered("arrival_rate", i),
                                    static_cast<double>(network.visits(i).count()) / network.span());
                      estimates.add(numbered("utilization", i), network.mean_busy(i));
                      estimates.add(numbered("mean_number", i), network.mean_present(i));
                      estimates.add(numbered("mean_response_per_visit", i), network.visits(i).mean());
                      in_network += network.mean_present(i);
                    }
                    estimates.add("mean_number_in_network", in_network);
                    estimates.add("mean_response", mean(network.responses()));
                  }));
}

TEST_CASE("theory: tandem-3") {
  const std::string id = "tandem-3";
  const std::vector<double> rates = numbers(id, "service_rates");
  check_simulated(record(id), replicate([&](std::uint32_t replication, Estimates& estimates) {
                    StationNetwork network{replication};
                    for (std::size_t i = 0; i < rates.size(); ++i) network.add_queue();
                    network.set_route([&](const sim::Job&, std::size_t from, Outcome) -> Hop {
                      const std::size_t next = from == outside ? 0 : from + 1;
                      if (next == rates.size()) return {};
                      return {next, network.exponential(1 / rates[next])};
                    });
                    network.add_poisson(0, number(id, "arrival_rate"));
                    network.run(500, 20'000);
                    const std::vector<double> responses = network.responses();
                    estimates.add("mean_response", mean(responses));
                    estimates.add("var_response", sim::moments_of(responses).variance());
                    add_percentiles(estimates, responses, {50, 90, 95, 99});
                  }));
}

TEST_CASE("theory: mm1-feedback") {
  const std::string id = "mm1-feedback";
  const double feedback = number(id, "feedback_probability"), mean_service = 1 / number(id, "service_rate");
  check_simulated(record(id), replicate([&](std::uint32_t replication, Estimates& estimates) {
                    StationNetwork network{replication};
                    network.add_queue();
                    network.set_route([&](const sim::Job&, std::size_t from, Outcome) -> Hop {
                      if (from != outside && network.uniform() >= feedback) return {};
                      return {0, network.exponential(mean_service)};
                    });
                    network.add_poisson(0, number(id, "arrival_rate"));
                    network.run(1'000, 20'000);
                    const std::vector<double> responses = network.responses();
                    const auto visits = static_cast<double>(network.visits(0).count());
                    estimates.add("effective_arrival_rate", visits / network.span());
                    estimates.add("utilization", network.mean_busy(0));
                    estimates.add("mean_number_in_system", network.mean_present(0));
                    estimates.add("mean_response", mean(responses));
                    estimates.add("mean_visits", visits / static_cast<double>(responses.size()));
                  }));
}

TEST_CASE("theory: bcmp-open-2class") {
  const std::string id = "bcmp-open-2class";
  const std::vector<std::string> names{"cpu", "disk", "net"};
  std::vector<std::vector<double>> demands;
  for (const std::string& name : names)
    demands.push_back(parameters(id).at("demands").at(name).get<std::vector<double>>());
  const std::vector<double> rates = numbers(id, "arrival_rates");
  check_simulated(record(id), replicate([&](std::uint32_t replication, Estimates& estimates) {
                    StationNetwork network{replication};
                    network.add_sharing();
                    network.add_sharing();
                    network.add_delay();
                    network.set_route([&](const sim::Job& job, std::size_t from, Outcome) -> Hop {
                      const std::size_t next = from == outside ? 0 : from + 1;
                      if (next == names.size()) return {};
                      return {next, network.exponential(demands[next][job.job_class])};
                    });
                    for (std::uint32_t job_class : {0U, 1U}) network.add_poisson(job_class, rates[job_class]);
                    network.run(1'000, 20'000);
                    for (std::size_t i = 0; i < 2; ++i)
                      estimates.add("utilization_" + names[i], network.mean_busy(i));
                    for (std::uint32_t job_class : {0U, 1U}) {
                      const std::string suffix = "_cl" + std::to_string(job_class + 1);
                      estimates.add("mean_response" + suffix, mean(network.responses(job_class)));
                      for (std::size_t i = 0; i < 2; ++i)
                        estimates.add("mean_response_" + names[i] + suffix,
                                      network.visits(i, job_class).mean());
                    }
                  }));
}

TEST_CASE("theory: mva-interactive-N1") { check_interactive("mva-interactive-N1", 20'000); }
TEST_CASE("theory: mva-interactive-N20") { check_interactive("mva-interactive-N20", 5'000); }

TEST_CASE("theory: mva-2class-N3-2") {
  const std::string id = "mva-2class-N3-2";
  const Interactive system{parameters(id).at("demands_station_class").get<std::vector<std::vector<double>>>(),
                           numbers(id, "think_times"),
                           parameters(id).at("population").get<std::vector<std::uint32_t>>()};
  check_simulated(record(id), replicate([&](std::uint32_t replication, Estimates& estimates) {
                    StationNetwork network{replication};
                    for (std::size_t i = 0; i < 2; ++i) network.add_sharing();
                    populate(network, system);
                    network.run(200, 5'000);
                    for (std::uint32_t job_class : {0U, 1U}) {
                      const std::string suffix = "_cl" + std::to_string(job_class + 1);
                      estimates.add("throughput" + suffix, throughput(network, job_class));
                      for (std::size_t i = 0; i < 2; ++i) {
                        const sim::Moments& visits = network.visits(i, job_class);
                        estimates.add(numbered("residence", i) + suffix, visits.mean());
                        // The mean number of one class: the time its visits took, over the span.
                        estimates.add(numbered("queue_length", i) + suffix,
                                      visits.mean() * static_cast<double>(visits.count()) / network.span());
                      }
                    }
                  }));
}

TEST_CASE("theory: gordon-newell-N12") {
  const std::string id = "gordon-newell-N12";
  std::vector<std::vector<double>> demands;
  for (const double demand : numbers(id, "demands")) demands.push_back({demand});
  const Interactive system{demands, {number(id, "think_time")}, {parameters(id).at("population")}};
  const Estimates all =
      run_interactive(system, parameters(id).at("servers").get<std::vector<std::uint32_t>>(), 5'000);
  for (const char* quantity : {"throughput", "mean_response", "queue_length_s1", "queue_length_s2"})
    check_simulated(record(id), quantity, all.all().at(quantity));
}

TEST_CASE("theory: machine-repair") {
  const std::string id = "machine-repair";
  const Interactive system{
      {{1 / number(id, "service_rate")}}, {1 / number(id, "think_rate")}, {parameters(id).at("population")}};
  const Estimates all = run_interactive(system, {parameters(id).at("servers")}, 50'000);
  check_simulated(record(id), "throughput", all.all().at("throughput"));
  check_simulated(record(id), "mean_response", all.all().at("mean_response"));
  check_simulated(record(id), "mean_number_in_system", all.all().at("queue_length_s1"));
  check_simulated(record(id), "utilization", all.all().at("utilization_s1"));
}

TEST_CASE("theory: retrial-theta0.5") {
  const std::string id = "retrial-theta0.5";
  const double mean_orbit_stay = 1 / number(id, "retry_rate"), mean_service = 1 / number(id, "service_rate");
  check_simulated(record(id), replicate([&](std::uint32_t replication, Estimates& estimates) {
                    StationNetwork network{replication};
                    const std::size_t server = network.add_queue(1, 1);
                    const std::size_t orbit = network.add_delay();
                    network.set_route([&](const sim::Job&, std::size_t from, Outcome outcome) -> Hop {
                      if (outcome == Outcome::lost) return {orbit, network.exponential(mean_orbit_stay)};
                      if (from == server) return {};
                      return {server, network.exponential(mean_service)};
                    });
                    network.add_poisson(0, number(id, "arrival_rate"));
                    network.run(1'000, 20'000);
                    estimates.add("mean_orbit", network.mean_present(orbit));
                    estimates.add("utilization", network.mean_busy(server));
                    estimates.add("mean_response", mean(network.responses()));
                  }));
}

TEST_CASE("theory: jsq2-lam1.4") {
  check_simulated(record("jsq2-lam1.4"), replicate([&](std::uint32_t replication, Estimates& estimates) {
                    estimates.add("mean_response",
                                  balanced_response(Policy::shortest_queue, replication, 2,
                                                    number("jsq2-lam1.4", "arrival_rate"), 500, 15'000));
                  }));
}

TEST_CASE("theory: lb-N10-rho0.8") {
  const std::string id = "lb-N10-rho0.8";
  const double rate = number(id, "arrival_rate");
  check_simulated(record(id), replicate([&](std::uint32_t replication, Estimates& estimates) {
                    estimates.add("random_mean_response",
                                  balanced_response(Policy::random, replication, 10, rate, 500, 2'500));
                    estimates.add("round_robin_mean_response",
                                  balanced_response(Policy::round_robin, replication, 10, rate, 300, 1'500));
                    StationNetwork central{replication};
                    central.add_queue(10);
                    central.set_route([&](const sim::Job&, std::size_t from, Outcome) -> Hop {
                      if (from != outside) return {};
                      return {0, central.exponential(1)};
                    });
                    central.add_poisson(0, rate);
                    central.run(200, 1'500);
                    estimates.add("central_queue_mean_response", mean(central.responses()));
                  }));
}

// The limit of endlessly many servers: the record allows a thousand of them 1 % of deviation.
TEST_CASE("theory: pod2-rho0.8") {
  const std::string id = "pod2-rho0.8";
  sim::Moments responses;
  const std::size_t servers = parameters(id).at("servers");
  const double rate = number(id, "arrival_rate_per_server") * static_cast<double>(servers);
  for (std::uint32_t replication = 0; replication < 20; ++replication)
    responses.add(balanced_response(Policy::two_choices, replication, servers, rate, 30, 200));
  const double wanted = theory::expected(record(id), "mean_response");
  CAPTURE(responses.mean(), responses.standard_error());
  CHECK(std::abs(responses.mean() - wanted) <= 0.01 * wanted);
  CHECK(responses.standard_error() <= 0.0025 * wanted);
}

TEST_CASE("theory: fluid-transfer") {
  // Transfers that share a link equally are jobs under processor sharing: alone, each takes size / capacity.
  const std::string id = "fluid-transfer";
  const auto flows = parameters(id).at("flows").get<std::vector<std::vector<double>>>();
  StationNetwork network{0};
  const std::size_t link = network.add_sharing();
  network.set_route([&](const sim::Job& job, std::size_t from, Outcome) -> Hop {
    if (from != outside) return {};
    return {link, sim::from_seconds(flows[job.job_class][1] / number(id, "capacity_mbps"))};
  });
  for (std::uint32_t i = 0; i < flows.size(); ++i)
    network.add_arrival(sim::at(sim::from_seconds(flows[i][0])), i);
  network.run(0, 10);
  std::vector<double> completions;
  for (std::uint32_t i = 0; i < flows.size(); ++i)
    completions.push_back(flows[i][0] + network.responses(i).at(0));
  theory::check_exact(record(id), "completion_s", completions);
}
