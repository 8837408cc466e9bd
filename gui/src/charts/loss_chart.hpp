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
  planner::Losable each = planner::Losable::site;  ///< what is lost
  double spare = 0;  ///< [ms] until the flow's deadline with nothing lost; negative: it has none or misses it
};

[[nodiscard]] TableData loss_table(const LossFigure& figure);
/// Losses of what is selected are banded, in a matrix framed.
void draw_losses(QCustomPlot& plot, const LossFigure& figure, Appearance appearance,
                 const Selection& selected);
/// JSON Pointers of what is lost.
[[nodiscard]] std::vector<std::string> lost_subjects(const LossFigure& figure, const planner::Loss& loss);
/// The loss at a place of the axes that draw_losses() prepared.
[[nodiscard]] std::optional<std::size_t> loss_at(const LossFigure& figure, double x, double y);
/// `frankfurt + virginia`
[[nodiscard]] QString lost_text(const planner::Loss& loss);

}  // namespace gui
