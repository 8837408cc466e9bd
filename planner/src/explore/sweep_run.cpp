#include "planner/sweep_run.hpp"

#include <algorithm>

namespace planner {

/// Strategies that take the same overlays at a point: they make one study.
struct SweepRun::Group {
  std::vector<std::string> sets, strategies;
};

SweepRun::SweepRun(LoadWith load, Sweep sweep, Adjust adjust, Done done)
    : load_{std::move(load)}, sweep_{std::move(sweep)}, adjust_{std::move(adjust)}, done_{std::move(done)} {
  const Document document = load_({});
  for (const std::string& name : sweep_.strategies) resolved_.emplace(name, document.resolve(name));
}

std::vector<SweepRun::Group> SweepRun::groups(const SweepPoint& point) const {
  std::vector<Group> groups;
  for (const std::string& name : sweep_.strategies) {
    auto sets = sets_at(sweep_, point, resolved_.at(name));
    auto same = std::ranges::find(groups, sets, &Group::sets);
    if (same == groups.end()) same = groups.insert(groups.end(), {std::move(sets), {}});
    same->strategies.push_back(name);
  }
  return groups;
}

void SweepRun::run(const SweepPoint& point, const StudyOptions& options) {
  const std::vector<SweepRow> rows = rows_at(point, options);
  rows_.insert(rows_.end(), rows.begin(), rows.end());
}

std::vector<SweepRow> SweepRun::rows_at(const SweepPoint& point, const StudyOptions& options) const {
  std::vector<SweepRow> rows;
  for (const Group& group : groups(point)) add_rows(rows, point, group, options);
  return rows;
}

// Twice the places, as places run empty before a look.
std::size_t SweepRun::points_at_once(const StudyOptions& options) const {
  if (options.executor == nullptr || options.event_limit != UINT64_MAX) return 1;
  std::size_t replications = 0;
  for (const auto& [name, resolution] : resolved_) {
    Scenario scenario = resolution.scenario();
    if (adjust_) adjust_(scenario);
    replications += std::max(scenario.experiment.min_replications, 1U);
  }
  return (2 * std::size_t{options.executor->places()} + replications - 1) / replications;
}

void SweepRun::add_rows(std::vector<SweepRow>& all, const SweepPoint& point, const Group& group,
                        StudyOptions options) const {
  const Document document = load_(group.sets);
  std::vector<Scenario> scenarios;
  for (const std::string& name : group.strategies) {
    try {
      scenarios.push_back(document.resolve(name).scenario());
    } catch (const ScenarioError& error) {
      // A point may ask for more than there is: that is an answer. Anything else is a mistake in the sweep.
      if (error.failure() != Failure::infeasible) throw;
      all.push_back(infeasible_row(sweep_, point, name, error.diagnostics().front().message));
    }
  }
  if (scenarios.empty()) return;
  for (Scenario& scenario : scenarios) {
    scenario.baseline = &scenario == &scenarios.front();
    if (adjust_) adjust_(scenario);
  }
  if (options.executor != nullptr || options.store != nullptr)
    options.origins = origins_of(document, scenarios);
  const Study study = run_study(scenarios, options);
  if (done_) done_(study, document, scenarios);
  const auto rows = rows_of(sweep_, point, study);
  all.insert(all.end(), rows.begin(), rows.end());
}

}  // namespace planner
