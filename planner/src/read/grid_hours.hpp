#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>

#include "compile/payers.hpp"
#include "planner/scenario.hpp"

namespace planner {

/// Whether the carbon intensity of any site depends on the hour.
[[nodiscard]] bool has_grid_hours(const Scenario& scenario);

/// How far the carbon intensity of what a site uses is from the mean of its day, as it is used more at some
/// hours than at others.
class GridHours {
 public:
  /// Part of a run.
  struct Window {
    sim::Duration begin{}, length{};
  };

  /// @param scenario, payers  kept by reference; payers: who is served at a site; null where no site's
  ///                          intensity depends on the hour
  /// @param window  that the bill is about; none: the days and weeks that demand repeats with (of what does
  ///                not repeat: the recorded span)
  GridHours(const Scenario& scenario, const Payers* payers, std::optional<Window> window);

  /// Mean intensity over the site's mean intensity. @param by_demand  share of the energy that follows
  /// demand; the rest is used evenly
  [[nodiscard]] double mean(const Site& site, const std::string& id, double by_demand) const;

 private:
  using Hours = std::array<double, 24>;  ///< of UTC; shares

  void add_demand(const Workload& workload);
  [[nodiscard]] Hours demand_of(const Shares& payers) const;
  /// Adds the requests of a workload within a part of the run to the hours that they fall into.
  void spread(const Workload& workload, const Window& window, Hours& hours) const;
  [[nodiscard]] Hours even() const;

  const Scenario& scenario_;
  const Payers* payers_;
  std::optional<Window> window_;
  std::map<std::string, Hours> demand_;  ///< by population, shares
};

}  // namespace planner
