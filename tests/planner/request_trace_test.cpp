#include "planner/request_trace.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "planner/study.hpp"
#include "small_scenario.hpp"

using planner::RequestTrace;
using planner::Scenario;
using test_support::small_scenario;
using test_support::with;

namespace {

/// A flow that asks two services at once, and then a third.
const std::string branching = with(
    with(with(with(small_scenario, R"("duration": "10 min")", R"("warmup": "10 s", "duration": "1 min")"),
              R"("calls": { "in": { "service": "web" } })",
              R"("calls": { "in": { "service": "web" }, "left": { "service": "data", "from": "in" },
                 "right": { "service": "data", "from": "in" }, "last": { "service": "web", "from": "in", "after": ["left", "right"] } })"),
         R"("services": {)",
         R"("services": { "data": { "time": { "dist": "exponential", "mean": "8 ms" }, "cpu": "1 vCPU" }, )"),
    R"("placement": {)", R"("placement": { "data": { "edge": { "replicas": 2 } }, )");

Scenario scenario(const std::string& text) {
  return test_support::document(text).resolve("cloud").scenario();
}

planner::TraceRequest request(const Scenario& of, const std::string& workload = {},
                              std::uint32_t number = 0) {
  planner::TraceRequest which;
  which.seed = of.experiment.seed;
  which.workload = workload;
  which.number = number;
  return which;
}

sim::Duration total(const RequestTrace& trace) {
  sim::Duration sum{};
  for (const auto& span : trace.spans) sum += span.end - span.begin;
  return sum;
}

}  // namespace

TEST_CASE("The slowest request is the one that the study's histogram ends with", "[planner][trace]") {
  for (const std::string& text : {small_scenario, branching}) {
    const Scenario made = scenario(text);
    planner::StudyOptions options;
    options.replications = 1;
    const planner::Study study = planner::run_study({made}, options);
    const auto trace = planner::trace_request(made, request(made));
    REQUIRE(trace.has_value());
    CHECK(trace->end - trace->begin == study.strategies[0].slices[0].latency.max());
  }
}

TEST_CASE("The spans of a request without branches follow each other and fill its time", "[planner][trace]") {
  const Scenario made = scenario(small_scenario);
  const auto trace = planner::trace_request(made, request(made, "w", 17));
  REQUIRE(trace.has_value());
  CHECK(trace->number == 17);
  REQUIRE(trace->spans.size() >= 5);  // access, way, compute, way, access
  for (std::size_t i = 1; i < trace->spans.size(); ++i)
    CHECK(trace->spans[i].begin >= trace->spans[i - 1].begin);
  // A tick is 64 ns; a step may lose less than one.
  const sim::Duration lost = trace->end - trace->begin - total(*trace);
  CHECK(lost >= sim::Duration{0});
  CHECK(lost < sim::Duration{64} * static_cast<int>(trace->spans.size() + 1));
}

TEST_CASE("Branches of a request run side by side", "[planner][trace]") {
  const Scenario made = scenario(branching);
  const auto trace = planner::trace_request(made, request(made));
  REQUIRE(trace.has_value());
  std::set<std::uint32_t> strands;
  int computed = 0;
  for (const auto& span : trace->spans) {
    strands.insert(span.strand);
    computed += span.part == models::Part::compute ? 1 : 0;
    CHECK(span.begin >= trace->begin);
    CHECK(span.end <= trace->end);
  }
  CHECK(strands.size() == 2);
  CHECK(computed == 4);  // in, left, right, last
  CHECK(total(*trace) > trace->end - trace->begin);
}

TEST_CASE("A request that there is not has no trace", "[planner][trace]") {
  const Scenario made = scenario(small_scenario);
  CHECK_FALSE(planner::trace_request(made, request(made, "w", 4'000'000)).has_value());
}

