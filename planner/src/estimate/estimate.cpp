#include "planner/estimate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "compile/program_walk.hpp"
#include "estimate/elastic_forecast.hpp"
#include "models/erlang.hpp"

namespace planner {
namespace {

using models::StepKind;

Moments as_moments(const Wait& wait) {
  return {wait.mean, std::max(wait.second - wait.mean * wait.mean, 0.0), 0.0};
}

/// Waits of pools and stations. A pool whose requests call others needs the others' waits first, because they
/// lengthen the time its slots are held.
class Waits {
 public:
  Waits(const CompiledScenario& compiled, const Load& load, Claim claim)
      : world_{compiled.world},
        compiled_{compiled},
        load_{load},
        claim_{claim},
        pools_(load.pools.size()),
        walk_{compiled.world,
              {[this](std::uint32_t pool) { return of_pool(pool); },
               [this](std::uint32_t station) { return of_station(station); },
               [this](std::uint32_t pool) { return spilled(pool); }, ProgramWalk::Waits::Batches::queue}} {
    for (std::uint32_t i = 0; i < world_.steps.size(); ++i) {
      const models::Step& step = world_.steps[i];
      if (step.kind == StepKind::split && load_.steps[i] > 0) {
        for (const auto& [pool, pairs] : walk_.batch(i)) pairs_[pool] += load_.steps[i] * pairs;
      }
      if (step.kind == StepKind::serve || step.kind == StepKind::acquire) takes_[step.index].push_back(i);
    }
  }

  [[nodiscard]] const ProgramWalk& walk() const { return walk_; }
  /// Set once a formula did not apply; what was computed then means nothing.
  [[nodiscard]] const std::string& reason() const { return reason_; }
  /// Filled for the elastic pools that requests meet.
  [[nodiscard]] const std::map<std::uint32_t, ElasticForecast>& elastic() const { return elastic_; }

  Mixture of_pool(std::uint32_t pool) {
    Known& known = pools_[pool];
    if (known.state == Known::State::done) return known.wait;
    if (known.state == Known::State::open) return fail(pool, "waits for its own calls in a circle");
    known.state = Known::State::open;
    known.wait = wait_of_pool(pool);
    known.state = Known::State::done;
    return known.wait;
  }

  Moments of_station(std::uint32_t station) {
    const ResourceLoad& load = load_.stations[station];
    if (load.utilisation() >= 1.0) {
      if (reason_.empty())
        reason_ = fmt::format("{} is offered more than it can carry", compiled_.stations[station].owner);
      return {};
    }
    if (world_.stations[station].sharing == models::Sharing::in_turn) return as_moments(waiting_time(load));
    // M/G/1 with processor sharing, as if without weights and caps: the mean holds for every law of the
    // sizes, the variance is that of an exponential law.
    const double wait = load.service * load.utilisation() / (1.0 - load.utilisation());
    return {wait, wait * wait, 0};
  }

 private:
  struct Known {
    enum class State : std::uint8_t { unknown, open, done } state = State::unknown;
    Mixture wait;
  };

  Mixture fail(std::uint32_t pool, const std::string& why) {
    if (reason_.empty())
      reason_ = fmt::format("{} at {} {}", compiled_.pools[pool].service, compiled_.pools[pool].site, why);
    return certain({});
  }

  /// A formula is not exact: a reason to say nothing, unless the estimate only guides.
  void doubt(std::uint32_t pool, const std::string& why) {
    if (claim_ == Claim::holds) (void)fail(pool, why);
  }

  [[nodiscard]] double spilled(std::uint32_t pool) const {
    return load_.spilled.empty() ? 0.0 : load_.spilled[pool];
  }

  /// Squared coefficient of variation of the times between arrivals: of batches their mean size as a request
  /// finds it, which gives the exact mean wait of a batch's first in M^X/M/1 and M^X/D/1.
  [[nodiscard]] double arrival_spread(std::uint32_t pool, double rate) const {
    const auto pairs = pairs_.find(pool);
    return pairs != pairs_.end() && rate > 0 ? 1.0 + pairs->second / rate : 1.0;
  }

