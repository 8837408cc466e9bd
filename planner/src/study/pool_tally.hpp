#pragma once
#include <optional>
#include <vector>

#include "models/world.hpp"
#include "planner/compile.hpp"
#include "planner/load.hpp"
#include "planner/results.hpp"

namespace planner {

/// How the pools of a strategy were used, added up over its replications.
class PoolTally {
 public:
  explicit PoolTally(const CompiledScenario& compiled);

  /// Adds the next replication. @param compiled  what the tally was made for, here and below
  void add(const CompiledScenario& compiled, const models::WorldResult& result);

  [[nodiscard]] std::vector<PoolUse> uses(const CompiledScenario& compiled, const Load& load,
                                          double confidence) const;
  /// Utilisation of each pool, and the share of its requests that met a cold start.
  void put_figures(const CompiledScenario& compiled, FigureTable& table) const;

 private:
  using Shares = std::vector<std::optional<double>>;  ///< by replication

  std::vector<models::PoolResult> pools_;  ///< sums over replications; peaks are the highest
  std::vector<Shares> cold_;               ///< share of a pool's requests
  std::vector<Shares> busy_;               ///< share of a pool's slots
  double recorded_seconds_ = 0;
};

}  // namespace planner
