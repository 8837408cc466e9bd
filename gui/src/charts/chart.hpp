#pragma once
#include <QString>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "charts/table_data.hpp"
#include "planner/results.hpp"
#include "selection.hpp"
#include "theme.hpp"

class QCustomPlot;

namespace gui {

/// What the charts of a comparison show.
struct ChartInput {
  const planner::Study& study;
  std::string flow;
  Appearance appearance = Appearance::light;
  std::string selected;                ///< strategy that stands out; empty: none
  std::string metric = "p99";          ///< of the charts over time, one of planner::series_metrics
  std::optional<std::size_t> slice{};  ///< that the timeline shows; nothing: the whole run
  Selection marked{};                  ///< what is selected beside the strategy
};

/// A chart and its twin in figures. Draws onto a cleared plot; holds no data.
class Chart {
 public:
  virtual ~Chart() = default;
  [[nodiscard]] virtual QString title() const = 0;
  /// What to read from it, in a sentence.
  [[nodiscard]] virtual QString about() const = 0;
  [[nodiscard]] virtual TableData table(const ChartInput& input) const = 0;
  virtual void draw(QCustomPlot& plot, const ChartInput& input) const = 0;
  /// The strategy that stands at a place of the axes that draw() prepared; nothing where none does.
  [[nodiscard]] virtual std::optional<std::size_t> strategy_at(const ChartInput& /*input*/, double /*x*/,
                                                               double /*y*/) const {
    return std::nullopt;
  }
  /// The site whose row is there, in charts of sites.
  [[nodiscard]] virtual std::optional<std::string> site_at(const ChartInput& /*input*/, double /*y*/) const {
    return std::nullopt;
  }
  /// What the horizontal axis counts: slices of the results over time, or anything else.
  enum class Axis : std::uint8_t { slices, other };
  [[nodiscard]] virtual Axis axis() const { return Axis::other; }
};

/// The charts of the compare view, in reading order.
[[nodiscard]] std::vector<std::unique_ptr<Chart>> compare_charts();

[[nodiscard]] std::unique_ptr<Chart> make_tail_chart();
[[nodiscard]] std::unique_ptr<Chart> make_ladder_chart();
[[nodiscard]] std::unique_ptr<Chart> make_parts_chart();
[[nodiscard]] std::unique_ptr<Chart> make_cost_chart();
[[nodiscard]] std::unique_ptr<Chart> make_pareto_chart();
[[nodiscard]] std::unique_ptr<Chart> make_time_chart();
[[nodiscard]] std::unique_ptr<Chart> make_heat_chart();

}  // namespace gui
