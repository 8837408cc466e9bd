#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "planner/number_text.hpp"
#include "planner/render.hpp"
#include "planner/study_view.hpp"
#include "render_verdicts.hpp"
#include "text_table.hpp"

namespace planner {
namespace {

using Emphasis = TextTable::Emphasis;

constexpr std::size_t longest_list = 6;  ///< rows of populations, sites and pools; JSON has them all

std::vector<std::string> value_cells(std::string label, const Slice& slice) {
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
  table.row(error_cells(slice));
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

/// Requests that a batch held on average.
std::string mean_batch_text(const PoolUse& pool) {
  return pool.batches == 0
             ? ""
             : number_text(static_cast<double>(pool.requests) / static_cast<double>(pool.batches));
}

std::string pool_table(const StrategyResult& result, const TextOptions& options) {
  std::vector<const PoolUse*> pools;
  for (const PoolUse& pool : result.pools) pools.push_back(&pool);
  std::stable_sort(pools.begin(), pools.end(),
                   [](const PoolUse* a, const PoolUse* b) { return a->utilisation > b->utilisation; });
  if (pools.empty()) return {};
  const std::size_t shown = std::min(pools.size(), longest_list);
  TextTable table;
  const auto any = [&](auto count) {
    return std::any_of(pools.begin(), pools.end(), [&](const PoolUse* pool) { return pool->*count > 0; });
  };
  const bool cold =
      std::any_of(pools.begin(), pools.end(), [](const PoolUse* pool) { return pool->cold_share.value > 0; });
  const bool spilled = any(&PoolUse::spilled), refused = any(&PoolUse::refused),
             throttled = any(&PoolUse::throttled), shed = any(&PoolUse::shed),
             batches = any(&PoolUse::batches), loads = any(&PoolUse::model_loads);
  const auto row = [&](std::vector<std::string> cells, const PoolUse* pool, Emphasis emphasis) {
    // Columns that would be 0 throughout are left out.
    if (cold) cells.push_back(pool ? percent_text(pool->cold_share.value) : "cold");
    if (spilled) cells.push_back(pool ? count_text(pool->spilled) : "spilled");
    if (refused) cells.push_back(pool ? count_text(pool->refused) : "refused");
    if (throttled) cells.push_back(pool ? count_text(pool->throttled) : "throttled");
    if (shed) cells.push_back(pool ? count_text(pool->shed) : "shed");
    if (batches) cells.push_back(pool ? mean_batch_text(*pool) : "a batch");
    if (loads) cells.push_back(pool ? count_text(pool->model_loads) : "model loads");
    table.row(std::move(cells), emphasis);
  };
  row({shown < pools.size() ? fmt::format("busiest {} of {} pools", shown, pools.size()) : "pool", "busy",
       "offered/s", "instances", "peak", "queue"},
      nullptr, Emphasis::strong);
  for (std::size_t i = 0; i < shown; ++i) {
    const PoolUse& pool = *pools[i];
    row({pool.site + "/" + pool.service, fmt::format("{:.1f} %", 100 * pool.utilisation),
         number_text(pool.offered_rate), number_text(pool.mean_instances), count_text(pool.peak_instances),
         count_text(pool.peak_queue)},
        &pool, Emphasis::none);
  }
  return table.text(options.width, 2, options.color);
}

/// Calls that are given up, tried again or sent twice, those with the most failures first.
std::string call_table(const StrategyResult& result, const TextOptions& options) {
  std::vector<const CallUse*> calls;
  for (const CallUse& call : result.calls) calls.push_back(&call);
  std::stable_sort(calls.begin(), calls.end(), [](const CallUse* a, const CallUse* b) {
    return a->counts.failed + a->counts.turned_away > b->counts.failed + b->counts.turned_away;
  });
  if (calls.empty()) return {};
  const std::size_t shown = std::min(calls.size(), longest_list);
  TextTable table;
  table.row({shown < calls.size() ? fmt::format("worst {} of {} calls", shown, calls.size()) : "call",
             "attempts", "failed", "timed out", "retried", "no budget", "hedged", "breaker"},
            Emphasis::strong);
  for (std::size_t i = 0; i < shown; ++i) {
    const models::GuardResult& counts = calls[i]->counts;
    table.row(
        {calls[i]->flow + "/" + calls[i]->call + " from " + calls[i]->caller, count_text(counts.attempts),
         count_text(counts.failed), count_text(counts.timed_out), count_text(counts.retried),
         count_text(counts.not_retried), count_text(counts.hedged), count_text(counts.turned_away)},
        Emphasis::none);
  }
  return table.text(options.width, 2, options.color) + "\n";
}

/// What is told of a store, as a share of its requests.
std::string told(const StateUse& use) {
  const models::StoreResult& counts = use.counts;
  const auto share = [&](std::uint64_t part) {
    return fmt::format(
        "{:.2f} %",
        counts.requests > 0 ? 100 * static_cast<double>(part) / static_cast<double>(counts.requests) : 0.0);
  };
  switch (use.kind) {
    case State::Kind::cache:
    case State::Kind::session:
      return share(counts.hits) + " hit";
    case State::Kind::objects:
      return share(counts.waited) + " waited, " + share(counts.woken) + " woke it up";
    case State::Kind::replicated:
      break;
  }
  return share(counts.stale) + " stale, " + count_text(counts.applied) + " writes came";
}

/// State of services, that with the most requests first.
std::string state_table(const StrategyResult& result, const TextOptions& options) {
  std::vector<const StateUse*> uses;
  for (const StateUse& use : result.state) uses.push_back(&use);
  std::stable_sort(uses.begin(), uses.end(), [](const StateUse* a, const StateUse* b) {
    return a->counts.requests > b->counts.requests;
  });
  if (uses.empty()) return {};
  const std::size_t shown = std::min(uses.size(), longest_list);
  TextTable table;
  table.row({shown < uses.size() ? fmt::format("busiest {} of {} stores", shown, uses.size()) : "state",
             "kind", "requests", "found"},
            Emphasis::strong);
  for (std::size_t i = 0; i < shown; ++i) {
    const StateUse& use = *uses[i];
    const std::string of = use.population.empty() ? "" : " of " + use.population;
    table.row({use.site + "/" + use.service + of, std::string{name(use.kind)},
               count_text(use.counts.requests), told(use)},
              Emphasis::none);
  }
  return table.text(options.width, 2, options.color) + "\n";
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

std::string month(const StrategyResult& result, const TextOptions& options) {
  std::string text = wrapped(fmt::format("cost    {} USD a month: {}; idle {}; {} USD per 1,000 answers",
                                         with_error(result.cost_total), items(result.cost),
                                         percent_text(result.idle_share), number_text(result.cost_per_1000)),
                             options.width, 2);
  return text + wrapped(fmt::format("energy  {} kWh a month: {}; {} kgCO2e; {} gCO2e per 1,000 answers",
                                    with_error(result.energy_total), items(result.energy),
                                    with_error(result.carbon_total), number_text(result.carbon_per_1000)),
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
  if (result.replications > 0)
    text += pool_table(result, options) + "\n" + call_table(result, options) + state_table(result, options) +
            month(result, options);
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
