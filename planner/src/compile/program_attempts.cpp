// The part of ProgramBuilder that makes calls which may be given up, tried again, sent twice or not waited
// for.
#include <algorithm>
#include <utility>

#include "compile/program_builder.hpp"
#include "sim/hash.hpp"

namespace planner {

void ProgramBuilder::send(const std::string& name, Location caller, Steps& ends) {
  const Call& call = flow_->calls.at(name);
  Steps failed_before;
  if (name != flow_->entry && (is_guarded(call) || call.can_fail)) {
    // Who has failed already replies with an error and calls nobody any more.
    failed_before.push_back(next());
    add(models::StepKind::if_failed, caller);
  }
  if (call.asynchronous && scenario_.services.at(call.service).queue) {
    Steps told;
    enqueue(name, caller, told);
    land(told);
    if (call.can_fail) add(models::StepKind::forgive, caller);
    return land(failed_before);
  }
  if (call.asynchronous) {
    const std::uint32_t branch = next() + 2;
    add(models::StepKind::spawn, caller).target = branch;
    ends.push_back(next());
    add(models::StepKind::jump, caller);
  }
  Steps answered;
  if (is_guarded(call)) {
    attempts(name, caller, answered);
  } else {
    ways(name, caller, nullptr, answered);
  }
  land(answered);
  if (call.can_fail) add(models::StepKind::forgive, caller);
  if (call.asynchronous) add(models::StepKind::leave, caller);
  land(failed_before);
}

void ProgramBuilder::enqueue(const std::string& name, Location caller, Steps& ends) {
  const Call& call = flow_->calls.at(name);
  const Choosing choosing{name, call.service, caller};
  const std::vector<Choice> sites = choices(name, caller);
  if (sites.empty()) return give_up(name, caller);
  share_out(choosing, sites, [&](std::size_t way) { offer(name, caller, sites[way].chain.front(), ends); });
}

void ProgramBuilder::offer(const std::string& name, Location caller, Location site, Steps& ends) {
  const Call& call = flow_->calls.at(name);
  connect(caller, site, name);
  travel(caller, site, payloads_of(name).request.carried(), draw_name("request", name));
  const std::uint32_t queue = parts_.queue(call.service, site), offered = next();
  add(models::StepKind::offer, site).index = queue;
  travel(site, caller, payloads_of(name).response.carried(), draw_name("response", name));
  ends.push_back(next());
  add(models::StepKind::jump, caller);
  out_.world.steps[offered].target = next();
  consume(name, site);
  add(models::StepKind::consumed, site).index = queue;
}

void ProgramBuilder::consume(const std::string& name, Location site) {
  const std::optional<Pinned> outer = std::exchange(pinned_, Pinned{name, site});
  Steps answered;
  if (is_guarded(flow_->calls.at(name))) {
    attempts(name, site, answered);
  } else {
    ways(name, site, nullptr, answered);
  }
  land(answered);
  pinned_ = outer;
}

void ProgramBuilder::attempts(const std::string& name, Location caller, Steps& ends) {
  const Call& call = flow_->calls.at(name);
  const GuardLabel label{workload_->flow, name, call.service, wan_.name(caller)};
  Guarded guarded{parts_.guard(label, call, caller), 0, false, {}};
  const std::string outer = copy_;
  for (std::uint32_t attempt = 1; attempt <= call.retry.attempts; ++attempt) {
    guarded.last = attempt == call.retry.attempts;
    land(guarded.again);
    guarded.again.clear();
    if (attempt > 1) {
      copy_ = outer + "/" + name + ":" + std::to_string(attempt);
      back_off(name, call.retry, attempt - 1, caller);
    }
    race(name, caller, guarded, ends);
  }
  copy_ = outer;
}

void ProgramBuilder::race(const std::string& name, Location caller, Guarded& guarded, Steps& ends) {
  const Call& call = flow_->calls.at(name);
  const std::vector<Choice> sites = choices(name, caller);
  // Calls that nobody answers count for the place that is tried first.
  const std::vector<Location> first{sites.empty() ? caller : sites.front().chain.front()};
  const Attempt unanswered{name, call, caller, first, &guarded};
  const std::uint32_t admit = next();
  add(models::StepKind::admit, caller).index = guarded.guard;
  const auto first_target = static_cast<std::uint32_t>(out_.world.targets.size());
  const std::uint32_t further = (call.hedge_after ? 1U : 0U) + (call.timeout ? 1U : 0U);
  out_.world.targets.resize(first_target + further);
  guarded.attempt = next();
  models::Step& attempt = add(models::StepKind::attempt, caller);
  attempt.index = first_target;
  attempt.count = static_cast<std::uint16_t>(further);
  attempt.needed = 1;
  attempt.spare = call.hedge_after ? 1 : 0;
  ways(name, caller, &guarded, ends);
  if (call.hedge_after) {
    out_.world.targets[first_target] = next();
    delay(caller, models::Part::retry, {.fixed = *call.hedge_after});
    add(models::StepKind::enter, caller).index = guarded.guard;
    const std::string outer = std::exchange(copy_, copy_ + "/" + name + ":hedged");
    ways(name, caller, &guarded, ends);
    copy_ = outer;
  }
  if (call.timeout) {
    out_.world.targets[first_target + further - 1] = next();
    delay(caller, models::Part::retry, {.fixed = *call.timeout});
    add(models::StepKind::expire, caller).index = guarded.guard;
    settle(unanswered);
    finish_or_end(unanswered, 0, ends);
  }
  // Turned away by the breaker: no attempt, so there is nothing to settle.
  out_.world.steps[admit].target = next();
  finish_or_end(unanswered, 0, ends);
}

void ProgramBuilder::settle(const Attempt& attempt) {
  if (!attempt.guarded->last) attempt.guarded->again.push_back(next());
  add(models::StepKind::settle, attempt.caller).index = attempt.guarded->guard;
}

void ProgramBuilder::back_off(const std::string& name, const Retry& retry, std::uint32_t failures,
                              Location caller) {
  double wait = sim::to_seconds(retry.backoff);
  for (std::uint32_t i = 1; i < failures; ++i) wait *= retry.factor;
  constexpr double a_day = 86'400;  // the longest that the schema lets a wait be
  wait = std::min(wait, retry.longest_backoff ? sim::to_seconds(*retry.longest_backoff) : a_day);
  if (retry.jitter == Retry::Jitter::none)
    return delay(caller, models::Part::retry, {.fixed = sim::from_seconds(wait)});
  const double least = retry.jitter == Retry::Jitter::full ? 0.0 : wait / 2;
  const sim::Distribution law = sim::Distribution::uniform(least, wait);
  const std::string law_name = "backoff/" + workload_->flow + "/" + name + "/" + std::to_string(failures);
  delay(caller, models::Part::retry, {{}, &law, law_name, draw_name("backoff", name)});
}

void ProgramBuilder::fail_some(const Service& service, const std::string& call, Location at) {
  if (service.failure <= 0) return;
  const std::uint32_t onward = next() + 2;
  models::Step& branch = add(models::StepKind::branch, at);
  branch.probability = service.failure;
  branch.target = onward;
  branch.purpose = sim::hash_name(draw_name("failure", call));
  add(models::StepKind::fail, at).target = onward;
}

}  // namespace planner
