#include "study/strategy_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "compile/hosting.hpp"
#include "planner/demand.hpp"
#include "planner/study_view.hpp"
#include "study/metrics.hpp"

namespace planner {
namespace {

/// Requests above a percentile, all replications together, below which a note warns of its interval: it holds
/// the truth less often than it says.
constexpr double few_requests = 50;

constexpr double month_seconds = hours_per_month * 3600.0;

/// The first few findings of a kind, and how many more there are.
void shorten(std::vector<std::string>& findings) {
  constexpr std::size_t told = 20;
  if (findings.size() <= told) return;
  const std::size_t more = findings.size() - told;
  findings.resize(told);
  findings.push_back(fmt::format("{} more like these: isochrone validate --format json lists all", more));
}

}  // namespace

StrategyRun::StrategyRun(const Scenario& scenario)
    : scenario_{&scenario},
      compiled_{compile(scenario)},
      load_{offered_load(compiled_)},
      slices_{slice_tallies(scenario, compiled_)},
      series_{compiled_},
      pools_{compiled_},
      station_busy_(compiled_.stations.size()),
      guards_(compiled_.guards.size()),
      stores_(compiled_.stores.size()),
      queues_{compiled_},
      started_(compiled_.sources.size()) {
  std::vector<std::string> errors;
  for (const Finding& finding : check_load(scenario, compiled_, load_))
    (finding.code == Code::near_capacity ? warnings_ : errors).push_back(finding.message);
  shorten(warnings_);
  shorten(errors);
  infeasible_ = fmt::format("{}", fmt::join(errors, "; "));
  if (feasible()) analytic_ = estimate(compiled_, load_);
}

void StrategyRun::add(const models::WorldResult& result) {
  for (SliceTally& slice : slices_) slice.add(result);
  series_.add(result, {*scenario_, compiled_, load_});
  pools_.add(compiled_, result);
  for (std::size_t i = 0; i < station_busy_.size(); ++i) station_busy_[i] += result.stations[i].busy;
  for (std::size_t i = 0; i < guards_.size(); ++i) guards_[i] += result.guards[i];
  for (std::size_t i = 0; i < stores_.size(); ++i) stores_[i] += result.stores[i];
  queues_.add(result);
  for (std::size_t i = 0; i < started_.size(); ++i) started_[i] += result.started[i];
  bills_.add(account(*scenario_, compiled_, load_, result, Demand::of_a_month, Attribution::by_population));
  recorded_.push_back(sim::to_seconds(result.simulated));
  recorded_seconds_ += recorded_.back();
  events_ += result.events;
  requests_ += result.requests;
  fingerprint_.merge(result.fingerprint);
  cut_short_ = cut_short_ || result.status != models::WorldResult::Status::complete;
  ++replications_;
}

double StrategyRun::imprecision(double confidence) const {
  double worst = 0;
  for (const SliceTally& slice : slices_) {
    if (!slice.is_whole_flow()) continue;
    const Estimate p99 = estimate(slice.metric("p99"), confidence, "ms");
    if (p99.value <= 0 || replications_ < 2) return std::numeric_limits<double>::infinity();
    worst = std::max(worst, (p99.high - p99.value) / p99.value);
  }
  return worst;
}

std::vector<StrategyRun::Compared> StrategyRun::metrics() const {
  std::vector<Compared> found;
  if (cut_short_ || replications_ == 0) return found;
  for (const SliceTally& slice : slices_) {
    if (!slice.is_whole_flow()) continue;
    for (const std::string& name : SliceTally::metrics()) {
      if (name == "late" && !slice.has_deadline()) continue;
      found.push_back({name, slice.flow(), name == "ok" || name == "late" ? "1" : "ms", slice.metric(name)});
    }
  }
  found.push_back({"cost", {}, "USD/month", bills_.cost()});
  found.push_back({"energy", {}, "kWh/month", bills_.energy()});
  found.push_back({"carbon", {}, "kgCO2e/month", bills_.carbon()});
  return found;
}

Answered StrategyRun::answered() const {
  Answered answered{answered_per_month(std::nullopt), {}, {}};
  for (std::size_t i = 0; i < replications_; ++i) answered.own.push_back(answered_per_month(i));
  if (recorded_seconds_ <= 0) return answered;
  for (std::size_t i = 0; i < started_.size(); ++i) {
    const double scale = demand_scale([&](std::size_t source) { return source == i; });
    answered.started[compiled_.sources[i].population] +=
        static_cast<double>(started_[i]) * scale * month_seconds / recorded_seconds_;
  }
  return answered;
}

template <class Asks>
double StrategyRun::demand_scale(Asks asks) const {
  double mean = 0, recorded = 0;
  for (std::size_t i = 0; i < compiled_.sources.size(); ++i) {
    // How often closed users ask is known afterwards, and is what they always do.
    const bool closed = compiled_.world.sources[i].process == models::SourceSpec::Process::closed;
    if (!asks(i)) continue;
    const double met =
        closed ? static_cast<double>(started_[i]) / recorded_seconds_ : compiled_.sources[i].recorded_rate;
    recorded += met;
    mean += closed ? met : compiled_.sources[i].mean_rate;
  }
  return recorded > 0 ? mean / recorded : 1.0;
}

double StrategyRun::answered_per_month(std::optional<std::size_t> own) const {
  const double span = own ? recorded_[*own] : recorded_seconds_;
  if (span <= 0) return 0;
  // A bill is what the span met, scaled to the mean demand: so are the answers by which it is divided.
  double answered = 0;
  for (const SliceTally& slice : slices_) {
    if (!slice.is_whole_flow()) continue;
    const auto of_flow = [&](std::size_t source) { return compiled_.sources[source].flow == slice.flow(); };
    const std::uint64_t count = own ? slice.counts(*own).answered : slice.answered();
    answered += static_cast<double>(count) * demand_scale(of_flow);
  }
  return answered * month_seconds / span;
}

FigureTable StrategyRun::figures() const {
  FigureTable table;
  if (cut_short_ || replications_ == 0) return table;
  for (const SliceTally& slice : slices_) slice.put_figures(table);
  bills_.put_figures(answered(), table);
  pools_.put_figures(compiled_, table);
  queues_.put_figures(compiled_, table);
  return table;
}

bool StrategyRun::scaled() const {
  return std::any_of(scenario_->workloads.begin(), scenario_->workloads.end(), [&](const auto& workload) {
    return !covers_profile(workload.second, scenario_->duration);
  });
}

bool StrategyRun::provisions_cut() const {
  for (const auto& [service, places] : scenario_->placement) {
    for (const auto& [place, placement] : places) {
      const auto hours = static_cast<std::int64_t>(placement.provisioned_hours.size());
      if (hours > 0 && scenario_->duration % std::chrono::hours{hours} != sim::Duration{0}) return true;
    }
  }
  return false;
}

std::vector<std::string> StrategyRun::notes(const StrategyResult& result, double confidence) const {
  std::vector<std::string> notes = warnings_;
  if (!feasible()) return notes;
  if (replications_ == 0) notes.push_back("not simulated: the study ended before");
  if (cut_short_) notes.push_back("partial: ended early, figures are of the part that was simulated");
  if (replications_ == 1) notes.push_back("one replication only: no intervals");
  for (const Slice& slice : result.slices) {
    if (!slice.population.empty() || !slice.site.empty()) continue;
    if (slice.unfinished > 0) {
      notes.push_back(fmt::format("{} requests of flow {} were not answered when the run ended",
                                  slice.unfinished, slice.flow));
    }
    if (slice.failed > 0)
      notes.push_back(fmt::format("{} requests of flow {} failed: refused, given up or in error",
                                  slice.failed, slice.flow));
    for (const std::size_t rung : {p99_index, ladder.size() - 1}) {
      const double tail = static_cast<double>(slice.answered) * (1.0 - ladder[rung]);
      if (slice.answered == 0 || tail >= few_requests) continue;
      const std::string requests = fmt::format("{:.0f} request{}", tail, tail > 0.5 && tail < 1.5 ? "" : "s");
      notes.push_back(fmt::format("{} of flow {} rests on {}: too few to trust its interval",
                                  ladder_names[rung], slice.flow, requests));
    }
  }
  if (scaled()) {
    notes.push_back(
        "cost and energy a month: what follows demand is scaled from the recorded span to the mean of the "
        "demand's period");
  }
  if (provisions_cut()) {
    notes.push_back(
        "cost and energy a month: instances provisioned by the hour count with the mean of their hours");
  }
  if (scenario_->experiment.series > sim::Duration{0} && compiled_.world.series_step <= sim::Duration{0}) {
    notes.push_back(
        fmt::format("no results over time: {} classes of requests in so many slices are more than {}",
                    compiled_.classes.size(), most_cells));
  }
  if (is_stationary(*scenario_)) {
    const std::vector<std::string> transients =
        transient_notes(series_.medians(), compiled_.world.series_step, scenario_->warmup, confidence);
    notes.insert(notes.end(), transients.begin(), transients.end());
  }
  if (!analytic_.does_not_hold.empty()) notes.push_back("no analytic estimate: " + analytic_.does_not_hold);
  return notes;
}

void StrategyRun::put_links(StrategyResult& result) const {
  if (recorded_seconds_ <= 0) return;
  for (std::size_t i = 0; i < station_busy_.size(); ++i) {
    const StationLabel& label = compiled_.stations[i];
    if (label.kind != StationLabel::Kind::link) continue;
    const Link& link = scenario_->links.at(label.owner);
    // Users who stand at an end of a link get onto it there.
    const auto users = scenario_->populations.find(label.from);
    const bool of_site =
        label.from == link.a || label.from == link.b || users == scenario_->populations.end();
    const std::string& from = of_site ? label.from : users->second.site;
    const auto same = [&](const LinkUse& use) { return use.link == label.owner && use.from == from; };
    auto use = std::find_if(result.links.begin(), result.links.end(), same);
    if (use == result.links.end()) {
      LinkUse added{label.owner, from, link.a == from ? link.b : link.a};
      added.capacity = compiled_.world.stations[i].rate.value();
      use = result.links.insert(result.links.end(), std::move(added));
    }
    use->utilisation += sim::to_seconds(station_busy_[i]) / recorded_seconds_;
    use->carried = use->utilisation * use->capacity;
  }
}

void StrategyRun::put_state(StrategyResult& result) const {
  for (std::size_t i = 0; i < stores_.size(); ++i) {
    const StoreLabel& label = compiled_.stores[i];
    const State& state = *scenario_->services.at(label.service).state;
    result.state.push_back({label.service, label.site, label.population, state.kind, stores_[i]});
  }
}

StrategyResult StrategyRun::result(double confidence) const {
  StrategyResult result;
  result.strategy = scenario_->strategy;
  result.title = scenario_->strategy_title;
  result.baseline = scenario_->baseline;
  result.feasible = feasible();
  result.infeasible_reason = infeasible_;
  result.replications = replications_;
  result.events = events_;
  result.requests = requests_;
  result.fingerprint = fingerprint_.value();
  result.partial = cut_short_ || (feasible() && replications_ == 0);
  if (replications_ > 0) {
    for (const SliceTally& slice : slices_) result.slices.push_back(slice.slice(confidence, analytic_));
    result.pools = pools_.uses(compiled_, load_, confidence);
    put_links(result);
    for (std::size_t i = 0; i < guards_.size(); ++i) {
      const GuardLabel& label = compiled_.guards[i];
      result.calls.push_back({label.flow, label.call, label.service, label.caller, guards_[i]});
    }
    result.queues = queues_.uses(compiled_);
    put_state(result);
    bills_.put(answered(), confidence, result);
    result.series = series_.series(compiled_, confidence);
  }
  result.figures = figures();
  result.notes = notes(result, confidence);
  return result;
}

}  // namespace planner
