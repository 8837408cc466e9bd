#pragma once
// QCustomPlot is written with Qt's keywords, which the rest does without: `slots` is a word of the models.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef signals
#undef slots
#undef foreach

#include "charts/chart.hpp"

namespace gui {

/// Removes everything from a plot and gives it the colours of the appearance.
void prepare(QCustomPlot& plot, Appearance appearance);
/// Ticks 1, 10, 100 with lines between.
void use_log_scale(QCPAxis& axis);
/// A dashed line at `value` of the horizontal axis with a label, such as a deadline. @pre the axis has its
/// range
void add_limit(QCustomPlot& plot, double value, const QString& label, Appearance appearance);
/// Strategies as rows, the first at the top; the selected one is banded.
void use_rows(QCustomPlot& plot, const ChartInput& input);
/// A band across the plot, behind what it shows: what is selected.
void add_band(QCustomPlot& plot, double from, double to, Appearance appearance);
/// A frame around cells: what is selected of them.
void add_frame(QCustomPlot& plot, const QCPRange& x, const QCPRange& y, Appearance appearance);
/// The row of a strategy on the axis that use_rows() prepared.
[[nodiscard]] double row_of(const planner::Study& study, std::size_t strategy);
/// The strategy whose row is there; nothing beside the rows.
[[nodiscard]] std::optional<std::size_t> strategy_of_row(const planner::Study& study, double row);
[[nodiscard]] QCPScatterStyle scatter_of(std::size_t strategy, Appearance appearance, double size);
/// Width of the lines of a strategy: the selected one stands out.
[[nodiscard]] double line_width(const ChartInput& input, std::size_t strategy);
/// Entries side by side below the plot; call once the plottables are there.
void add_legend_below(QCustomPlot& plot, Appearance appearance);
/// Deadline of a flow [ms]; negative: none.
[[nodiscard]] double deadline_of(const ChartInput& input);

[[nodiscard]] inline QString text_of(const std::string& text) { return QString::fromStdString(text); }

}  // namespace gui
