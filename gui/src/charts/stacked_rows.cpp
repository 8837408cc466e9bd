#include "charts/stacked_rows.hpp"

#include <algorithm>
#include <map>

namespace gui {

double add_stack(QCustomPlot& plot, const std::vector<StackLayer>& layers, double height,
                 Appearance appearance, Legend legend) {
  QCPBars* below = nullptr;
  std::map<double, double> totals;
  for (const StackLayer& layer : layers) {
    if (std::ranges::all_of(layer.values, [](double value) { return value <= 0; })) continue;
    auto* bars = new QCPBars{plot.yAxis, plot.xAxis};
    bars->setName(layer.name);
    bars->setBrush(layer.brush);
    bars->setPen(QPen{colors(appearance).surface, 0.8});
    bars->setWidth(height);
    bars->setData(layer.rows, layer.values, false);
    if (below != nullptr) bars->moveAbove(below);
    if (legend == Legend::hidden) bars->removeFromLegend();
    below = bars;
    for (int i = 0; i < layer.rows.size(); ++i) totals[layer.rows[i]] += layer.values[i];
  }
  double longest = 0;
  for (const auto& [row, total] : totals) longest = std::max(longest, total);
  return longest;
}

}  // namespace gui
