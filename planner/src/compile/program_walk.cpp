#include "compile/program_walk.hpp"

#include <algorithm>

#include "compile/state_parts.hpp"
#include "sim/contract.hpp"

namespace planner {

sim::BitRate rate_alone(const models::WorldSpec& spec, const models::Step& step) {
  if (step.kind == models::StepKind::station) return spec.stations[step.index].rate_alone(step.tenant);
  sim::BitRate least = spec.stations[spec.routes[step.index].front()].rate;
  for (const std::uint32_t link : spec.routes[step.index]) least = std::min(least, spec.stations[link].rate);
  return least;
}

using models::Step;
using models::StepKind;

bool may_spill(const Step& step) {
  const bool takes = step.kind == StepKind::serve || step.kind == StepKind::acquire;
  return takes && step.divert == models::Divert::spilled_and_refused && step.target != models::none;
}

/// Probability and time with which the steps from `first` on are reached, and the ends met on the way.
struct ProgramWalk::Reached {
  std::uint32_t first = 0;
  std::vector<Mixture> at;
  std::map<std::uint32_t, Mixture> ends;

  void add(std::uint32_t step, double weight, const Moments& moments) {
    SIM_EXPECT(step >= first);
    if (step - first >= at.size()) at.resize(step - first + 1);
    at[step - first].add(weight, moments);
  }
};

Moments ProgramWalk::drawn(const Step& step) const {
  if (step.law == models::none) return {};
  const Moments law = moments_of(spec_.laws[step.law]);
  return {law.mean * step.scale, law.variance * step.scale * step.scale, law.minimum * step.scale};
}

Moments ProgramWalk::service(const Step& step) const {
  return constant(sim::to_seconds(step.fixed)) + drawn(step);
}

Moments ProgramWalk::carried(const Step& step) const {
  Moments longest_wait;
  for (const std::uint32_t link : spec_.routes[step.index]) {
    const Moments wait = waits_.station(link);
    if (wait.mean > longest_wait.mean) longest_wait = wait;
  }
  const auto wire = sim::serialization_delay(step.size, rate_alone(spec_, step));
  return longest_wait + constant(sim::to_seconds(wire));
}

// Who comes within the length d of an interruption, a share p of all, waits for what is left of it: U(0, d).
Moments ProgramWalk::handed_over(const Step& step) const {
  const double length = sim::to_seconds(step.fixed);
  const double met = length / sim::to_seconds(spec_.keys[step.index].stay);
  const double mean = met * length / 2;
  return {mean, met * length * length / 3 - mean * mean, 0};
}

std::uint32_t ProgramWalk::join_of(std::uint32_t split) const {
  int depth = 0;
  for (std::uint32_t i = split;; ++i) {
    SIM_EXPECT(i < spec_.steps.size());
    if (spec_.steps[i].kind == StepKind::split) ++depth;
    if (spec_.steps[i].kind == StepKind::join && --depth == 0) return i;
  }
}

std::vector<std::uint32_t> ProgramWalk::branches_of(std::uint32_t split) const {
  const Step& step = spec_.steps[split];
  std::vector<std::uint32_t> begins{split + 1};
  for (std::uint32_t i = 0; i < step.count; ++i) begins.push_back(spec_.targets[step.index + i]);
  return begins;
}

/// The steps with which a branch first comes to a pool, with their probabilities.
std::map<std::uint32_t, double> ProgramWalk::first_taken(std::uint32_t first, std::uint32_t last) const {
  std::map<std::uint32_t, double> found, at{{first, 1.0}};
  for (auto next = at.begin(); next != at.end() && next->first < last; ++next) {
    const auto [index, share] = *next;
    const Step& step = spec_.steps[index];
    switch (step.kind) {
      case StepKind::serve:
      case StepKind::acquire:
        found[index] += share;
        break;
      case StepKind::branch:
      case StepKind::by_item:
        at[index + 1] += share * step.probability;
        at[step.target] += share * (1.0 - step.probability);
        break;
      case StepKind::jump:
        at[step.target] += share;
        break;
      case StepKind::pick: {
        const std::uint32_t choices = spec_.balancers[step.index].choices;
        for (std::uint32_t i = 0; i < choices; ++i) at[spec_.targets[step.target + i]] += share / choices;
        break;
      }
      case StepKind::split:  // its own batch
      case StepKind::lookup:
      case StepKind::finish:
      case StepKind::enter:
      case StepKind::expire:
      case StepKind::leave:
      case StepKind::consumed:
      case StepKind::fail:
        break;
      default:
        at[index + 1] += share;
    }
  }
  return found;
}

std::map<std::uint32_t, double> ProgramWalk::batch(std::uint32_t split) const {
  struct Sums {
    double shares = 0, squares = 0;
  };
  std::map<std::uint32_t, Sums> sums;
  const std::uint32_t join = join_of(split);
  for (const std::uint32_t begin : branches_of(split)) {
    std::map<std::uint32_t, double> shares;
    for (const auto& [taken, share] : first_taken(begin, join)) shares[spec_.steps[taken].index] += share;
    for (const auto& [pool, share] : shares) {
      sums[pool].shares += share;
      sums[pool].squares += share * share;
    }
  }
  std::map<std::uint32_t, double> excess;
  for (const auto& [pool, sum] : sums) {
    const double pairs = sum.shares * sum.shares - sum.squares;
    if (pairs > 1e-12) excess[pool] = pairs;
  }
  return excess;
}

namespace {

/// Requests that a pool of fixed size serves at a time; none: it has room for a whole batch.
std::optional<double> slots_of(const models::PoolSpec& pool) {
  if (pool.kind != models::PoolSpec::Kind::fixed) return std::nullopt;
  return static_cast<double>(std::max(pool.instances, 1U)) * pool.concurrency;
}

/// Until one of `slots` slots is free that `ahead` requests of the batch take before.
Moments wait_behind(double ahead, double slots, const Moments& held) {
  const double rounds = std::max(ahead - slots + 1.0, 0.0) / slots;
  return {rounds * held.mean, rounds * held.variance / slots, rounds * held.minimum};
}

}  // namespace

/// Times of the branches. Of calls that come to one pool for certain, those that have a whole round of it
/// behind them are left out where they end earlier: they are no independent rivals of the last.
std::vector<Moments> ProgramWalk::in_batches(std::uint32_t split, std::uint32_t join) const {
  struct Last {
    std::size_t position = 0;
    double before = 0;
  };
  std::vector<Moments> times;
  std::map<std::uint32_t, double> ahead;
  std::map<std::uint32_t, std::vector<Last>> certain_ones;
  for (const std::uint32_t begin : branches_of(split)) {
    Moments time = stretch(begin, join);
    std::map<std::uint32_t, double> comes;
    for (const auto& [taken, share] : first_taken(begin, join)) {
      const std::uint32_t pool = spec_.steps[taken].index;
      const auto slots = slots_of(spec_.pools[pool]);
      if (!slots) continue;
      if (ahead[pool] > *slots - 1.0) {
        const Moments wait = wait_behind(ahead[pool], *slots, held(taken));
        time = time + Moments{share * wait.mean, share * wait.variance, share < 1.0 ? 0.0 : wait.minimum};
      }
      comes[pool] += share;
      if (share > 1.0 - 1e-9) certain_ones[pool].push_back({times.size(), ahead[pool]});
    }
    for (const auto& [pool, share] : comes) ahead[pool] += share;
    times.push_back(time);
  }
  std::vector<bool> outlasted(times.size(), false);
  for (const auto& [pool, calls] : certain_ones) {
    const Last& last = calls.back();
    for (const Last& one : calls) {
      const bool a_round_before = one.before + *slots_of(spec_.pools[pool]) <= last.before + 1e-9;
      if (a_round_before && times[one.position].mean <= times[last.position].mean)
        outlasted[one.position] = true;
    }
  }
  std::vector<Moments> rivals;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!outlasted[i]) rivals.push_back(times[i]);
  }
  return rivals;
}

