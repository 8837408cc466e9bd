#include "trace/trace_tree.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace planner {
namespace {

using Interval = std::pair<sim::Duration, sim::Duration>;

Interval interval_of(const TraceSpan& span) {
  return {span.start, span.start + span.duration.value_or(sim::Duration{})};
}

/// The spans of one trace with the lists of their children.
class Family {
 public:
  Family(std::vector<const TraceSpan*>& spans, TraceTrees& trees) : spans_{spans}, trees_{trees} {
    std::ranges::stable_sort(spans_, {}, &TraceSpan::id);
    const auto surplus = std::unique(spans_.begin(), spans_.end(),
                                     [](const TraceSpan* a, const TraceSpan* b) { return a->id == b->id; });
    trees_.duplicates += static_cast<std::uint64_t>(spans_.end() - surplus);
    spans_.erase(surplus, spans_.end());
    children_.resize(spans_.size());
    for (std::uint32_t i = 0; i < spans_.size(); ++i) place(i);
    for (auto& list : children_) {
      std::ranges::stable_sort(list, {}, [&](std::uint32_t child) { return spans_[child]->start; });
    }
  }

  [[nodiscard]] const TraceSpan& span(std::uint32_t index) const { return *spans_[index]; }
  [[nodiscard]] const std::vector<std::uint32_t>& children(std::uint32_t index) const {
    return children_[index];
  }
  [[nodiscard]] std::size_t size() const { return spans_.size(); }

  /// Every root is a request. Where the trace has none, its single orphan stands for it: the caller is
  /// outside.
  [[nodiscard]] std::vector<std::uint32_t> roots() {
    if (!roots_.empty()) return roots_;
    if (orphans_.size() != 1) return {};
    ++trees_.rootless;
    return orphans_;
  }

 private:
  void place(std::uint32_t index) {
    const std::uint64_t parent = spans_[index]->parent;
    if (parent == 0) return roots_.push_back(index);
    const auto found = std::ranges::lower_bound(spans_, parent, {}, &TraceSpan::id);
    if (found == spans_.end() || (*found)->id != parent) return orphans_.push_back(index);
    children_[static_cast<std::size_t>(found - spans_.begin())].push_back(index);
  }

  std::vector<const TraceSpan*>& spans_;
  TraceTrees& trees_;
  std::vector<std::vector<std::uint32_t>> children_;
  std::vector<std::uint32_t> roots_, orphans_;
};

/// Turns spans into visits, breadth first, so that deep traces need no deep stack.
class RequestBuilder {
 public:
  RequestBuilder(const Family& family, TraceTrees& trees) : family_{family}, trees_{trees} {}

  /// @return spans that were met
  std::size_t build(std::uint32_t root) {
    request_.operation = family_.span(root).operation;
    visit(family_.span(root), Visit::none, interval_of(family_.span(root)));
    follow(root, 0, std::nullopt);
    for (std::size_t next = 0; next < open_.size(); ++next) pass(Open{open_[next]});
    trees_.requests.push_back(std::move(request_));
    return open_.size() + 1;
  }

 private:
  struct Open {
    std::uint32_t span = 0, caller = 0;
    std::optional<Interval> way;  ///< of the client span around it
  };

  std::uint32_t visit(const TraceSpan& span, std::uint32_t caller, Interval seen) {
    const Interval own = interval_of(span);
    Visit made{span.service, caller,        own.first,
               own.second,   seen.first,    seen.second,
               span.request, span.response, span.duration.has_value()};
    if (caller != Visit::none) cut_to(request_.visits[caller], made);
    request_.visits.push_back(made);
    return static_cast<std::uint32_t>(request_.visits.size() - 1);
  }

  // Clocks of two machines differ, and work may go on after the answer; the caller waits no longer than it
  // ran.
  void cut_to(const Visit& caller, Visit& made) {
    if (made.called >= caller.start && made.answered <= caller.end) return;
    ++trees_.cut;
    made.called = std::clamp(made.called, caller.start, caller.end);
    made.answered = std::clamp(made.answered, made.called, caller.end);
  }

  void follow(std::uint32_t span, std::uint32_t caller, std::optional<Interval> way) {
    for (const std::uint32_t child : family_.children(span)) open_.push_back({child, caller, way});
  }

  void pass(const Open& open) {
    const TraceSpan& span = family_.span(open.span);
    if (span.kind == TraceSpan::Kind::asynchronous) {
      ++trees_.asynchronous;
      return;
    }
    const std::uint32_t service = request_.visits[open.caller].service;
    if (span.service != service) {
      const std::uint32_t made = visit(span, open.caller, open.way.value_or(interval_of(span)));
      return follow(open.span, made, std::nullopt);
    }
    const auto& children = family_.children(open.span);
    const bool client = span.kind == TraceSpan::Kind::client;
    if (client && children.empty() && span.peer != UINT32_MAX && span.peer != service) {
      const std::uint32_t made = visit(span, open.caller, interval_of(span));
      request_.visits[made].service = span.peer;
      return;
    }
    // The way of a client span is that of its single callee; of several, each has its own interval.
    const auto callees = std::ranges::count_if(
        children, [&](std::uint32_t child) { return family_.span(child).service != service; });
    follow(open.span, open.caller, client && callees == 1 ? std::optional{interval_of(span)} : std::nullopt);
  }

  const Family& family_;
  TraceTrees& trees_;
  RequestTree request_;
  std::vector<Open> open_;
};

}  // namespace

void add_requests(std::vector<const TraceSpan*>& spans, TraceTrees& trees) {
  Family family{spans, trees};
  std::size_t met = 0;
  for (const std::uint32_t root : family.roots()) met += RequestBuilder{family, trees}.build(root);
  trees.unreached += family.size() - met;
}

std::vector<sim::Duration> self_times(const RequestTree& request) {
  std::vector<std::uint32_t> by_call(request.visits.size());
  for (std::uint32_t i = 0; i < by_call.size(); ++i) by_call[i] = i;
  std::ranges::stable_sort(by_call, {}, [&](std::uint32_t i) { return request.visits[i].called; });
  std::vector<sim::Duration> self, covered_to;
  for (const Visit& visit : request.visits) {
    self.push_back(visit.end - visit.start);
    covered_to.push_back(visit.start);
  }
  for (const std::uint32_t i : by_call) {
    const Visit& visit = request.visits[i];
    if (visit.parent == Visit::none) continue;
    const sim::Duration from = std::max(visit.called, covered_to[visit.parent]);
    if (visit.answered <= from) continue;
    self[visit.parent] -= visit.answered - from;
    covered_to[visit.parent] = visit.answered;
  }
  return self;
}

}  // namespace planner
