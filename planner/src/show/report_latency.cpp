#include <fmt/format.h>

#include <algorithm>

#include "planner/number_text.hpp"
#include "planner/study_view.hpp"
#include "show/report_model.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

/// A strategy's slice of a flow; its index in the study is its colour.
struct Line {
  std::size_t index;
  const StrategyResult* result;
  const Slice* slice;
};

std::vector<Line> lines_of(const Study& study, const std::string& flow) {
  std::vector<Line> lines;
  for (std::size_t i = 0; i < study.strategies.size(); ++i) {
    const Slice* slice = whole_flow(study.strategies[i], flow);
    if (slice && slice->answered > 0) lines.push_back({i, &study.strategies[i], slice});
  }
  return lines;
}

double milliseconds(sim::Duration duration) { return sim::to_seconds(duration) * 1e3; }

/// (latency, share of the answers that took longer) at the end of each bucket.
Json curve_points(const sim::Histogram& latency) {
  Json points = Json::array({{chart_number(milliseconds(latency.min())), 1}});
  std::uint64_t longer = latency.count();
  for (const sim::Histogram::Bucket& bucket : latency.buckets()) {
    longer -= bucket.count;
    if (longer == 0) break;
    points.push_back({chart_number(milliseconds(bucket.high)),
                      chart_number(static_cast<double>(longer) / static_cast<double>(latency.count()))});
  }
  return points;
}

ReportFigure curve(const Study& study, const std::vector<Line>& lines) {
  ReportFigure figure{"How many answers take longer",
                      "Share of the answers that take longer than a time; both axes are logarithmic, so that "
                      "the tail is as wide as the rest. Down and to the left is better.",
                      {},
                      {}};
  figure.chart = {
      {"kind", "curve"}, {"unit", "ms"}, {"names", series_names(study)}, {"series", Json::array()}};
  figure.table.head = {"one answer in ... takes longer [ms]", "2", "10", "100", "1,000", "10,000", "longest"};
  for (const Line& line : lines) {
    figure.chart["series"].push_back({{"series", line.index}, {"points", curve_points(line.slice->latency)}});
    std::vector<std::string> row{line.result->strategy};
    for (const double p : {0.5, 0.9, 0.99, 0.999, 0.9999, 1.0}) {
      // A percentile that fewer than ten answers lie above is an accident of the run.
      const bool told = p == 1.0 || static_cast<double>(line.slice->answered) * (1 - p) >= 10;
      row.push_back(told ? number_text(milliseconds(line.slice->latency.quantile(p))) : "–");
    }
    figure.table.rows.push_back(std::move(row));
    if (line.slice->deadline) figure.chart["limit"] = milliseconds(*line.slice->deadline);
  }
  return figure;
}

Json interval_json(std::size_t series, const Estimate& estimate) {
  return {{"series", series},
          {"v", chart_number(estimate.value)},
          {"lo", chart_number(estimate.low)},
          {"hi", chart_number(estimate.high)}};
}

ReportFigure percentile_ladder(const Study& study, const std::vector<Line>& lines) {
  ReportFigure figure{
      "Percentiles",
      "What a user meets: one in two, one in ten, ... Whiskers are the interval of the figure.",
      {},
      {}};
  figure.table.head = {"latency [ms]", "mean"};
  figure.table.head.insert(figure.table.head.end(), ladder_names.begin(), ladder_names.end());
  figure.table.head.push_back("late");
  figure.chart = {{"kind", "intervals"},
                  {"unit", "ms"},
                  {"scale", "log"},
                  {"names", series_names(study)},
                  {"groups", Json::array()}};
  for (std::size_t i = 0; i < ladder.size(); ++i) {
    Json rows = Json::array();
    for (const Line& line : lines) rows.push_back(interval_json(line.index, line.slice->percentiles[i]));
    figure.chart["groups"].push_back({{"name", ladder_names[i]}, {"rows", std::move(rows)}});
  }
  for (const Line& line : lines) {
    std::vector<std::string> row{line.result->strategy, with_error(line.slice->mean)};
    for (const Estimate& percentile : line.slice->percentiles) row.push_back(with_error(percentile));
    row.push_back(line.slice->late ? percent_text(line.slice->late->value) : "–");
    if (line.slice->deadline) figure.chart["limit"] = milliseconds(*line.slice->deadline);
    figure.table.rows.push_back(std::move(row));
  }
  return figure;
}

