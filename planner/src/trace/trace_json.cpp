#include <fmt/format.h>

#include <map>

#include "text/json_records.hpp"
#include "trace/trace_sink.hpp"

/// OTLP and Jaeger JSON and HAR. Unknown members are ignored, as those formats ask for.
namespace planner {
namespace {

using nlohmann::json;
using Kind = TraceSpan::Kind;

const json& member(const json& object, const char* key) {
  static const json none;
  const auto found = object.is_object() ? object.find(key) : object.end();
  return object.is_object() && found != object.end() ? *found : none;
}

std::string text_of(const json& value) {
  return value.is_string() ? value.get<std::string>() : std::string{};
}

/// A whole number, as a number or (64 bits in OTLP) as text.
std::optional<std::int64_t> whole_of(const json& value) {
  if (value.is_number_unsigned()) {
    const auto number = value.get<std::uint64_t>();
    return number <= INT64_MAX ? std::optional{static_cast<std::int64_t>(number)} : std::nullopt;
  }
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (!value.is_string()) return std::nullopt;
  const auto parsed = parse_decimal_time(value.get_ref<const std::string&>(), sim::Duration{1});
  return parsed ? std::optional<std::int64_t>{parsed->count()} : std::nullopt;
}

std::optional<sim::Duration> microseconds(const json& value) {
  const auto count = whole_of(value);
  if (!count || *count > INT64_MAX / 1000 || *count < 0) return std::nullopt;
  return std::chrono::microseconds{*count};
}

/// Names under which the semantic conventions of OpenTelemetry know what we look for, newest first.
struct Attributes {
  std::int64_t request = -1, response = -1;
  std::string peer, span_kind;

  void take(const std::string& key, const json& value) {
    if (key == "http.request.body.size" || key == "http.request_content_length")
      request = whole_of(value).value_or(-1);
    if (key == "http.response.body.size" || key == "http.response_content_length")
      response = whole_of(value).value_or(-1);
    if (key == "peer.service" || (peer.empty() && (key == "db.system" || key == "db.system.name")))
      peer = text_of(value);
    if (key == "span.kind") span_kind = text_of(value);
  }
};

/// The value within an OTLP AnyValue.
const json& any_value(const json& value) {
  return value.is_object() && !value.empty() ? value.begin().value() : value;
}

Kind kind_of_otlp(const json& kind) {
  const std::string text = text_of(kind);
  const std::int64_t number = whole_of(kind).value_or(0);
  if (number == 2 || text == "SPAN_KIND_SERVER") return Kind::server;
  if (number == 3 || text == "SPAN_KIND_CLIENT") return Kind::client;
  if (number == 4 || number == 5 || text == "SPAN_KIND_PRODUCER" || text == "SPAN_KIND_CONSUMER")
    return Kind::asynchronous;
  return Kind::internal;
}

Kind kind_of_jaeger(const std::string& kind) {
  if (kind == "server") return Kind::server;
  if (kind == "client") return Kind::client;
  return kind == "producer" || kind == "consumer" ? Kind::asynchronous : Kind::internal;
}

void set_payload(TraceSpan& span, const Attributes& attributes, TraceSink& sink) {
  span.request = attributes.request;
  span.response = attributes.response;
  if (span.kind == Kind::client && !attributes.peer.empty()) span.peer = sink.service(attributes.peer);
}

constexpr const char* no_times = "spans without valid start and end";

/// One span, its service still open. @return whether it is a span at all
bool add_otlp_span(const json& record, TraceSink& sink) {
  const auto start = whole_of(member(record, "startTimeUnixNano"));
  const auto end = whole_of(member(record, "endTimeUnixNano"));
  if (!start || !end || *start < 0 || *end < *start) {
    sink.dropped(no_times);
    return false;
  }
  Attributes attributes;
  for (const json& attribute : member(record, "attributes"))
    attributes.take(text_of(member(attribute, "key")), any_value(member(attribute, "value")));
  TraceSpan span;
  span.trace = parse_trace_id(text_of(member(record, "traceId")));
  span.id = parse_span_id(text_of(member(record, "spanId")));
  span.parent = parse_span_id(text_of(member(record, "parentSpanId")));
  span.start = sim::Duration{*start};
  span.duration = sim::Duration{*end - *start};
  span.operation = sink.operation(text_of(member(record, "name")));
  span.kind = kind_of_otlp(member(record, "kind"));
  set_payload(span, attributes, sink);
  sink.add(span);
  return true;
}

std::string service_of_resource(const json& resource) {
  for (const json& attribute : member(resource, "attributes")) {
    if (text_of(member(attribute, "key")) == "service.name")
      return text_of(any_value(member(attribute, "value")));
  }
  return {};
}

JsonRecords records(const TraceSink& sink) {
  return JsonRecords{{.depth = sink.limits.depth, .record_values = sink.limits.record_values}};
}

void run(JsonRecords& records, std::istream& stream, TraceSink& sink) {
  if (const std::string problem = records.read(stream); !problem.empty()) sink.fail("", problem);
}

/// A trace of Jaeger: the processes may stand behind the spans that name them.
class JaegerTrace {
 public:
  explicit JaegerTrace(TraceSink& sink) : sink_{sink} {}