namespace {

struct OtlpSpan {
  nlohmann::json json;
  std::string service;
  [[nodiscard]] long long begin() const { return std::stoll(json["startTimeUnixNano"].get<std::string>()); }
  [[nodiscard]] long long end() const { return std::stoll(json["endTimeUnixNano"].get<std::string>()); }
};

/// By id. Checks what the protobuf JSON mapping of opentelemetry-proto asks for, and nothing beyond it.
std::map<std::string, OtlpSpan> otlp_spans(const std::string& line) {
  std::map<std::string, OtlpSpan> spans;
  const auto keys = [](const nlohmann::json& object) {
    std::set<std::string> found;
    for (const auto& [key, value] : object.items()) found.insert(key);
    return found;
  };
  const auto is_hex = [](const nlohmann::json& id, std::size_t size) {
    const std::string text = id;
    return text.size() == size && text.find_first_not_of("0123456789abcdef") == std::string::npos &&
           text.find_first_not_of('0') != std::string::npos;
  };
  const auto check_attributes = [&](const nlohmann::json& attributes) {
    for (const auto& attribute : attributes) {
      CHECK(keys(attribute) == std::set<std::string>{"key", "value"});
      CHECK(keys(attribute["value"]) == std::set<std::string>{"stringValue"});
      CHECK(attribute["value"]["stringValue"].is_string());
    }
  };
  const auto document = nlohmann::json::parse(line);
  CHECK(keys(document) == std::set<std::string>{"resourceSpans"});
  for (const auto& resource : document["resourceSpans"]) {
    CHECK(keys(resource) == std::set<std::string>{"resource", "scopeSpans"});
    check_attributes(resource["resource"]["attributes"]);
    REQUIRE(resource["resource"]["attributes"][0]["key"] == "service.name");
    for (const auto& scope : resource["scopeSpans"]) {
      for (const auto& span : scope["spans"]) {
        CHECK(keys(span) == std::set<std::string>{"traceId", "spanId", "parentSpanId", "name", "kind",
                                                  "startTimeUnixNano", "endTimeUnixNano", "attributes",
                                                  "status"});
        CHECK(is_hex(span["traceId"], 32));
        CHECK(is_hex(span["spanId"], 16));
        // 64-bit integers are decimal text; enumerations are numbers: INTERNAL, SERVER, CLIENT here.
        for (const char* time : {"startTimeUnixNano", "endTimeUnixNano"})
          CHECK(span[time].get<std::string>().find_first_not_of("0123456789") == std::string::npos);
        CHECK((span["kind"] == 1 || span["kind"] == 2 || span["kind"] == 3));
        CHECK(span["status"] == nlohmann::json::object());
        check_attributes(span["attributes"]);
        const OtlpSpan made{span, resource["resource"]["attributes"][0]["value"]["stringValue"]};
        CHECK(spans.emplace(span["spanId"], made).second);
      }
    }
  }
  return spans;
}

}  // namespace

TEST_CASE("OTLP obeys the protobuf JSON mapping and nests calls as they were made", "[planner][trace]") {
  const Scenario made = scenario(branching);
  const auto trace = planner::trace_request(made, request(made));
  REQUIRE(trace.has_value());
  const std::string line = planner::trace_otlp(*trace);
  CHECK(line.find('\n') == line.size() - 1);  // JSON Lines: one export request a line
  const auto spans = otlp_spans(line);
  // The user's action, a client and a server span of each visit, and a span of each part.
  CHECK(trace->visits.size() == 4);
  CHECK(spans.size() == 1 + 2 * trace->visits.size() + trace->spans.size());
  std::size_t roots = 0;
  std::multiset<std::string> calls;
  for (const auto& [id, span] : spans) {
    CHECK(span.begin() <= span.end());
    const std::string parent_id = span.json["parentSpanId"];
    if (parent_id.empty()) {
      ++roots;
      continue;
    }
    REQUIRE(spans.count(parent_id) == 1);
    const OtlpSpan& parent = spans.at(parent_id);
    CHECK(parent.json["traceId"] == span.json["traceId"]);
    CHECK(parent.begin() <= span.begin());
    CHECK(span.end() <= parent.end());
    if (span.json["kind"] != 2) {
      CHECK(span.service == parent.service);
      continue;
    }
    CHECK(parent.json["kind"] == 3);
    calls.insert(parent.service + " calls " + span.service);
    // The way there and back is the client's.
    if (parent.service != span.service && span.service == "data") {
      CHECK(parent.begin() < span.begin());
      CHECK(span.end() < parent.end());
    }
  }
  CHECK(roots == 1);
  CHECK(calls ==
        std::multiset<std::string>{"users calls web", "web calls data", "web calls data", "web calls web"});
}

