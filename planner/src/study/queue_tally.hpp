#pragma once
#include <vector>

#include "models/world.hpp"
#include "planner/compile.hpp"
#include "planner/results.hpp"

namespace planner {

/// What became of the messages of asynchronous calls, over the replications of a strategy.
class QueueTally {
 public:
  explicit QueueTally(const CompiledScenario& compiled) : queues_(compiled.queues.size()) {}

  /// Adds the next replication.
  void add(const models::WorldResult& result);

  /// @param compiled  what the tally was made for
  [[nodiscard]] std::vector<QueueUse> uses(const CompiledScenario& compiled) const;
  /// Of each queue its mean length, the wait of its messages, and the shares that found no place or were
  /// given up.
  void put_figures(const CompiledScenario& compiled, FigureTable& table) const;

 private:
  /// Of one queue.
  struct Queue {
    models::QueueResult sum;
    std::vector<models::QueueResult> own;  ///< by replication
  };
  std::vector<Queue> queues_;
  std::vector<double> seconds_;  ///< recorded, by replication
};

}  // namespace planner
