#pragma once
#include <QString>
#include <vector>

#include "charts/plot_style.hpp"

namespace gui {

enum class Legend { shown, hidden };

/// One colour of stacked horizontal bars: a value a row.
struct StackLayer {
  QString name;
  QBrush brush;
  QVector<double> rows, values;
};

/// Draws the layers on top of each other, the first at the axis, each bar `height` rows high; layers whose
/// values are all 0 are left out. Named ones enter the legend.
/// @return the longest bar
double add_stack(QCustomPlot& plot, const std::vector<StackLayer>& layers, double height,
                 Appearance appearance, Legend legend);

}  // namespace gui
