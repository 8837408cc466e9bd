#include "planner/sweep_result.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "planner/number_text.hpp"
#include "planner/study_view.hpp"
#include "show/text_table.hpp"
#include "text/escape.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

/// Names of the figures that any row has, in their order.
std::vector<std::string> figure_names(const std::vector<SweepRow>& rows) {
  std::vector<std::string> names;
  for (const SweepRow& row : rows) {
    for (const auto& [name, estimate] : row.figures) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

std::string figure_text(const SweepRow& row, const std::string& name) {
  const auto found = std::ranges::find(row.figures, name, &std::pair<std::string, Estimate>::first);
  return found == row.figures.end() ? "-" : with_error(found->second);
}

Json number_json(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

}  // namespace

std::string_view name(SweepRow::Status status) {
  switch (status) {
    case SweepRow::Status::partial:
      return "partial";
    case SweepRow::Status::infeasible:
      return "infeasible";
    case SweepRow::Status::missing:
      return "missing";
    case SweepRow::Status::ok:
      break;
  }
  return "ok";
}

std::vector<SweepRow> rows_of(const Sweep& sweep, const SweepPoint& point, const Study& study) {
  std::vector<SweepRow> rows;
  for (const StrategyResult& result : study.strategies) {
    SweepRow row{coordinates(sweep, point), result.strategy, SweepRow::Status::ok, {}, {}};
    if (!result.feasible) {
      row.status = SweepRow::Status::infeasible;
      row.reason = result.infeasible_reason;
    } else {
      if (result.partial) row.status = SweepRow::Status::partial;
      for (const Slice& slice : result.slices) {
        if (slice.population.empty() && slice.site.empty() && slice.answered > 0)
          row.figures.emplace_back("p99 " + slice.flow, slice.percentiles[p99_index]);
      }
      row.figures.emplace_back("cost", result.cost_total);
      row.figures.emplace_back("energy", result.energy_total);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

SweepRow infeasible_row(const Sweep& sweep, const SweepPoint& point, const std::string& strategy,
                        const std::string& reason) {
  return {coordinates(sweep, point), strategy, SweepRow::Status::infeasible, reason, {}};
}

std::vector<SweepRow> with_missing(std::vector<SweepRow> rows) {
  for (SweepRow& row : rows) {
    if (row.status != SweepRow::Status::partial) continue;
    row.status = SweepRow::Status::missing;
    row.reason = "not in the store";
    row.figures.clear();
  }
  return rows;
}

std::string sweep_csv(const Sweep& sweep, const std::vector<SweepRow>& rows) {
  std::string text = "study,strategy";
  for (const SweepAxis& axis : sweep.axes) text += ",axis_" + axis.name;
  text += ",metric,unit,value,low,high\n";
  for (const SweepRow& row : rows) {
    std::string stem = csv_cell(sweep.name) + "," + csv_cell(row.strategy);
    for (const auto& [axis, value] : row.coordinates) stem += "," + csv_cell(value);
    if (row.figures.empty()) text += stem + "," + std::string{name(row.status)} + ",,,,\n";
    for (const auto& [metric, estimate] : row.figures) {
      text += fmt::format("{},{},{},{},{},{}\n", stem, csv_cell(metric), csv_cell(estimate.unit),
                          csv_number(estimate.value), csv_number(estimate.low), csv_number(estimate.high));
    }
  }
  return text;
}

std::string render_sweep(const std::vector<SweepRow>& rows, const TextOptions& options) {
  if (rows.empty()) return "no points\n";
  TextTable table;
  const std::vector<std::string> figures = figure_names(rows);
  std::vector<std::string> head{"strategy"};
  for (const auto& [axis, value] : rows.front().coordinates) head.push_back(axis);
  head.insert(head.end(), figures.begin(), figures.end());
  if (figures.empty()) head.emplace_back("status");
  table.row(head, TextTable::Emphasis::strong);
  for (const SweepRow& row : rows) {
    std::vector<std::string> cells{row.strategy};
    for (const auto& [axis, value] : row.coordinates) cells.push_back(value);
    for (const std::string& figure : figures)
      cells.push_back(row.figures.empty() ? std::string{name(row.status)} : figure_text(row, figure));
    if (figures.empty()) cells.emplace_back(name(row.status));
    table.row(std::move(cells));
  }
  std::string text = table.text(options.width, 0, options.color);
  text += wrapped("p99 in ms, cost in USD and energy in kWh a month", options.width, 0);
  for (const SweepRow& row : rows) {
    if (row.reason.empty()) continue;
    std::string where = row.strategy;
    for (const auto& [axis, value] : row.coordinates) where += " " + axis + "=" + value;
    text += wrapped(where + ": " + row.reason, options.width, 2);
  }
  return text;
}

Json sweep_json(const Sweep& sweep, const std::vector<SweepRow>& rows) {
  Json json{{"sweep", sweep.name}, {"axes", Json::array()}, {"rows", Json::array()}};
  for (const SweepAxis& axis : sweep.axes) json["axes"].push_back(axis.name);
  for (const SweepRow& row : rows) {
    Json entry{{"strategy", row.strategy}, {"at", Json::object()}, {"status", name(row.status)}};
    for (const auto& [axis, value] : row.coordinates) entry["at"][axis] = value;
    if (!row.reason.empty()) entry["reason"] = row.reason;
    entry["figures"] = Json::object();
    for (const auto& [figure, estimate] : row.figures) {
      entry["figures"][figure] = {{"v", number_json(estimate.value)},
                                  {"lo", number_json(estimate.low)},
                                  {"hi", number_json(estimate.high)},
                                  {"unit", estimate.unit}};
    }
    json["rows"].push_back(std::move(entry));
  }
  return json;
}

}  // namespace planner
