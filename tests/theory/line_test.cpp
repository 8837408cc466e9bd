#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "models/parallel.hpp"
#include "published.hpp"
#include "station_network.hpp"
#include "support/shared_data.hpp"
#include "theory.hpp"

// The networks of LINE 3.0.4 in validation/published.json. Not among them is `line-polling-mmm`: its record
// says that not all of its arrivals are Poisson, which its formulas take them for, and not to simulate it.

using sim::Discipline;
using test_support::WorldBuilder;
using theory::Hop;
using theory::Outcome;
using theory::outside;
using theory::published;
using theory::published_file;
using theory::StationNetwork;

namespace {

/// Present and visiting times per node of a closed or open network, over replications.
template <class Build>
std::vector<sim::Moments> simulate(std::size_t quantities, double warm_up, double span, const Build& build) {
  std::vector<sim::Moments> moments(quantities);
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    StationNetwork network{replication};
    const auto measure = build(network);
    network.run(warm_up, span);
    const std::vector<double> values = measure();
    for (std::size_t i = 0; i < quantities; ++i) moments[i].add(values.at(i));
  }
  return moments;
}

void check_present(const std::string& id, const std::vector<sim::Moments>& present) {
  const auto expected = published(id).at("published").at("Q").get<std::vector<double>>();
  REQUIRE(expected.size() == present.size());
  for (std::size_t i = 0; i < expected.size(); ++i) theory::check_simulated(expected[i], present[i]);
}

/// Mean numbers by node, then by class.
std::vector<double> visiting(StationNetwork& network, std::size_t nodes, std::uint32_t classes) {
  std::vector<double> values;
  for (std::size_t node = 0; node < nodes; ++node)
    for (std::uint32_t of = 0; of < classes; ++of) values.push_back(network.mean_visiting(node, of));
  return values;
}

/// Exponential of rate `first` with this probability, else of rate `second`.
sim::Duration hyperexponential(StationNetwork& network, double probability, double first, double second) {
  return network.exponential(1 / (network.uniform() < probability ? first : second));
}

sim::Duration erlang2(StationNetwork& network, double rate) {
  return network.exponential(1 / rate) + network.exponential(1 / rate);
}

/// The delay and the queue that `line-cqn_twoclass_hyperl` and `..._threeclass_hyperl` have in common: jobs
/// change class by chance as they move.
Hop switching_class(StationNetwork& network, std::uint32_t job_class, std::size_t from,
                    const std::array<double, 3>& queue_rates) {
  constexpr std::size_t delay = 0, queue = 1;
  const auto thinking = [&](std::uint32_t of) -> Hop {
    if (of == 0) return {delay, erlang2(network, 3), of};
    return {delay, of == 1 ? hyperexponential(network, 0.5, 3, 10) : network.exponential(1), of};
  };
  const auto queueing = [&](std::uint32_t of) -> Hop {
    if (of == 0) return {queue, hyperexponential(network, 0.1, 1, 10), of};
    return {queue, network.exponential(1 / queue_rates[of]), of};
  };
  if (from == outside) return thinking(job_class);
  const double chance = network.uniform();
  if (job_class == 0 && from == delay) {
    if (chance < 0.4) return chance < 0.3 ? thinking(0) : queueing(0);
    return thinking(1);
  }
  if (job_class == 0) return thinking(chance < 0.2 ? 0 : 1);
  if (from == delay) return queueing(job_class);
  return thinking(job_class == 1 ? 0 : job_class);
}

void check_switching(const std::string& id, std::uint32_t cores, const std::array<int, 3>& jobs,
                     const std::array<double, 3>& queue_rates, std::uint32_t classes) {
  check_present(id, simulate(2 * std::size_t{classes}, 500, 20'000, [&](StationNetwork& network) {
                  network.add_delay();
                  network.add_sharing(cores);
                  network.set_route([&](const sim::Job& job, std::size_t from, Outcome) {
                    return switching_class(network, job.job_class, from, queue_rates);
                  });
                  for (std::uint32_t of = 0; of < classes; ++of)
                    for (int job = 0; job < jobs[of]; ++job) network.add_job(of);
                  return [&network, classes] { return visiting(network, 2, classes); };
                }));
}

/// The published value is a simulation of its own: within its stated tolerance.
void check_near(double published_value, const sim::Moments& estimate, double tolerance) {
  CAPTURE(published_value, estimate.mean(), estimate.standard_error());
  CHECK(estimate.standard_error() <= 0.5 * tolerance * published_value);
  CHECK(std::abs(estimate.mean() / published_value - 1) <= tolerance);
}