  void add(const json& record) {
    const auto start = microseconds(member(record, "startTime"));
    const auto duration = microseconds(member(record, "duration"));
    if (!start || !duration) return sink_.dropped(no_times);
    Attributes attributes;
    for (const json& tag : member(record, "tags"))
      attributes.take(text_of(member(tag, "key")), member(tag, "value"));
    TraceSpan span;
    span.trace = parse_trace_id(text_of(member(record, "traceID")));
    span.id = parse_span_id(text_of(member(record, "spanID")));
    span.start = *start;
    span.duration = duration;
    span.operation = sink_.operation(text_of(member(record, "operationName")));
    span.kind = kind_of_jaeger(attributes.span_kind);
    set_parent(record, span);
    set_payload(span, attributes, sink_);
    const std::string inline_service = text_of(member(member(record, "process"), "serviceName"));
    if (inline_service.empty())
      waiting_.emplace_back(sink_.data.spans.size(), text_of(member(record, "processID")));
    else
      span.service = sink_.service(inline_service);
    sink_.add(span);
  }

  void add_processes(const json& processes) {
    if (!processes.is_object()) return;
    for (const auto& [id, process] : processes.items()) names_[id] = text_of(member(process, "serviceName"));
  }

  void end() {
    for (const auto& [index, process] : waiting_) {
      const auto known = names_.find(process);
      if (known == names_.end()) sink_.guessed("spans without a service name belong to \"unknown\"", 1);
      sink_.data.spans[index].service = sink_.service(known == names_.end() ? "unknown" : known->second);
    }
    waiting_.clear();
    names_.clear();
  }

 private:
  static void set_parent(const json& record, TraceSpan& span) {
    span.parent = parse_span_id(text_of(member(record, "parentSpanID")));
    for (const json& reference : member(record, "references")) {
      const std::string type = text_of(member(reference, "refType"));
      if (span.parent == 0) span.parent = parse_span_id(text_of(member(reference, "spanID")));
      if (type == "FOLLOWS_FROM") span.kind = Kind::asynchronous;
      if (type == "CHILD_OF") {
        span.parent = parse_span_id(text_of(member(reference, "spanID")));
        return;
      }
    }
  }

  TraceSink& sink_;
  std::vector<std::pair<std::size_t, std::string>> waiting_;
  std::map<std::string, std::string> names_;
};

std::string host_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::size_t begin = scheme == std::string::npos ? 0 : scheme + 3;
  return url.substr(begin, url.find_first_of(":/?#", begin) - begin);
}

std::string path_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::size_t slash = url.find('/', scheme == std::string::npos ? 0 : scheme + 3);
  return slash == std::string::npos ? "/" : url.substr(slash, url.find_first_of("?#", slash) - slash);
}

void add_har_entry(const json& entry, TraceSink& sink) {
  const json& request = member(entry, "request");
  const json& response = member(entry, "response");
  const auto start = parse_timestamp(text_of(member(entry, "startedDateTime")));
  const json& time = member(entry, "time");
  if (!start || !time.is_number() || !(time.get<double>() >= 0) || time.get<double>() > 1e12)
    return sink.dropped("entries without valid start and time");
  const std::string url = text_of(member(request, "url"));
  TraceSpan span;
  span.trace = sink.next_trace();
  span.id = 1;
  span.start = *start;
  span.duration = sim::from_seconds(time.get<double>() * 1e-3);
  span.service = sink.service(host_of(url).empty() ? "unknown" : host_of(url));
  span.operation = sink.operation(text_of(member(request, "method")) + " " + path_of(url));
  span.request = whole_of(member(request, "bodySize")).value_or(-1);
  span.response = whole_of(member(response, "bodySize")).value_or(-1);
  if (span.response < 0) span.response = whole_of(member(member(response, "content"), "size")).value_or(-1);
  sink.add(span);
}

}  // namespace

void read_otlp(std::istream& stream, TraceSink& sink) {
  std::string service;
  std::size_t first = sink.data.spans.size();
  JsonRecords otlp = records(sink);
  const auto span = [&](json& record) { add_otlp_span(record, sink); };
  otlp.on_value("resourceSpans/*/resource", [&](json& resource) { service = service_of_resource(resource); });
  otlp.on_value("resourceSpans/*/scopeSpans/*/spans/*", span);
  otlp.on_value("resourceSpans/*/instrumentationLibrarySpans/*/spans/*", span);
  otlp.on_end("resourceSpans/*", [&] {
    if (service.empty() && first < sink.data.spans.size())
      sink.guessed("spans without a service name belong to \"unknown\"", sink.data.spans.size() - first);
    const std::uint32_t number =
        first < sink.data.spans.size() ? sink.service(service.empty() ? "unknown" : service) : 0;
    for (; first < sink.data.spans.size(); ++first) sink.data.spans[first].service = number;
    service.clear();
  });
  run(otlp, stream, sink);
}

void read_jaeger(std::istream& stream, TraceSink& sink) {
  JaegerTrace trace{sink};
  JsonRecords jaeger = records(sink);
  const auto span = [&](json& record) { trace.add(record); };
  const auto processes = [&](json& record) { trace.add_processes(record); };
  jaeger.on_value("data/*/spans/*", span);
  jaeger.on_value("data/*/processes", processes);
  jaeger.on_end("data/*", [&] { trace.end(); });
  jaeger.on_value("spans/*", span);
  jaeger.on_value("processes", processes);
  jaeger.on_value("*", span);
  jaeger.on_end("", [&] { trace.end(); });
  run(jaeger, stream, sink);
}

void read_har(std::istream& stream, TraceSink& sink) {
  JsonRecords har = records(sink);
  har.on_value("log/entries/*", [&](json& entry) { add_har_entry(entry, sink); });
  run(har, stream, sink);
  sink.guessed("the time of a HAR entry includes connection and transfer; it is taken for service time");
}

}  // namespace planner
