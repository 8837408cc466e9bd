#include "planner/render_series.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>

#include "planner/expression.hpp"
#include "planner/number_text.hpp"
#include "planner/study_view.hpp"
#include "show/text_table.hpp"
#include "text/json_figures.hpp"

namespace planner {
namespace {

using Lines = std::vector<const SeriesLine*>;

/// Where a line is lowest or highest; nothing where it has no values.
template <class Better>
std::optional<std::size_t> extreme(const SeriesLine& line, Better better) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < line.points.size(); ++i) {
    if (line.points[i] && (!found || better(line.points[i]->value, line.points[*found]->value))) found = i;
  }
  return found;
}

std::string overview(const Study& study, const TimeSeries& series, const Lines& lines, int width) {
  constexpr std::size_t spark_width = 30;
  TextTable table;
  for (const SeriesLine* line : lines) {
    const auto least = extreme(*line, std::less<>{}), most = extreme(*line, std::greater<>{});
    if (!most) continue;
    const auto at = [&](std::size_t slice) {
      return point_text(*line, *line->points[slice]) + " at " + slice_label(study, series, slice);
    };
    table.row({label_of(*line), sparkline(*line, spark_width), at(*least) + " .. " + at(*most)});
  }
  return table.text(width);
}

std::string cell(const SeriesLine& line, std::size_t slice) {
  if (!line.points[slice]) return "-";
  const SeriesPoint& point = *line.points[slice];
  if (line.unit == "1") {
    const double half = (point.high - point.low) / 2;
    return percent_text(point.value) + (half > 0 ? fmt::format(" ±{:.1f}", 100 * half) : "");
  }
  return with_error({point.value, point.low, point.high, line.unit});
}

/// All values, as many lines side by side as the width has room for.
std::string values(const Study& study, const TimeSeries& series, const Lines& lines, int width) {
  constexpr std::size_t column = 15;
  const auto room = static_cast<std::size_t>(std::max(width - 12, 1)) / column;
  std::string text;
  for (std::size_t first = 0; first < lines.size(); first += room) {
    TextTable table;
    const std::size_t end = std::min(first + room, lines.size());
    std::vector<std::string> head{"begins"};
    for (std::size_t i = first; i < end; ++i) head.push_back(shortened(label_of(*lines[i]), column - 2));
    table.row(std::move(head), TextTable::Emphasis::strong);
    for (std::size_t slice = 0; slice < series.slices; ++slice) {
      std::vector<std::string> row{slice_label(study, series, slice)};
      for (std::size_t i = first; i < end; ++i) row.push_back(cell(*lines[i], slice));
      table.row(std::move(row));
    }
    text += "\n" + table.text(width);
  }
  return text;
}

const char* by_text(SeriesBy by) {
  switch (by) {
    case SeriesBy::flow:
      return "flow";
    case SeriesBy::population:
      return "population";
    case SeriesBy::site:
      return "site";
    case SeriesBy::pool:
      return "pool";
    case SeriesBy::total:
      break;
  }
  return "strategy";
}

std::string unit_text(const SeriesLine& line) { return line.unit == "1" ? "%" : line.unit; }

std::string strategy_text(const Study& study, const StrategyResult& result, const SeriesQuestion& question,
                          const TextOptions& options) {
  const TimeSeries& series = result.series;
  std::string text = "\n" + strong(result.strategy, options.color) + "\n";
  if (series.empty()) return text + "  no results over time were recorded\n";
  const Lines lines = lines_of(series, question.metric, question.by, question.flow);
  if (lines.empty())
    return text + fmt::format("  nothing is known of {} by {}\n", question.metric, by_text(question.by));
  text += fmt::format("  {} [{}] by {}, {} slices of {}\n", question.metric, unit_text(*lines.front()),
                      by_text(question.by), series.slices, duration_text(series.step));
  return text + overview(study, series, lines, options.width) + values(study, series, lines, options.width);
}

}  // namespace

std::string slice_label(const Study& study, const TimeSeries& series, std::size_t slice) {
  using namespace std::chrono_literals;
  if (series.step < 1s)
    return number_text(sim::to_seconds(static_cast<std::int64_t>(slice) * series.step)) + " s";
  constexpr std::int64_t day = 86'400;
  const auto first_day =
      (study.start_unix + std::chrono::floor<std::chrono::seconds>(series.begin).count()) / day;
  const std::int64_t at =
      study.start_unix + std::chrono::floor<std::chrono::seconds>(series.begin_of(slice)).count();
  const std::int64_t second = ((at % day) + day) % day;
  std::string text = fmt::format("{:02}:{:02}", second / 3600, second / 60 % 60);
  if (series.step < 1min) text += fmt::format(":{:02}", second % 60);
  const bool several_days = series.step * static_cast<std::int64_t>(series.slices) > 24h;
  return several_days ? fmt::format("d{} {}", at / day - first_day + 1, text) : text;
}

