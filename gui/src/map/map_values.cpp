#include "map/map_values.hpp"

#include <QCoreApplication>
#include <algorithm>

namespace gui {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Map)
};

QString title_of(MapColor color) {
  switch (color) {
    case MapColor::round_trip:
      return Words::tr("network round trip without load");
    case MapColor::p95:
      return Words::tr("p95 of latency");
    case MapColor::utilisation:
      return Words::tr("utilisation of the busiest pool");
    case MapColor::cost:
      return Words::tr("cost");
    case MapColor::carbon:
      return Words::tr("carbon");
  }
  return {};
}

const char* series_metric(MapColor color) {
  switch (color) {
    case MapColor::p95:
      return "p95";
    case MapColor::utilisation:
      return "utilisation";
    case MapColor::cost:
      return "cost";
    case MapColor::carbon:
      return "carbon";
    case MapColor::round_trip:
      break;
  }
  return nullptr;
}

/// Whether a map shows a line of that metric: of what is about a flow, that of the flow.
bool is_shown(const planner::SeriesLine& line, const char* metric, const std::string& flow) {
  const planner::SeriesBy by = planner::subject_of(line);
  const bool of_place =
      by == planner::SeriesBy::site || by == planner::SeriesBy::population || by == planner::SeriesBy::pool;
  return of_place && line.metric == metric && (line.flow.empty() || line.flow == flow);
}

/// What one slice of the results over time says of the places; colours as far as those of all slices reach.
void show_slice(MapValues& values, const planner::TimeSeries& series, const char* metric,
                const MapQuestion& question) {
  values.sites.clear();
  values.populations.clear();
  for (const planner::SeriesLine& line : series.lines) {
    if (!is_shown(line, metric, question.flow)) continue;
    const double factor = line.unit == "1" ? 100 : 1;
    for (std::size_t slice = 0; slice < line.points.size(); ++slice) {
      if (!line.points[slice]) continue;
      const double value = factor * line.points[slice]->value;
      auto& [low, high] = values.range ? *values.range : values.range.emplace(value, value);
      low = std::min(low, value);
      high = std::max(high, value);
      if (slice != *question.slice) continue;
      auto& places = line.site.empty() ? values.populations : values.sites;
      double& shown =
          places.try_emplace(line.site.empty() ? line.population : line.site, value).first->second;
      shown = std::max(shown, value);  // of a site's pools the busiest
    }
    values.unit = line.unit == "1" ? Words::tr("%") : QString::fromStdString(line.unit);
  }
}

void put_limit(MapValues& values, const MapQuestion& question, std::optional<double> deadline) {
  constexpr double full = 90;  // [%]
  if (question.color == MapColor::utilisation) {
    values.limit = full;
    values.limit_name = Words::tr("nearly full");
  } else if (question.color == MapColor::p95) {
    values.limit = deadline;
    values.limit_name = Words::tr("deadline");
  }
}

}  // namespace

MapValues map_values(const MapQuestion& question, const planner::StrategyResult* result,
                     std::span<const planner::Reach> reached, std::optional<double> deadline) {
  planner::PlaceValues told = planner::place_values(question.color, result, reached, question.flow);
  MapValues values{.title = title_of(question.color),
                   .unit = QString::fromUtf8(planner::unit_of(question.color)),
                   .sites = std::move(told.sites),
                   .populations = std::move(told.populations)};
  put_limit(values, question, deadline);
  const char* metric = series_metric(question.color);
  const bool sliced = question.slice && metric != nullptr && result != nullptr;
  if (sliced && *question.slice < result->series.slices) show_slice(values, result->series, metric, question);
  return values;
}

}  // namespace gui
