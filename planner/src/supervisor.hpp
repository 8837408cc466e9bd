#pragma once
#include <atomic>
#include <chrono>
#include <functional>

#include "models/world.hpp"
#include "planner/study.hpp"

namespace planner {

/// Runs worlds while it watches the clock, the stop flag and the event budget, and tells of progress.
///
/// A world runs in a thread of its own; the calling thread looks after it 20 times a second. Results do not
/// depend on it: a world is a function of its spec, seed and replication.
class Supervisor {
 public:
  explicit Supervisor(const StudyOptions& options);

  /// @param tell  called with the simulated share of the world's recorded span, at most 20 times a second,
  ///              counted over all worlds
  models::WorldResult run(const models::WorldSpec& spec, models::World::Options world,
                          const std::function<void(double share)>& tell);

  /// A limit was met or the stop flag set: nothing more is to be begun.
  [[nodiscard]] bool over() const;

 private:
  [[nodiscard]] bool out_of_time() const;

  const StudyOptions& options_;
  std::chrono::steady_clock::time_point begin_, told_;
  std::uint64_t events_left_;
};

}  // namespace planner