  Mixture wait_of_pool(std::uint32_t pool) {
    const models::PoolSpec& spec = world_.pools[pool];
    if (spec.shedding) doubt(pool, "gives up requests that wait too long");
    if (spec.queue_limit != models::none) doubt(pool, "refuses requests above its queue limit");
    if (!world_.balancers.empty()) doubt(pool, "may be chosen by turns, or by what is in flight");
    for (std::size_t i = 0; i < world_.queues.size(); ++i) {
      const QueueLabel& queue = compiled_.queues[i];
      const bool its =
          queue.service == compiled_.pools[pool].service && queue.site == compiled_.pools[pool].site;
      if (its && world_.queues[i].capacity != UINT64_MAX) doubt(pool, "has a queue of bounded length");
    }
    for (const std::uint32_t step : takes_[pool]) {
      const bool spills = world_.steps[step].divert == models::Divert::spilled_and_refused;
      if (world_.steps[step].priority > 0) doubt(pool, "serves some requests before others");
      if (spills && world_.steps[step].target != models::none) doubt(pool, "spills over to other sites");
    }
    ResourceLoad load = load_.pools[pool];
    Mixture held;
    bool all_go_on = spilled(pool) > 0;  // rather than wait
    for (const std::uint32_t step : takes_[pool]) {
      const bool goes_on = may_spill(world_.steps[step]);
      held.add(load_.steps[step] * (goes_on ? 1.0 - spilled(pool) : 1.0), walk_.held(step));
      all_go_on = all_go_on && (goes_on || load_.steps[step] <= 0);
    }
    if (held.weight() <= 0) return certain({});
    if (spec.kind == models::PoolSpec::Kind::elastic) return wait_for_start(pool, held);
    if (all_go_on) return certain({});
    double arrivals = arrival_spread(pool, held.weight());
    if (spec.balance == models::Balance::random) {  // a queue each, with its share of the requests
      load.servers = spec.concurrency;
      load.rates.recorded /= std::max(spec.instances, 1U);
      arrivals = 1.0 + (arrivals - 1.0) / std::max(spec.instances, 1U);
    }
    load.service = held.moments().mean;
    load.service_second = held.moments().second();
    if (!std::isfinite(load.service_second)) return fail(pool, "has a service time of infinite variance");
    if (load.utilisation() >= 1.0) {
      return fail(pool,
                  fmt::format("is {:.1f} % busy with the waits of its calls", 100 * load.utilisation()));
    }
    return certain(as_moments(waiting_time(load, arrivals)));
  }

  Mixture wait_for_start(std::uint32_t pool, const Mixture& held) {
    constexpr double seldom = 0.001;
    const models::PoolSpec& spec = world_.pools[pool];
    const ElasticForecast expected = forecast(spec, held.weight(), held.moments());
    elastic_[pool] = expected;
    if (spec.scale_out) {
      const double starts = held.weight() * expected.cold_share * sim::to_seconds(spec.scale_out->period);
      constexpr double far_below = 0.1;
      if (starts > far_below * static_cast<double>(spec.scale_out->refill))
        doubt(pool, "may start instances only so fast");
    }
    if (spec.account != models::none) {
      constexpr double room = 0.5;
      if (expected.busy > room * static_cast<double>(world_.accounts[spec.account].concurrency))
        doubt(pool, "comes near the account's quota");
    }
    if (expected.beyond_quota > seldom) doubt(pool, "needs more instances than its quota allows");
    if (spec.dispatch != models::Dispatch::most_recently_used && expected.cold_share > seldom)
      doubt(pool, "starts instances on demand, and does not take the one used last");
    Mixture wait;
    wait.add(1.0 - expected.cold_share, Moments{});
    wait.add(expected.cold_share, moments_of_start(spec));
    return wait;
  }

