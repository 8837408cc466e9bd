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

Moments ProgramWalk::branches(std::uint32_t split, std::uint32_t join) const {
  const Step& step = spec_.steps[split];
  std::vector<Moments> times{stretch(split + 1, join)};
  for (std::uint32_t i = 0; i < step.count; ++i)
    times.push_back(stretch(spec_.targets[step.index + i], join));
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
    const Mixture waits = waits_.pool(step.index);
    for (const auto& [share, time] : waits.parts()) go(index + 1, share, time + service);
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
