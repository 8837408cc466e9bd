#pragma once
#include <array>
#include <functional>
#include <vector>

#include "sim/random.hpp"
#include "sim/station.hpp"
#include "theory.hpp"

namespace theory {

/// What became of a job.
struct Passage {
  sim::Job job;
  double wait = 0.0, response = 0.0;  ///< [s]; wait ends with service or with loss
  bool is_lost = false;
};

/// One replication's jobs and the time averages of the station while they arrived, without warm-up and end.
struct Replication {
  std::vector<Passage> passages;
  double mean_present = 0.0, mean_busy = 0.0;
  double seconds = 0.0;  ///< that were watched
};

/// Sends `jobs` (in order of arrival) through `station`, whose sink it is, until none is left.
class Observer final : public sim::Entity, public sim::JobSink {
 public:
  void handle(const sim::Event& event, sim::Context& context) override;
  void served(const sim::Job& job, sim::Context& context) override { note(job, context.now(), false); }
  void lost(const sim::Job& job, sim::Context& context) override { note(job, context.now(), true); }

  /// Drops the first fifth of the jobs as warm-up and the last tenth, whose followers are missing.
  template <class Station>
  Replication run(Station& station, std::vector<sim::Job> jobs);

 private:
  void note(const sim::Job& job, sim::Time now, bool is_lost);
  void schedule_next(sim::Context& context);
  void begin(std::vector<sim::Job> jobs);

  std::vector<sim::Job> jobs_;
  std::vector<Passage> passages_;
  std::size_t next_ = 0;
  sim::EntityId self_{};
  std::function<void(const sim::Job&, sim::Context&)> arrive_;
};

template <class Station>
Replication Observer::run(Station& station, std::vector<sim::Job> jobs) {
  sim::Engine engine;
  const auto home = engine.add_partition();
  self_ = engine.add(home, *this);
  station.bind(engine.add(home, station));
  arrive_ = [&](const sim::Job& job, sim::Context& context) { station.arrive(job, context); };
  begin(std::move(jobs));
  schedule_next(engine.context(home));

  const std::size_t first = jobs_.size() / 5, last = jobs_.size() - jobs_.size() / 10;
  const sim::Time from = jobs_[first].created, to = jobs_[last].created;
  engine.run_until(from);
  station.clock().reset(from);
  engine.run_until(to);
  Replication result;
  result.mean_present = station.clock().mean_present(to);
  result.mean_busy = station.clock().mean_busy(to);
  result.seconds = sim::to_seconds(to - from);
  engine.run_until(sim::time_never);
  result.passages.assign(passages_.begin() + static_cast<std::ptrdiff_t>(first),
                         passages_.begin() + static_cast<std::ptrdiff_t>(last));
  return result;
}

/// Makes the jobs of one replication from its streams.
using Traffic = std::function<std::vector<sim::Job>(const sim::Streams&)>;

/// Independent intervals between arrivals and independent requirements, both laws of seconds.
Traffic renewal(sim::Distribution interval, sim::Distribution service, std::size_t jobs);
/// Poisson arrivals.
Traffic poisson(double rate, sim::Distribution service, std::size_t jobs);
/// One class of a mixture of Poisson arrivals.
struct JobClass {
  double rate = 1.0;
  sim::Distribution service;
  std::uint32_t weight = 1;
};
/// Classes 0, 1, ... of Poisson arrivals together.
Traffic poisson_classes(std::vector<JobClass> classes, std::size_t jobs);
/// Poisson arrivals whose rate switches between two values after exponential times.
/// @param leave  rate at which state 0 and 1 end
Traffic modulated(std::array<double, 2> rates, std::array<double, 2> leave, sim::Distribution service,
                  std::size_t jobs);

/// Fractions of jobs [below, at or below] a percentile, by its name.
using Fractions = std::map<std::string, std::array<sim::Moments, 2>>;

/// The quantities of a record that a replication shows, by the names of the collection: means, variances and
/// second moments, also of one class (`_cl1` is class 0), percentiles as Fractions.
/// @param servers  for the utilisation; @param left_out  quantities that are not looked at
void observe(const Record& record, const Replication& replication, double servers, Estimates& estimates,
             const std::vector<std::string>& left_out, Fractions& fractions);

/// Runs the replications of `record` through a station of `spec` and requires what they show to agree.
/// Percentiles x_p agree when the fraction of jobs below x_p is at most p and that at or below x_p at least
/// p, within 4 standard errors.
template <class Station>
void check_station(const std::string& id,
                   const std::function<typename Station::Spec(const sim::Streams&)>& spec, double servers,
                   const Traffic& traffic, const std::vector<std::string>& left_out = {});

/// Requires the fractions of jobs around each percentile to enclose it.
void check_percentiles(const Fractions& fractions);

template <class Station>
void check_station(const std::string& id,
                   const std::function<typename Station::Spec(const sim::Streams&)>& spec, double servers,
                   const Traffic& traffic, const std::vector<std::string>& left_out) {
  const Record& wanted = record(id);
  Estimates estimates;
  Fractions fractions;
  for (std::uint32_t i = 0; i < replications; ++i) {
    const sim::Streams streams{seed, i};
    Observer observer;
    Station station{spec(streams), observer};
    observe(wanted, observer.run(station, traffic(streams)), servers, estimates, left_out, fractions);
  }
  std::vector<std::string> elsewhere = left_out;
  for (const auto& [name, fraction] : fractions) elsewhere.push_back(name);
  check_percentiles(fractions);
  check_simulated(wanted, estimates, elsewhere);
}

/// A queue of c servers.
void check_queue(const std::string& id, const sim::QueueStation::Spec& spec, const Traffic& traffic,
                 const std::vector<std::string>& left_out = {});
/// Processor sharing.
void check_sharing(const std::string& id, std::uint32_t cores, const Traffic& traffic,
                   const std::vector<std::string>& left_out = {});

}  // namespace theory
