#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "sim/distribution.hpp"
#include "sim/engine.hpp"
#include "sim/fair_share.hpp"

/// Stations: resources with waiting room that jobs pass through, as entities of the engine.
///
/// A station knows its jobs' service requirements on arrival (they come with the job), so that two runs with
/// common random numbers meet the same work. What leaves goes to a JobSink. All integer, so fully
/// reproducible.
namespace sim {

/// A unit of work that asks for service.
struct Job {
  std::uint64_t id = 0;         ///< unique among the jobs of one station; breaks ties
  Time created{};               ///< when it entered the model; stations do not change it
  Time arrived{};               ///< at the present station
  Time started{};               ///< first moment of service at the present station
  Duration service{};           ///< requirement at full speed; stations do not change it
  std::uint32_t job_class = 0;  ///< priority class: smaller is served first
  std::uint32_t weight = 1;     ///< share under processor sharing, units at a LossStation; >= 1
};

/// Where jobs go that leave a station.
class JobSink {
 public:
  virtual ~JobSink() = default;
  /// `job` was served; context.now() is its departure.
  virtual void served(const Job& job, Context& context) = 0;
  /// `job` found the station full or ran out of patience. By default it is lost without trace.
  virtual void lost(const Job& job, Context& context);
};

/// Time integrals of a station, for utilisation and mean numbers.
class StationClock {
 public:
  /// Accounts for the time since the last change at the present numbers, then sets new ones.
  void change(Time now, std::size_t present, std::size_t busy);
  /// Forgets everything before `now`.
  void reset(Time now);
  /// Time-average number of jobs in the station since the last reset. @pre now is later than that
  [[nodiscard]] double mean_present(Time now) const;
  /// Time-average number of busy servers since the last reset. @pre now is later than that
  [[nodiscard]] double mean_busy(Time now) const;

 private:
  __extension__ using Wide = unsigned __int128;
  [[nodiscard]] double mean(Wide integral, std::size_t level, Time now) const;

  Time begin_{}, last_{};
  std::size_t present_ = 0, busy_ = 0;
  Wide present_time_ = 0, busy_time_ = 0;
};

/// Order of service of a QueueStation.
enum class Discipline : std::uint8_t {
  first_come,          ///< FCFS
  last_come,           ///< LCFS, running jobs finish
  last_come_preempt,   ///< LCFS, an arrival interrupts; work done is kept (preemptive resume)
  random_order,        ///< SIRO
  shortest_job,        ///< SJF, running jobs finish
  shortest_remaining,  ///< SRPT: preemptive, by remaining requirement
  priority,            ///< by job_class, FCFS within one; running jobs finish
  priority_preempt,    ///< by job_class, preemptive resume
};

/// c identical servers and one queue.
///
/// Neglects switching time and server failure (SetupStation, UnreliableStation). Jobs of equal rank are
/// served in order of arrival. A preempted job keeps the work done on it and does not lose patience any more.
/// Arrival and departure cost O(log n) in the jobs waiting (random_order: O(1)), preemption O(c) and loss of
/// patience O(n) more.
class QueueStation final : public Entity {
 public:
  struct Spec {
    std::uint32_t servers = 1;
    Discipline discipline = Discipline::first_come;
    std::size_t capacity = SIZE_MAX;         ///< jobs in the station, in service included; more are lost
    std::optional<Distribution> patience{};  ///< [s] waiting time after which a job leaves unserved
    Stream draws{};                          ///< lane 0: random_order, by choice; lane 1: patience, by job id
  };
  QueueStation(Spec spec, JobSink& sink);
  /// To be called once, with the id that the engine gave.
  void bind(EntityId self) { self_ = self; }

  /// `job` arrives at context.now(). @pre job.id < 2^32
  void arrive(Job job, Context& context);
  void handle(const Event& event, Context& context) override;

  [[nodiscard]] std::size_t present() const { return waiting_.size() + busy(); }
  [[nodiscard]] StationClock& clock() { return clock_; }

 private:
  struct Visit {  ///< a job in the station
    Job job;
    std::uint64_t rank = 0;    ///< smaller is served first
    std::uint64_t number = 0;  ///< of the arrival
    Duration left{};           ///< service still to be had
    bool has_begun = false;
  };
  struct Server {
    Visit visit;
    Event departure{};
  };

  [[nodiscard]] static bool later(const Visit& a, const Visit& b);
  [[nodiscard]] bool is_preemptive() const;
  [[nodiscard]] std::size_t busy() const { return servers_.size() - idle_.size(); }
  [[nodiscard]] std::uint64_t rank_on_arrival(const Job& job) const;
  [[nodiscard]] std::uint64_t rank_now(const Server& server, Time now) const;
  [[nodiscard]] Server* victim_of(const Visit& visit, Time now);
  void wait(const Visit& visit, Context& context);
  void push(const Visit& visit);
  Visit take_next();
  void start(Server& server, Visit visit, Context& context);
  void interrupt(Server& server, Context& context);
  void depart(std::uint32_t index, Context& context);
  void give_up(std::uint64_t job_id, Context& context);
  void note(Context& context) { clock_.change(context.now(), present(), busy()); }