/// Adds a fork to two exponential servers of these rates, and the join.
void add_fork(WorldBuilder& world, const std::array<double, 2>& rates) {
  add_parallel(world, 2, [&](std::size_t i) {
    world.serve(world.pool({}), world.law(sim::Distribution::exponential(1 / rates.at(i))));
  });
}

/// Mean response of requests that come at this rate. [s]
sim::Moments responses(WorldBuilder& world, double rate) {
  world.finish();
  world.poisson(rate);
  world.spec.warmup = sim::from_seconds(1'000);
  world.spec.duration = sim::from_seconds(20'000 / rate);
  sim::Moments moments;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication)
    moments.add(world.run({.seed = theory::seed, .replication = replication}).classes[0].latency.mean() *
                1e-9);
  return moments;
}

/// Time in a fork and join by what was published of its branches and of the wait for the join.
double fork_join_time(const std::vector<double>& values, std::size_t first) {
  return (values.at(first) + values.at(first + 1)) / 2 + values.at(first + 2);
}

}  // namespace

TEST_CASE("published: LINE, open tandem of a delay and a queue", "[published]") {
  REQUIRE_SHARED_DATA(published_file);
  check_present(
      "line-oqn_basic", simulate(2, 1'000, 100'000, [](StationNetwork& network) {
        const std::size_t delay = network.add_delay(), queue = network.add_queue();
        network.set_route([&network, delay, queue](const sim::Job&, std::size_t from, Outcome) -> Hop {
          if (from == outside) return {delay, network.exponential(network.uniform() < 0.5 ? 1.0 / 3 : 0.1)};
          if (from == delay) return {queue, network.exponential(1)};
          return {};
        });
        network.add_poisson(0, 0.1);
        return [&network, delay, queue] {
          return std::vector{network.mean_present(delay), network.mean_present(queue)};
        };
      }));
}

TEST_CASE("published: LINE, two classes that share processors and become one", "[published]") {
  REQUIRE_SHARED_DATA(published_file);
  const auto expected = published("line-oqn_cs_routing").at("published").at("Q").get<std::vector<double>>();
  const auto present = simulate(2, 500, 10'000, [](StationNetwork& network) {
    const std::size_t first = network.add_sharing(), second = network.add_sharing();
    network.set_route([&network, first, second](const sim::Job& job, std::size_t from, Outcome) -> Hop {
      if (from == outside) return {first, network.exponential(job.job_class == 0 ? 0.2 : 0.3)};
      if (from == first) return {second, network.exponential(0.15)};
      return {};
    });
    network.add_poisson(0, 2);
    network.add_poisson(1, 1);
    return [&network, first, second] {
      return std::vector{network.mean_present(first), network.mean_present(second)};
    };
  });
  theory::check_simulated(expected[0] + expected[1], present[0]);
  theory::check_simulated(expected[2], present[1]);
}

TEST_CASE("published: LINE, ten machines and a repairman", "[published]") {
  REQUIRE_SHARED_DATA(published_file);
  check_present(
      "line-cqn_repairmen", simulate(2, 500, 10'000, [](StationNetwork& network) {
        const std::size_t work = network.add_delay(), repair = network.add_queue();
        network.set_route([&network, work, repair](const sim::Job&, std::size_t from, Outcome) -> Hop {
          const bool fails = from == work && network.uniform() < 0.3;
          if (fails) return {repair, network.exponential(1.5)};
          return {work, network.exponential(1)};
        });
        for (int job = 0; job < 10; ++job) network.add_job(0);
        return [&network, work, repair] {
          return std::vector{network.mean_present(work), network.mean_present(repair)};
        };
      }));
}

TEST_CASE("published: LINE, sixteen jobs at two servers", "[published]") {
  REQUIRE_SHARED_DATA(published_file);
  check_present(
      "line-ld_multiserver_fcfs", simulate(2, 500, 10'000, [](StationNetwork& network) {
        const std::size_t think = network.add_delay(), queue = network.add_queue(2);
        network.set_route([&network, think, queue](const sim::Job&, std::size_t from, Outcome) -> Hop {
          if (from == think) return {queue, network.exponential(1.5)};
          return {think, network.exponential(1)};
        });
        for (int job = 0; job < 16; ++job) network.add_job(0);
        return [&network, think, queue] {
          return std::vector{network.mean_present(think), network.mean_present(queue)};
        };
      }));
}

