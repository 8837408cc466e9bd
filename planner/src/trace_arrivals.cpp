#include "trace_arrivals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace planner {

const TraceData* TraceArrivals::data(const Fields& trace) {
  const std::string file = trace.text("file");
  const std::vector<std::string> key{file, trace.text("format"), trace.text("time")};
  if (const auto known = files_.find(key); known != files_.end()) return &known->second;
  auto text = context_.folder.read(file, trace.get("file")->span, context_.issues);
  if (!text) return nullptr;
  TraceOptions options;
  if (trace.has("format")) options.format = find_trace_format(trace.text("format"));
  options.columns.time = trace.text("time");
  try {
    return &files_.emplace(key, read_trace(std::move(*text), file, options)).first->second;
  } catch (const TraceError& error) {
    context_.issues.add(Code::bad_trace, trace.get("file")->span, error.what());
    return nullptr;
  }
}

namespace {

/// Start and duration of a request.
using Timed = std::pair<sim::Duration, std::optional<sim::Duration>>;

/// Starts and durations apart, the starts counted from `first`.
TraceArrivals::Requests in_order(std::vector<Timed> roots, sim::Duration first, bool with_durations) {
  std::ranges::stable_sort(roots, {}, &Timed::first);
  auto times = std::make_shared<std::vector<sim::Duration>>();
  auto durations = std::make_shared<std::vector<sim::Duration>>();
  for (const auto& [start, duration] : roots) {
    times->push_back(start - first);
    if (with_durations) durations->push_back(std::max(duration.value_or(sim::Duration{}), sim::Duration{}));
  }
  TraceArrivals::Requests requests{std::move(times), nullptr};
  if (with_durations) requests.durations = std::move(durations);
  return requests;
}

}  // namespace

std::optional<TraceArrivals::Requests> TraceArrivals::read(const Value& value) {
  const Fields trace{value};
  const TraceData* found = data(trace);
  if (found == nullptr) return std::nullopt;
  const std::string service = trace.text("service");
  std::vector<Timed> roots;
  sim::Duration first = sim::Duration::max();
  for (const TraceSpan& span : found->spans) {
    if (span.parent != 0) continue;
    first = std::min(first, span.start);
    if (service.empty() || found->services[span.service] == service)
      roots.emplace_back(span.start, span.duration);
  }
  if (roots.empty()) {
    Diagnostic& issue = context_.issues.add(
        Code::bad_trace, service.empty() ? trace.get("file")->span : trace.get("service")->span,
        service.empty() ? fmt::format("\"{}\" holds no requests", trace.text("file"))
                        : fmt::format("\"{}\" holds no requests of \"{}\"", trace.text("file"), service));
    if (!service.empty()) propose(issue, service, found->services);
    return std::nullopt;
  }
  const bool with_durations = trace.flag("durations", false);
  const auto untimed = std::ranges::count_if(roots, [](const Timed& root) { return !root.second; });
  if (with_durations && untimed > 0) {
    context_.issues.add(Code::bad_trace, trace.get("durations")->span,
                        fmt::format("{} of the {} requests of \"{}\" have no duration", untimed, roots.size(),
                                    trace.text("file")));
    return std::nullopt;
  }
  return in_order(std::move(roots), first, with_durations);
}

}  // namespace planner
