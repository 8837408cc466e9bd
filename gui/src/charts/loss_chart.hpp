#pragma once
#include <string>
#include <vector>

#include "charts/cell_grid.hpp"
#include "charts/table_data.hpp"
#include "planner/fail.hpp"

namespace gui {

/// Losses as a figure: single ones as bars of what p99 rises by, pairs as a matrix.
struct LossFigure {
  std::vector<planner::Loss> losses;  ///< the worst first
  std::string flow;
  double spare = 0;  ///< [ms] until the flow's deadline with nothing lost; negative: it has none or misses it
};

[[nodiscard]] TableData loss_table(const std::vector<planner::Loss>& losses);
void draw_losses(QCustomPlot& plot, const LossFigure& figure, Appearance appearance);
/// The loss at a place of the axes that draw_losses() prepared.
[[nodiscard]] std::optional<std::size_t> loss_at(const LossFigure& figure, double x, double y);
/// `frankfurt + virginia`
[[nodiscard]] QString lost_text(const planner::Loss& loss);

}  // namespace gui
