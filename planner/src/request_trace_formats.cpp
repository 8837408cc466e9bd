#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "planner/number_text.hpp"
#include "planner/request_trace.hpp"
#include "sim/hash.hpp"
#include "text_table.hpp"

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

/// Who a span belongs to in a tracing tool.
std::string owner(const RequestTrace& trace, const RequestSpan& span) {
  return span.service.empty() ? trace.scenario + " network" : span.service;
}

Json otlp_span(const RequestTrace& trace, const std::string& parent, std::size_t number,
               const RequestSpan& span) {
  constexpr int internal = 1, server = 2;  // SpanKind
  Json json{{"traceId", identifier(trace_hash(trace)) + identifier(sim::combine(trace_hash(trace), 1))},
            {"spanId", identifier(sim::combine(trace_hash(trace), 100 + number))},
            {"parentSpanId", parent},
            {"name", span.name},
            {"kind", span.service.empty() ? internal : server},
            {"startTimeUnixNano", unix_nanoseconds(trace, span.begin)},
            {"endTimeUnixNano", unix_nanoseconds(trace, span.end)}};
  json["attributes"] = Json::array({attribute("isochrone.part", std::string{models::name(span.part)})});
  if (!span.site.empty()) json["attributes"].push_back(attribute("cloud.region", span.site));
  json["status"] = Json::object();
  return json;
}

Json otlp_root(const RequestTrace& trace, const std::string& id) {
  constexpr int client = 3;
  Json json = otlp_span(trace, "", 0, {trace.flow, {}, {}, {}, trace.begin, trace.end, 0});
  json["spanId"] = id;
  json["kind"] = client;
  json["attributes"] = Json::array({attribute("isochrone.workload", trace.workload),
                                    attribute("isochrone.strategy", trace.strategy),
                                    attribute("isochrone.request", std::to_string(trace.number)),
                                    attribute("isochrone.seed", std::to_string(trace.seed)),
                                    attribute("isochrone.replication", std::to_string(trace.replication))});
  return json;
}

Json resource_spans(const std::string& service, Json spans) {
  return {{"resource", {{"attributes", Json::array({attribute("service.name", service)})}}},
          {"scopeSpans", Json::array({{{"scope", {{"name", "isochrone"}}}, {"spans", std::move(spans)}}})}};
}

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

std::string trace_otlp(const RequestTrace& trace) {
  const std::string root = identifier(sim::combine(trace_hash(trace), 99));
  std::map<std::string, Json> by_owner;
  by_owner[trace.population] = Json::array({otlp_root(trace, root)});
  for (std::size_t i = 0; i < trace.spans.size(); ++i) {
    Json& spans = by_owner[owner(trace, trace.spans[i])];
    if (spans.is_null()) spans = Json::array();
    spans.push_back(otlp_span(trace, root, i + 1, trace.spans[i]));
  }
  Json document{{"resourceSpans", Json::array()}};
  for (auto& [service, spans] : by_owner)
    document["resourceSpans"].push_back(resource_spans(service, std::move(spans)));
  return document.dump() + "\n";
}

std::string trace_chrome(const RequestTrace& trace) {
  const auto microseconds = [](sim::Duration duration) { return milliseconds(duration) * 1e3; };
  Json events = Json::array();
  events.push_back({{"name", "process_name"},
                    {"ph", "M"},
                    {"pid", 1},
                    {"args", {{"name", fmt::format("{}#{}", trace.workload, trace.number)}}}});
  events.push_back({{"name", trace.flow},
                    {"cat", "request"},
                    {"ph", "X"},
                    {"ts", 0},
                    {"dur", microseconds(trace.end - trace.begin)},
                    {"pid", 1},
                    {"tid", 0}});
  for (const RequestSpan& span : trace.spans) {
    events.push_back({{"name", span.name},
                      {"cat", models::name(span.part)},
                      {"ph", "X"},
                      {"ts", microseconds(span.begin - trace.begin)},
                      {"dur", microseconds(span.end - span.begin)},
                      {"pid", 1},
                      {"tid", span.strand}});
  }
  return Json{{"displayTimeUnit", "ms"}, {"traceEvents", std::move(events)}}.dump(2) + "\n";
}

}  // namespace planner
