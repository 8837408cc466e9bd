#include "trace_arrivals.hpp"

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

TraceArrivals::Times TraceArrivals::read(const Value& value) {
  const Fields trace{value};
  const TraceData* found = data(trace);
  if (found == nullptr) return nullptr;
  const std::string service = trace.text("service");
  auto times = std::make_shared<std::vector<sim::Duration>>();
  sim::Duration first = sim::Duration::max();
  for (const TraceSpan& span : found->spans) {
    if (span.parent != 0) continue;
    first = std::min(first, span.start);
    if (service.empty() || found->services[span.service] == service) times->push_back(span.start);
  }
  if (times->empty()) {
    Diagnostic& issue = context_.issues.add(
        Code::bad_trace, service.empty() ? trace.get("file")->span : trace.get("service")->span,
        service.empty() ? fmt::format("\"{}\" holds no requests", trace.text("file"))
                        : fmt::format("\"{}\" holds no requests of \"{}\"", trace.text("file"), service));
    if (!service.empty()) propose(issue, service, found->services);
    return nullptr;
  }
  for (sim::Duration& time : *times) time -= first;
  std::ranges::sort(*times);
  return times;
}

}  // namespace planner