  Spec spec_;
  JobSink& sink_;
  EntityId self_{};
  std::vector<Visit> waiting_;  // heap by `later`; random_order: unordered
  std::vector<Server> servers_;
  std::vector<std::uint32_t> idle_;  // indices of servers
  std::uint64_t arrivals_ = 0, events_ = 0;
  std::uint32_t choices_ = 0;
  StationClock clock_;
};

/// Processor sharing on `cores`: every job present is served at once, each at most at the speed of one core.
///
/// With one core and weights, discriminatory sharing: job i gets weight_i / sum of weights. With several
/// cores all weights must be 1: each of n jobs runs at speed min(1, cores/n). Neglects the cost of switching.
/// A departure is late by at most a nanosecond or so, as the clock has no finer ones. Arrival and departure
/// cost O(log n).
class SharingStation final : public Entity {
 public:
  struct Spec {
    std::uint32_t cores = 1;
  };
  SharingStation(Spec spec, JobSink& sink)
      : spec_{spec}, sink_{sink}, jobs_{static_cast<double>(spec.cores)} {}
  void bind(EntityId self) { self_ = self; }

  /// `job` arrives at context.now(). @pre job.weight == 1 or there is one core
  void arrive(Job job, Context& context);
  void handle(const Event& event, Context& context) override;

  [[nodiscard]] std::size_t present() const { return jobs_.present(); }
  [[nodiscard]] StationClock& clock() { return clock_; }

 private:
  void plan(Context& context);

  Spec spec_;
  JobSink& sink_;
  EntityId self_{};
  FairShare<Job> jobs_;
  std::uint64_t events_ = 0;
  std::optional<Event> next_;
  StationClock clock_;
};

/// One server that serves all waiting jobs together, up to a maximum: bulk service, or an accelerator with
/// dynamic batching. Starts as soon as it is idle and a job waits, or, with a time-out, once the batch is
/// full or the oldest job has waited that long.
class BatchStation final : public Entity {
 public:
  struct Spec {
    std::size_t max_batch = 1;
    Duration per_batch{};               ///< constant part of a batch's time
    Duration per_job{};                 ///< added for each job in it
    std::optional<Distribution> law{};  ///< [s] random part, drawn once a batch
    Duration time_out{};                ///< 0: never waits for more
    Stream draws{};                     ///< for `law`, by number of the batch
  };
  BatchStation(Spec spec, JobSink& sink) : spec_{std::move(spec)}, sink_{sink} {
    SIM_EXPECT(spec_.max_batch > 0);
  }
  void bind(EntityId self) { self_ = self; }

  /// `job` arrives at context.now(); its own requirement does not matter.
  void arrive(Job job, Context& context);
  void handle(const Event& event, Context& context) override;

  [[nodiscard]] std::size_t present() const { return waiting_.size() + batch_.size(); }
  [[nodiscard]] StationClock& clock() { return clock_; }
  [[nodiscard]] std::uint32_t batches() const { return batches_; }  ///< begun so far

 private:
  void start_if_due(Context& context);
  [[nodiscard]] Duration batch_time() const;

  Spec spec_;
  JobSink& sink_;
  EntityId self_{};
  std::deque<Job> waiting_;
  std::vector<Job> batch_;
  std::uint32_t batches_ = 0;
  std::uint64_t events_ = 0;
  StationClock clock_;
};

/// FIFO station with c servers as a recursion, without events: give arrivals in order of time, get
/// departures.
///
/// Lindley (c = 1) or Kiefer-Wolfowitz (c > 1). Exact for any service law as long as nobody needs to observe
/// the station in between. A few nanoseconds a job, O(log c).
/// Source: Kiefer & Wolfowitz, Trans. AMS 78 (1955).
class FifoRecursion {
 public:
  struct Passage {
    Time start, end;
  };
  explicit FifoRecursion(std::uint32_t servers = 1) : free_at_(servers, time_zero) {
    SIM_EXPECT(servers > 0);
  }
  /// @pre arrival does not precede the previous one; service >= 0
  Passage pass(Time arrival, Duration service) {
    Time& first_free = free_at_.front();
    const Time start = first_free > arrival ? first_free : arrival;
    const Time end = start + service;
    first_free = end;
    if (free_at_.size() > 1) sift_down();
    return {start, end};
  }

 private:
  void sift_down();
  std::vector<Time> free_at_;  // min-heap of the instants at which servers become free
};

}  // namespace sim
