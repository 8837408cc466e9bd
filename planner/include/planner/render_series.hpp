#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "planner/render.hpp"
#include "planner/results.hpp"
#include "planner/time_series.hpp"

/// Results over time as text and JSON.
namespace planner {

struct SeriesQuestion {
  std::string metric = "p99";  ///< of series_metrics
  SeriesBy by = SeriesBy::flow;
  std::string flow;  ///< of lines by population or site; empty: the study's first
};

/// When a slice begins, as a clock shows it (UTC): `18:30`; `d2 06:00` where the span is longer than a day,
/// `18:30:20` for slices below a minute, `12.5 s` since the first slice for those below a second.
[[nodiscard]] std::string slice_label(const Study& study, const TimeSeries& series, std::size_t slice);
/// A value of a line in the unit that people read: shares as `12.3 %`.
[[nodiscard]] std::string point_text(const SeriesLine& line, const SeriesPoint& point);
/// `p99(latency{flow=page,site=ams})`: what a line is, as expressions write it.
[[nodiscard]] std::string expression_text(const SeriesLine& line);
/// Heights 1 to 8 of the values in at most `width` columns, the highest of those that share one; a blank
/// where there is none. All from 0 to the highest.
[[nodiscard]] std::string sparkline(const SeriesLine& line, std::size_t width);

/// For each strategy: a sparkline with the extremes of every line, and below all values slice by slice.
[[nodiscard]] std::string render_series(const Study& study, const SeriesQuestion& question,
                                        const TextOptions& options);
/// Lines that go into documents and tables of numbers: of each metric by population, site or pool where there
/// are at most 50 of them (thousands would make tens of megabytes), all others always.
[[nodiscard]] std::vector<const SeriesLine*> told_lines(const TimeSeries& series);
/// Of result/1: told_lines().
[[nodiscard]] nlohmann::ordered_json series_json(const TimeSeries& series);

}  // namespace planner
