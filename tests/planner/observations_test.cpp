#include "planner/observations.hpp"

#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "planner/document.hpp"
#include "planner/scenario_draft.hpp"
#include "planner/study.hpp"
#include "support/shared_data.hpp"

using namespace planner;
using namespace std::chrono_literals;

namespace {

using Kind = TraceSpan::Kind;

/// Trace data written span by span; times in microseconds.
class Spans {
 public:
  TraceSpan& add(std::uint64_t id, std::uint64_t parent, const std::string& service, int start, int duration,
                 Kind kind = Kind::server) {
    TraceSpan span;
    span.trace = {1, trace_};
    span.id = id;
    span.parent = parent;
    span.service = number(service);
    span.start = std::chrono::microseconds{start};
    span.duration = std::chrono::microseconds{duration};
    span.kind = kind;
    return data.spans.emplace_back(span);
  }
  void next_trace() { ++trace_; }
  std::uint32_t number(const std::string& service) {
    const auto found = std::find(data.services.begin(), data.services.end(), service);
    if (found == data.services.end()) {
      data.services.push_back(service);
      return static_cast<std::uint32_t>(data.services.size() - 1);
    }
    return static_cast<std::uint32_t>(found - data.services.begin());
  }

  TraceData data{{}, {"op"}, {}, {}, {}, {}};

 private:
  std::uint64_t trace_ = 1;
};

double self_of(const Observations& seen, const std::string& service) {
  for (const ObservedService& candidate : seen.services) {
    if (candidate.name != service) continue;
    double sum = 0;
    for (const double self : candidate.self) sum += self;
    return sum;
  }
  return -1;
}

const ObservedCall& call(const ObservedFlow& flow, const std::string& id) {
  const auto found =
      std::find_if(flow.calls.begin(), flow.calls.end(), [&](const ObservedCall& c) { return c.id == id; });
  REQUIRE(found != flow.calls.end());
  return *found;
}

std::uint64_t noted(const Observations& seen, const std::string& part) {
  for (const TraceNote& note : seen.notes) {
    if (note.text.find(part) != std::string::npos) return note.count;
  }
  return 0;
}

}  // namespace

TEST_CASE("Self time is a span less the union of the calls it waits for", "[planner][trace]") {
  Spans spans;
  spans.add(1, 0, "web", 0, 100);
  spans.add(2, 1, "a", 10, 30);  // 10..40
  spans.add(3, 1, "b", 20, 40);  // 20..60, overlaps a
  spans.add(4, 1, "c", 80, 10);  // 80..90
  const Observations seen = observe(spans.data);
  // 100 less 10..60 and 80..90: 40 us.
  CHECK(self_of(seen, "web") == Approx(40e-6));
  CHECK(self_of(seen, "a") == Approx(30e-6));
  REQUIRE(seen.flows.size() == 1);
  const ObservedFlow& flow = seen.flows[0];
  CHECK(flow.latency == std::vector<double>{100e-6});
  // a and b overlap, so neither follows the other; c begins when both have ended.
  CHECK(call(flow, "b").after.empty());
  CHECK(call(flow, "c").after == std::vector<std::uint32_t>{1, 2});
}

TEST_CASE("A client span is the way to its callee, not work of its caller", "[planner][trace]") {
  Spans spans;
  spans.add(1, 0, "web", 0, 100);
  spans.add(2, 1, "web", 10, 60, Kind::client);
  spans.add(3, 2, "db", 30, 20);
  spans.add(4, 1, "web", 80, 10, Kind::internal);  // own work of web
  const Observations seen = observe(spans.data);
  CHECK(self_of(seen, "web") == Approx(40e-6));  // 100 - 60: waits from 10 to 70
  CHECK(self_of(seen, "db") == Approx(20e-6));
  REQUIRE(seen.flows.at(0).calls.size() == 2);
}

TEST_CASE("A client span that names its peer stands for an uninstrumented service", "[planner][trace]") {
  Spans spans;
  spans.add(1, 0, "web", 0, 100);
  const std::uint32_t redis = spans.number("redis");
  spans.add(2, 1, "web", 10, 60, Kind::client).peer = redis;
  const Observations seen = observe(spans.data);
  CHECK(self_of(seen, "redis") == Approx(60e-6));
  CHECK(self_of(seen, "web") == Approx(40e-6));
}

TEST_CASE("Duplicates, asynchronous work, skewed clocks and lost parents are told", "[planner][trace]") {
  Spans spans;
  spans.add(1, 0, "web", 100, 100);
  spans.add(1, 0, "web", 100, 100);
  spans.add(2, 1, "mail", 150, 500, Kind::asynchronous);
  spans.add(3, 2, "smtp", 160, 100);
  spans.add(4, 1, "db", 90, 20);      // begins 10 us before its caller: cut to 100..110
  spans.add(5, 77, "lost", 110, 10);  // its parent is not there
  spans.next_trace();
  spans.add(6, 99, "web", 300, 50);  // a trace whose caller is outside
  const Observations seen = observe(spans.data);
  CHECK(seen.requests == 2);
  CHECK(noted(seen, "twice") == 1);
  CHECK(noted(seen, "asynchronous") == 1);
  CHECK(noted(seen, "no root reaches") == 1);  // "lost"; what asynchronous work calls is counted with it
  CHECK(noted(seen, "cut to it") == 1);
  CHECK(noted(seen, "caller is not in the trace") == 1);
  CHECK(self_of(seen, "web") == Approx(90e-6 + 50e-6));
}

