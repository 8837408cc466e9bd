// The part of ProgramBuilder that gives each request of a replayed workload the payload that it had.
#include <algorithm>

#include "compile/program_builder.hpp"
#include "compile/program_walk.hpp"

namespace planner {
namespace {

/// For the estimate; the simulation takes them one by one.
sim::Distribution law_of(const std::vector<sim::Duration>& times) {
  std::vector<double> seconds, weights(times.size(), 1.0 / static_cast<double>(times.size()));
  for (const sim::Duration time : times) seconds.push_back(sim::to_seconds(time));
  return sim::Distribution::discrete(std::move(seconds), std::move(weights));
}

}  // namespace

ProgramBuilder::Payloads::Payloads(const Workload::Sizes& told, sim::Bytes otherwise) : mean{otherwise} {
  if (!told) return;
  double sum = 0;
  for (const sim::Bytes size : *told) {
    each.push_back(size.value() < 0 ? otherwise : size);
    sum += each.back().value();
  }
  mean = sim::Bytes{sum / static_cast<double>(each.size())};
}

const ProgramBuilder::CallPayloads& ProgramBuilder::payloads_of(const std::string& name) {
  const auto known = payloads_.find(name);
  if (known != payloads_.end()) return known->second;
  const Call& call = flow_->calls.at(name);
  if (name == flow_->entry) {
    return payloads_
        .emplace(name,
                 CallPayloads{{workload_->requests, flow_->request}, {workload_->responses, flow_->response}})
        .first->second;
  }
  const auto told = workload_->call_sizes.find(call.service);
  const Workload::CallSizes sizes =
      told == workload_->call_sizes.end() ? Workload::CallSizes{} : told->second;
  return payloads_
      .emplace(name, CallPayloads{{sizes.requests, call.request}, {sizes.responses, call.response}})
      .first->second;
}

std::uint32_t ProgramBuilder::add_replay(std::vector<sim::Duration> times) {
  auto& replays = out_.world.replays;
  const auto known = std::ranges::find_if(replays, [&](const auto& replay) { return *replay == times; });
  if (known != replays.end()) return static_cast<std::uint32_t>(known - replays.begin());
  replays.push_back(std::make_shared<const std::vector<sim::Duration>>(std::move(times)));
  return static_cast<std::uint32_t>(replays.size() - 1);
}

void ProgramBuilder::replay_sizes(models::Step& station, const Sizes* payloads) {
  if (payloads == nullptr) return;
  const sim::BitRate rate = rate_alone(out_.world, station);
  std::vector<sim::Duration> times;
  for (const sim::Bytes size : *payloads) times.push_back(sim::serialization_delay(size, rate));
  station.replay = add_replay(std::move(times));
}

void ProgramBuilder::delay_each(Location at, models::Part part, std::vector<sim::Duration> times) {
  if (std::ranges::all_of(times, [](sim::Duration time) { return time <= sim::Duration{0}; })) return;
  const sim::Distribution law = law_of(times);
  const std::uint32_t replay = add_replay(std::move(times));
  models::Step& step = add(models::StepKind::delay, at);
  step.part = part;
  step.replay = replay;
  step.law = parts_.law("payloads/" + *workload_id_ + "/" + std::to_string(replay), law);
}

}  // namespace planner
