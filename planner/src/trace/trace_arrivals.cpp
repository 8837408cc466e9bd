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

/// The figures that are asked for, in the order of the roots; starts are counted from `first`.
TraceArrivals::Requests in_order(const std::vector<TraceSpan>& roots, sim::Duration first,
                                 const Fields& trace) {
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

/// Mean payload of the visits of one service within a request.
class MeanSize {
 public:
  void add(std::int64_t size) {
    if (size < 0) return;
    sum_ += static_cast<double>(size);
    ++count_;
  }
  /// Below 0 if no visit told.
  [[nodiscard]] sim::Bytes value() const { return sim::Bytes{count_ > 0 ? sum_ / count_ : -1.0}; }

 private:
  double sum_ = 0;
  int count_ = 0;
};

/// Gathers what the calls of each request sent and got. A span belongs to the request of its trace; of
/// several visits of one service the mean counts.
class CallPayloads {
 public:
  CallPayloads(const TraceData& data, const std::vector<TraceSpan>& roots) : data_{data}, roots_{roots} {
    for (std::uint32_t i = 0; i < roots.size(); ++i) request_of_.try_emplace(roots[i].trace, i);
    for (const TraceSpan& span : data.spans) {
      if (span.parent != 0 && (span.request >= 0 || span.response >= 0)) add(span);
    }
  }

  [[nodiscard]] std::map<std::string, Workload::CallSizes> sizes() const {
    std::map<std::string, Workload::CallSizes> result;
    for (const auto& [service, calls] : calls_) {
      auto requests = std::make_shared<std::vector<sim::Bytes>>();
      auto responses = std::make_shared<std::vector<sim::Bytes>>();
      for (const auto& [request, response] : calls) {
        requests->push_back(request.value());
        responses->push_back(response.value());
      }
      result[data_.services[service]] = {std::move(requests), std::move(responses)};
    }
    return result;
  }

 private:
  // Caller and callee may both tell of a call; a client's span names the callee as its peer.
  void add(const TraceSpan& span) {
    const bool of_client = span.kind == TraceSpan::Kind::client;
    const std::uint32_t service = of_client ? span.peer : span.service;
    const auto request = request_of_.find(span.trace);
    if (service == UINT32_MAX || request == request_of_.end()) return;
    auto& calls = calls_[service];
    calls.resize(roots_.size());
    calls[request->second].first.add(span.request);
    calls[request->second].second.add(span.response);
  }

  const TraceData& data_;
  const std::vector<TraceSpan>& roots_;
  std::map<TraceId, std::uint32_t> request_of_;
  std::map<std::uint32_t, std::vector<std::pair<MeanSize, MeanSize>>> calls_;  ///< by service and request
};

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
  std::ranges::stable_sort(roots, {}, &TraceSpan::start);
  Requests requests = in_order(roots, first, trace);
  if (trace.flag("payloads", false)) requests.call_sizes = CallPayloads{*found, roots}.sizes();
  return requests;
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
