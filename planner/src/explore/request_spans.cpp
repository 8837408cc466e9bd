#include "explore/request_spans.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "planner/study_view.hpp"
#include "read/resource_name.hpp"

namespace planner {
namespace {

using models::Part;
using models::StepKind;

constexpr std::uint32_t none = UINT32_MAX;

/// Waiting comes before what is waited for.
constexpr std::array<Part, models::part_count> order_in_step{
    Part::connection, Part::access,     Part::propagation, Part::network_queue, Part::transmission,
    Part::pool_queue, Part::cold_start, Part::compute,     Part::state,         Part::retry};

bool is_way(Part part) {
  return part == Part::connection || part == Part::access || part == Part::propagation ||
         part == Part::network_queue || part == Part::transmission;
}

class SpanMaker {
 public:
  SpanMaker(RequestTrace& trace, const CompiledScenario& compiled, const std::vector<StepVisit>& visits)
      : trace_{trace}, compiled_{compiled}, visits_{visits} {}

  void make() {
    for (std::size_t i = 0; i < visits_.size(); ++i) {
      const StepVisit& from = visits_[i];
      const models::Step* step = step_of(compiled_.world, from.request);
      open_strand(i);
      // What the engine put in belongs to the step that it was made from, which came just before.
      const models::Step*& last = last_[from.strand];
      if (step != nullptr) last = step;
      if (last == nullptr) continue;
      // A join ends its strand; what goes on there later belongs to the trunk.
      if (last->kind == StepKind::join) continue;
      const auto next = std::find_if(visits_.begin() + static_cast<std::ptrdiff_t>(i) + 1, visits_.end(),
                                     [&](const StepVisit& later) { return later.strand == from.strand; });
      if (next == visits_.end()) continue;
      if (step != nullptr) note_service(*step, from, *next);
      add(*last, from, *next);
      if (step != nullptr && step->kind == StepKind::serve) held_[from.strand].pop_back();
    }
    std::ranges::stable_sort(trace_.spans, {}, &RequestSpan::begin);
    for (std::uint32_t visit = 0; visit < trace_.visits.size(); ++visit) find_way(visit);
  }

 private:
  /// A new strand is within the service that split.
  void open_strand(std::size_t i) {
    const StepVisit& first = visits_[i];
    if (held_.contains(first.strand)) return;
    auto& held = held_[first.strand];
    for (std::size_t before = i; before-- > 0;) {
      if (!starts(visits_[before], first.request.step)) continue;
      held = held_[visits_[before].strand];
      return;
    }
  }

  /// Whether a branch that begins with step `index` may come from there.
  [[nodiscard]] bool starts(const StepVisit& visit, std::uint32_t index) const {
    const models::Step* step = step_of(compiled_.world, visit.request);
    if (step == nullptr) return false;
    if (step->kind == StepKind::spawn || step->kind == StepKind::offer) return step->target == index;
    if (step->kind != StepKind::split && step->kind != StepKind::attempt) return false;
    if (visit.request.step + 1 == index) return true;
    const auto& targets = compiled_.world.targets;
    const auto begin = targets.begin() + step->index;
    return std::find(begin, begin + step->count, index) != begin + step->count;
  }

  /// Which service holds the request, for the time that passes in it.
  void note_service(const models::Step& step, const StepVisit& from, const StepVisit& to) {
    auto& held = held_[from.strand];
    if (step.kind == StepKind::release && !held.empty()) {
      trace_.visits[held.back()].end = from.at;
      held.pop_back();
    }
    const bool enters = step.kind == StepKind::acquire || step.kind == StepKind::serve;
    if (!enters || step.index >= compiled_.pools.size()) {
      if (step.kind == StepKind::serve) held.push_back(held.empty() ? none : held.back());
      return;
    }
    const PoolLabel& pool = compiled_.pools[step.index];
    // Until it is released; one that never is ends with the request.
    const sim::Time end = step.kind == StepKind::serve ? to.at : trace_.end;
    trace_.visits.push_back({pool.service, pool.site, held.empty() ? none : held.back(), from.strand, from.at,
                             end, from.at, end});
    held.push_back(static_cast<std::uint32_t>(trace_.visits.size() - 1));
  }

  void add(const models::Step& step, const StepVisit& from, const StepVisit& to) {
    // Parts are counted in ticks; the last one ends where the step does.
    sim::Time at = from.at;
    const auto& held = held_[from.strand];
    for (const Part part : order_in_step) {
      const auto index = static_cast<std::size_t>(part);
      const std::uint32_t ticks = to.request.parts[index] - from.request.parts[index];
      if (ticks == 0) continue;
      const sim::Time end =
          std::min(at + sim::Duration{std::int64_t{ticks} << models::breakdown_tick_shift}, to.at);
      RequestSpan span{
          part_label(index), {}, {}, part, at, end, from.strand, held.empty() ? none : held.back(), none};
      place(span, step);
      trace_.spans.push_back(std::move(span));
      at = end;
    }
  }

  void place(RequestSpan& span, const models::Step& step) const {
    if (step.kind == StepKind::station && step.index < compiled_.stations.size()) {
      span.name += " " + resource_name(compiled_.stations[step.index]);
      return;
    }
    if (step.kind == StepKind::carry) {
      for (const std::uint32_t link : compiled_.world.routes[step.index])
        span.name += (link == compiled_.world.routes[step.index].front() ? " " : ", ") +
                     resource_name(compiled_.stations[link]);
      return;
    }
    if (span.visit == none || is_way(span.part)) return;
    span.service = trace_.visits[span.visit].service;
    span.site = trace_.visits[span.visit].site;
    span.name += " " + span.service + " @ " + span.site;
  }

  /// Extends a call over the way there and back, which its caller waits for.
  void find_way(std::uint32_t index) {
    ServiceVisit& visit = trace_.visits[index];
    visit.called = visit.begin;
    visit.answered = visit.end;
    // A part is rounded down to a tick; a step has a few of them.
    constexpr sim::Duration gap{std::int64_t{4} << models::breakdown_tick_shift};
    const auto of_call = [&](const RequestSpan& span) {
      return is_way(span.part) && span.visit == visit.parent && span.strand == visit.strand &&
             span.way_of == none;
    };
    for (auto span = trace_.spans.rbegin(); span != trace_.spans.rend(); ++span) {
      if (!of_call(*span) || span->end > visit.called || visit.called - span->end > gap) continue;
      visit.called = span->begin;
      span->way_of = index;
    }
    for (RequestSpan& span : trace_.spans) {
      if (!of_call(span) || span.begin < visit.answered || span.begin - visit.answered > gap) continue;
      visit.answered = span.end;
      span.way_of = index;
    }
  }

  RequestTrace& trace_;
  const CompiledScenario& compiled_;
  const std::vector<StepVisit>& visits_;
  std::map<std::uint32_t, std::vector<std::uint32_t>> held_;  ///< visits of services, by strand
  std::map<std::uint32_t, const models::Step*> last_;         ///< step of the spec, by strand
};

}  // namespace

const models::Step* step_of(const models::WorldSpec& world, const models::Request& request) {
  return request.step < world.steps.size() ? &world.steps[request.step] : nullptr;
}

void put_spans(RequestTrace& trace, const CompiledScenario& compiled, const std::vector<StepVisit>& visits) {
  SpanMaker{trace, compiled, visits}.make();
}

}  // namespace planner