TEST_CASE("A Chrome trace has the members of complete events, and slices of a thread nest",
          "[planner][trace]") {
  const Scenario made = scenario(branching);
  const auto trace = planner::trace_request(made, request(made));
  REQUIRE(trace.has_value());
  const auto document = nlohmann::json::parse(planner::trace_chrome(*trace));
  CHECK(document["displayTimeUnit"] == "ms");
  // Begin and end in whole nanoseconds, by thread, in the order of the file.
  std::map<int, std::vector<std::pair<long long, long long>>> threads;
  std::size_t complete = 0;
  for (const auto& event : document["traceEvents"]) {
    CHECK(event["name"].is_string());
    CHECK(event["pid"].is_number_integer());
    CHECK(event["tid"].is_number_integer());
    if (event["ph"] == "M") {
      CHECK(event["args"]["name"].is_string());
      continue;
    }
    REQUIRE(event["ph"] == "X");
    CHECK(event["cat"].is_string());
    CHECK(event["ts"].get<double>() >= 0);
    CHECK(event["dur"].get<double>() >= 0);
    ++complete;
    const long long begin = std::llround(event["ts"].get<double>() * 1e3);
    threads[event["tid"]].emplace_back(begin, begin + std::llround(event["dur"].get<double>() * 1e3));
  }
  CHECK(complete == 1 + trace->visits.size() + trace->spans.size());
  for (auto& [thread, slices] : threads) {
    for (const auto& a : slices) {
      for (const auto& b : slices) {
        const bool apart = a.second <= b.first || b.second <= a.first;
        const bool nested =
            (a.first <= b.first && b.second <= a.second) || (b.first <= a.first && a.second <= b.second);
        CHECK((apart || nested));
      }
    }
  }
}

TEST_CASE("A waterfall keeps to 80 columns", "[planner][trace]") {
  const Scenario made = scenario(branching);
  const std::string text = planner::render_trace(*planner::trace_request(made, request(made)), {});
  std::size_t line = 0;
  for (const char byte : text) {
    line = byte == '\n' ? 0 : line + ((static_cast<unsigned char>(byte) & 0xC0) != 0x80 ? 1 : 0);
    CHECK(line <= 80);
  }
}

TEST_CASE("A trace ends with its answer though copies, losers and timers go on", "[planner][trace]") {
  const auto call = [](const std::string& more) {
    return scenario(with(
        with(small_scenario, R"("time": "5 ms")", R"("time": { "dist": "exponential", "mean": "8 ms" })"),
        R"("in": { "service": "web" })", R"("in": { "service": "web", )" + more + " }"));
  };
  // Service takes longer than 5 ms in 54 % of the calls, and the copy that loses takes longer than the
  // answer.
  const Scenario hedged = call(R"("hedge_after": "5 ms")"), timed = call(R"("timeout": "10 s")");
  const std::string at_once =
      with(branching, R"(, "last": { "service": "web", "from": "in", "after": ["left", "right"] })", "");
  const Scenario outvoted =
      scenario(with(at_once, R"("in": { "service": "web" })", R"("in": { "service": "web", "quorum": 1 })"));
  for (const Scenario& made : {hedged, timed, outvoted}) {
    planner::StudyOptions options;
    options.replications = 1;
    const planner::Study study = planner::run_study({made}, options);
    const auto trace = planner::trace_request(made, request(made));
    REQUIRE(trace.has_value());
    CHECK(trace->end - trace->begin == study.strategies[0].slices[0].latency.max());
    CHECK_FALSE(trace->spans.empty());
    for (const auto& span : trace->spans) CHECK(span.end <= trace->end);
    for (const auto& visit : trace->visits) CHECK(visit.answered <= trace->end);
  }
}
