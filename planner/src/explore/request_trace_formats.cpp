#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "planner/number_text.hpp"
#include "planner/request_trace.hpp"
#include "show/text_table.hpp"
#include "sim/hash.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

double milliseconds(sim::Duration duration) { return static_cast<double>(duration.count()) * 1e-6; }

/// Nanoseconds since 1970 as OTLP has them: decimal text, because JSON numbers lose the last digits.
std::string unix_nanoseconds(const RequestTrace& trace, sim::Time time) {
  return std::to_string(trace.start_unix * 1'000'000'000 + time.time_since_epoch().count());
}

std::uint64_t trace_hash(const RequestTrace& trace) {
  std::uint64_t hash = sim::hash_name(trace.scenario + "\n" + trace.strategy + "\n" + trace.workload);
  for (const std::uint64_t next : {trace.seed, std::uint64_t{trace.replication}, std::uint64_t{trace.number}})
    hash = sim::combine(hash, next);
  return hash;
}

/// 16 hexadecimal digits, never all zero, which would be no id.
std::string identifier(std::uint64_t hash) {
  return fmt::format("{:016x}", std::max<std::uint64_t>(hash, 1));
}

Json attribute(const char* key, const std::string& value) {
  return {{"key", key}, {"value", {{"stringValue", value}}}};
}

enum class SpanKind : int { internal = 1, server = 2, client = 3 };  // as OTLP numbers them

/// Writes a request as OTLP has it: the user's action, below it a client span of each call in the caller's
/// service and a server span in the callee's, and as internal spans what the time went into.
class OtlpWriter {
 public:
  explicit OtlpWriter(const RequestTrace& trace) : trace_{trace}, hash_{trace_hash(trace)} {}

  std::string write() {
    put_root();
    for (std::uint32_t i = 0; i < trace_.visits.size(); ++i) put_visit(i);
    for (std::uint32_t i = 0; i < trace_.spans.size(); ++i) put_part(i);
    Json document{{"resourceSpans", Json::array()}};
    for (auto& [service, spans] : by_service_) document["resourceSpans"].push_back(resource(service, spans));
    return document.dump() + "\n";
  }

 private:
  static constexpr std::uint32_t user = UINT32_MAX;  ///< instead of a visit

  [[nodiscard]] std::string id(std::uint64_t which) const { return identifier(sim::combine(hash_, which)); }
  [[nodiscard]] std::string root_id() const { return id(99); }
  [[nodiscard]] std::string client_id(std::uint32_t visit) const {
    return id(100 + 3 * std::uint64_t{visit});
  }
  [[nodiscard]] std::string server_id(std::uint32_t visit) const {
    return visit == user ? root_id() : id(101 + 3 * std::uint64_t{visit});
  }
  [[nodiscard]] std::string part_id(std::uint32_t span) const { return id(102 + 3 * std::uint64_t{span}); }
  [[nodiscard]] const std::string& service(std::uint32_t visit) const {
    return visit == user ? trace_.population : trace_.visits[visit].service;
  }

  Json& put(const std::string& owner, const std::string& own, const std::string& parent,
            const std::string& name, SpanKind kind, sim::Time begin, sim::Time end) {
    auto [spans, added] = by_service_.try_emplace(owner, Json::array());
    spans->second.push_back({{"traceId", identifier(hash_) + id(1)},
                             {"spanId", own},
                             {"parentSpanId", parent},
                             {"name", name},
                             {"kind", static_cast<int>(kind)},
                             {"startTimeUnixNano", unix_nanoseconds(trace_, begin)},
                             {"endTimeUnixNano", unix_nanoseconds(trace_, end)},
                             {"attributes", Json::array()},
                             {"status", Json::object()}});
    return spans->second.back()["attributes"];
  }

  void put_root() {
    Json& attributes =
        put(trace_.population, root_id(), "", trace_.flow, SpanKind::internal, trace_.begin, trace_.end);
    attributes = Json::array({attribute("isochrone.workload", trace_.workload),
                              attribute("isochrone.strategy", trace_.strategy),
                              attribute("isochrone.request", std::to_string(trace_.number)),
                              attribute("isochrone.seed", std::to_string(trace_.seed)),
                              attribute("isochrone.replication", std::to_string(trace_.replication))});
  }

  void put_visit(std::uint32_t index) {
    const ServiceVisit& visit = trace_.visits[index];
    put(service(visit.parent), client_id(index), server_id(visit.parent), visit.service, SpanKind::client,
        visit.called, visit.answered)
        .push_back(attribute("peer.service", visit.service));
    put(visit.service, server_id(index), client_id(index), visit.service, SpanKind::server, visit.begin,
        visit.end)
        .push_back(attribute("cloud.region", visit.site));
  }

  void put_part(std::uint32_t index) {
    const RequestSpan& span = trace_.spans[index];
    const bool on_way = span.way_of != user;
    put(service(span.visit), part_id(index), on_way ? client_id(span.way_of) : server_id(span.visit),
        span.name, SpanKind::internal, span.begin, span.end)
        .push_back(attribute("isochrone.part", std::string{models::name(span.part)}));
  }

  static Json resource(const std::string& service, Json& spans) {
    return {{"resource", {{"attributes", Json::array({attribute("service.name", service)})}}},
            {"scopeSpans", Json::array({{{"scope", {{"name", "isochrone"}}}, {"spans", std::move(spans)}}})}};
  }

  const RequestTrace& trace_;
  std::uint64_t hash_;
  std::map<std::string, Json> by_service_;
};

std::string bar(const RequestTrace& trace, const RequestSpan& span, int width) {
  const double scale = width / std::max(milliseconds(trace.end - trace.begin), 1e-9);
  const int from = std::min(static_cast<int>(milliseconds(span.begin - trace.begin) * scale), width - 1);
  const int to = static_cast<int>(milliseconds(span.end - trace.begin) * scale + 0.5);
  return std::string(static_cast<std::size_t>(from), ' ') +
         std::string(static_cast<std::size_t>(std::clamp(to - from, 1, width - from)), '#');
}

}  // namespace

