#pragma once
#include "charts/plot_style.hpp"
#include "planner/time_series.hpp"

/// What the charts over time share: slices as the horizontal axis, slice k from k to k + 1.
namespace gui {

/// The first of the study's series: strategies share the span, and so the slices. Null: none was recorded.
[[nodiscard]] const planner::TimeSeries* any_series(const ChartInput& input);
/// What a chart draws lines of for a metric: flows, pools, or the whole bill.
[[nodiscard]] planner::SeriesBy chart_subject(const std::string& metric);
/// A metric as people call it.
[[nodiscard]] QString metric_label(const std::string& metric);
/// The unit of the values as they are shown: `%` for shares.
[[nodiscard]] QString unit_label(const planner::SeriesLine& line);
/// From a line's values to shown ones.
[[nodiscard]] double display_factor(const planner::SeriesLine& line);
/// `44.6 ±1.2`; empty where there is none.
[[nodiscard]] QString interval_text(const planner::SeriesLine& line, std::size_t slice);

/// Clock times as ticks, and the range of all slices.
void use_slices(QCPAxis& axis, const planner::Study& study, const planner::TimeSeries& series);
/// A dashed line in the middle of a slice.
void add_slice_cursor(QCustomPlot& plot, std::size_t slice, Appearance appearance);

}  // namespace gui
