#pragma once
#include <string>

#include "charts/cell_grid.hpp"
#include "charts/table_data.hpp"
#include "planner/sweep_result.hpp"

namespace gui {

/// What of a sweep is drawn.
struct SweepQuestion {
  std::string strategy, figure;  ///< figure: as SweepRow names them
  double limit = 0;              ///< above it a cell is marked as missing the deadline; 0: none
  planner::Sweep::Combine combine = planner::Sweep::Combine::cross;
};

/// One figure of one strategy: the last axis to the right, the combinations of the others downwards; zipped
/// axes all to the right.
[[nodiscard]] CellGrid sweep_surface(const std::vector<planner::SweepRow>& rows,
                                     const SweepQuestion& question);

/// All rows with all their figures, as `isochrone sweep` prints them.
[[nodiscard]] TableData sweep_table(const std::vector<planner::SweepRow>& rows);

/// The row of the table that a cell shows; nothing for a point that was not run.
[[nodiscard]] std::optional<std::size_t> row_of_cell(const std::vector<planner::SweepRow>& rows,
                                                     const SweepQuestion& question, std::size_t cell);

/// Names of the figures that any row has, in their order.
[[nodiscard]] std::vector<std::string> sweep_figures(const std::vector<planner::SweepRow>& rows);

}  // namespace gui
