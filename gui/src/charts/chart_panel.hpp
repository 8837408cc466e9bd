#pragma once
#include <memory>

#include "charts/chart.hpp"
#include "charts/plot_panel.hpp"

namespace gui {

/// A chart of the comparison in its frame.
class ChartPanel : public PlotPanel {
  Q_OBJECT
 public:
  explicit ChartPanel(std::unique_ptr<Chart> chart, QWidget* parent = nullptr);

  /// Keeps a share of the study: what `input` refers to.
  void show_input(std::shared_ptr<const planner::Study> study, const ChartInput& input);
  [[nodiscard]] QString title() const { return chart_->title(); }

 Q_SIGNALS:
  /// In the plot or in its table.
  void strategy_chosen(const QString& strategy);

 private:
  void choose(const std::optional<std::size_t>& strategy);

  std::unique_ptr<Chart> chart_;
  std::shared_ptr<const planner::Study> study_;
  std::string flow_;
};

}  // namespace gui