TEST_CASE("published: LINE, the BCMP theorem with Erlang and hyperexponential thinking", "[published]") {
  REQUIRE_SHARED_DATA(published_file);
  const auto expected = published("line-cqn_bcmp_theorem").at("published").at("Q").get<std::vector<double>>();
  const auto present = simulate(2, 500, 20'000, [](StationNetwork& network) {
    const std::size_t think = network.add_delay(), queue = network.add_queue();
    network.set_route([&network, think, queue](const sim::Job& job, std::size_t from, Outcome) -> Hop {
      if (from == think) return {queue, network.exponential(1)};
      const double third = 1.0 / 3;
      if (job.job_class == 0) return {think, network.exponential(third) + network.exponential(third)};
      return {think, network.exponential(network.uniform() < 0.5 ? third : 0.1)};
    });
    for (int job = 0; job < 4; ++job) network.add_job(job < 2 ? 0 : 1);
    return [&network, think, queue] {
      return std::vector{network.mean_present(think), network.mean_present(queue)};
    };
  });
  theory::check_simulated(expected[0] + expected[1], present[0]);
  theory::check_simulated(expected[2] + expected[3], present[1]);
}

TEST_CASE("published: LINE, two classes at three servers", "[published]") {
  REQUIRE_SHARED_DATA(published_file);
  const auto expected =
      published("line-cqn_repairmen_multi").at("published").at("Q").get<std::vector<double>>();
  const auto present = simulate(2, 500, 20'000, [](StationNetwork& network) {
    const std::size_t think = network.add_delay(), queue = network.add_queue(3);
    network.set_route([&network, think, queue](const sim::Job& job, std::size_t from, Outcome) -> Hop {
      if (from == think) return {queue, network.exponential(job.job_class == 0 ? 1.0 : 0.1)};
      return {think, network.exponential(1)};
    });
    for (int job = 0; job < 6; ++job) network.add_job(job < 4 ? 0 : 1);
    return [&network, think, queue] {
      return std::vector{network.mean_present(think), network.mean_present(queue)};
    };
  });
  theory::check_simulated(expected[0] + expected[1], present[0]);
  theory::check_simulated(expected[2] + expected[3], present[1]);
}

TEST_CASE("published: LINE, four queues with classes of unequal service", "[published]") {
  REQUIRE_SHARED_DATA(published_file);
  constexpr std::size_t queues = 4, sharing = 2;
  constexpr double means[queues][3] = {{0.3, 0.5, 0.6}, {1.1, 1.3, 1.5}, {2.0, 2.1, 1.9}, {1.5, 0.9, 2.3}};
  const auto present = simulate(3 * queues, 5'000, 100'000, [&](StationNetwork& network) {
    for (std::size_t node = 0; node < queues; ++node)
      node == sharing ? network.add_sharing() : network.add_queue();
    network.set_route([&](const sim::Job& job, std::size_t from, Outcome) -> Hop {
      const auto to = [&](std::size_t node) -> Hop {
        return {node, network.exponential(means[node][job.job_class])};
      };
      if (from != 0) return to(0);
      const auto next = 1 + static_cast<std::size_t>(4 * network.uniform());
      return next < queues ? to(next) : Hop{};
    });
    const std::array<double, 3> gaps{5, 8, 7};
    for (std::uint32_t of = 0; of < gaps.size(); ++of) network.add_poisson(of, 1 / gaps[of]);
    return [&network, nodes = queues] { return visiting(network, nodes, 3); };
  });
  const auto published_present = published("line-oqn_fourqueues").at("published").at("Q");
  REQUIRE(published_present.size() == present.size());
  for (std::size_t i = 0; i < present.size(); ++i)
    check_near(published_present.at(i).get<double>(), present[i], 0.10);
}

TEST_CASE("published: LINE, classes that switch by chance", "[published]") {
  REQUIRE_SHARED_DATA(published_file);
  check_switching("line-cqn_twoclass_hyperl", 1, {2, 2, 0}, {0, 1, 0}, 2);
}

TEST_CASE("published: LINE, three classes that switch by chance, two processors", "[published]") {
  REQUIRE_SHARED_DATA(published_file);
  check_switching("line-cqn_threeclass_hyperl", 2, {2, 0, 1}, {0, 2, 3}, 3);
}

TEST_CASE("published: LINE, discriminatory sharing", "[published]") {
  REQUIRE_SHARED_DATA(published_file);
  check_present("line-cqn_scheduling_dps", simulate(6, 1'000, 50'000, [](StationNetwork& network) {
                  network.add_delay();
                  network.add_sharing();
                  network.add_sharing();
                  network.set_route([&network](const sim::Job& job, std::size_t from, Outcome) -> Hop {
                    const bool first = job.job_class == 0;
                    if (from != 0) return {0, network.exponential(first ? 1.0 / 3 : 2)};
                    const bool evenly = network.uniform() < (first ? 0.3 : 0.7);
                    const std::uint32_t weight = evenly || first ? 1 : 5;
                    return {evenly ? 1U : 2U, network.exponential(first ? 10 : 1), {}, weight};
                  });
                  network.add_job(0);
                  network.add_job(0);
                  network.add_job(1);
                  return [&network] { return visiting(network, 3, 2); };
                }));
}