Moments ProgramWalk::branches(std::uint32_t split, std::uint32_t join) const {
  if (waits_.batches == Waits::Batches::queue) return longest(in_batches(split, join));
  std::vector<Moments> times;
  for (const std::uint32_t begin : branches_of(split)) times.push_back(stretch(begin, join));
  return longest(times);
}

std::optional<sim::Duration> ProgramWalk::timeout_of(const Step& attempt) const {
  if (attempt.count == 0) return std::nullopt;
  const std::uint32_t timer = spec_.targets[attempt.index + attempt.count - 1];
  if (spec_.steps[timer + 1].kind != StepKind::expire) return std::nullopt;
  return spec_.steps[timer].fixed;
}

void ProgramWalk::pass(Reached& reached, std::uint32_t index) const {
  const Step& step = spec_.steps[index];
  const Mixture so_far = reached.at[index - reached.first];
  const auto go = [&](std::uint32_t next, double share, const Moments& time) {
    for (const auto& [weight, before] : so_far.parts()) reached.add(next, weight * share, before + time);
  };
  const auto wait = [&](const Moments& service) {
    const double goes_on = may_spill(step) ? waits_.spilled(step.index) : 0.0;
    if (goes_on > 0) go(step.target, goes_on, {});
    const Mixture waits = waits_.pool(step.index);
    for (const auto& [share, time] : waits.parts()) go(index + 1, share * (1.0 - goes_on), time + service);
  };
  switch (step.kind) {
    case StepKind::delay:
    case StepKind::work:  // as if alone on its core
      return go(index + 1, 1.0, service(step));
    case StepKind::epoch:
      return go(index + 1, 1.0, drawn(step));
    case StepKind::doze: {
      for (const auto& [weight, before] : so_far.parts()) {
        const bool dozes = before.mean > sim::to_seconds(step.fixed);
        reached.add(index + 1, weight, dozes ? before + drawn(step) : before);
      }
      return;
    }
    case StepKind::branch:
      go(index + 1, step.probability, {});
      return go(step.target, 1.0 - step.probability, {});
    case StepKind::by_item:
      go(index + 1, step.probability, {});
      return go(step.target, 1.0 - step.probability, {});
    case StepKind::lookup: {
      const double hits = expected_hits(spec_, spec_.stores[step.index]);
      go(index + 1, hits, {});
      return go(step.target, 1.0 - hits, {});
    }
    case StepKind::jump:
    case StepKind::fail:
      return go(step.target, 1.0, {});
    case StepKind::station: {
      const auto wire = sim::serialization_delay(step.size, rate_alone(spec_, step));
      return go(index + 1, 1.0, waits_.station(step.index) + constant(sim::to_seconds(wire)));
    }
    case StepKind::carry:  // held up by the link that is busiest
      return go(index + 1, 1.0, carried(step));
    case StepKind::handover:
      return go(index + 1, 1.0, handed_over(step));
    case StepKind::serve:
    case StepKind::batch:  // as if alone in its batch
      return wait(service(step));
    case StepKind::acquire:
      return wait({});
    case StepKind::release:
    case StepKind::join:
    case StepKind::attempt:  // as if its first copy answered
    case StepKind::admit:
    case StepKind::settle:
    case StepKind::if_failed:
    case StepKind::forgive:
    case StepKind::lock:
    case StepKind::unlock:
    case StepKind::note:
    case StepKind::apply:
    case StepKind::renew:
    case StepKind::spawn:
    case StepKind::offer:
    case StepKind::give_back:
      return go(index + 1, 1.0, {});
    case StepKind::pick: {
      const std::uint32_t choices = spec_.balancers[step.index].choices;
      for (std::uint32_t i = 0; i < choices; ++i) go(spec_.targets[step.target + i], 1.0 / choices, {});
      return;
    }
    case StepKind::answer: {
      const auto timeout = step.index == models::none ? std::nullopt : timeout_of(spec_.steps[step.index]);
      if (!timeout || step.index < reached.first) return go(index + 1, 1.0, {});
      // Nobody waits longer than the time-out.
      Moments given_up = reached.at[step.index - reached.first].moments();
      given_up.mean += sim::to_seconds(*timeout);
      if (so_far.moments().mean <= given_up.mean) return go(index + 1, 1.0, {});
      return reached.add(index + 1, so_far.weight(), given_up);
    }
    case StepKind::enter:
    case StepKind::expire:
    case StepKind::leave:
    case StepKind::consumed:
      return;
    case StepKind::split: {
      const std::uint32_t join = join_of(index);
      return go(join + 1, 1.0, branches(index, join));
    }
    case StepKind::finish:
      return reached.ends[step.index].add(1.0, so_far);
  }
}

