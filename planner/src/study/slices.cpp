#include "study/slices.hpp"

#include <algorithm>
#include <map>

#include "planner/outlook.hpp"
#include "study/metrics.hpp"

namespace planner {
namespace {

constexpr double ms_per_ns = 1e-6;
constexpr double ms_per_tick = ms_per_ns * (1 << models::breakdown_tick_shift);

double milliseconds(sim::Duration duration) { return static_cast<double>(duration.count()) * ms_per_ns; }

/// Requests above a percentile in each replication from which on its own percentiles are near enough to
/// normal (tests/planner/interval_coverage_test.cpp).
constexpr double enough_above = 40;

std::array<double, models::part_count> in_milliseconds(std::array<double, models::part_count> ticks) {
  for (double& part : ticks) part *= ms_per_tick;
  return ticks;
}

}  // namespace

double quantile_ms(const sim::Histogram& latency, double p) {
  return quantile_ms(latency, latency.buckets(), p);
}

double quantile_ms(const sim::Histogram& latency, const std::vector<sim::Histogram::Bucket>& buckets,
                   double p) {
  const std::uint64_t rank = sim::nearest_rank(latency.count(), p);
  std::uint64_t before = 0;
  for (const auto& [low, high, count] : buckets) {
    if (before + count < rank) {
      before += count;
      continue;
    }
    const auto from = std::max(low, latency.min()), to = std::min(high, latency.max());
    const double share = (static_cast<double>(rank - before) - 0.5) / static_cast<double>(count);
    return milliseconds(from) + share * milliseconds(to - from);
  }
  return milliseconds(latency.max());
}

const std::vector<std::string>& SliceTally::metrics() {
  static const std::vector<std::string> names{"mean", "p50", "p90", "p95", "p99", "p99.9", "ok", "late"};
  return names;
}

SliceTally::Figures SliceTally::figures(const sim::Histogram& latency, std::uint64_t started,
                                        std::uint64_t failed) const {
  Figures found;
  if (started > 0) {
    found.ok = static_cast<double>(latency.count()) / static_cast<double>(started);
    found.failed = static_cast<double>(failed) / static_cast<double>(started);
    const double late = deadline_ && !latency.empty() ? latency.fraction_above(*deadline_) : 0.0;
    found.good = *found.ok * (1.0 - late);
  }
  if (latency.empty()) return found;
  found.mean = latency.mean() * ms_per_ns;
  for (std::size_t i = 0; i < ladder.size(); ++i) found.percentiles[i] = quantile_ms(latency, ladder[i]);
  if (deadline_) found.late = latency.fraction_above(*deadline_);
  return found;
}

void SliceTally::add(const models::WorldResult& result) {
  Breakdown breakdown;
  std::uint64_t failed = 0, started = 0;
  for (const std::uint32_t index : classes_) {
    breakdown.merge(result.classes[index].breakdown);
    failed += result.classes[index].failed;
  }
  for (const std::uint32_t index : sources_) started += result.started[index];
  if (sources_.empty()) started = breakdown.latency().count() + failed;
  own_.push_back(figures(breakdown.latency(), started, failed));
  tails_.push_back(tail_of(breakdown.latency()));
  counts_.push_back({breakdown.latency().count(), started});
  breakdown_.merge(breakdown);
  started_ += started;
  answered_ += breakdown.latency().count();
  failed_ += failed;
}

SliceTally::Tail SliceTally::tail_of(const sim::Histogram& latency) {
  // Above 400 requests, percentiles that are counted by tails (p90 and up) lie in the upper half.
  constexpr std::uint64_t many = 400;
  Tail tail{latency.count(), latency.buckets()};
  if (tail.count <= many) return tail;
  std::uint64_t below = 0;
  const auto first = std::ranges::find_if(tail.buckets, [&](const sim::Histogram::Bucket& bucket) {
    below += bucket.count;
    return 2 * below > tail.count;
  });
  tail.buckets.erase(tail.buckets.begin(), first);
  tail.buckets.shrink_to_fit();
  return tail;
}

std::optional<double> SliceTally::Tail::at_most(double threshold) const {
  if (count == 0) return std::nullopt;
  double above = 0;
  for (const auto& [low, high, number] : buckets) {
    const double from = milliseconds(low), to = milliseconds(high);
    const double share = to > from ? (to - threshold) / (to - from) : (from > threshold ? 1.0 : 0.0);
    above += std::clamp(share, 0.0, 1.0) * static_cast<double>(number);
  }
  return 1.0 - above / static_cast<double>(count);
}

Sections SliceTally::percentile(std::size_t rung) const {
  const auto quantile = [&](double p) { return quantile_ms(breakdown_.latency(), p); };
  const double above = static_cast<double>(answered_) * (1 - ladder[rung]) / static_cast<double>(own_.size());
  Sections sections{answered_ > 0 ? quantile(ladder[rung]) : 0.0, {}};
  if (above < enough_above && answered_ > 0) {
    std::vector<std::optional<double>> at_most;
    for (const Tail& tail : tails_) at_most.push_back(tail.at_most(sections.overall));
    return quantile_sections(ladder[rung], quantile, at_most);
  }
  for (const Figures& own : own_) sections.own.push_back(own.percentiles[rung]);
  return sections;
}

Sections SliceTally::metric(const std::string& name) const {
  std::size_t which = 0;
  while (metrics()[which] != name) ++which;
  if (which >= 1 && which <= ladder.size()) return percentile(which - 1);
  const auto pick = [&](const Figures& of) -> std::optional<double> {
    if (which == 0) return of.mean;
    return name == "ok" ? of.ok : of.late;
  };
  Sections sections;
  sections.overall = pick(figures(breakdown_.latency(), started_, failed_)).value_or(0.0);
  for (const Figures& own : own_) sections.own.push_back(pick(own));
  return sections;
}

void SliceTally::put_figures(FigureTable& table) const {
  const Figures overall = figures(breakdown_.latency(), started_, failed_);
  std::map<std::string, std::string> selectors{{"flow", flow_}};
  if (!population_.empty()) selectors["population"] = population_;
  if (!site_.empty()) selectors["site"] = site_;
  const auto put = [&](const std::string& statistic, const char* name, const char* unit, auto pick,
                       std::optional<std::uint64_t> trials) {
    const std::optional<double> all = pick(overall);
    if (!all) return;
    Figure figure{unit, {*all, {}}, trials};
    for (const Figures& own : own_) figure.sections.own.push_back(pick(own));
    table[Metric{statistic, name, selectors}.key()] = std::move(figure);
  };
  put("mean", "latency", "ms", [](const Figures& of) { return of.mean; }, {});
  for (std::size_t i = 0; i < ladder.size(); ++i) {
    if (overall.percentiles[i])
      table[Metric{ladder_statistics()[i + 1], "latency", selectors}.key()] = {"ms", percentile(i), {}};
  }
  put(
      "ratio", "ok", "1", [](const Figures& of) { return of.ok; }, started_);
  put(
      "ratio", "failed", "1", [](const Figures& of) { return of.failed; }, started_);
  put(
      "ratio", "good", "1", [](const Figures& of) { return of.good; }, started_);
  if (deadline_)
    put(
        "ratio", "late", "1", [](const Figures& of) { return of.late; }, answered_);
}

Slice SliceTally::slice(double confidence, const AnalyticEstimate& analytic) const {
  Slice slice;
  slice.flow = flow_;
  slice.population = population_;
  slice.site = site_;
  slice.started = started_;
  slice.answered = answered_;
  slice.failed = failed_;
  slice.unfinished = started_ - answered_ - failed_;
  slice.mean = estimate(metric("mean"), confidence, "ms");
  for (std::size_t i = 0; i < ladder.size(); ++i) {
    slice.percentiles[i] = estimate(metric(metrics()[i + 1]), confidence, "ms");
  }
  slice.ok = estimate(metric("ok"), confidence, "1");
  slice.deadline = deadline_;
  if (deadline_) slice.late = estimate(metric("late"), confidence, "1");
  slice.parts = in_milliseconds(breakdown_.composition(0.0).mean);
  slice.tail_parts = in_milliseconds(breakdown_.composition(0.99).mean);
  slice.latency = breakdown_.latency();
  add_analytic(slice, analytic);
  return slice;
}

void SliceTally::add_analytic(Slice& slice, const AnalyticEstimate& analytic) const {
  const auto [law, rate] = mixture_of(analytic, classes_);
  if (rate <= 0) return;
  slice.analytic_mean = Estimate{law.mean() * 1e3, law.mean() * 1e3, law.mean() * 1e3, "ms"};
  slice.analytic_percentiles.emplace();
  for (std::size_t i = 0; i < ladder.size(); ++i)
    (*slice.analytic_percentiles)[i] = law.quantile(ladder[i]) * 1e3;
}

std::vector<SliceTally> slice_tallies(const Scenario& scenario, const CompiledScenario& compiled) {
  using Key = std::array<std::string, 3>;
  std::map<Key, SliceTally> flows, populations, sites;
  const auto tally = [&](std::map<Key, SliceTally>& among, const Key& key) -> SliceTally& {
    return among.try_emplace(key, key[0], key[1], key[2], scenario.flows.at(key[0]).deadline).first->second;
  };
  for (std::uint32_t i = 0; i < compiled.classes.size(); ++i) {
    const ClassLabel& label = compiled.classes[i];
    tally(flows, {label.flow, {}, {}}).add_class(i);
    tally(populations, {label.flow, label.population, {}}).add_class(i);
    tally(sites, {label.flow, {}, label.site}).add_class(i);
  }
  for (std::uint32_t i = 0; i < compiled.sources.size(); ++i) {
    const SourceLabel& label = compiled.sources[i];
    tally(flows, {label.flow, {}, {}}).add_source(i);
    tally(populations, {label.flow, label.population, {}}).add_source(i);
  }
  std::vector<SliceTally> all;
  for (auto* group : {&flows, &populations, &sites}) {
    for (auto& [key, slice] : *group) all.push_back(std::move(slice));
  }
  return all;
}

}  // namespace planner
