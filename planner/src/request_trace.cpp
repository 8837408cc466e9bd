#include "planner/request_trace.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "models/world.hpp"
#include "planner/compile.hpp"
#include "planner/study_view.hpp"
#include "resource_name.hpp"

namespace planner {
namespace {

using models::Part;
using models::Request;
using models::StepKind;

/// A request, known by its source and number.
struct Identity {
  std::uint32_t source = models::none, number = 0;
  friend bool operator==(const Identity&, const Identity&) = default;
};

Identity identity_of(const Request& request) { return {request.source, request.number}; }

const models::Step* step_of(const models::WorldSpec& world, const Request& request) {
  return request.step < world.steps.size() ? &world.steps[request.step] : nullptr;
}

/// Finds the slowest answer that began in the recorded span.
class Slowest final : public models::Tracer {
 public:
  explicit Slowest(const models::WorldSpec& world) : world_{world} {}

  void step(const Request& request, std::uint32_t /*strand*/, sim::Time now) override {
    const models::Step* step = step_of(world_, request);
    if (step == nullptr || step->kind != StepKind::finish || request.failed) return;
    const sim::Time begin = sim::time_zero + world_.warmup;
    if (request.start < begin || request.start >= begin + world_.duration) return;
    if (found_.source != models::none && now - request.start <= latency_) return;
    latency_ = now - request.start;
    found_ = identity_of(request);
  }
  [[nodiscard]] Identity found() const { return found_; }

 private:
  const models::WorldSpec& world_;
  Identity found_;
  sim::Duration latency_{};
};

/// A step that the followed request came to.
struct Visit {
  Request request;
  std::uint32_t strand = 0;
  sim::Time at{};
};

class Follower final : public models::Tracer {
 public:
  explicit Follower(Identity whom) : whom_{whom} {}
  void step(const Request& request, std::uint32_t strand, sim::Time now) override {
    if (identity_of(request) == whom_) visits_.push_back({request, strand, now});
  }
  [[nodiscard]] const std::vector<Visit>& visits() const { return visits_; }

 private:
  Identity whom_;
  std::vector<Visit> visits_;
};

models::WorldResult::Status watch(const models::WorldSpec& world, const TraceRequest& which,
                                  models::Tracer& tracer) {
  models::World::Options options;
  options.seed = which.seed;
  options.replication = which.replication;
  options.path = models::Path::general;
  options.stop = which.stop;
  options.tracer = &tracer;
  return models::World{world, options}.run().status;
}

/// Waiting comes before what is waited for.
constexpr std::array<Part, models::part_count> order_in_step{
    Part::connection, Part::access,     Part::propagation, Part::network_queue, Part::transmission,
    Part::pool_queue, Part::cold_start, Part::compute,     Part::state,         Part::retry};

/// Turns the visits of a request into spans.
class SpanMaker {
 public:
  explicit SpanMaker(const CompiledScenario& compiled) : compiled_{compiled} {}

  std::vector<RequestSpan> make(const std::vector<Visit>& visits) {
    for (std::size_t i = 0; i < visits.size(); ++i) {
      const models::Step* step = step_of(compiled_.world, visits[i].request);
      // What the compiler put in belongs to the step that it was made from, which came just before.
      const models::Step*& last = last_[visits[i].strand];
      if (step != nullptr) {
        note_hold(*step, visits[i]);
        last = step;
      }
      step = last;
      if (step == nullptr) continue;
      // A join ends its strand; what goes on there later belongs to the trunk.
      if (step->kind == StepKind::join) continue;
      const auto next = std::find_if(visits.begin() + static_cast<std::ptrdiff_t>(i) + 1, visits.end(),
                                     [&](const Visit& later) { return later.strand == visits[i].strand; });
      if (next != visits.end()) add(*step, visits[i], *next);
    }
    std::ranges::stable_sort(spans_, {}, &RequestSpan::begin);
    return std::move(spans_);
  }

 private:
  /// Which pool a strand is in, for the time that passes in it.
  void note_hold(const models::Step& step, const Visit& visit) {
    if (step.kind == StepKind::acquire) held_[visit.strand].push_back(step.index);
    if (step.kind == StepKind::release && !held_[visit.strand].empty()) held_[visit.strand].pop_back();
  }

  void add(const models::Step& step, const Visit& from, const Visit& to) {
    // Parts are counted in ticks; the last one ends where the step does.
    sim::Time at = from.at;
    for (const Part part : order_in_step) {
      const auto index = static_cast<std::size_t>(part);
      const std::uint32_t ticks = to.request.parts[index] - from.request.parts[index];
      if (ticks == 0) continue;
      const sim::Time end =
          std::min(at + sim::Duration{std::int64_t{ticks} << models::breakdown_tick_shift}, to.at);
      RequestSpan span{part_label(index), {}, {}, part, at, end, from.strand};
      place(span, step, from.strand);
      spans_.push_back(std::move(span));
      at = end;
    }
  }

  void place(RequestSpan& span, const models::Step& step, std::uint32_t strand) {
    if (step.kind == StepKind::station && step.index < compiled_.stations.size()) {
      span.name += " " + resource_name(compiled_.stations[step.index]);
      return;
    }
    std::uint32_t pool = models::none;
    if (step.kind == StepKind::serve || step.kind == StepKind::acquire) {
      pool = step.index;
    } else if (span.part == Part::compute && !held_[strand].empty()) {
      pool = held_[strand].back();
    }
    if (pool >= compiled_.pools.size()) return;
    span.service = compiled_.pools[pool].service;
    span.site = compiled_.pools[pool].site;
    span.name += " " + resource_name(compiled_.pools[pool]);
  }

  const CompiledScenario& compiled_;
  std::map<std::uint32_t, std::vector<std::uint32_t>> held_;
  std::map<std::uint32_t, const models::Step*> last_;  ///< step of the spec, by strand
  std::vector<RequestSpan> spans_;
};

Identity named(const CompiledScenario& compiled, const TraceRequest& which) {
  for (std::size_t i = 0; i < compiled.sources.size(); ++i) {
    if (compiled.sources[i].workload == which.workload) return {static_cast<std::uint32_t>(i), which.number};
  }
  return {};
}

}  // namespace

std::optional<RequestTrace> trace_request(const Scenario& scenario, const TraceRequest& which) {
  const CompiledScenario compiled = compile(scenario);
  Identity whom = named(compiled, which);
  if (which.workload.empty()) {
    Slowest slowest{compiled.world};
    if (watch(compiled.world, which, slowest) != models::WorldResult::Status::complete) return std::nullopt;
    whom = slowest.found();
  }
  if (whom.source == models::none) return std::nullopt;
  Follower follower{whom};
  if (watch(compiled.world, which, follower) != models::WorldResult::Status::complete) return std::nullopt;
  const auto& visits = follower.visits();
  if (visits.empty()) return std::nullopt;
  const models::Step* last = step_of(compiled.world, visits.back().request);
  if (last == nullptr || last->kind != StepKind::finish) return std::nullopt;
  const SourceLabel& source = compiled.sources[whom.source];
  return RequestTrace{scenario.name,       scenario.strategy,
                      source.workload,     source.flow,
                      source.population,   which.seed,
                      which.replication,   whom.number,
                      scenario.start_unix, visits.front().request.start,
                      visits.back().at,    SpanMaker{compiled}.make(visits)};
}

}  // namespace planner
