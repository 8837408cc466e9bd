#pragma once
#include <optional>
#include <vector>

#include "charts/plot_style.hpp"
#include "charts/table_data.hpp"
#include "planner/sensitivity.hpp"

namespace gui {

/// What inputs do to one figure of the answer.
struct Tornado {
  QString title;                         ///< whose change it is
  QString unit;                          ///< of the changes
  std::vector<planner::Effect> effects;  ///< greatest first
};

[[nodiscard]] TableData tornado_table(const Tornado& tornado);
/// The inputs with the greatest effects as bars to both sides: what the figure changes by when an input is
/// lowered (open) and raised (filled). Assumed inputs are marked, and those that turn the verdict.
void draw_tornado(QCustomPlot& plot, const Tornado& tornado, Appearance appearance,
                  const Selection& selected);
/// The effect at a height of the axis that draw_tornado() prepared.
[[nodiscard]] std::optional<std::size_t> effect_at(const Tornado& tornado, double y);

}  // namespace gui
