#include <catch2/catch.hpp>
#include <cmath>

#include "station_run.hpp"

// Jobs of given arrivals and requirements, and arrivals whose rate follows the time of day.

using theory::Record;
using theory::record;

namespace {

/// Keeps the instants at which jobs leave.
class Completions final : public sim::Entity, public sim::JobSink {
 public:
  template <class Station>
  std::vector<double> run(Station& station, const Record& trace) {
    const auto arrivals = trace.at("parameters").at("arrivals").get<std::vector<double>>();
    const auto services = trace.at("parameters").at("services").get<std::vector<double>>();
    sim::Engine engine;
    const auto home = engine.add_partition();
    const auto self = engine.add(home, *this);
    station.bind(engine.add(home, station));
    seconds_.assign(arrivals.size(), -1.0);
    arrive_ = [&](std::uint64_t id, sim::Context& context) {
      sim::Job job;
      job.id = id;
      job.service = sim::from_seconds(services[id]);
      station.arrive(job, context);
    };
    for (std::size_t i = 0; i < arrivals.size(); ++i)
      engine.context(home).schedule(
          {sim::at(sim::from_seconds(arrivals[i])), sim::Order{self, i}, self, 0, 0, i});
    engine.run_until(sim::time_never);
    return seconds_;
  }

  void handle(const sim::Event& event, sim::Context& context) override { arrive_(event.data, context); }
  void served(const sim::Job& job, sim::Context& context) override {
    seconds_[job.id] = sim::to_seconds(context.now() - sim::time_zero);
  }

 private:
  std::function<void(std::uint64_t, sim::Context&)> arrive_;
  std::vector<double> seconds_;
};

template <class Station>
void check_trace(const std::string& id, typename Station::Spec spec) {
  const Record& trace = record(id);
  Completions completions;
  Station station{std::move(spec), completions};
  theory::check_exact(trace, "completions", completions.run(station, trace));
}

}  // namespace

TEST_CASE("theory: trace-fcfs-1") { check_trace<sim::QueueStation>("trace-fcfs-1", {.servers = 1}); }
TEST_CASE("theory: trace-fcfs-2") { check_trace<sim::QueueStation>("trace-fcfs-2", {.servers = 2}); }
TEST_CASE("theory: trace-ps-1") { check_trace<sim::SharingStation>("trace-ps-1", {.cores = 1}); }
TEST_CASE("theory: trace-srpt") {
  check_trace<sim::QueueStation>("trace-srpt", {.discipline = sim::Discipline::shortest_remaining});
}

TEST_CASE("theory: mtmginf-A5") {
  // lambda(t) = 10 + 5 sin(2 pi t / 24) by thinning arrivals of rate 15, at as many servers as are never all
  // in use. The first day is warm-up: the past weighs exp(-2 t).
  constexpr std::uint32_t days = 200, servers = 60;
  constexpr double period = 24.0, peak_rate = 15.0;
  const std::vector<double> times{3, 6, 12, 18};
  theory::Estimates estimates;
  for (std::uint32_t replication = 0; replication < theory::replications; ++replication) {
    const sim::Stream draws = sim::Streams{theory::seed, replication}.make("arrivals", "source");
    sim::FifoRecursion recursion{servers};
    std::vector<double> present(times.size());
    double now = 0;
    for (std::uint32_t i = 0; now < period * days; ++i) {
      now += sim::Distribution::exponential(1 / peak_rate).sample(draws.draw(i, 0));
      const double rate = 10 + 5 * std::sin(2 * 3.14159265358979323846 * now / period);
      if (draws.draw(i, 1).uniform() * peak_rate >= rate) continue;
      const sim::Time arrival = sim::at(sim::from_seconds(now));
      const auto service = sim::Distribution::exponential(0.5).sample_duration(draws.draw(i, 2));
      const sim::Time end = recursion.pass(arrival, service).end;
      const double day = period * std::floor(now / period);
      for (std::size_t k = 0; k < times.size(); ++k) {
        const sim::Time look = sim::at(sim::from_seconds(day + times[k]));
        if (day > 0 && arrival <= look && look < end) present[k] += 1;
      }
    }
    for (std::size_t k = 0; k < times.size(); ++k)
      estimates.add("mean_number_at_times[" + std::to_string(k) + "]", present[k] / (days - 1));
  }
  check_simulated(record("mtmginf-A5"), estimates,
                  {"time_of_peak_number", "lag_after_rate_peak", "peak_mean_number"});
}
