#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "planner/origin.hpp"
#include "planner/study.hpp"
#include "planner/sweep.hpp"
#include "planner/sweep_result.hpp"

namespace planner {

/// Does the points of a sweep, for the command line and the desktop alike.
class SweepRun {
 public:
  /// Last touch to what is simulated, such as the replications that were asked for.
  using Adjust = std::function<void(Scenario&)>;
  /// Hears of every study that was made.
  using Done = std::function<void(const Study&, const Document&, const std::vector<Scenario>&)>;

  /// @throws ScenarioError where a strategy of the sweep has errors
  SweepRun(LoadWith load, Sweep sweep, Adjust adjust = {}, Done done = {});

  /// One study for the strategies that take the same overlays at the point; its rows are added.
  /// @throws ScenarioError where a point cannot be set, infeasible ones aside: those are rows
  void run(const SweepPoint& point, const StudyOptions& options);
  /// The rows that run() would add. Safe from any thread, as far as the functions given are.
  [[nodiscard]] std::vector<SweepRow> rows_at(const SweepPoint& point, const StudyOptions& options) const;
  /// How many points to do at a time, so that all places of an executor have work; 1 without one.
  [[nodiscard]] std::size_t points_at_once(const StudyOptions& options) const;

  [[nodiscard]] const Sweep& sweep() const { return sweep_; }
  /// In the order of the points that were run, then of the strategies.
  [[nodiscard]] const std::vector<SweepRow>& rows() const { return rows_; }

 private:
  struct Group;
  [[nodiscard]] std::vector<Group> groups(const SweepPoint& point) const;
  void add_rows(std::vector<SweepRow>& rows, const SweepPoint& point, const Group& group,
                StudyOptions options) const;

  LoadWith load_;
  Sweep sweep_;
  Adjust adjust_;
  Done done_;
  std::map<std::string, Resolution> resolved_;
  std::vector<SweepRow> rows_;
};

}  // namespace planner
