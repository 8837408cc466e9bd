#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "models/world.hpp"
#include "planner/study.hpp"

namespace planner {

/// Runs worlds side by side while it watches the clock, the stop flag and the event budget, and tells of
/// progress.
///
/// Worlds run in threads of their own; the calling thread looks after them 20 times a second and takes the
/// results in the order of the jobs. Results do not depend on any of this: a world is a function of its spec,
/// seed and replication.
class Supervisor {
 public:
  struct Job {
    sim::Duration simulated;       ///< time that it simulates, for the progress
    models::World::Options world;  ///< path, limits, threads and flags are filled in
    /// Called before it would begin; a result makes running it unnecessary.
    std::function<std::optional<models::WorldResult>()> recall;
    /// Simulates it; called in a thread of its own.
    std::function<models::WorldResult(const models::World::Options&)> run;
  };
  /// Takes the result of job number `job`.
  using Take = std::function<void(std::size_t job, const models::WorldResult& result)>;
  /// Hears, at most 20 times a second, what share of the jobs is done, and which is the first that is not.
  using Tell = std::function<void(std::size_t job, double share)>;

  explicit Supervisor(const StudyOptions& options);

  /// Runs the jobs; as many at a time as there are threads, or fewer with several threads each. An event
  /// limit is spent job by job. Ends early when a limit is met or the stop flag set; what was under way is
  /// then taken cut short, what had not begun is not taken.
  /// @return whether all jobs were completed
  bool run(const std::vector<Job>& jobs, const Take& take, const Tell& tell);

 private:
  class Crew;
  enum class Origin : std::uint8_t { run, recalled };

  /// A limit was met or the stop flag set: nothing more is to be begun.
  [[nodiscard]] bool over() const;
  [[nodiscard]] bool out_of_time() const;
  void tell_now_and_then(std::size_t first, double done, std::size_t of, const Tell& tell);

  const StudyOptions& options_;
  std::chrono::steady_clock::time_point begin_, told_;
  std::uint64_t events_left_;
};

}  // namespace planner