ReportFigure breakdown(const std::vector<Line>& lines) {
  ReportFigure figure{
      "Where the time goes",
      "Mean parts of all answers, and of those at or above p99: what makes the slow ones slow.",
      {},
      {}};
  std::vector<std::size_t> shown;
  for (std::size_t part = 0; part < models::part_count; ++part) {
    const bool any = std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
      return line.slice->parts[part] > 0 || line.slice->tail_parts[part] > 0;
    });
    if (any) shown.push_back(part);
  }
  figure.chart = {{"kind", "stack"}, {"unit", "ms"}, {"parts", Json::array()}, {"rows", Json::array()}};
  figure.table.head = {"mean [ms]", "of"};
  figure.table.text_columns = 2;
  for (const std::size_t part : shown) {
    figure.chart["parts"].push_back({{"name", part_label(part)}, {"color", part}});
    figure.table.head.push_back(part_label(part));
  }
  for (const auto& [what, parts] :
       {std::pair{"all answers", &Slice::parts}, {"above p99", &Slice::tail_parts}}) {
    for (const Line& line : lines) {
      Json values = Json::array();
      std::vector<std::string> row{line.result->strategy, what};
      for (const std::size_t part : shown) {
        values.push_back(chart_number((line.slice->*parts)[part]));
        row.push_back(number_text((line.slice->*parts)[part]));
      }
      figure.chart["rows"].push_back(
          {{"name", line.result->strategy}, {"group", what}, {"values", std::move(values)}});
      figure.table.rows.push_back(std::move(row));
    }
  }
  return figure;
}

const char* verdict_text(const Difference& difference) {
  if (difference.equivalent) return "equivalent";
  if (!difference.significant) return "not told apart";
  return difference.delta.value < 0 ? "lower" : "higher";
}

ReportFigure differences(const Study& study, const std::string& flow) {
  const std::string& baseline = baseline_of(study).strategy;
  ReportFigure figure{
      "Difference from " + baseline,
      "Strategies meet the same requests, so their differences are far surer than the figures themselves. An "
      "interval that covers zero does not tell the two apart.",
      {},
      {}};
  figure.table.head = {"strategy", "metric",     "verdict",           baseline,
                       "value",    "difference", "variance reduction"};
  figure.table.text_columns = 3;
  figure.chart = {{"kind", "intervals"},
                  {"unit", "ms"},
                  {"scale", "zero"},
                  {"names", series_names(study)},
                  {"groups", Json::array()}};
  for (const char* metric : ladder_names) {
    Json rows = Json::array();
    for (std::size_t i = 0; i < study.strategies.size(); ++i) {
      const Difference* found = find_difference(study, study.strategies[i].strategy, metric, flow);
      if (!found) continue;
      rows.push_back(interval_json(i, found->delta));
      figure.table.rows.push_back({found->strategy, metric, verdict_text(*found), with_error(found->baseline),
                                   with_error(found->value),
                                   signed_with_error(found->delta, found->value.value),
                                   number_text(found->variance_reduction)});
    }
    if (!rows.empty()) figure.chart["groups"].push_back({{"name", metric}, {"rows", std::move(rows)}});
  }
  return figure;
}

}  // namespace

ReportSection latency_section(const Study& study, const std::string& flow) {
  ReportSection section{"flow-" + flow, "Latency of " + flow, {}, {}};
  const std::vector<Line> lines = lines_of(study, flow);
  if (lines.empty()) {
    section.items.push_back("No request was answered.");
    return section;
  }
  section.figures.push_back(curve(study, lines));
  section.figures.push_back(percentile_ladder(study, lines));
  section.figures.push_back(breakdown(lines));
  ReportFigure delta = differences(study, flow);
  if (!delta.table.rows.empty()) section.figures.push_back(std::move(delta));
  return section;
}

}  // namespace planner
