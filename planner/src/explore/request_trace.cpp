#include "planner/request_trace.hpp"

#include <algorithm>

#include "explore/request_spans.hpp"
#include "models/world.hpp"
#include "planner/compile.hpp"

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

class Follower final : public models::Tracer {
 public:
  explicit Follower(Identity whom) : whom_{whom} {}
  void step(const Request& request, std::uint32_t strand, sim::Time now) override {
    if (identity_of(request) == whom_) visits_.push_back({request, strand, now});
  }
  [[nodiscard]] const std::vector<StepVisit>& visits() const { return visits_; }

 private:
  Identity whom_;
  std::vector<StepVisit> visits_;
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

Identity named(const CompiledScenario& compiled, const TraceRequest& which) {
  for (std::size_t i = 0; i < compiled.sources.size(); ++i) {
    if (compiled.sources[i].workload == which.workload) return {static_cast<std::uint32_t>(i), which.number};
  }
  return {};
}

/// Leaves out what came after the answer.
void end_with_the_answer(RequestTrace& trace) {
  const auto clip = [&](sim::Time& time) { time = std::min(time, trace.end); };
  std::erase_if(trace.spans, [&](const RequestSpan& span) { return span.begin >= trace.end; });
  for (RequestSpan& span : trace.spans) clip(span.end);
  for (ServiceVisit& visit : trace.visits) {
    for (sim::Time* time : {&visit.called, &visit.begin, &visit.end, &visit.answered}) clip(*time);
  }
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
  // What nobody waits for any more (a hedged copy, an outvoted branch, a timer) goes on after the answer.
  const auto answer = std::ranges::find_if(visits, [&](const StepVisit& visit) {
    const models::Step* step = step_of(compiled.world, visit.request);
    return step != nullptr && step->kind == StepKind::finish;
  });
  if (answer == visits.end()) return std::nullopt;
  const SourceLabel& source = compiled.sources[whom.source];
  RequestTrace trace{scenario.name,
                     scenario.strategy,
                     source.workload,
                     source.flow,
                     source.population,
                     which.seed,
                     which.replication,
                     whom.number,
                     scenario.start_unix,
                     visits.front().request.start,
                     answer->at,
                     {},
                     {}};
  put_spans(trace, compiled, visits);
  end_with_the_answer(trace);
  return trace;
}

}  // namespace planner
