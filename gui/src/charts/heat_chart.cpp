#include <QCoreApplication>
#include <algorithm>

#include "charts/plot_style.hpp"
#include "charts/series_axis.hpp"
#include "planner/render_series.hpp"

namespace gui {
namespace {

/// Rows whose names can be read; more are drawn without.
constexpr std::size_t most_names = 40;

/// The selected strategy, else the first that was simulated; null: none with a series.
const planner::StrategyResult* shown_strategy(const ChartInput& input) {
  const planner::StrategyResult* first = nullptr;
  for (const planner::StrategyResult& result : input.study.strategies) {
    if (result.series.empty()) continue;
    if (result.strategy == input.selected) return &result;
    if (first == nullptr) first = &result;
  }
  return first;
}

std::vector<const planner::SeriesLine*> rows_of(const planner::StrategyResult& result,
                                                const ChartInput& input) {
  const bool of_pools = chart_subject(input.metric) == planner::SeriesBy::pool;
  return planner::lines_of(result.series, input.metric,
                           of_pools ? planner::SeriesBy::pool : planner::SeriesBy::site, input.flow);
}

class HeatChart : public Chart {
 public:
  [[nodiscard]] QString title() const override {
    return QCoreApplication::translate("Chart", "Where and when");
  }
  [[nodiscard]] QString about() const override {
    return QCoreApplication::translate(
        "Chart",
        "Sites (pools for utilisation) by slices of the run, of the selected strategy. Dark is low, "
        "bright is high, blank is without requests.");
  }

  [[nodiscard]] Axis axis() const override { return Axis::slices; }

  [[nodiscard]] TableData table(const ChartInput& input) const override {
    TableData table;
    const planner::StrategyResult* result = shown_strategy(input);
    if (result == nullptr) return table;
    const auto rows = rows_of(*result, input);
    if (rows.empty()) return table;
    table.header << QStringLiteral("%1, %2 [%3]")
                        .arg(text_of(result->strategy), metric_label(input.metric),
                             unit_label(*rows.front()));
    for (std::size_t slice = 0; slice < result->series.slices; ++slice)
      table.header << text_of(planner::slice_label(input.study, result->series, slice));
    for (const planner::SeriesLine* line : rows) {
      QStringList row{text_of(planner::label_of(*line))};
      for (std::size_t slice = 0; slice < line->points.size(); ++slice) row << interval_text(*line, slice);
      table.add_row(row, {pointer_to("sites", line->site)});
    }
    return table;
  }

  [[nodiscard]] std::optional<std::string> site_at(const ChartInput& input, double y) const override {
    const planner::StrategyResult* result = shown_strategy(input);
    if (result == nullptr || y < 0) return std::nullopt;
    const auto rows = rows_of(*result, input);
    const auto row = static_cast<std::size_t>(y);
    return row < rows.size() ? std::optional{rows[row]->site} : std::nullopt;
  }

  void draw(QCustomPlot& plot, const ChartInput& input) const override {
    const planner::StrategyResult* result = shown_strategy(input);
    if (result == nullptr) return;
    const auto rows = rows_of(*result, input);
    if (rows.empty()) return;
    use_slices(*plot.xAxis, input.study, result->series);
    use_names(plot, rows, input.appearance);
    add_cells(plot, *result, rows, input);
    if (input.slice) add_slice_cursor(plot, *input.slice, input.appearance);
    frame_selected(plot, *result, rows, input);
  }

 private:
  static void use_names(QCustomPlot& plot, const std::vector<const planner::SeriesLine*>& rows,
                        Appearance appearance) {
    const QSharedPointer<QCPAxisTickerText> names{new QCPAxisTickerText};
    if (rows.size() <= most_names)
      for (std::size_t i = 0; i < rows.size(); ++i)
        names->addTick(static_cast<double>(i) + 0.5, text_of(planner::label_of(*rows[i])));
    plot.yAxis->setTicker(names);
    plot.yAxis->setRange(0, static_cast<double>(rows.size()));
    plot.yAxis->setRangeReversed(true);
    plot.yAxis->setTickPen(Qt::NoPen);
    plot.yAxis->setTickLabelColor(colors(appearance).text);
    plot.yAxis->grid()->setVisible(false);
    plot.xAxis->grid()->setVisible(false);
  }

  /// Around the rows of the site that is selected.
  static void frame_selected(QCustomPlot& plot, const planner::StrategyResult& result,
                             const std::vector<const planner::SeriesLine*>& rows, const ChartInput& input) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!concerns(input.marked, {pointer_to("sites", rows[i]->site)})) continue;
      const auto row = static_cast<double>(i);
      add_frame(plot, {0, static_cast<double>(result.series.slices)}, {row, row + 1}, input.appearance);
    }
  }

  static void add_cells(QCustomPlot& plot, const planner::StrategyResult& result,
                        const std::vector<const planner::SeriesLine*>& rows, const ChartInput& input) {
    const auto columns = static_cast<int>(result.series.slices), lines = static_cast<int>(rows.size());
    auto* map = new QCPColorMap{plot.xAxis, plot.yAxis};
    map->data()->setSize(columns, lines);
    // Ranges name the middles of the first and the last cell.
    // Ranges go from the middle of the first cell to that of the last; a single cell fills its range.
    const auto middles = [](int cells) { return cells > 1 ? QCPRange{0.5, cells - 0.5} : QCPRange{0, 1}; };
    map->data()->setRange(middles(columns), middles(lines));
    double low = std::numeric_limits<double>::max(), high = 0;
    for (int y = 0; y < lines; ++y) {
      const planner::SeriesLine& line = *rows[static_cast<std::size_t>(y)];
      for (int x = 0; x < columns; ++x) {
        const auto& point = line.points[static_cast<std::size_t>(x)];
        const double value = point ? display_factor(line) * point->value : qQNaN();
        map->data()->setCell(x, y, value);
        if (!point) continue;
        low = std::min(low, value);
        high = std::max(high, value);
      }
    }
    QCPColorGradient ramp;
    ramp.clearColorStops();
    for (int i = 0; i <= 10; ++i) ramp.setColorStopAt(i / 10.0, ramp_color(i / 10.0, input.appearance));
    ramp.setNanHandling(QCPColorGradient::nhTransparent);
    map->setInterpolate(false);
    map->setGradient(ramp);
    if (low > high) return;  // no value at all
    map->setDataRange(low < high ? QCPRange{low, high} : QCPRange{low - 0.5, high + 0.5});
    plot.xAxis->setLabel(QCoreApplication::translate("Chart", "%1, %2: %3 (dark) to %4 (bright) %5")
                             .arg(text_of(result.strategy), metric_label(input.metric),
                                  QString::number(low, 'g', 3), QString::number(high, 'g', 3),
                                  unit_label(*rows.front())));
  }
};

}  // namespace

std::unique_ptr<Chart> make_heat_chart() { return std::make_unique<HeatChart>(); }

}  // namespace gui
