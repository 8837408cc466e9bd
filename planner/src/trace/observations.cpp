#include "planner/observations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "text/text_form.hpp"
#include "trace/trace_tree.hpp"

namespace planner {
namespace {

/// Calls of one visit beyond these are counted, not analysed: who precedes whom takes their square.
constexpr std::size_t most_siblings = 64;
/// One call is said to follow another where it did so in this share of the requests that have both.
constexpr double follows_share = 0.95;

/// Ids for names, each once: `name`, `name-2`, ...
class Ids {
 public:
  std::string make(const std::string& name) {
    std::string base = to_id(name);
    if (base.empty()) base = "unnamed";
    base.resize(std::min<std::size_t>(base.size(), 56));  // leaves room for a number
    while (base.ends_with('-')) base.pop_back();
    std::string id = base;
    for (int number = 2; !taken_.insert(id).second; ++number) id = fmt::format("{}-{}", base, number);
    return id;
  }

 private:
  std::set<std::string> taken_;
};

/// How often two calls of one parent occurred together, and the first had ended when the second began.
struct Precedence {
  std::uint64_t together = 0, before = 0;
};

/// Gathers the requests of one flow.
class FlowGatherer {
 public:
  FlowGatherer(ObservedFlow& flow, std::vector<ObservedService>& services)
      : flow_{flow}, services_{services} {}

  /// @return calls that were too many for one visit
  std::uint64_t add(const RequestTree& request) {
    const std::vector<sim::Duration> self = self_times(request);
    const std::vector<std::vector<std::uint32_t>> children = children_of(request);
    std::vector<std::uint32_t> calls(request.visits.size(), ObservedCall::none);
    std::uint64_t left_out = 0;
    calls[0] = call(ObservedCall::none, request.visits[0].service, 0);
    for (std::uint32_t i = 0; i < request.visits.size(); ++i) {
      if (calls[i] == ObservedCall::none) continue;
      record(request.visits[i], self[i], flow_.calls[calls[i]]);
      left_out += match(request, children[i], calls[i], calls);
    }
    const Visit& root = request.visits[0];
    flow_.arrivals.push_back(root.start);
    if (root.timed) flow_.latency.push_back(sim::to_seconds(root.end - root.start));
    return left_out;
  }

  void finish() {
    std::ranges::sort(flow_.arrivals);
    std::ranges::sort(flow_.latency);
    Ids ids;
    for (ObservedCall& made : flow_.calls) made.id = ids.make(services_[made.service].name);
    for (std::uint32_t second = 0; second < flow_.calls.size(); ++second) {
      for (std::uint32_t first = 0; first < flow_.calls.size(); ++first) {
        if (precedes(first, second)) flow_.calls[second].after.push_back(first);
      }
    }
    for (ObservedCall& made : flow_.calls) reduce(made.after);
  }

 private:
  std::uint32_t call(std::uint32_t parent, std::uint32_t service, std::uint32_t occurrence) {
    const auto [known, added] =
        known_.try_emplace({parent, service, occurrence}, static_cast<std::uint32_t>(flow_.calls.size()));
    if (added) {
      ObservedCall made;
      made.service = service;
      made.parent = parent;
      flow_.calls.push_back(std::move(made));
    }
    return known->second;
  }

  static std::vector<std::vector<std::uint32_t>> children_of(const RequestTree& request) {
    std::vector<std::vector<std::uint32_t>> children(request.visits.size());
    for (std::uint32_t i = 1; i < request.visits.size(); ++i) children[request.visits[i].parent].push_back(i);
    for (auto& list : children) {
      std::ranges::stable_sort(list, {}, [&](std::uint32_t child) { return request.visits[child].called; });
    }
    return children;
  }

  void record(const Visit& visit, sim::Duration self, ObservedCall& made) {
    ++made.count;
    if (visit.timed) services_[visit.service].self.push_back(sim::to_seconds(self));
    if (visit.request >= 0) {
      made.request_sum += static_cast<double>(visit.request);
      ++made.request_count;
    }
    if (visit.response >= 0) {
      made.response_sum += static_cast<double>(visit.response);
      ++made.response_count;
    }
  }

