#pragma once
#include <vector>

#include "charts/plot_style.hpp"
#include "planner/optimize.hpp"

namespace gui {

/// Plans of a search with what each costs and how fast it is, by formula, and by simulation where it was
/// simulated.
[[nodiscard]] TableData plan_table(const std::vector<const planner::Plan*>& plans);

/// Cost against latency: the front as a line, the plans as stars, the obvious placements as hollow marks.
void draw_front(QCustomPlot& plot, const planner::OptimizeResult& result, Appearance appearance);

}  // namespace gui
