#include "compile/program_builder.hpp"

#include <algorithm>

#include "sim/hash.hpp"
#include "sim/math.hpp"

namespace planner {
namespace {

bool may_refuse(const models::PoolSpec& pool) {
  const bool empty =
      pool.kind == models::PoolSpec::Kind::fixed ? pool.instances == 0 : pool.max_instances == 0;
  return empty || pool.queue_limit != models::none || pool.shedding || pool.account != models::none ||
         pool.scale_out;
}

}  // namespace

ProgramBuilder::ProgramBuilder(const Scenario& scenario, const Wan& wan, Routes& routes, WorldParts& parts,
                               CompiledScenario& out)
    : scenario_{scenario}, wan_{wan}, routes_{routes}, parts_{parts}, out_{out} {}

std::uint32_t ProgramBuilder::build(const std::string& workload_id, const Workload& workload) {
  workload_id_ = &workload_id;
  workload_ = &workload;
  flow_ = &scenario_.flows.at(workload.flow);
  user_ = wan_.population(workload.population);
  payloads_.clear();
  const std::uint32_t start = next();
  wake();
  call(flow_->entry, user_);
  return start;
}

// A user's requests are independent of each other (Poisson), so a silence lasts with probability exp(-rate
// t).
void ProgramBuilder::wake() {
  const Population& users = scenario_.populations.at(workload_->population);
  if (!users.access.promotion || users.users <= 0) return;
  double rate = 0;
  for (const auto& [id, workload] : scenario_.workloads) {
    if (workload.population == workload_->population) rate += workload.rate;
  }
  const double idle = sim::math::exp(-rate / users.users * sim::to_seconds(users.access.idle_after));
  if (idle <= 0) return;
  const auto law = sim::Distribution::mixture(
      {1.0 - idle, idle}, {sim::Distribution::deterministic(0), users.access.promotion->law});
  delay(user_, models::Part::access,
        {{}, &law, "promotion@" + workload_->population, "promotion/" + workload_->flow});
}

// For the estimate; the simulation takes them one by one.
sim::Distribution ProgramBuilder::replayed_time() const {
  std::vector<double> seconds,
      weights(workload_->durations->size(), 1.0 / static_cast<double>(workload_->durations->size()));
  for (const sim::Duration duration : *workload_->durations) seconds.push_back(sim::to_seconds(duration));
  return sim::Distribution::discrete(std::move(seconds), std::move(weights));
}

std::uint32_t ProgramBuilder::replay_of_workload() {
  const auto known = std::find(out_.world.replays.begin(), out_.world.replays.end(), workload_->durations);
  const auto index = static_cast<std::uint32_t>(known - out_.world.replays.begin());
  if (known == out_.world.replays.end()) out_.world.replays.push_back(workload_->durations);
  return index;
}

void ProgramBuilder::renew() {
  if (workload_->process == Workload::Process::closed) add(models::StepKind::renew, user_);
}

std::uint32_t ProgramBuilder::next() const { return static_cast<std::uint32_t>(out_.world.steps.size()); }

models::Step& ProgramBuilder::add(models::StepKind kind, Location at) {
  models::Step step;
  step.kind = kind;
  step.partition = parts_.node(at);
  out_.world.steps.push_back(step);
  return out_.world.steps.back();
}

void ProgramBuilder::land(const Steps& steps) {
  for (const std::uint32_t step : steps) out_.world.steps[step].target = next();
}

std::string ProgramBuilder::draw_name(const char* purpose, const std::string& call) const {
  return std::string{purpose} + "/" + workload_->flow + "/" + call + copy_;
}

void ProgramBuilder::delay(Location at, models::Part part, Stretch stretch) {
  if (stretch.law && stretch.law->is_deterministic()) {
    stretch.fixed += stretch.law->sample_duration(sim::Draw{});
    stretch.law = nullptr;
  }
  if (!stretch.law && stretch.fixed == sim::Duration{0} && stretch.meter == models::none) return;
  models::Step& step = add(models::StepKind::delay, at);
  step.part = part;
  step.fixed = stretch.fixed;
  step.index = stretch.meter;
  if (!stretch.law) return;
  step.law = parts_.law(stretch.law_name, *stretch.law);
  step.purpose = sim::hash_name(stretch.draw);
}

const CallBlock& ProgramBuilder::calls_of(const std::string& name) {
  const auto key = std::pair{workload_->flow, name};
  const auto known = calls_.find(key);
  if (known != calls_.end()) return known->second;
  return calls_.emplace(key, calls_made_by(*flow_, name)).first->second;
}

void ProgramBuilder::call(const std::string& name, Location caller) {
  const Call& call = flow_->calls.at(name);
  Steps ends;
  if (call.probability < 1.0 && name != flow_->entry) {
    models::Step& step = add(models::StepKind::branch, caller);
    step.probability = call.probability;
    step.purpose = sim::hash_name(draw_name("call", name));
    ends.push_back(next() - 1);
  }
  send(name, caller, ends);
  land(ends);
}

void ProgramBuilder::ways(const std::string& name, Location caller, Guarded* guarded, Steps& ends) {
  const Call& call = flow_->calls.at(name);
  const Choosing choosing{name, call.service, caller};
  Steps reads;
  if (call.writes > 0 && has(call.service, State::Kind::replicated)) {
    models::Step& step = add(models::StepKind::branch, caller);
    step.probability = call.writes;
    step.purpose = sim::hash_name(draw_name("write", name));
    reads.push_back(next() - 1);
    fork(choosing, {{1.0, {wan_.site(state_of(call.service)->primary)}}}, guarded, DataUse::write, ends);
    if (call.writes >= 1) return land(reads);
  }
  land(reads);
  const bool at_home = has(call.service, State::Kind::objects);
  fork(choosing, at_home ? homes(call.service) : choices(name, caller), guarded, DataUse::read, ends);
}

std::vector<Choice> ProgramBuilder::choices(const std::string& name, Location caller) {
  if (pinned_ && pinned_->call == name) return {{1.0, {pinned_->site}}};
  return routes_.choices(caller, user_, flow_->calls.at(name).service);
}

std::uint32_t ProgramBuilder::balance(const Choosing& choosing, const std::vector<Choice>& choices,
                                      DataUse use) {
  const Routing::Policy policy = routes_.policy(choosing.service).policy;
  const bool alike = use == DataUse::read && !has(choosing.service, State::Kind::objects) &&
                     !chosen_by_item(choosing.service);
  if (!Routes::is_balanced(policy) || !alike || choices.size() < 2) return models::none;
  const auto rule = policy == Routing::Policy::round_robin ? models::BalancerSpec::Rule::round_robin
                                                           : models::BalancerSpec::Rule::least_requests;
  const std::uint32_t balancer =
      parts_.balancer(workload_->flow + "/" + choosing.name, choosing.caller, rule, choices.size());
  models::Step& pick = add(models::StepKind::pick, choosing.caller);
  pick.index = balancer;
  pick.target = static_cast<std::uint32_t>(out_.world.targets.size());
  out_.world.targets.resize(pick.target + choices.size());
  return balancer;
}

void ProgramBuilder::share_out(const Choosing& choosing, const std::vector<Choice>& choices,
                               const WriteWay& write) {
  if (choices.empty()) return;
  if (chosen_by_item(choosing.service)) return choose_by_item(choosing, choices, 0, write);
  double left = 1.0;
  for (std::size_t way = 0; way < choices.size(); ++way) {
    Steps others;
    if (way + 1 < choices.size()) {
      others.push_back(next());
      models::Step& step = add(models::StepKind::branch, choosing.caller);
      step.probability = std::min(choices[way].share / left, 1.0);
      step.purpose = sim::hash_name(draw_name("route", choosing.name) + "/" + std::to_string(way));
      left -= choices[way].share;
    }
    write(way);
    land(others);
  }
}

void ProgramBuilder::fork(const Choosing& choosing, const std::vector<Choice>& choices, Guarded* guarded,
                          DataUse use, Steps& ends) {
  if (choices.empty()) give_up(choosing.name, choosing.caller);
  const std::uint32_t balancer = balance(choosing, choices, use);
  const auto write = [&](std::size_t way) {
    chain({choosing.name,
           flow_->calls.at(choosing.name),
           choosing.caller,
           choices[way].chain,
           guarded,
           use,
           {balancer, static_cast<std::uint16_t>(way)}},
          ends);
  };
  if (balancer == models::none) return share_out(choosing, choices, write);
  const std::uint32_t first_target = out_.world.steps.back().target;
  for (std::size_t way = 0; way < choices.size(); ++way) {
    out_.world.targets[first_target + way] = next();
    write(way);
  }
}

void ProgramBuilder::give_up(const std::string& name, Location caller) {
  out_.unreachable.insert({workload_->flow, name, flow_->calls.at(name).service, wan_.name(caller)});
  models::Step& step = add(models::StepKind::fail, caller);
  step.target = next();
  if (name == flow_->entry) {
    renew();
    add(models::StepKind::finish, user_).index = parts_.class_of(*workload_id_, *workload_, user_, user_);
  }
}

void ProgramBuilder::chain(const Attempt& attempt, Steps& ends) {
  std::uint32_t diverted = models::none;
  for (std::size_t place = 0; place < attempt.chain.size(); ++place) {
    if (diverted != models::none) land({diverted});
    const Location from = place == 0 ? attempt.caller : attempt.chain[place - 1];
    if (place == 0) connect(from, attempt.chain[0], attempt.name);
    const std::string draw =
        draw_name("request", attempt.name) + (place == 0 ? "" : "/" + std::to_string(place));
    travel(from, attempt.chain[place], payloads_of(attempt.name).request.carried(), draw);
    diverted = serve(attempt, place);
    reply(attempt, place, payloads_of(attempt.name).response.carried());
    end(attempt, place, ends);
    if (diverted == models::none) return;
  }
  // Refused by all: an empty error reply goes back the way the request came.
  land({diverted});
  unlock_object(attempt.call.service, attempt.chain.back());
  models::Step& refused = add(models::StepKind::fail, attempt.chain.back());
  refused.target = next();
  reply(attempt, attempt.chain.size() - 1, {});
  end(attempt, attempt.chain.size() - 1, ends);
}

std::uint32_t ProgramBuilder::serve(const Attempt& attempt, std::size_t place) {
  const Location at = attempt.chain[place];
  const std::string& service = attempt.call.service;
  const std::string draw = draw_name("compute", attempt.name);
  const CallBlock& calls = calls_of(attempt.name);
  if (at == user_) {
    const sim::Distribution time = device_time(scenario_, service, workload_->population);
    MeterLabel label;
    label.population = workload_->population;
    label.service = service;
    delay(at, models::Part::compute,
          {{},
           &time,
           "time/" + service + "@" + workload_->population + "'s device",
           draw,
           parts_.meter(label)});
    block(calls, at, attempt.call.quorum);
    fail_some(scenario_.services.at(service), attempt.name, at);
    return models::none;
  }
  const std::uint32_t pool = parts_.pool(service, at);
  const bool replayed = workload_->durations && attempt.name == flow_->entry;
  const sim::Distribution time =
      replayed ? replayed_time() : service_time(hosting(scenario_, service, wan_.name(at)));
  const std::string time_name =
      replayed ? "replayed/" + *workload_id_ : "time/" + out_.world.pools[pool].name;
  const bool leaf = calls.kind == CallBlock::Kind::series && calls.blocks.empty() && !looks_up(service);
  lock_object(service, at);
  const bool batched = out_.world.pools[pool].batching.has_value();
  const WorldParts::Processors processors = parts_.processors(service, at);
  const bool at_once = batched || (leaf && processors.group == models::none);
  const std::uint32_t taken = next();
  models::Step& step = add(batched   ? models::StepKind::batch
                           : at_once ? models::StepKind::serve
                                     : models::StepKind::acquire,
                           at);
  step.index = pool;
  step.priority = attempt.call.priority;
  const bool last = place + 1 == attempt.chain.size();
  step.divert = last ? models::Divert::refused : models::Divert::spilled_and_refused;
  const auto take_time = [&](models::Step& timed) {
    timed.law = parts_.law(time_name, time);
    timed.purpose = sim::hash_name(draw);
    if (replayed) timed.replay = replay_of_workload();
  };
  if (at_once) {
    take_time(step);
    if (!leaf) work(attempt, at, calls);
  } else {
    if (processors.group == models::none) {
      delay(at, models::Part::compute, {{}, &time, time_name, draw});
      if (replayed) out_.world.steps.back().replay = replay_of_workload();
    } else {
      models::Step& shared = add(models::StepKind::work, at);
      shared.index = processors.group;
      shared.count = processors.offset;
      take_time(shared);
    }
    work(attempt, at, calls);
    add(models::StepKind::release, at).index = pool;
  }
  unlock_object(service, at);
  reach_copies(attempt, at);
  fail_some(scenario_.services.at(service), attempt.name, at);
  parts_.weigh(at, workload_->rate);
  return last && !may_refuse(out_.world.pools[pool]) ? models::none : taken;
}

void ProgramBuilder::block(const CallBlock& block, Location caller, std::uint32_t quorum) {
  if (block.kind == CallBlock::Kind::call) return call(block.name, caller);
  if (block.kind == CallBlock::Kind::series) {
    for (const CallBlock& inner : block.blocks) this->block(inner, caller);
    return;
  }
  const std::uint32_t split = next();
  add(models::StepKind::split, caller);
  Steps starts, ends;
  for (const CallBlock& branch : block.blocks) {
    starts.push_back(next());
    this->block(branch, caller);
    ends.push_back(next());
    add(models::StepKind::jump, caller);
  }
  land(ends);
  add(models::StepKind::join, caller);
  models::Step& step = out_.world.steps[split];
  step.index = static_cast<std::uint32_t>(out_.world.targets.size());
  step.count = static_cast<std::uint16_t>(starts.size() - 1);
  if (quorum > 0) {
    step.needed = static_cast<std::uint16_t>(quorum);
    step.spare = static_cast<std::uint16_t>(starts.size() - quorum);
  }
  out_.world.targets.insert(out_.world.targets.end(), starts.begin() + 1, starts.end());
}

void ProgramBuilder::reply(const Attempt& attempt, std::size_t place, const Carried& carried) {
  for (std::size_t at = place + 1; at-- > 0;) {
    const Location to = at == 0 ? attempt.caller : attempt.chain[at - 1];
    travel(attempt.chain[at], to, carried,
           draw_name("response", attempt.name) + (at == 0 ? "" : "/" + std::to_string(at)));
  }
}

void ProgramBuilder::end(const Attempt& attempt, std::size_t place, Steps& ends) {
  if (attempt.balanced.balancer != models::none) {
    models::Step& back = add(models::StepKind::give_back, attempt.caller);
    back.index = attempt.balanced.balancer;
    back.count = attempt.balanced.choice;
  }
  if (attempt.guarded) {
    add(models::StepKind::answer, attempt.caller).index = attempt.guarded->attempt;
    settle(attempt);
  }
  finish_or_end(attempt, place, ends);
}

void ProgramBuilder::finish_or_end(const Attempt& attempt, std::size_t place, Steps& ends) {
  if (attempt.name == flow_->entry) {
    const std::uint32_t recorder = parts_.class_of(*workload_id_, *workload_, attempt.chain[place], user_);
    renew();
    add(models::StepKind::finish, user_).index = recorder;
    return;
  }
  ends.push_back(next());
  add(models::StepKind::jump, attempt.caller);
}

}  // namespace planner
