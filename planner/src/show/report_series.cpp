#include <fmt/format.h>

#include <algorithm>

#include "planner/number_text.hpp"
#include "planner/render_series.hpp"
#include "planner/study_view.hpp"
#include "show/report_model.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

/// Rows of a heat map beyond which a page shows the most loaded ones alone.
constexpr std::size_t most_rows = 30;

Json labels_of(const Study& study, const TimeSeries& series) {
  Json labels = Json::array();
  for (std::size_t i = 0; i < series.slices; ++i) labels.push_back(slice_label(study, series, i));
  return labels;
}

/// The first series: strategies of a study share the span, and so the slices.
const TimeSeries* any_series(const Study& study) {
  const auto found =
      std::ranges::find_if(study.strategies, [](const StrategyResult& r) { return !r.series.empty(); });
  return found == study.strategies.end() ? nullptr : &found->series;
}

ReportFigure over_time(const Study& study, const TimeSeries& like, const std::string& flow) {
  ReportFigure figure{
      "p99 over the run",
      fmt::format("By the {} in which a request began, on a clock of UTC. Bands are the interval of "
                  "each value by itself.",
                  duration_text(like.step)),
      {},
      {}};
  figure.chart = {{"kind", "series"},
                  {"unit", "ms"},
                  {"names", series_names(study)},
                  {"labels", labels_of(study, like)},
                  {"series", Json::array()}};
  figure.table.head = {"p99 [ms]"};
  for (std::size_t i = 0; i < like.slices; ++i) figure.table.rows.push_back({slice_label(study, like, i)});
  for (std::size_t k = 0; k < study.strategies.size(); ++k) {
    const TimeSeries& series = study.strategies[k].series;
    const SeriesLine* line = find_line(series, "p99", flow, {}, {});
    if (line == nullptr || series.slices != like.slices) continue;
    figure.table.head.push_back(study.strategies[k].strategy);
    Json points = Json::array();
    for (std::size_t i = 0; i < like.slices; ++i) {
      const auto& point = line->points[i];
      points.push_back(
          point ? Json{chart_number(point->value), chart_number(point->low), chart_number(point->high)}
                : Json{});
      figure.table.rows[i].push_back(point ? with_error({point->value, point->low, point->high, "ms"}) : "–");
    }
    figure.chart["series"].push_back({{"series", k}, {"points", std::move(points)}});
  }
  return figure;
}

/// Sites that requests entered at; those with most requests where there are more than a page holds.
std::vector<const SeriesLine*> shown_sites(const TimeSeries& series, const std::string& flow) {
  std::vector<const SeriesLine*> lines = lines_of(series, "p99", SeriesBy::site, flow);
  std::erase_if(lines, [](const SeriesLine* line) {
    return std::ranges::none_of(line->points, [](const auto& point) { return point.has_value(); });
  });
  if (lines.size() <= most_rows) return lines;
  const auto load = [&](const SeriesLine* of) {
    const SeriesLine* requests = find_line(series, "requests", flow, {}, of->site);
    double sum = 0;
    if (requests != nullptr)
      for (const auto& point : requests->points) sum += point ? point->value : 0.0;
    return sum;
  };
  std::ranges::stable_sort(lines, std::ranges::greater{}, load);
  lines.resize(most_rows);
  return lines;
}

ReportFigure heat_map(const Study& study, const StrategyResult& result, const std::string& flow) {
  const TimeSeries& series = result.series;
  const auto lines = shown_sites(series, flow);
  ReportFigure figure{
      fmt::format("p99 by site and hour, {}", result.strategy),
      "Of the requests that entered at a site; brighter is slower, empty is without requests.",
      {},
      {}};
  if (lines.size() == most_rows) figure.note += fmt::format(" The {} sites with most requests.", most_rows);
  figure.chart = {
      {"kind", "heat"}, {"unit", "ms"}, {"labels", labels_of(study, series)}, {"rows", Json::array()}};
  figure.table.head = {"p99 [ms]"};
  for (std::size_t i = 0; i < series.slices; ++i)
    figure.table.rows.push_back({slice_label(study, series, i)});
  for (const SeriesLine* line : lines) {
    figure.table.head.push_back(line->site);
    Json values = Json::array();
    for (std::size_t i = 0; i < series.slices; ++i) {
      const auto& point = line->points[i];
      values.push_back(point ? chart_number(point->value) : Json{});
      figure.table.rows[i].push_back(point ? number_text(point->value) : "–");
    }
    figure.chart["rows"].push_back({{"name", line->site}, {"values", std::move(values)}});
  }
  return figure;
}

}  // namespace

ReportSection series_section(const Study& study, const std::string& flow) {
  ReportSection section{"time-" + flow, fmt::format("{} over time", flow), {}, {}};
  const TimeSeries* like = any_series(study);
  if (like == nullptr) return section;
  ReportFigure curve = over_time(study, *like, flow);
  if (curve.chart["series"].empty()) return section;
  section.figures.push_back(std::move(curve));
  for (const StrategyResult& result : study.strategies) {
    if (shown_sites(result.series, flow).size() > 1) section.figures.push_back(heat_map(study, result, flow));
  }
  return section;
}

}  // namespace planner
