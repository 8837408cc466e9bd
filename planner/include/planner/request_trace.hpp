#pragma once
#include <atomic>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "models/request.hpp"
#include "planner/render.hpp"
#include "planner/scenario.hpp"

namespace planner {

/// A stretch of a request's time that is charged to one part.
struct RequestSpan {
  std::string name;           ///< part and where: `compute web @ ams`
  std::string service, site;  ///< empty for what happens on the way
  models::Part part{};
  sim::Time begin{}, end{};
  std::uint32_t strand = 0;           ///< tells branches that run side by side apart; 0: the trunk
  std::uint32_t visit = UINT32_MAX;   ///< of a service, within which it is; none: the user waits
  std::uint32_t way_of = UINT32_MAX;  ///< the visit that this is the way to or from; none: of no such
};

/// A service while it holds the request: from its arrival there, queue included, until the answer leaves.
struct ServiceVisit {
  std::string service, site;
  std::uint32_t parent = UINT32_MAX;  ///< visit that made the call; none: the user
  std::uint32_t strand = 0;
  sim::Time begin{}, end{};
  sim::Time called{}, answered{};  ///< as the caller sees it: with the way there and back
};

/// All that one request went through.
struct RequestTrace {
  std::string scenario, strategy, workload, flow, population;
  std::uint64_t seed = 0;
  std::uint32_t replication = 0, number = 0;  ///< of the workload, from 0
  std::int64_t start_unix = 0;                ///< [s] instant of the run's time 0
  sim::Time begin{}, end{};
  std::vector<RequestSpan> spans;    ///< by begin
  std::vector<ServiceVisit> visits;  ///< callers before those that they call
};

/// Which request to look at.
struct TraceRequest {
  std::string workload;  ///< empty: the slowest answer of all
  std::uint32_t number = 0;
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  const std::atomic<bool>* stop = nullptr;
};

/// Simulates the replication step by step and follows one request; the slowest is found by a first pass.
/// @return nothing if there is no such request, it was not answered, or the run was stopped
[[nodiscard]] std::optional<RequestTrace> trace_request(const Scenario& scenario, const TraceRequest& which);

/// A waterfall, one line a span.
[[nodiscard]] std::string render_trace(const RequestTrace& trace, const TextOptions& options);
/// Document type trace/1.
[[nodiscard]] nlohmann::ordered_json trace_json(const RequestTrace& trace);
/// One ExportTraceServiceRequest (OTLP 1.x) as a line of JSON, as OpenTelemetry's file exporter writes them.
[[nodiscard]] std::string trace_otlp(const RequestTrace& trace);
/// The Trace Event Format that chrome://tracing and Perfetto read.
[[nodiscard]] std::string trace_chrome(const RequestTrace& trace);

}  // namespace planner
