#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "models/world.hpp"
#include "planner/executor.hpp"
#include "planner/results.hpp"
#include "planner/run_store.hpp"
#include "planner/scenario.hpp"

namespace planner {

/// How far a study has come; for a progress display.
struct Progress {
  std::string strategy;
  std::uint32_t replication = 0, replications = 0;  ///< of this strategy; the latter may grow
  double fraction = 0;                              ///< of the work known so far, 0..1
  std::uint64_t requests = 0;
  std::optional<Precision> precision;  ///< as of the last look; none before it, or where none was asked
};

struct StudyOptions {
  std::optional<std::uint64_t> seed;          ///< wins over the scenario's
  std::optional<std::uint32_t> replications;  ///< exactly that many
  std::optional<double> half_width;
  std::optional<double> confidence;
  std::optional<double> equivalence;  ///< region of practical equivalence; wins over the scenario's
  /// When to end before the most replications: once the metric is as precise as asked, or once every
  /// assertion of every strategy is passed or failed.
  enum class Until : std::uint8_t { precise, decided } until = Until::precise;
  std::optional<Expression> metric;  ///< whose precision is meant; wins over the scenario's
  std::string metric_text;           ///< as written
  models::Path path = models::Path::compiled;
  std::uint64_t event_limit = UINT64_MAX;
  unsigned threads = 0;  ///< for replications side by side, or within one; 0: as many as there are processors
  std::optional<double> time_limit_seconds;  ///< wall clock; ends with what is done
  Executor* executor = nullptr;              ///< where replications are simulated; none: here, by `threads`
  /// What the strategies were read from, in their order, for the executor and the store; empty: unknown.
  std::vector<Origin> origins;
  RunStore* store = nullptr;                ///< what was simulated before is not simulated again
  const std::atomic<bool>* stop = nullptr;  ///< true: end soon, keep finished replications
  std::function<void(const Progress&)>
      progress;  ///< called from the calling thread, at most 20 times a second
};

/// Runs every scenario (one a strategy, the same base) and compares each with the baseline.
///
/// Strategies share random numbers: replication r meets the same demand and the same service draws in each.
/// A strategy that cannot run (capacity) is reported as infeasible, it does not end the study.
/// @param strategies  not empty; at most one has baseline set, else the first is the baseline
[[nodiscard]] Study run_study(const std::vector<Scenario>& strategies, const StudyOptions& options);

}  // namespace planner