std::string render_trace(const RequestTrace& trace, const TextOptions& options) {
  constexpr int number_columns = 9, bar_columns = 30;
  const int name_columns = options.width - 2 * number_columns - bar_columns - 3;
  std::string text =
      wrapped(fmt::format("request {}#{} ({} of {}) under {}: {} ms, begun {:.6f} s into the run",
                          trace.workload, trace.number, trace.flow, trace.population, trace.strategy,
                          number_text(milliseconds(trace.end - trace.begin)),
                          sim::to_seconds(trace.begin - sim::time_zero)),
              options.width, 0);
  text += strong(fmt::format("{:<{}} {:>{}} {:>{}}", "", name_columns, "from ms", number_columns, "takes ms",
                             number_columns),
                 options.color) +
          "\n";
  for (const RequestSpan& span : trace.spans) {
    const std::string indent(span.strand == 0 ? 0 : 2, ' ');
    const std::string name = shortened(indent + span.name, name_columns);
    text += name + std::string(static_cast<std::size_t>(name_columns - columns(name)), ' ');
    text += fmt::format(" {:>{}} {:>{}} {}\n", number_text(milliseconds(span.begin - trace.begin)),
                        number_columns, number_text(milliseconds(span.end - span.begin)), number_columns,
                        bar(trace, span, bar_columns));
  }
  return text;
}

Json trace_json(const RequestTrace& trace) {
  Json json{{"scenario", trace.scenario},
            {"strategy", trace.strategy},
            {"workload", trace.workload},
            {"request", trace.number},
            {"flow", trace.flow},
            {"population", trace.population},
            {"seed", trace.seed},
            {"replication", trace.replication},
            {"begin", {{"v", sim::to_seconds(trace.begin - sim::time_zero)}, {"unit", "s"}}},
            {"latency", {{"v", milliseconds(trace.end - trace.begin)}, {"unit", "ms"}}},
            {"spans", Json::array()}};
  for (const RequestSpan& span : trace.spans) {
    Json entry{{"name", span.name}, {"part", models::name(span.part)}};
    if (!span.service.empty()) entry["service"] = span.service;
    if (!span.site.empty()) entry["site"] = span.site;
    entry["from"] = {{"v", milliseconds(span.begin - trace.begin)}, {"unit", "ms"}};
    entry["takes"] = {{"v", milliseconds(span.end - span.begin)}, {"unit", "ms"}};
    entry["strand"] = span.strand;
    json["spans"].push_back(std::move(entry));
  }
  return json;
}

std::string trace_otlp(const RequestTrace& trace) { return OtlpWriter{trace}.write(); }

std::string trace_chrome(const RequestTrace& trace) {
  Json events = Json::array();
  const auto name_of = [&](const char* what, std::uint32_t thread, const std::string& name) {
    events.push_back({{"name", what}, {"ph", "M"}, {"pid", 1}, {"tid", thread}, {"args", {{"name", name}}}});
  };
  const auto complete = [&](const std::string& name, std::string_view category, sim::Time begin,
                            sim::Time end, std::uint32_t thread) {
    const auto microseconds = [](sim::Duration time) { return static_cast<double>(time.count()) / 1e3; };
    events.push_back({{"name", name},
                      {"cat", category},
                      {"ph", "X"},
                      {"ts", microseconds(begin - trace.begin)},
                      {"dur", microseconds(end - begin)},
                      {"pid", 1},
                      {"tid", thread}});
  };
  std::set<std::uint32_t> strands{0};
  for (const RequestSpan& span : trace.spans) strands.insert(span.strand);
  name_of("process_name", 0, fmt::format("{}#{}", trace.workload, trace.number));
  for (const std::uint32_t strand : strands)
    name_of("thread_name", strand, strand == 0 ? "request" : fmt::format("branch {}", strand));
  complete(trace.flow, "request", trace.begin, trace.end, 0);
  for (const ServiceVisit& visit : trace.visits)
    complete(visit.service + " @ " + visit.site, "service", visit.begin, visit.end, visit.strand);
  for (const RequestSpan& span : trace.spans)
    complete(span.name, models::name(span.part), span.begin, span.end, span.strand);
  return Json{{"displayTimeUnit", "ms"}, {"traceEvents", std::move(events)}}.dump(2) + "\n";
}

}  // namespace planner
