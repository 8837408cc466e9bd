#include "strategy_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>

#include "hosting.hpp"
#include "metrics.hpp"
#include "planner/demand.hpp"
#include "planner/study_view.hpp"
#include "pool_share.hpp"

namespace planner {
namespace {

/// Requests above a percentile, all replications together, below which a note warns of its interval: it holds
/// the truth less often than it says.
constexpr double few_requests = 50;

/// A row or a total through all replications.
template <class Value>
Sections through(const std::vector<Bill>& bills, Value value) {
  Sections sections;
  for (const Bill& bill : bills) {
    sections.own.push_back(std::invoke(value, bill));
    sections.overall += *sections.own.back() / static_cast<double>(bills.size());
  }
  return sections;
}

}  // namespace

StrategyRun::StrategyRun(const Scenario& scenario)
    : scenario_{&scenario},
      compiled_{compile(scenario)},
      load_{offered_load(compiled_)},
      slices_{slice_tallies(scenario, compiled_)},
      series_{compiled_},
      pools_(compiled_.pools.size()),
      cold_(compiled_.pools.size()),
      busy_(compiled_.pools.size()),
      station_busy_(compiled_.stations.size()),
      guards_(compiled_.guards.size()),
      stores_(compiled_.stores.size()),
      queues_(compiled_.queues.size()),
      started_(compiled_.sources.size()) {
  for (const LoadFinding& finding : check_load(scenario, compiled_, load_)) {
    if (finding.code == Code::near_capacity) {
      warnings_.push_back(finding.message);
    } else {
      infeasible_ += (infeasible_.empty() ? "" : "; ") + finding.message;
    }
  }
  if (feasible()) analytic_ = estimate(compiled_, load_);
}

void StrategyRun::add(const models::WorldResult& result) {
  for (SliceTally& slice : slices_) slice.add(result);
  series_.add(result, {*scenario_, compiled_, load_});
  add_pools(result);
  for (std::size_t i = 0; i < station_busy_.size(); ++i) station_busy_[i] += result.stations[i].busy;
  for (std::size_t i = 0; i < guards_.size(); ++i) guards_[i] += result.guards[i];
  for (std::size_t i = 0; i < stores_.size(); ++i) stores_[i] += result.stores[i];
  for (std::size_t i = 0; i < queues_.size(); ++i) queues_[i] += result.queues[i];
  for (std::size_t i = 0; i < started_.size(); ++i) started_[i] += result.started[i];
  bills_.push_back(
      account(*scenario_, compiled_, load_, result, Demand::of_a_month, Attribution::by_population));
  recorded_seconds_ += sim::to_seconds(result.simulated);
  events_ += result.events;
  requests_ += result.requests;
  fingerprint_.merge(result.fingerprint);
  cut_short_ = cut_short_ || result.status != models::WorldResult::Status::complete;
  ++replications_;
}

void StrategyRun::add_pools(const models::WorldResult& result) {
  for (std::size_t i = 0; i < pools_.size(); ++i) {
    models::PoolResult& sum = pools_[i];
    const models::PoolResult& more = result.pools[i];
    sum.requests += more.requests;
    sum.refused += more.refused;
    sum.spilled += more.spilled;
    sum.cold_starts += more.cold_starts;
    sum.peak_instances = std::max(sum.peak_instances, more.peak_instances);
    sum.peak_queue = std::max(sum.peak_queue, more.peak_queue);
    sum.throttled += more.throttled;
    sum.shed += more.shed;
    sum.batches += more.batches;
    sum.model_loads += more.model_loads;
    sum.slot_busy += more.slot_busy;
    sum.instance_alive += more.instance_alive;
    sum.instances_started += more.instances_started;
    sum.starting += more.starting;
    sum.acquiring += more.acquiring;
    sum.pulling += more.pulling;
    sum.restoring += more.restoring;
    cold_[i].push_back(cold_share(more));
    busy_[i].push_back(busy_share(compiled_.world.pools[i], more, sim::to_seconds(result.simulated)));
  }
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
  found.push_back({"cost", {}, "USD/month", through(bills_, &Bill::cost_total)});
  found.push_back({"energy", {}, "kWh/month", through(bills_, &Bill::energy_total)});
  found.push_back({"carbon", {}, "kgCO2e/month", through(bills_, &Bill::carbon_total)});
  return found;
}

std::vector<PoolUse> StrategyRun::pools(double confidence) const {
  std::vector<PoolUse> uses;
  for (std::size_t i = 0; i < pools_.size(); ++i) {
    const models::PoolResult& sum = pools_[i];
    const models::PoolSpec& spec = compiled_.world.pools[i];
    const bool fixed = spec.kind == models::PoolSpec::Kind::fixed;
    PoolUse use;
    use.service = compiled_.pools[i].service;
    use.site = compiled_.pools[i].site;
    use.pool = compiled_.pools[i].pool;
    const double alive = alive_seconds(spec, sum, recorded_seconds_);
    use.utilisation = busy_share(spec, sum, recorded_seconds_).value_or(0.0);
    if (recorded_seconds_ > 0) use.mean_instances = alive / recorded_seconds_;
    use.peak_instances = fixed ? spec.instances : sum.peak_instances;
    use.peak_queue = sum.peak_queue;
    use.cold_share = estimate({cold_share(sum).value_or(0.0), cold_[i]}, confidence, "1");
    use.requests = sum.requests;
    use.refused = sum.refused;
    use.spilled = sum.spilled;
    use.throttled = sum.throttled;
    use.shed = sum.shed;
    use.batches = sum.batches;
    use.model_loads = sum.model_loads;
    use.start = start_times(sum);
    use.offered_rate = load_.pools[i].rates.recorded;
    uses.push_back(std::move(use));
  }
  return uses;
}

void StrategyRun::put_bill(StrategyResult& result, double confidence) const {
  if (bills_.empty()) return;
  double idle = 0;
  for (std::size_t i = 0; i < bills_.front().cost.size(); ++i) {
    const BillRow& like = bills_.front().cost[i];
    const Sections amounts = through(bills_, [i](const Bill& bill) { return bill.cost[i].amount; });
    result.cost.push_back({like.item, like.where, estimate(amounts, confidence, "USD/month")});
    if (like.item == "idle") idle += amounts.overall;
  }
  for (std::size_t i = 0; i < bills_.front().energy.size(); ++i) {
    const EnergyUse& like = bills_.front().energy[i];
    const Sections amounts = through(bills_, [i](const Bill& bill) { return bill.energy[i].amount; });
    const Sections carbon = through(bills_, [i](const Bill& bill) { return bill.energy[i].carbon; });
    result.energy.push_back({like.item, like.where, estimate(amounts, confidence, "kWh/month"),
                             estimate(carbon, confidence, "kgCO2e/month")});
  }
  // Totals are the sums of the rows as they are given, so that a reader's addition comes out exactly.
  Sections cost = through(bills_, &Bill::cost_total), energy = through(bills_, &Bill::energy_total),
           carbon = through(bills_, &Bill::carbon_total);
  cost.overall = energy.overall = carbon.overall = 0;
  for (const CostRow& line : result.cost) cost.overall += line.per_month.value;
  for (const EnergyRow& line : result.energy) {
    energy.overall += line.per_month.value;
    carbon.overall += line.carbon.value;
  }
  result.cost_total = estimate(cost, confidence, "USD/month");
  result.energy_total = estimate(energy, confidence, "kWh/month");
  result.carbon_total = estimate(carbon, confidence, "kgCO2e/month");
  if (cost.overall > 0) result.idle_share = idle / cost.overall;
  put_payers(result);
  const double answered = answered_per_month(std::nullopt);
  if (answered <= 0) return;
  result.cost_per_1000 = cost.overall / answered * 1000.0;
  result.carbon_per_1000 = carbon.overall * 1000.0 / answered * 1000.0;
}

void StrategyRun::put_payers(StrategyResult& result) const {
  for (const auto& [population, first] : bills_.front().by_population) {
    const auto own = [&id = population](const Bill& bill) {
      const auto found = bill.by_population.find(id);
      return found != bill.by_population.end() ? found->second : 0.0;
    };
    const Sections amounts = through(bills_, own);
    double requests = 0;
    for (const SourceLabel& source : compiled_.sources)
      requests += source.population == population ? source.mean_rate : 0.0;
    requests *= hours_per_month * 3600.0;
    result.cost_by_population.push_back(
        {population, amounts.overall, requests > 0 ? amounts.overall / requests * 1000.0 : 0.0});
  }
}

double StrategyRun::answered_per_month(std::optional<std::size_t> own) const {
  // Answers follow the mean demand in a month, of which the recorded span had this share.
  double mean = 0, recorded = 0, answered = 0, started = 0;
  for (std::size_t i = 0; i < compiled_.sources.size(); ++i) {
    const SourceLabel& source = compiled_.sources[i];
    // How often closed users ask is known afterwards.
    const bool closed = compiled_.world.sources[i].process == models::SourceSpec::Process::closed;
    const double asked = closed ? static_cast<double>(started_[i]) / recorded_seconds_ : 0.0;
    mean += closed ? asked : source.mean_rate;
    recorded += closed ? asked : source.recorded_rate;
  }
  for (const SliceTally& slice : slices_) {
    if (!slice.is_whole_flow()) continue;
    const SliceTally::Counts counts =
        own ? slice.counts(*own) : SliceTally::Counts{slice.answered(), slice.started()};
    answered += static_cast<double>(counts.answered);
    started += static_cast<double>(counts.started);
  }
  if (started <= 0 || recorded <= 0) return 0;
  return mean * hours_per_month * 3600.0 * answered / started;
}

void StrategyRun::put_bill_figures(FigureTable& table) const {
  const auto put = [&](const std::string& stem, const std::string& unit, auto total) {
    const Sections totals = through(bills_, total);
    table[stem + ".total"] = {unit + "/month", totals, {}};
    const double answered = answered_per_month(std::nullopt);
    if (answered <= 0) return;
    Figure per_request{unit + "/req", {totals.overall / answered, {}}, {}};
    for (std::size_t i = 0; i < bills_.size(); ++i) {
      const double own = answered_per_month(i);
      per_request.sections.own.push_back(own > 0 ? std::optional{*totals.own[i] / own} : std::nullopt);
    }
    table[stem + ".per_request"] = std::move(per_request);
  };
  put("cost", "USD", &Bill::cost_total);
  put("energy", "kWh", &Bill::energy_total);
  put("carbon", "kgCO2e", &Bill::carbon_total);
  const auto put_items = [&](const char* stem, const char* unit, auto rows, auto amount) {
    for (const std::string_view item : bill_items(stem)) {
      const auto sum_of = [&](const Bill& bill) {
        double sum = 0;
        for (const auto& row : bill.*rows) sum += row.item == item ? row.*amount : 0.0;
        return sum;
      };
      table[fmt::format("{}.{}", stem, item)] = {unit, through(bills_, sum_of), {}};
    }
  };
  put_items("cost", "USD/month", &Bill::cost, &BillRow::amount);
  put_items("energy", "kWh/month", &Bill::energy, &EnergyUse::amount);
  put_items("carbon", "kgCO2e/month", &Bill::energy, &EnergyUse::carbon);
}

void StrategyRun::put_pool_figures(FigureTable& table) const {
  for (std::size_t i = 0; i < pools_.size(); ++i) {
    const PoolLabel& label = compiled_.pools[i];
    Metric metric{
        {}, "utilization", {{"pool", label.pool}, {"service", label.service}, {"site", label.site}}};
    const auto busy = busy_share(compiled_.world.pools[i], pools_[i], recorded_seconds_);
    if (busy) table[metric.key()] = {"1", {*busy, busy_[i]}, {}};
    if (pools_[i].requests == 0) continue;
    metric.statistic = "ratio";
    metric.name = "cold";
    table[metric.key()] = {"1", {*cold_share(pools_[i]), cold_[i]}, pools_[i].requests};
  }
}

FigureTable StrategyRun::figures() const {
  FigureTable table;
  if (cut_short_ || replications_ == 0) return table;
  for (const SliceTally& slice : slices_) slice.put_figures(table);
  put_bill_figures(table);
  put_pool_figures(table);
  return table;
}

bool StrategyRun::scaled() const {
  return std::any_of(scenario_->workloads.begin(), scenario_->workloads.end(), [&](const auto& workload) {
    return !covers_profile(workload.second, scenario_->duration);
  });
}

std::vector<std::string> StrategyRun::notes(const StrategyResult& result) const {
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
      notes.push_back(fmt::format("{} of flow {} rests on {:.0f} requests: too few to trust its interval",
                                  ladder_names[rung], slice.flow, tail));
    }
  }
  if (scaled()) {
    notes.push_back(
        "cost and energy a month: what follows demand is scaled from the recorded span to the mean of the "
        "demand's period");
  }
  if (scenario_->experiment.series > sim::Duration{0} && compiled_.world.series_step <= sim::Duration{0}) {
    notes.push_back(
        fmt::format("no results over time: {} classes of requests in so many slices are more than {}",
                    compiled_.classes.size(), most_cells));
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

void StrategyRun::put_queues(StrategyResult& result) const {
  for (std::size_t i = 0; i < queues_.size(); ++i) {
    const double mean =
        recorded_seconds_ > 0 ? sim::to_seconds(queues_[i].occupied) / recorded_seconds_ : 0.0;
    result.queues.push_back({compiled_.queues[i].service, compiled_.queues[i].site, queues_[i], mean});
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
    result.pools = pools(confidence);
    put_links(result);
    for (std::size_t i = 0; i < guards_.size(); ++i) {
      const GuardLabel& label = compiled_.guards[i];
      result.calls.push_back({label.flow, label.call, label.service, label.caller, guards_[i]});
    }
    put_queues(result);
    put_state(result);
    put_bill(result, confidence);
    result.series = series_.series(compiled_, confidence);
  }
  result.figures = figures();
  result.notes = notes(result);
  return result;
}

}  // namespace planner