TEST_CASE("published: LINE, last come first served with and without preemption", "[published]") {
  REQUIRE_SHARED_DATA(published_file);
  check_present("line-cqn_lcfs_lcfspr", simulate(4, 1'000, 100'000, [](StationNetwork& network) {
                  network.add<sim::QueueStation>({.discipline = Discipline::last_come});
                  network.add<sim::QueueStation>({.discipline = Discipline::last_come_preempt});
                  network.set_route([&network](const sim::Job& job, std::size_t from, Outcome) -> Hop {
                    const bool first = job.job_class == 0;
                    if (from == 0) return {1, network.exponential(first ? 5 : 7)};
                    return {0, network.exponential(first ? 2 : 3)};
                  });
                  network.add_job(0);
                  network.add_job(1);
                  return [&network] { return visiting(network, 2, 2); };
                }));
}

TEST_CASE("published: LINE, two classes that share two processors", "[published]") {
  REQUIRE_SHARED_DATA(published_file);
  check_present("line-ld_multiserver_ps_twoclasses", simulate(4, 1'000, 20'000, [](StationNetwork& network) {
                  network.add_delay();
                  network.add_sharing(2);
                  network.set_route([&network](const sim::Job& job, std::size_t from, Outcome) -> Hop {
                    const bool first = job.job_class == 0;
                    if (from == 0) return {1, network.exponential(first ? 1.5 : 2.5)};
                    return {0, network.exponential(first ? 1 : 2)};
                  });
                  for (int job = 0; job < 6; ++job) network.add_job(job < 4 ? 0 : 1);
                  return [&network] { return visiting(network, 2, 2); };
                }));
}

TEST_CASE("published: LINE, an open fork and join", "[published]") {
  REQUIRE_SHARED_DATA(published_file);
  const nlohmann::json& record = published("line-fj_basic_open");
  WorldBuilder world;
  add_fork(world, {1, 2});
  const sim::Moments response = responses(world, 0.05);
  theory::check_simulated(
      record.at("reproduced_by_this_study").at("exact_mean_response_truncated_ctmc").get<double>(), response);
  auto values = record.at("published").at("JMT_R").get<std::vector<double>>();
  values.push_back(record.at("published").at("JMT_join_wait").get<double>());
  check_near(fork_join_time(values, 0), response, 0.05);
}

TEST_CASE("published: LINE, two forks and joins in series", "[published]") {
  REQUIRE_SHARED_DATA(published_file);
  const auto values =
      published("line-fj_serialfjs_open").at("published").at("JMT_R").get<std::vector<double>>();
  WorldBuilder first, both;
  add_fork(first, {1, 1});
  // Two queues, Poisson arrivals: (12 - 0.4) / 8 / (1 - 0.4), Nelson and Tantawi 1988.
  theory::check_simulated((12 - 0.4) / 8 / (1 - 0.4), responses(first, 0.4));
  add_fork(both, {1, 1});
  add_fork(both, {1, 1});
  check_near(fork_join_time(values, 0) + fork_join_time(values, 3), responses(both, 0.4), 0.05);
}

TEST_CASE("published: LINE, five users and a fork", "[published]") {
  REQUIRE_SHARED_DATA(published_file);
  const nlohmann::json& results = published("line-fj_basic_closed").at("published");
  WorldBuilder world;
  world.spec.warmup = sim::from_seconds(1'000);
  world.spec.duration = sim::from_seconds(20'000);
  add_fork(world, {1, 1});
  world.step({.kind = models::StepKind::renew});
  world.finish();
  world.source({.process = models::SourceSpec::Process::closed,
                .users = 5,
                .think = sim::Distribution::exponential(1)});
  sim::Moments rate, thinking;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    const models::WorldResult result = world.run({.seed = theory::seed, .replication = replication});
    const double each = static_cast<double>(result.classes[0].started) / sim::to_seconds(result.simulated);
    rate.add(each);
    thinking.add(5 - each * result.classes[0].latency.mean() * 1e-9);
  }
  check_near(results.at("JMT_X").get<double>(), rate, 0.05);
  check_near(results.at("JMT_Q").at(0).get<double>(), thinking, 0.05);
}
