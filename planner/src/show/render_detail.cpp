#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "planner/number_text.hpp"
#include "planner/render.hpp"
#include "planner/study_view.hpp"
#include "show/render_use.hpp"
#include "show/render_verdicts.hpp"
#include "show/text_table.hpp"

namespace planner {
namespace {

using Emphasis = TextTable::Emphasis;

std::vector<std::string> value_cells(std::string label, const Slice& slice) {
  if (slice.answered == 0) return {std::move(label), "-", "-", "-", "-", "-", "-", slice.late ? "-" : ""};
  std::vector<std::string> cells{std::move(label), number_text(slice.mean.value)};
  for (const Estimate& percentile : slice.percentiles) cells.push_back(number_text(percentile.value));
  cells.push_back(slice.late ? percent_text(slice.late->value) : "");
  return cells;
}

std::vector<std::string> error_cells(const Slice& slice) {
  const auto text = [](const Estimate& estimate) {
    const double half = half_width(estimate);
    if (half <= 0) return std::string{};
    // An error below the digits of its figure is shown by itself: a 0 would claim too much.
    return "±" + number_text(half, std::min(estimate.value, 10 * half));
  };
  std::vector<std::string> cells{"  error", text(slice.mean)};
  for (const Estimate& percentile : slice.percentiles) cells.push_back(text(percentile));
  cells.push_back(
      slice.late && slice.late->high > slice.late->low ? "±" + percent_text(half_width(*slice.late)) : "");
  return cells;
}

std::vector<std::string> formula_cells(const Slice& slice) {
  std::vector<std::string> cells{"  by formula", number_text(slice.analytic_mean->value)};
  for (const double percentile : *slice.analytic_percentiles) cells.push_back(number_text(percentile));
  return cells;
}

std::vector<std::string> delta_cells(const Study& study, const StrategyResult& result,
                                     const std::string& flow) {
  std::vector<std::string> cells{"  - " + baseline_of(study).strategy};
  std::vector<const char*> metrics{"mean"};
  metrics.insert(metrics.end(), ladder_names.begin(), ladder_names.end());
  for (const char* metric : metrics) {
    const Difference* difference = find_difference(study, result.strategy, metric, flow);
    if (!difference) return {};
    const std::string mark = change_mark(*difference);
    cells.push_back(mark.empty() ? signed_text(difference->delta.value, difference->value.value) : mark);
  }
  const Difference* late = find_difference(study, result.strategy, "late", flow);
  if (late) {
    const std::string mark = change_mark(*late);
    cells.push_back(mark.empty() ? fmt::format("{:+.1f} pt", 100 * late->delta.value) : mark);
  }
  return cells;
}

/// The slices of a flow by population or by site, those with the highest p99 first.
std::vector<const Slice*> pieces(const StrategyResult& result, const std::string& flow,
                                 std::string Slice::*by) {
  std::vector<const Slice*> found;
  for (const Slice& slice : result.slices) {
    if (slice.flow == flow && !(slice.*by).empty()) found.push_back(&slice);
  }
  std::stable_sort(found.begin(), found.end(), [](const Slice* a, const Slice* b) {
    return a->percentiles[p99_index].value > b->percentiles[p99_index].value;
  });
  return found;
}

void add_pieces(TextTable& table, const StrategyResult& result, const std::string& flow,
                std::string Slice::*by, const std::string& title) {
  const std::vector<const Slice*> all = pieces(result, flow, by);
  if (all.size() < 2) return;
  const std::size_t shown = std::min(all.size(), longest_list);
  table.row({shown < all.size() ? fmt::format("{}, slowest {} of {}", title, shown, all.size()) : title});
  for (std::size_t i = 0; i < shown; ++i) table.row(value_cells("  " + all[i]->*by, *all[i]));
}

std::string latency(const Study& study, const StrategyResult& result, const Slice& slice,
                    const TextOptions& options) {
  TextTable table;
  table.row({slice.flow + " [ms]", "mean", "p50", "p90", "p95", "p99", "p99.9", late_label(slice)},
            Emphasis::strong);
  table.row(value_cells("all " + count_text(slice.started), slice));
  if (slice.answered > 0) table.row(error_cells(slice));
  if (slice.analytic_mean && slice.analytic_percentiles) table.row(formula_cells(slice));
  const auto delta = delta_cells(study, result, slice.flow);
  if (!delta.empty()) table.row(delta);
  add_pieces(table, result, slice.flow, &Slice::population, "from");
  add_pieces(table, result, slice.flow, &Slice::site, "served at");
  return table.text(options.width, 2, options.color);
}

std::string bar(double value, double longest, int width) {
  return std::string(static_cast<std::size_t>(longest > 0 ? value / longest * width + 0.5 : 0), '#');
}

std::string breakdown(const Slice& slice, const TextOptions& options) {
  double longest = 0;
  for (const double part : slice.tail_parts) longest = std::max(longest, part);
  for (const double part : slice.parts) longest = std::max(longest, part);
  if (longest <= 0) return {};
  const int room = (options.width - 44) / 2;
  const auto line = [&](const std::string& label, const std::string& all, const std::string& all_bar,
                        const std::string& tail, const std::string& tail_bar) {
    std::string text =
        fmt::format("  {:<14}{:>8}  {:<{}}{:>10}  {}", label, all, all_bar, room, tail, tail_bar);
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
  };
  std::string text = strong(line(slice.flow + " [ms]", "all", "", "above p99", ""), options.color) + "\n";
  for (std::size_t i = 0; i < slice.parts.size(); ++i) {
    if (slice.parts[i] <= 0 && slice.tail_parts[i] <= 0) continue;
    text += line(part_label(i), number_text(slice.parts[i]), bar(slice.parts[i], longest, room - 2),
                 number_text(slice.tail_parts[i]), bar(slice.tail_parts[i], longest, room)) +
            "\n";
  }
  return text;
}

/// `compute 2 680 + idle 1 262`, the items of rows in order of size.
template <class Row>
std::string items(const std::vector<Row>& rows) {
  std::map<std::string, double> sums;
  for (const Row& row : rows) sums[row.item] += row.per_month.value;
  std::vector<std::pair<std::string, double>> sorted(sums.begin(), sums.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  for (const auto& [item, amount] : sorted) {
    if (amount > 0) text += (text.empty() ? "" : ", ") + item + " " + number_text(amount);
  }
  return text.empty() ? "nothing" : text;
}

/// `; 0.17 USD per 1,000 answers`, where there are answers.
std::string per_answers(double value, const char* unit, bool answered) {
  return answered ? fmt::format("; {} {} per 1,000 answers", number_text(value), unit) : std::string{};
}

std::string month(const StrategyResult& result, const TextOptions& options) {
  const bool answered = std::any_of(result.slices.begin(), result.slices.end(),
                                    [](const Slice& slice) { return slice.answered > 0; });
  std::string text = wrapped(
      fmt::format("cost    {} USD a month: {}; idle {}{}", with_error(result.cost_total), items(result.cost),
                  percent_text(result.idle_share), per_answers(result.cost_per_1000, "USD", answered)),
      options.width, 2);
  return text +
         wrapped(fmt::format("energy  {} kWh a month: {}; {} kgCO2e{}", with_error(result.energy_total),
                             items(result.energy), with_error(result.carbon_total),
                             per_answers(result.carbon_per_1000, "gCO2e", answered)),
                 options.width, 2);
}

std::string strategy_text(const Study& study, const StrategyResult& result, const TextOptions& options) {
  std::string name = result.strategy;
  if (!result.title.empty()) name += ": " + result.title;
  if (result.baseline && study.strategies.size() > 1) name += " (baseline)";
  std::string text = strong(name, options.color) + "\n\n";
  if (!result.feasible) text += wrapped("infeasible: " + result.infeasible_reason, options.width, 2);
  for (const std::string& flow : flows_of(study)) {
    const Slice* slice = whole_flow(result, flow);
    if (!slice) continue;
    text += latency(study, result, *slice, options) + "\n";
    const std::string parts = breakdown(*slice, options);
    if (!parts.empty()) text += parts + "\n";
  }
  if (result.replications > 0) text += use_tables(result, options) + month(result, options);
  const std::string verdicts = verdict_lines(result, options);
  if (!verdicts.empty()) text += "\n" + verdicts;
  for (const std::string& note : result.notes) text += wrapped("note: " + note, options.width, 2);
  return text + "\n";
}

}  // namespace

std::string render_detail(const Study& study, const TextOptions& options) {
  std::string text = heading(study, options.width) + "\n";
  for (const StrategyResult& result : study.strategies) text += strategy_text(study, result, options);
  for (const std::string& sentence : conclusions(study)) text += wrapped(sentence, options.width, 0);
  return text + precision_line(study, options) + footing(study, options.width);
}

}  // namespace planner
