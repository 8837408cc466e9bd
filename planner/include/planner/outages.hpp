#pragma once
#include <string>
#include <vector>

#include "planner/document.hpp"

namespace planner {

/// An outage that a scenario plans, as it would lie in a run. A run itself has none in this version.
struct PlannedOutage {
  std::string id;
  std::string of;         ///< site or link that is out
  sim::Duration begin{};  ///< since the run's time 0; before it where the outage has begun already
  sim::Duration length{};
};

/// The outages of section `faults` in each day of the run (warm-up included), in order of id, then time.
/// Hours are those of the scenario's zone, with the offset that it has when the run begins; `local` counts as
/// UTC.
[[nodiscard]] std::vector<PlannedOutage> planned_outages(const Resolution& resolution);

}  // namespace planner
