#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/request.hpp"
#include "models/world.hpp"
#include "planner/assertion.hpp"
#include "planner/figure_table.hpp"
#include "planner/scenario.hpp"
#include "planner/time_series.hpp"
#include "sim/histogram.hpp"

/// What a study answers, as data: every number that the command line prints or the desktop draws.
namespace planner {

/// A figure with its interval over replications, in `unit`.
struct Estimate {
  double value = 0;
  double low = 0, high = 0;  ///< at the study's confidence; equal to value when it is exact
  std::string unit;
};

inline constexpr std::array<double, 5> ladder{0.5, 0.9, 0.95, 0.99, 0.999};

/// Latency and outcome of one slice of the requests: a flow, a population of it, or an entry site of it.
struct Slice {
  std::string flow, population, site;                                   ///< empty: all
  std::uint64_t started = 0, answered = 0, failed = 0, unfinished = 0;  ///< all replications
  Estimate mean;                                                        ///< [ms]
  std::array<Estimate, 5> percentiles;                                  ///< [ms], by ladder
  Estimate ok;                                                          ///< answered share of the started
  std::optional<sim::Duration> deadline;                                ///< of the flow
  std::optional<Estimate> late;                                         ///< share above the flow's deadline
  std::array<double, models::part_count> parts{};       ///< mean of each part, all answered requests [ms]
  std::array<double, models::part_count> tail_parts{};  ///< the same for requests at or above p99 [ms]
  sim::Histogram latency;                               ///< merged over replications
  std::optional<Estimate> analytic_mean;                ///< [ms] queueing formulas, where they hold
  std::optional<std::array<double, 5>> analytic_percentiles;  ///< [ms]
};

struct CostRow {
  std::string item;    ///< compute | idle | requests | provisioned | egress | device | ...
  std::string where;   ///< site/service or link; empty: total of the item
  Estimate per_month;  ///< [USD/month]
};

struct EnergyRow {
  std::string item;    ///< sites | elastic | network | devices
  std::string where;   ///< `site/pool`, `site/service`, a site, a population
  Estimate per_month;  ///< [kWh/month]
  Estimate carbon;     ///< [kgCO2e/month]
};

/// What starts of a pool's instances took on average, by part. [s]
struct StartTimes {
  double acquire = 0, pull = 0, restore = 0, init = 0;
  [[nodiscard]] bool in_parts() const { return acquire > 0 || pull > 0 || restore > 0; }
};

struct PoolUse {
  std::string service, site, pool;
  double utilisation = 0;  ///< busy share of the slots, 0..1
  double mean_instances = 0;
  std::uint64_t peak_instances = 0, peak_queue = 0;
  Estimate cold_share;                                   ///< of the pool's requests that waited for a start
  std::uint64_t requests = 0, refused = 0, spilled = 0;  ///< all replications
  double offered_rate = 0;                               ///< [1/s]
  std::uint64_t throttled = 0, shed = 0;       ///< all replications; of the refused, and of the requests
  std::uint64_t batches = 0, model_loads = 0;  ///< all replications; of a service that says `batch`
  StartTimes start;
};

/// What one direction of a link with a bandwidth carried, mean of the recorded span of all replications.
/// Those that no request can take are left out.
struct LinkUse {
  std::string link, from, to;  ///< sites
  double capacity = 0;         ///< [bit/s]
  double carried = 0;          ///< [bit/s]
  double utilisation = 0;      ///< carried of the capacity, 0..1
};

/// What became of the calls of one caller that are given up, tried again or sent twice; all replications.
struct CallUse {
  std::string flow, call, service, caller;
  models::GuardResult counts;
};

/// What became of the messages to a service at a site; all replications.
struct QueueUse {
  std::string service, site;
  models::QueueResult counts;
  double mean_length = 0;
};

/// What requests found of the state of a service at a site; all replications.
struct StateUse {
  std::string service, site;
  std::string population;  ///< whose users' own; empty: of all
  State::Kind kind = State::Kind::cache;
  models::StoreResult counts;
};
/// `cache`, `session`, `objects`, `replicated`, as scenarios have it.
[[nodiscard]] std::string_view name(State::Kind kind);
/// What a population's requests cost, idle capacity of the sites that serve them included.
struct PopulationCost {
  std::string population;
  double per_month = 0;          ///< [USD/month]
  double per_1000_requests = 0;  ///< [USD]
};

struct StrategyResult {
  std::string strategy, title;
  bool baseline = false;
  bool feasible = true;
  std::string infeasible_reason;  ///< with the numbers, when not feasible
  std::vector<Slice> slices;      ///< flows first, then populations of flows, then sites of flows
  std::vector<CostRow> cost;      ///< rows add up to `cost_total`
  Estimate cost_total;            ///< [USD/month]
  double cost_per_1000 = 0;       ///< [USD per 1,000 answered requests]
  std::vector<PopulationCost> cost_by_population;  ///< add up to `cost_total` but for rounding
  double carbon_per_1000 = 0;     ///< [gCO2e per 1,000 answered requests], embodied carbon included
  double idle_share = 0;          ///< of cost_total that is paid for nothing
  std::vector<EnergyRow> energy;  ///< rows add up to `energy_total` and `carbon_total`
  Estimate energy_total;          ///< [kWh/month], sites, devices and network
  Estimate carbon_total;          ///< [kgCO2e/month]
  std::vector<PoolUse> pools;
  std::vector<LinkUse> links;
  std::vector<CallUse> calls;
  std::vector<QueueUse> queues;
  TimeSeries series;  ///< empty where none is recorded
  std::vector<StateUse> state;
  std::uint32_t replications = 0;
  std::uint64_t events = 0, requests = 0;
  std::uint64_t fingerprint = 0;   ///< over all replications
  std::vector<std::string> notes;  ///< what a reader must know: extrapolation, unfinished requests, ...
  bool partial = false;            ///< ended early: interrupted or limited
  FigureTable figures;             ///< replication by replication; empty where nothing may be compared
  std::vector<Verdict> verdicts;   ///< on the scenario's assertions, by id; empty if it was not simulated
};

/// Difference of one metric between a strategy and the baseline, paired over common random numbers.
struct Difference {
  std::string strategy, metric,
      flow;  ///< metric: mean | p50 | ... | p99.9 | ok | late | cost | energy | carbon
  Estimate baseline, value, delta;
  double variance_reduction = 1;  ///< variance if unpaired / variance paired
  bool significant = false;       ///< the interval of delta excludes 0
  bool equivalent = false;        ///< the interval of delta lies within the study's region of equivalence
};

/// How well the metric is known that decided when to stop.
struct Precision {
  std::string metric;    ///< as asked: an expression, `p99 of every flow`, `every assertion decided`
  std::string strategy;  ///< the one that was hardest
  double asked = 0;      ///< relative half-width; 0 where assertions were to be decided
  double reached = 0;    ///< of `strategy`; where assertions were to be decided, how many are not
  bool met = false;
};

struct Study {
  std::string scenario, title, note, sha256;
  std::string tool;  ///< name and version
  std::uint64_t seed = 0;
  double confidence = 0.95;
  double look_confidence = 0.95;  ///< of each interval: higher where the study looked several times
  double equivalence =
      0;  ///< differences that do not matter: share of the baseline's value, or points; 0: none
  sim::Duration warmup{}, duration{};
  std::int64_t start_unix = 0;             ///< [s] wall-clock instant of the run's time 0
  std::vector<StrategyResult> strategies;  ///< in the scenario's order
  std::vector<Difference> differences;     ///< of every strategy but the baseline
  std::vector<Scenario::Assumption> assumptions;
  std::optional<Precision> precision;  ///< none: the number of replications was given
  bool interrupted = false;
};

/// Of the assertions of every strategy that was simulated.
[[nodiscard]] Verdict::Outcome verdict_of(const Study& study);

}  // namespace planner