  /// Finds the calls that the children are, and who of them came before whom. @return children left out
  std::uint64_t match(const RequestTree& request, const std::vector<std::uint32_t>& children,
                      std::uint32_t parent, std::vector<std::uint32_t>& calls) {
    const std::size_t count = std::min(children.size(), most_siblings);
    std::map<std::uint32_t, std::uint32_t> occurrences;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t service = request.visits[children[i]].service;
      calls[children[i]] = call(parent, service, occurrences[service]++);
    }
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j) {
        if (i == j) continue;
        Precedence& pair = precedence_[{calls[children[i]], calls[children[j]]}];
        ++pair.together;
        if (request.visits[children[i]].answered <= request.visits[children[j]].called) ++pair.before;
      }
    }
    return children.size() - count;
  }

  [[nodiscard]] bool mostly_before(std::uint32_t first, std::uint32_t second) const {
    const auto pair = precedence_.find({first, second});
    return pair != precedence_.end() && static_cast<double>(pair->second.before) >=
                                            follows_share * static_cast<double>(pair->second.together);
  }
  // Calls that take no time may seem to precede each other both ways: they have no order.
  [[nodiscard]] bool precedes(std::uint32_t first, std::uint32_t second) const {
    return mostly_before(first, second) && !mostly_before(second, first);
  }

  /// Leaves out whoever has to end before another one of the list anyway.
  void reduce(std::vector<std::uint32_t>& after) const {
    std::vector<std::uint32_t> kept;
    for (const std::uint32_t first : after) {
      const bool implied =
          std::ranges::any_of(after, [&](std::uint32_t later) { return precedes(first, later); });
      if (!implied) kept.push_back(first);
    }
    after = std::move(kept);
  }

  ObservedFlow& flow_;
  std::vector<ObservedService>& services_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::uint32_t> known_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Precedence> precedence_;
};

TraceTrees trees_of(const TraceData& data) {
  std::vector<const TraceSpan*> spans;
  for (const TraceSpan& span : data.spans) spans.push_back(&span);
  std::ranges::stable_sort(spans, {}, &TraceSpan::trace);
  TraceTrees trees;
  std::vector<const TraceSpan*> trace;
  for (std::size_t begin = 0; begin < spans.size();) {
    std::size_t end = begin;
    while (end < spans.size() && spans[end]->trace == spans[begin]->trace) ++end;
    trace.assign(spans.begin() + static_cast<std::ptrdiff_t>(begin),
                 spans.begin() + static_cast<std::ptrdiff_t>(end));
    add_requests(trace, trees);
    begin = end;
  }
  std::ranges::stable_sort(trees.requests, {},
                           [](const RequestTree& request) { return request.visits[0].start; });
  return trees;
}

void add_notes(const TraceTrees& trees, std::uint64_t left_out, std::vector<TraceNote>& notes) {
  const auto note = [&](TraceNote::Kind kind, const char* text, std::uint64_t count) {
    if (count > 0) notes.push_back({kind, text, count});
  };
  using enum TraceNote::Kind;
  note(mapped, "requests put together from their spans", trees.requests.size());
  note(guessed, "requests whose caller is not in the trace: its only span without parent is their root",
       trees.rootless);
  note(guessed, "spans outside of the time of their caller: cut to it (clocks, work after the answer)",
       trees.cut);
  note(dropped, "spans that are in the files twice", trees.duplicates);
  note(dropped, "asynchronous spans (producer, consumer, FOLLOWS_FROM) and what they call",
       trees.asynchronous);
  note(dropped, "spans that no root reaches",
       trees.unreached - std::min(trees.unreached, trees.asynchronous));
  note(dropped, "calls beyond 64 of one visit", left_out);
}

std::vector<ObservedService> services_of(const TraceData& data) {
  std::vector<ObservedService> services(data.services.size());
  Ids ids;
  for (std::uint32_t i = 0; i < services.size(); ++i) {
    services[i].name = data.services[i];
    services[i].id = ids.make(data.services[i]);
    if (const auto stated = data.quantiles.find(i); stated != data.quantiles.end())
      services[i].quantiles = stated->second;
    if (const auto memory = data.memory_mb.find(i); memory != data.memory_mb.end())
      services[i].memory_mb = memory->second;
  }
  return services;
}

}  // namespace

Observations observe(const TraceData& data) {
  const TraceTrees trees = trees_of(data);
  Observations seen;
  seen.services = services_of(data);
  seen.requests = trees.requests.size();
  seen.notes = data.notes;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> known;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> keys;
  for (const RequestTree& request : trees.requests) {
    const std::pair key{request.visits[0].service, request.operation};
    if (known.try_emplace(key, keys.size()).second) keys.push_back(key);
  }
  seen.flows.resize(keys.size());
  std::vector<FlowGatherer> gatherers;
  for (ObservedFlow& flow : seen.flows) gatherers.emplace_back(flow, seen.services);
  std::uint64_t left_out = 0;
  for (const RequestTree& request : trees.requests)
    left_out += gatherers[known.at({request.visits[0].service, request.operation})].add(request);
  Ids ids;
  const sim::Duration first = trees.requests.empty() ? sim::Duration{} : trees.requests[0].visits[0].start;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    ObservedFlow& flow = seen.flows[i];
    flow.name = data.services[keys[i].first] + " " + data.operations[keys[i].second];
    flow.id = ids.make(flow.name);
    gatherers[i].finish();
    for (sim::Duration& arrival : flow.arrivals) arrival -= first;
  }
  add_notes(trees, left_out, seen.notes);
  return seen;
}

}  // namespace planner