void ProgramWalk::walk(Reached& reached, std::uint32_t first, std::uint32_t last) const {
  reached.first = first;
  reached.add(first, 1.0, {});
  for (std::uint32_t i = first; i < last && i - first < reached.at.size(); ++i) {
    if (reached.at[i - first].weight() > 0) pass(reached, i);
  }
}

Moments ProgramWalk::stretch(std::uint32_t first, std::uint32_t last) const {
  if (first == last) return {};
  Reached reached;
  walk(reached, first, last);
  SIM_EXPECT(reached.at.size() > last - first);
  return reached.at[last - first].moments();
}

std::map<std::uint32_t, Mixture> ProgramWalk::ends(std::uint32_t first) const {
  Reached reached;
  walk(reached, first, static_cast<std::uint32_t>(spec_.steps.size()));
  return reached.ends;
}

Moments ProgramWalk::held(std::uint32_t taken) const {
  const Step& step = spec_.steps[taken];
  if (step.kind == StepKind::serve || step.kind == StepKind::batch) return service(step);
  int depth = 0;
  for (std::uint32_t i = taken;; ++i) {
    SIM_EXPECT(i < spec_.steps.size());
    const Step& other = spec_.steps[i];
    if (other.index != step.index) continue;
    if (other.kind == StepKind::acquire) ++depth;
    if (other.kind == StepKind::release && --depth == 0) return stretch(taken + 1, i);
  }
}

}  // namespace planner
