#pragma once
#include <optional>
#include <string>
#include <vector>

#include "planner/scenario.hpp"
#include "sim/time.hpp"

/// MSER over a study's slices: does the warm-up suffice?
namespace planner {

/// What one flow met over the slices of equal length of the recorded span, in one unit.
struct Course {
  std::string flow;
  std::vector<std::optional<double>> overall;           ///< by slice; nothing where no request tells
  std::vector<std::vector<std::optional<double>>> own;  ///< by slice, then replication
};

/// Whether demand and supply are meant to be the same all the time: no profile, surges, bursts, trace or
/// provision by the hour. Elsewhere a change is no transient.
[[nodiscard]] bool is_stationary(const Scenario& scenario);

/// Where the run's beginning still shows.
struct Transient {
  std::size_t slices = 0;  ///< from the front
  bool settled = true;     ///< false: the span is too short to tell where it ends
};

/// The slices that MSER (sim/warmup.hpp, batches of 1) cuts, where that matters: where the mean over all
/// slices lies outside the interval, over replications, of the mean over those that are kept, and is more
/// than 1 % off.
///
/// Nothing with fewer than ten slices, fewer than two replications, or a slice that no request tells.
/// @param confidence  of the interval
[[nodiscard]] std::optional<Transient> transient_of(const Course& course, double confidence);

/// A sentence for a reader, for each flow with a transient.
/// @param step    length of a slice
/// @param warmup  what the scenario states
[[nodiscard]] std::vector<std::string> transient_notes(const std::vector<Course>& courses, sim::Duration step,
                                                       sim::Duration warmup, double confidence);

}  // namespace planner
