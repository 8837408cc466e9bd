// The part of ProgramBuilder that asks for state: caches, sessions, objects, replicas.
#include <map>

#include "compile/program_builder.hpp"
#include "sim/hash.hpp"

namespace planner {

using models::StepKind;

const State* ProgramBuilder::state_of(const std::string& service) const {
  const auto& state = scenario_.services.at(service).state;
  return state ? &*state : nullptr;
}

bool ProgramBuilder::has(const std::string& service, State::Kind kind) const {
  const State* state = state_of(service);
  return state != nullptr && state->kind == kind;
}

// Whoever calls, an object stands where the user stands who used it first: near a population drawn by its
// share of the requests, which for Poisson arrivals is exact. A user's own objects stand near him.
const std::vector<Choice>& ProgramBuilder::homes(const std::string& service) {
  const bool own = state_of(service)->key == State::Key::user;
  const auto [known, added] = homes_.try_emplace({service, own ? workload_->population : std::string{}});
  if (!added) return known->second;
  std::map<Location, double> rates;
  double sum = 0;
  for (const auto& [id, workload] : scenario_.workloads) {
    if (own && workload.population != workload_->population) continue;
    const Location users = wan_.population(workload.population);
    for (const auto& [name, call] : scenario_.flows.at(workload.flow).calls) {
      if (call.service != service) continue;
      for (const Choice& choice : routes_.choices(users, users, service)) {
        rates[choice.chain.front()] += workload.rate * call.probability * choice.share;
        sum += workload.rate * call.probability * choice.share;
      }
    }
  }
  for (const auto& [location, rate] : rates)
    if (rate > 0) known->second.push_back({rate / sum, {location}});
  return known->second;
}

bool ProgramBuilder::chosen_by_item(const std::string& service) const {
  return has(service, State::Kind::objects) || has(service, State::Kind::session);
}

// Each choice leaves half of the ways, as there may be hundreds of homes.
void ProgramBuilder::choose_by_item(const Choosing& choosing, std::span<const Choice> choices,
                                    std::size_t first, const WriteWay& write) {
  if (choices.size() == 1) return write(first);
  const auto sum = [](std::span<const Choice> some) {
    double share = 0;
    for (const Choice& choice : some) share += choice.share;
    return share;
  };
  const std::size_t half = choices.size() / 2;
  const std::span<const Choice> lower = choices.first(half), upper = choices.subspan(half);
  const std::uint32_t keys = parts_.state().keys(choosing.service, workload_->population);
  const std::uint32_t asked = next();
  models::Step& step = add(StepKind::by_item, choosing.caller);
  step.index = keys;
  step.probability = sum(lower) / sum(choices);
  step.purpose = sim::hash_name("home/" + choosing.service + "/" + std::to_string(first + half - 1));
  choose_by_item(choosing, lower, first, write);
  land({asked});
  choose_by_item(choosing, upper, first + half, write);
}

std::uint32_t ProgramBuilder::store_at(const std::string& service, Location site) {
  return parts_.state().store(service, wan_.name(site), workload_->population, parts_.node(site));
}

void ProgramBuilder::charge(MeterLabel::Operation operation, const std::string& service, Location at) {
  if (!state_of(service)->price) return;
  MeterLabel label;
  label.operation = operation;
  label.store_service = service;
  label.store_site = wan_.name(at);
  delay(at, models::Part::state, {{}, nullptr, {}, {}, parts_.meter(label)});
}

void ProgramBuilder::lock_object(const std::string& service, Location at) {
  if (!has(service, State::Kind::objects)) return;
  charge(MeterLabel::Operation::request, service, at);
  add(StepKind::lock, at).index = store_at(service, at);
}

void ProgramBuilder::unlock_object(const std::string& service, Location at) {
  if (has(service, State::Kind::objects)) add(StepKind::unlock, at);
}

bool ProgramBuilder::looks_up(const std::string& service) const {
  return has(service, State::Kind::cache) || has(service, State::Kind::session);
}

// Who misses fetches, and makes the calls; a session's calls are made all the same.
void ProgramBuilder::work(const Attempt& attempt, Location at, const CallBlock& calls) {
  const std::string& service = attempt.call.service;
  if (!looks_up(service)) return block(calls, at, attempt.call.quorum);
  const State& state = *state_of(service);
  charge(MeterLabel::Operation::read, service, at);
  const std::uint32_t asked = next();
  add(StepKind::lookup, at).index = store_at(service, at);
  const std::uint32_t hit = next();
  add(StepKind::jump, at);
  land({asked});
  if (state.miss) {
    delay(at, models::Part::state,
          {{}, &state.miss->law, "miss/" + service, draw_name("miss", attempt.name)});
  }
  const bool cache = state.kind == State::Kind::cache;
  if (cache) block(calls, at, attempt.call.quorum);
  charge(MeterLabel::Operation::write, service, at);
  land({hit});
  if (!cache) block(calls, at, attempt.call.quorum);
}

void ProgramBuilder::reach_copies(const Attempt& attempt, Location at) {
  const std::string& service = attempt.call.service;
  if (!has(service, State::Kind::replicated)) return;
  const Location primary = wan_.site(state_of(service)->primary);
  const bool writes = attempt.use == DataUse::write;
  charge(writes ? MeterLabel::Operation::write : MeterLabel::Operation::read, service, at);
  if (writes) return replicate(attempt, primary);
  const bool may_lag = state_of(service)->replication != State::Replication::synchronous;
  if (at != primary && may_lag) add(StepKind::note, at).index = store_at(service, at);
}

std::vector<Location> ProgramBuilder::replicas(const std::string& service, Location primary) const {
  std::vector<Location> found;
  for (const auto& [site, placement] : scenario_.placement.at(service)) {
    if (site != user_device && wan_.site(site) != primary) found.push_back(wan_.site(site));
  }
  return found;
}

void ProgramBuilder::replicate(const Attempt& attempt, Location primary) {
  const State& state = *state_of(attempt.call.service);
  const std::vector<Location> others = replicas(attempt.call.service, primary);
  const bool asynchronous = state.replication == State::Replication::asynchronous;
  if (state.replication != State::Replication::synchronous) {
    // With a quorum the bytes are counted once, on the ways that the write waits for.
    for (const Location other : others) bring(attempt, primary, other, asynchronous);
  }
  const std::size_t needed =
      state.replication == State::Replication::quorum ? state.quorum - 1 : others.size();
  if (!asynchronous && needed > 0) confirm(attempt, primary, others, needed);
}

void ProgramBuilder::bring(const Attempt& attempt, Location primary, Location other, bool counted) {
  const std::uint32_t branch = next() + 2;
  add(StepKind::spawn, primary).target = branch;
  const std::uint32_t over = next();
  add(StepKind::jump, primary);
  copy_to(attempt, primary, other, counted ? written(attempt) : sim::Bytes{0});
  if (counted) charge(MeterLabel::Operation::write, attempt.call.service, other);
  add(StepKind::apply, other).index = store_at(attempt.call.service, other);
  add(StepKind::leave, other);
  land({over});
}

sim::Bytes ProgramBuilder::written(const Attempt& attempt) { return payloads_of(attempt.name).request.mean; }

void ProgramBuilder::copy_to(const Attempt& attempt, Location primary, Location other, sim::Bytes size) {
  const State& state = *state_of(attempt.call.service);
  const std::string draw = draw_name("replicate", attempt.name) + "/" + wan_.name(other);
  travel(primary, other, {size}, draw);
  if (state.lag) {
    delay(other, models::Part::state, {{}, &state.lag->law, "lag/" + attempt.call.service, draw + "/lag"});
  }
}

void ProgramBuilder::confirm(const Attempt& attempt, Location primary, const std::vector<Location>& others,
                             std::size_t needed) {
  const std::uint32_t split = next();
  add(StepKind::split, primary);
  Steps starts, ends;
  for (const Location other : others) {
    starts.push_back(next());
    copy_to(attempt, primary, other, written(attempt));
    charge(MeterLabel::Operation::write, attempt.call.service, other);
    travel(other, primary, {}, draw_name("replicated", attempt.name) + "/" + wan_.name(other));
    ends.push_back(next());
    add(StepKind::jump, primary);
  }
  land(ends);
  add(StepKind::join, primary);
  models::Step& step = out_.world.steps[split];
  step.index = static_cast<std::uint32_t>(out_.world.targets.size());
  step.count = static_cast<std::uint16_t>(others.size() - 1);
  if (needed < others.size()) {
    step.needed = static_cast<std::uint16_t>(needed);
    step.spare = static_cast<std::uint16_t>(others.size() - needed);
  }
  out_.world.targets.insert(out_.world.targets.end(), starts.begin() + 1, starts.end());
}

}  // namespace planner