TEST_CASE("A call that only some requests make has its share as probability", "[planner][trace]") {
  Spans spans;
  for (int i = 0; i < 4; ++i) {
    spans.add(1, 0, "web", i * 1000, 100);
    if (i == 0) spans.add(2, 1, "db", i * 1000 + 10, 20);
    spans.next_trace();
  }
  const ScenarioDraft draft = draft_scenario(observe(spans.data), {});
  const auto scenario = nlohmann::json::parse(draft.text, nullptr, true, true);
  CHECK(scenario.at("/flows/web-op/calls/db/probability"_json_pointer) == 0.25);
}

TEST_CASE("The synthetic traces give the facts they were made with", "[planner][trace]") {
  REQUIRE_SHARED_DATA("validation/data/otlp/synthetic_expected.json");
  const auto folder = test_support::shared_dir() / "validation/data";
  nlohmann::json expected;
  std::ifstream{folder / "otlp/synthetic_expected.json"} >> expected;
  for (const char* file :
       {"otlp/synthetic_compose_post_otlp.json", "jaeger/synthetic_compose_post_jaeger.json"}) {
    CAPTURE(file);
    const Observations seen = observe(read_traces({folder / file}));
    CHECK(seen.requests == expected.at("traces"));
    REQUIRE(seen.flows.size() == 1);
    const ObservedFlow& flow = seen.flows[0];
    std::map<std::string, std::uint64_t> edges;
    for (const ObservedCall& made : flow.calls) {
      if (made.parent == ObservedCall::none) continue;
      edges[seen.services[flow.calls[made.parent].service].name + "->" + seen.services[made.service].name] +=
          made.count;
    }
    CHECK(edges == expected.at("edges").get<std::map<std::string, std::uint64_t>>());
    for (const ObservedService& service : seen.services) {
      CAPTURE(service.name);
      double sum = 0;
      for (const double self : service.self) sum += self;
      const double mean_us = sum / static_cast<double>(service.self.size()) * 1e6;
      CHECK(mean_us ==
            Approx(expected.at("mean_self_time_us").at(service.name).get<double>()).epsilon(1e-12));
    }
    // Nearest rank p of 200 values is the one at index 200 p - 1.
    CHECK(flow.latency[99] * 1e6 == Approx(expected.at("/root_duration_us/p50_nearest_rank"_json_pointer)));
    CHECK(flow.latency[189] * 1e6 == Approx(expected.at("/root_duration_us/p95_nearest_rank"_json_pointer)));
    CHECK(flow.latency[197] * 1e6 == Approx(expected.at("/root_duration_us/p99_nearest_rank"_json_pointer)));
    CHECK(flow.latency.back() * 1e6 == Approx(expected.at("/root_duration_us/max"_json_pointer)));
    CHECK(flow.arrivals.back() ==
          std::chrono::microseconds{expected.at("arrival_span_us").get<std::int64_t>()});
  }
}

TEST_CASE("The synthetic traces give their stages back", "[planner][trace]") {
  REQUIRE_SHARED_DATA("validation/data/otlp/synthetic_compose_post_otlp.json");
  const Observations seen = observe(
      read_traces({test_support::shared_dir() / "validation/data/otlp/synthetic_compose_post_otlp.json"}));
  const ObservedFlow& flow = seen.flows.at(0);
  const auto after = [&](const std::string& id) {
    std::vector<std::string> names;
    for (const std::uint32_t earlier : call(flow, id).after) names.push_back(flow.calls[earlier].id);
    std::sort(names.begin(), names.end());
    return names;
  };
  using Names = std::vector<std::string>;
  for (const char* first : {"text", "user", "media", "unique-id", "url-shorten", "user-mention"})
    CHECK(after(first).empty());
  CHECK(after("post-storage") == Names{"media", "text", "unique-id", "user"});
  CHECK(after("user-timeline") == Names{"post-storage"});
  CHECK(after("home-timeline") == Names{"user-timeline"});
}

TEST_CASE("A draft of the synthetic traces runs and meets their mean latency", "[planner][trace]") {
  REQUIRE_SHARED_DATA("validation/data/otlp/synthetic_compose_post_otlp.json");
  const Observations seen = observe(
      read_traces({test_support::shared_dir() / "validation/data/otlp/synthetic_compose_post_otlp.json"}));
  const ScenarioDraft draft = draft_scenario(seen, {});
  const Document document = Document::parse(draft.text, "draft.json", {});
  StudyOptions options;
  options.replications = 10;
  const Resolution resolution = document.resolve(document.baseline());
  const Study study = run_study({resolution.scenario()}, options);
  const ObservedFlow& flow = seen.flows.at(0);
  double sum = 0, squares = 0;
  for (const double latency : flow.latency) sum += latency;
  const double mean = sum / 200;
  for (const double latency : flow.latency) squares += (latency - mean) * (latency - mean);
  // The observed mean is itself an estimate from 200 requests: standard error sd / sqrt(200). The simulated
  // one, from 10 times as many, adds a tenth of its variance.
  const double error_ms = 1e3 * std::sqrt(squares / 200 / 200 * 1.1);
  CHECK(std::abs(study.strategies.at(0).slices.at(0).mean.value - 1e3 * mean) < 4 * error_ms);
}
