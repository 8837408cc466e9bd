#include "trace/trace_arrivals.hpp"

#include <fmt/format.h>

#include <algorithm>

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

/// One figure of each request; null where told() holds for none.
template <class Figure, class Told, class Of>
std::shared_ptr<const std::vector<Figure>> column(const std::vector<TraceSpan>& roots, Told told, Of of) {
  if (std::ranges::none_of(roots, told)) return nullptr;
  auto figures = std::make_shared<std::vector<Figure>>();
  figures->reserve(roots.size());
  for (const TraceSpan& root : roots) figures->push_back(of(root));
  return figures;
}

std::shared_ptr<const std::vector<sim::Bytes>> payloads(const std::vector<TraceSpan>& roots,
                                                        std::int64_t TraceSpan::*size) {
  return column<sim::Bytes>(
      roots, [&](const TraceSpan& root) { return root.*size >= 0; },
      [&](const TraceSpan& root) { return sim::Bytes{static_cast<double>(root.*size)}; });
}

/// The figures that are asked for, by rising start; starts are counted from `first`.
TraceArrivals::Requests in_order(std::vector<TraceSpan> roots, sim::Duration first, const Fields& trace) {
  std::ranges::stable_sort(roots, {}, &TraceSpan::start);
  const auto all = [](const TraceSpan&) { return true; };
  TraceArrivals::Requests requests;
  requests.times =
      column<sim::Duration>(roots, all, [&](const TraceSpan& root) { return root.start - first; });
  if (trace.flag("durations", false)) {
    requests.durations = column<sim::Duration>(roots, all, [](const TraceSpan& root) {
      return std::max(root.duration.value_or(sim::Duration{}), sim::Duration{});
    });
  }
  if (trace.flag("payloads", false)) {
    requests.requests = payloads(roots, &TraceSpan::request);
    requests.responses = payloads(roots, &TraceSpan::response);
  }
  return requests;
}

}  // namespace

std::optional<TraceArrivals::Requests> TraceArrivals::read(const Value& value) {
  const Fields trace{value};
  const TraceData* found = data(trace);
  if (found == nullptr) return std::nullopt;
  const std::string service = trace.text("service");
  std::vector<TraceSpan> roots;
  sim::Duration first = sim::Duration::max();
  for (const TraceSpan& span : found->spans) {
    if (span.parent != 0) continue;
    first = std::min(first, span.start);
    if (service.empty() || found->services[span.service] == service) roots.push_back(span);
  }
  if (roots.empty()) {
    Diagnostic& issue = context_.issues.add(
        Code::bad_trace, service.empty() ? trace.get("file")->span : trace.get("service")->span,
        service.empty() ? fmt::format("\"{}\" holds no requests", trace.text("file"))
                        : fmt::format("\"{}\" holds no requests of \"{}\"", trace.text("file"), service));
    if (!service.empty()) propose(issue, service, found->services);
    return std::nullopt;
  }
  if (!has_all(trace, roots)) return std::nullopt;
  return in_order(std::move(roots), first, trace);
}

bool TraceArrivals::has_all(const Fields& trace, const std::vector<TraceSpan>& roots) {
  const auto untimed = std::ranges::count_if(roots, [](const TraceSpan& root) { return !root.duration; });
  if (trace.flag("durations", false) && untimed > 0) {
    context_.issues.add(Code::bad_trace, trace.get("durations")->span,
                        fmt::format("{} of the {} requests of \"{}\" have no duration", untimed, roots.size(),
                                    trace.text("file")));
    return false;
  }
  const bool sized = std::ranges::any_of(
      roots, [](const TraceSpan& root) { return root.request >= 0 || root.response >= 0; });
  if (trace.flag("payloads", false) && !sized) {
    context_.issues.add(
        Code::bad_trace, trace.get("payloads")->span,
        fmt::format("no request of \"{}\" tells how large it or its response was", trace.text("file")));
    return false;
  }
  return true;
}

}  // namespace planner
