#include "map/map_values.hpp"

#include <QCoreApplication>
#include <algorithm>

namespace gui {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Map)
};

/// `ams-edge` of `ams-edge/gpu`.
std::string site_of(const std::string& where) { return where.substr(0, where.find('/')); }

constexpr std::size_t p95_index = 2;

void add_round_trips(MapValues& values, std::span<const planner::Reach> reached) {
  std::map<std::string, std::pair<double, double>> sums;  // users, users x time
  for (const planner::Reach& one : reached) {
    auto& [users, time] = sums[one.population];
    users += one.users;
    time += one.users * one.round_trip;
  }
  for (const auto& [id, sum] : sums) {
    if (sum.first > 0) values.populations[id] = sum.second / sum.first;
  }
}

void add_p95(MapValues& values, const planner::StrategyResult& result, const std::string& flow) {
  for (const planner::Slice& slice : result.slices) {
    if (slice.flow != flow || slice.answered == 0) continue;
    const double p95 = slice.percentiles[p95_index].value;
    if (!slice.population.empty() && slice.site.empty()) values.populations[slice.population] = p95;
    if (slice.population.empty() && !slice.site.empty()) values.sites[slice.site] = p95;
  }
}

void add_utilisation(MapValues& values, const planner::StrategyResult& result) {
  for (const planner::PoolUse& pool : result.pools) {
    double& busiest = values.sites.try_emplace(pool.site, 0.0).first->second;
    busiest = std::max(busiest, 100 * pool.utilisation);
  }
}

void add_carbon(MapValues& values, const planner::StrategyResult& result) {
  for (const planner::EnergyRow& row : result.energy) {
    (row.item == "devices" ? values.populations : values.sites)[site_of(row.where)] += row.carbon.value;
  }
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
  MapValues values;
  switch (question.color) {
    case MapColor::round_trip:
      values = {.title = Words::tr("network round trip without load"),
                .unit = Words::tr("ms"),
                .sites = {},
                .populations = {}};
      add_round_trips(values, reached);
      break;
    case MapColor::p95:
      values = {
          .title = Words::tr("p95 of latency"), .unit = Words::tr("ms"), .sites = {}, .populations = {}};
      if (result != nullptr) add_p95(values, *result, question.flow);
      break;
    case MapColor::utilisation:
      values = {.title = Words::tr("utilisation of the busiest pool"),
                .unit = Words::tr("%"),
                .sites = {},
                .populations = {}};
      if (result != nullptr) add_utilisation(values, *result);
      break;
    case MapColor::cost:
      values = {.title = Words::tr("cost"), .unit = Words::tr("USD/month"), .sites = {}, .populations = {}};
      if (result != nullptr) {
        for (const planner::CostRow& row : result->cost)
          values.sites[site_of(row.where)] += row.per_month.value;
      }
      break;
    case MapColor::carbon:
      values = {
          .title = Words::tr("carbon"), .unit = Words::tr("kgCO2e/month"), .sites = {}, .populations = {}};
      if (result != nullptr) add_carbon(values, *result);
      break;
  }
  put_limit(values, question, deadline);
  const char* metric = series_metric(question.color);
  const bool sliced = question.slice && metric != nullptr && result != nullptr;
  if (sliced && *question.slice < result->series.slices) show_slice(values, result->series, metric, question);
  return values;
}

}  // namespace gui