  const models::WorldSpec& world_;
  const CompiledScenario& compiled_;
  const Load& load_;
  Claim claim_;
  std::map<std::uint32_t, std::vector<std::uint32_t>> takes_;  // steps that take a slot, by pool
  std::map<std::uint32_t, double> pairs_;  // of calls that come at the same time [1/s], by pool
  std::vector<Known> pools_;
  std::map<std::uint32_t, ElasticForecast> elastic_;
  ProgramWalk walk_;
  std::string reason_;
};

/// Why no formula holds at all, before any is tried.
std::string unsuitable(const CompiledScenario& compiled) {
  for (std::size_t i = 0; i < compiled.sources.size(); ++i) {
    const SourceLabel& source = compiled.sources[i];
    const models::SourceSpec& arrivals = compiled.world.sources[i];
    if (arrivals.process == models::SourceSpec::Process::closed)
      return fmt::format("the users of {} wait for their answers", source.workload);
    if (arrivals.process != models::SourceSpec::Process::poisson || arrivals.bursts) {
      return fmt::format("arrivals of {} are not Poisson", source.workload);
    }
    if (source.peak_rate > 1.01 * source.recorded_rate) {
      return fmt::format("the rate of {} changes within the recorded span", source.workload);
    }
  }
  for (std::size_t i = 0; i < compiled.pools.size(); ++i) {
    if (compiled.world.pools[i].scaler)
      return fmt::format("{} at {} follows an autoscaler", compiled.pools[i].service, compiled.pools[i].site);
    if (compiled.world.pools[i].balance != models::Balance::shared &&
        compiled.world.pools[i].balance != models::Balance::random)
      return fmt::format("{} at {} is balanced by what its replicas are at", compiled.pools[i].service,
                         compiled.pools[i].site);
    if (compiled.world.pools[i].batching)
      return fmt::format("{} at {} serves in batches", compiled.pools[i].service, compiled.pools[i].site);
    if (compiled.world.pools[i].hybrid || !compiled.world.pools[i].provisions.empty())
      return fmt::format("{} at {} keeps instances by what it has learned, or by the hour",
                         compiled.pools[i].service, compiled.pools[i].site);
  }
  for (std::size_t i = 0; i < compiled.stores.size(); ++i) {
    const models::StoreSpec& store = compiled.world.stores[i];
    const bool moves = compiled.world.keys[store.keys].stay > sim::Duration{0};
    if (store.kind == models::StoreSpec::Kind::objects || store.time_to_live || moves)
      return fmt::format("requests find state of {} at {} by its history", compiled.stores[i].service,
                         compiled.stores[i].site);
  }
  if (!compiled.world.processors.empty()) return "requests share processors";
  for (const models::Step& step : compiled.world.steps) {
    if (step.kind == StepKind::handover)
      return "users are in one cell at a time, and meet its interruptions together";
    if (step.kind == StepKind::carry)
      return fmt::format("{} is shared fairly",
                         compiled.stations[compiled.world.routes[step.index].front()].owner);
    if (step.kind == StepKind::station &&
        compiled.world.stations[step.index].sharing == models::Sharing::fair)
      return fmt::format("{} is shared fairly", compiled.stations[step.index].owner);
  }
  const auto guarded = [](const models::Step& step) {
    return step.kind == StepKind::attempt || (step.kind == StepKind::split && step.needed > 0);
  };
  if (std::any_of(compiled.world.steps.begin(), compiled.world.steps.end(), guarded))
    return "calls may be given up, tried again, sent twice or outvoted";
  return {};
}

}  // namespace

Wait waiting_time(const ResourceLoad& load, double arrivals) {
  const double offered = load.rates.recorded * load.service;
  if (offered <= 0) return {};
  const double spread =
      load.service_second / (load.service * load.service) - 1.0;  // squared cv of the service
  Wait wait;
  wait.probability = models::erlang_c(static_cast<std::uint64_t>(load.servers), offered);
  const double when_waiting = (arrivals + spread) / 2.0 * load.service / (load.servers - offered);
  wait.mean = wait.probability * when_waiting;
  // The wait of those who wait is close to exponential in every M/G/c queue with load.
  wait.second = 2.0 * wait.probability * when_waiting * when_waiting;
  return wait;
}

AnalyticEstimate estimate(const CompiledScenario& compiled, const Load& load, Claim claim) {
  AnalyticEstimate result;
  if (claim == Claim::holds) result.does_not_hold = unsuitable(compiled);
  if (!result.does_not_hold.empty()) return result;
  Waits waits{compiled, load, claim};
  for (std::size_t i = 0; i < compiled.sources.size(); ++i) {
    for (const auto& [index, end] : waits.walk().ends(compiled.world.sources[i].program)) {
      AnalyticLatency& latency = result.classes[index];
      for (const auto& [share, time] : end.parts()) {
        const double rate = share * compiled.sources[i].recorded_rate;
        if (!std::isfinite(time.variance)) result.does_not_hold = "a time has an infinite variance";
        latency.rate += rate;
        latency.law.add({rate, time.mean, time.variance, time.minimum});
      }
      latency.mean = latency.law.mean();
    }
  }
  result.elastic = waits.elastic();
  if (!waits.reason().empty()) result.does_not_hold = waits.reason();
  if (!result.does_not_hold.empty()) result.classes.clear();
  return result;
}

}  // namespace planner