std::string point_text(const SeriesLine& line, const SeriesPoint& point) {
  return line.unit == "1" ? percent_text(point.value) : number_text(point.value);
}

std::string expression_text(const SeriesLine& line) {
  std::string name = line.metric;
  std::string statistic;
  if (line.metric.starts_with('p')) statistic = std::exchange(name, "latency");
  if (line.metric == "ok" || line.metric == "cold") statistic = "ratio";
  if (line.metric == "cost" || line.metric == "energy" || line.metric == "carbon") name += ".total";
  if (line.metric == "utilisation") name = "utilization";
  std::map<std::string, std::string> selectors;
  for (const auto& [key, id] : {std::pair{"flow", &line.flow}, std::pair{"population", &line.population},
                                std::pair{"service", &line.service}, std::pair{"site", &line.site}}) {
    if (!id->empty()) selectors[key] = *id;
  }
  return Metric{statistic, name, selectors}.key();
}

std::string sparkline(const SeriesLine& line, std::size_t width) {
  static constexpr std::array<const char*, 9> heights{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const auto most = extreme(line, std::greater<>{});
  const double top = most ? line.points[*most]->value : 0;
  const std::size_t shown = std::min(width, line.points.size());
  std::string text;
  for (std::size_t column = 0; column < shown; ++column) {
    std::optional<double> highest;
    const std::size_t end = (column + 1) * line.points.size() / shown;
    for (std::size_t i = column * line.points.size() / shown; i < end; ++i)
      if (line.points[i]) highest = std::max(highest.value_or(0), line.points[i]->value);
    const double share = top > 0 && highest ? *highest / top : 0;
    text += heights[highest ? 1 + static_cast<std::size_t>(std::min(7.0, 8 * share)) : 0];
  }
  return text;
}

std::string render_series(const Study& study, const SeriesQuestion& question, const TextOptions& options) {
  SeriesQuestion precise = question;
  const std::vector<std::string> flows = flows_of(study);
  if (precise.flow.empty() && !flows.empty()) precise.flow = flows.front();
  std::string text = heading(study, options.width);
  for (const StrategyResult& result : study.strategies)
    text += strategy_text(study, result, precise, options);
  return text;
}

std::vector<const SeriesLine*> told_lines(const TimeSeries& series) {
  constexpr std::size_t most_of_a_kind = 50;
  std::map<std::pair<std::string, SeriesBy>, std::size_t> kinds;
  for (const SeriesLine& line : series.lines) ++kinds[{line.metric, subject_of(line)}];
  std::vector<const SeriesLine*> told;
  for (const SeriesLine& line : series.lines) {
    const SeriesBy by = subject_of(line);
    const bool always = by == SeriesBy::flow || by == SeriesBy::total;
    if (always || kinds[{line.metric, by}] <= most_of_a_kind) told.push_back(&line);
  }
  return told;
}

nlohmann::ordered_json series_json(const TimeSeries& series) {
  using Json = nlohmann::ordered_json;
  const auto seconds = [](sim::Duration time) {
    return Json{{"v", rounded(sim::to_seconds(time))}, {"unit", "s"}};
  };
  Json lines = Json::array();
  for (const SeriesLine* each : told_lines(series)) {
    const SeriesLine& line = *each;
    Json json{{"metric", line.metric}};
    for (const auto& [key, id] : {std::pair{"flow", &line.flow}, std::pair{"population", &line.population},
                                  std::pair{"service", &line.service}, std::pair{"site", &line.site}}) {
      if (!id->empty()) json[key] = *id;
    }
    json["unit"] = line.unit;
    for (const auto& [key, value] : {std::pair{"v", &SeriesPoint::value}, std::pair{"lo", &SeriesPoint::low},
                                     std::pair{"hi", &SeriesPoint::high}}) {
      Json numbers = Json::array();
      for (const auto& point : line.points) numbers.push_back(point ? rounded((*point).*value) : Json{});
      json[key] = std::move(numbers);
    }
    lines.push_back(std::move(json));
  }
  return {{"begin", seconds(series.begin)},
          {"step", seconds(series.step)},
          {"slices", series.slices},
          {"lines", std::move(lines)}};
}

}  // namespace planner
