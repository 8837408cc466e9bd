#pragma once
#include <map>
#include <string>
#include <vector>

#include "models/world.hpp"
#include "planner/compile.hpp"
#include "planner/estimate.hpp"
#include "planner/load.hpp"
#include "planner/results.hpp"
#include "study/bill_tally.hpp"
#include "study/pool_tally.hpp"
#include "study/queue_tally.hpp"
#include "study/series_tally.hpp"
#include "study/slices.hpp"

namespace planner {

/// One strategy of a study: compiled, checked against its load, and what its replications gave so far.
class StrategyRun {
 public:
  /// @param scenario  borrowed; must outlive the object
  explicit StrategyRun(const Scenario& scenario);

  [[nodiscard]] const Scenario& scenario() const { return *scenario_; }
  /// Nothing is loaded beyond its capacity; otherwise it is not to be run.
  [[nodiscard]] bool feasible() const { return infeasible_.empty(); }
  [[nodiscard]] const models::WorldSpec& world() const { return compiled_.world; }
  [[nodiscard]] std::uint32_t replications() const { return replications_; }
  [[nodiscard]] bool cut_short() const { return cut_short_; }

  /// Adds the next replication, in order of their numbers.
  void add(const models::WorldResult& result);

  /// Largest relative half width of p99 among the flows; infinite where a flow has none.
  [[nodiscard]] double imprecision(double confidence) const;
  /// Every metric, replication by replication; empty where a replication was cut short.
  [[nodiscard]] FigureTable figures() const;
  [[nodiscard]] StrategyResult result(double confidence) const;

  /// A metric that is compared between strategies.
  struct Compared {
    std::string name, flow, unit;
    Sections sections;
  };
  [[nodiscard]] std::vector<Compared> metrics() const;

 private:
  [[nodiscard]] Answered answered() const;
  /// Answered requests a month, as replication `own` has them, or all together.
  [[nodiscard]] double answered_per_month(std::optional<std::size_t> own) const;
  /// Mean demand of the sources that ask as `asks` says / that in the recorded span.
  template <class Asks>
  [[nodiscard]] double demand_scale(Asks asks) const;
  void put_links(StrategyResult& result) const;
  void put_state(StrategyResult& result) const;
  [[nodiscard]] std::vector<std::string> notes(const StrategyResult& result, double confidence) const;
  [[nodiscard]] bool scaled() const;
  /// Whether instances are provisioned by hours that the recorded span does not have all alike.
  [[nodiscard]] bool provisions_cut() const;

  const Scenario* scenario_;
  CompiledScenario compiled_;
  Load load_;
  AnalyticEstimate analytic_;
  std::string infeasible_;
  std::vector<std::string> warnings_;
  std::vector<SliceTally> slices_;
  SeriesTally series_;
  BillTally bills_;
  PoolTally pools_;
  std::vector<sim::TotalTime> station_busy_;  ///< by station: time on the wire in the recorded span
  std::vector<models::GuardResult> guards_;   ///< by guard of the world
  std::vector<models::StoreResult> stores_;   ///< by store of the world
  QueueTally queues_;
  std::vector<std::uint64_t> started_;  ///< by source: requests of the recorded span
  std::vector<double> recorded_;        ///< by replication: its span [s]
  double recorded_seconds_ = 0;         ///< of all
  std::uint64_t events_ = 0, requests_ = 0;
  sim::Fingerprint fingerprint_;
  std::uint32_t replications_ = 0;
  bool cut_short_ = false;
};

}  // namespace planner
