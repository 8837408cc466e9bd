#include "planner/request_trace.hpp"

#include <catch2/catch.hpp>
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

TEST_CASE("OTLP has one root, ids in hexadecimal, and times as decimal text", "[planner][trace]") {
  const Scenario made = scenario(branching);
  const auto trace = planner::trace_request(made, request(made));
  REQUIRE(trace.has_value());
  const std::string line = planner::trace_otlp(*trace);
  CHECK(line.find('\n') == line.size() - 1);  // JSON Lines: one export request a line
  const auto document = nlohmann::json::parse(line);
  std::set<std::string> ids, traces, services;
  std::string root;
  std::vector<std::string> parents;
  for (const auto& resource : document["resourceSpans"]) {
    services.insert(resource["resource"]["attributes"][0]["value"]["stringValue"]);
    for (const auto& span : resource["scopeSpans"][0]["spans"]) {
      const std::string id = span["spanId"];
      CHECK(id.size() == 16);
      CHECK(id.find_first_not_of("0123456789abcdef") == std::string::npos);
      CHECK(ids.insert(id).second);
      traces.insert(span["traceId"].get<std::string>());
      CHECK(std::stoll(span["startTimeUnixNano"].get<std::string>()) <=
            std::stoll(span["endTimeUnixNano"].get<std::string>()));
      if (span["parentSpanId"] == "") {
        CHECK(root.empty());
        root = id;
      } else {
        parents.push_back(span["parentSpanId"]);
      }
    }
  }
  CHECK(traces.size() == 1);
  CHECK(traces.begin()->size() == 32);
  CHECK(ids.size() == trace->spans.size() + 1);
  CHECK(services.count("data") == 1);
  for (const std::string& parent : parents) CHECK(parent == root);
}

TEST_CASE("A Chrome trace has complete events within the request", "[planner][trace]") {
  const Scenario made = scenario(branching);
  const auto trace = planner::trace_request(made, request(made));
  REQUIRE(trace.has_value());
  const auto events = nlohmann::json::parse(planner::trace_chrome(*trace))["traceEvents"];
  CHECK(events.size() == trace->spans.size() + 2);
  const double whole = events[1]["dur"];
  for (std::size_t i = 2; i < events.size(); ++i) {
    CHECK(events[i]["ph"] == "X");
    CHECK(events[i]["ts"].get<double>() + events[i]["dur"].get<double>() <= whole + 1e-6);
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
