#include "planner/trace.hpp"

#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <tuple>

#include "small_scenario.hpp"
#include "support/shared_data.hpp"

using namespace planner;
using namespace std::chrono_literals;

namespace {

/// A folder of its own that goes with the test.
class Folder {
 public:
  Folder()
      : path_{std::filesystem::temp_directory_path() / ("isochrone-trace-" + std::to_string(::getpid()))} {
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream{path_ / name, std::ios::binary} << text;
    return path_ / name;
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TraceData read(const std::string& text, const TraceOptions& options = {}) {
  const Folder folder;
  return read_traces({folder.write("trace", text)}, options);
}

/// The message without the path of the file, empty where the text is read.
std::string problem(const std::string& text, const TraceOptions& options = {}) {
  try {
    read(text, options);
  } catch (const TraceError& error) {
    const std::string message = error.what();
    return message.substr(message.find("/trace: ") + 8);
  }
  return {};
}

std::uint64_t noted(const TraceData& data, TraceNote::Kind kind, const std::string& part) {
  for (const TraceNote& note : data.notes) {
    if (note.kind == kind && note.text.find(part) != std::string::npos) return note.count;
  }
  return UINT64_MAX;
}

const std::string otlp_line =
    R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5B8EFFF798038103D269B633813FC60C",)"
    R"("spanId":"EEE19B7EC3C1B174","name":"op","kind":3,"startTimeUnixNano":"1544712660000000001",)"
    R"("endTimeUnixNano":1544712661000000001,"attributes":[{"key":"peer.service","value":{"stringValue":"db"}},)"
    R"({"key":"http.request.body.size","value":{"intValue":"1200"}}]}]}],)"
    R"("resource":{"attributes":[{"key":"service.name","value":{"stringValue":"web"}}]}}]})";

}  // namespace

TEST_CASE("OTLP JSON Lines are read span by span, with the resource after its spans", "[planner][trace]") {
  const TraceData data = read(otlp_line + "\n" + otlp_line + "\n");
  REQUIRE(data.spans.size() == 2);
  const TraceSpan& span = data.spans[1];
  CHECK(data.services[span.service] == "web");
  CHECK(data.services[span.peer] == "db");
  CHECK(span.trace == TraceId{0x5B8EFFF798038103, 0xD269B633813FC60C});
  CHECK(span.id == 0xEEE19B7EC3C1B174);
  CHECK(span.parent == 0);
  // 1544712660000000001 is no double: read as whole nanoseconds, from text and from number alike.
  CHECK(span.start == sim::Duration{1544712660000000001});
  CHECK(span.duration == 1s);
  CHECK(span.request == 1200);
  CHECK(span.kind == TraceSpan::Kind::client);
}

TEST_CASE("A span that ends before it starts is dropped and counted", "[planner][trace]") {
  const std::string wrong = test_support::with(otlp_line, "1544712661000000001", "1544712659000000000");
  const TraceData data = read(wrong);
  CHECK(data.spans.empty());
  CHECK(noted(data, TraceNote::Kind::dropped, "valid start and end") == 1);
}

TEST_CASE("Jaeger JSON is read from its query service, as one trace and as a bare array",
          "[planner][trace]") {
  const std::string span =
      R"({"traceID":"2be38093ead7a083","spanID":"7bd66f09ba90ea3d","operationName":"o",)"
      R"("references":[{"refType":"CHILD_OF","spanID":"7606ddfe69932d34"}],)"
      R"("startTime":1605223981965074,"duration":32782,"tags":[{"key":"span.kind","value":"client"}])";
  const std::string trace = R"({"traceID":"2be38093ead7a083","spans":[)" + span + R"(,"processID":"p1"}],)" +
                            R"("processes":{"p1":{"serviceName":"cart"}}})";
  for (const std::string& text :
       {"{\"data\":[" + trace + "]}", trace, "[" + span + R"(,"process":{"serviceName":"cart"}}])"}) {
    CAPTURE(text);
    const TraceData data = read(text);
    REQUIRE(data.spans.size() == 1);
    CHECK(data.services[data.spans[0].service] == "cart");
    CHECK(data.spans[0].parent == 0x7606ddfe69932d34);
    CHECK(data.spans[0].start == 1605223981965074us);
    CHECK(data.spans[0].duration == 32782us);
  }
}

TEST_CASE("A HAR file gives a request an entry, by host", "[planner][trace]") {
  const TraceData data =
      read(R"({"log":{"creator":{},"entries":[{"startedDateTime":"2024-01-02T03:04:05.250+01:00",
    "time":12.5,"request":{"method":"GET","url":"https://shop.example:8443/cart?id=1","bodySize":-1},
    "response":{"bodySize":4096}}]}})");
  REQUIRE(data.spans.size() == 1);
  CHECK(data.services[data.spans[0].service] == "shop.example");
  CHECK(data.operations[data.spans[0].operation] == "GET /cart");
  // 2024-01-02 is day 19724; 03:04:05.25 at UTC+1 is 02:04:05.25 UTC.
  CHECK(data.spans[0].start == std::chrono::hours{19724 * 24 + 2} + 4min + 5s + 250ms);
  CHECK(data.spans[0].duration == 12'500us);
  CHECK(data.spans[0].request == -1);
  CHECK(data.spans[0].response == 4096);
}

TEST_CASE("A plain CSV tells its units in its header", "[planner][trace]") {
  const TraceData data = read("t_s,client_ms,function\n0.000000001,1.5,a\n\"2.5\",0.000001,\"b,\"\"c\"\n");
  REQUIRE(data.spans.size() == 2);
  CHECK(data.spans[0].start == 1ns);
  CHECK_FALSE(data.spans[0].duration.has_value());
  CHECK(data.services[data.spans[1].service] == "b,\"c");
  TraceOptions options;
  options.columns.duration = "client_ms";
  CHECK(read("t_s,client_ms\n3,1.5\n", options).spans[0].duration == 1500us);
}

TEST_CASE("Counts a minute become requests in the middle of equal parts of it", "[planner][trace]") {
  const TraceData data = read("HashOwner,HashApp,HashFunction,Trigger,1,2\no,a,0123456789abcdef,http,2,1\n");
  REQUIRE(data.spans.size() == 3);
  CHECK(data.services[0] == "f-0123456789ab");
  // Two in the first minute: at 1/4 and 3/4 of it; one in the second: in its middle.
  CHECK(data.spans[0].start == 15s);
  CHECK(data.spans[1].start == 45s);
  CHECK(data.spans[2].start == 90s);
  CHECK(noted(data, TraceNote::Kind::guessed, "spread evenly") == 0);
}

TEST_CASE("Azure's durations of 2019 come as percentiles, its invocations of 2021 end at their time stamp",
          "[planner][trace]") {
  const TraceData law = read(
      "HashOwner,HashApp,HashFunction,Average,percentile_Average_0,percentile_Average_50,"
      "percentile_Average_100\no,a,f,10,5,9,30\n");
  CHECK(law.quantiles.at(0) == std::vector<std::pair<double, double>>{{0, 0.005}, {0.5, 0.009}, {1, 0.030}});
  const TraceData log = read("app,func,end_timestamp,duration\na,f,57.5,57.25\n");
  CHECK(log.spans.at(0).start == 250ms);
  CHECK(log.spans.at(0).duration == 57'250ms);
}

TEST_CASE("Tokens of Azure's inference trace become payload", "[planner][trace]") {
  const TraceData data = read("TIMESTAMP,ContextTokens,GeneratedTokens\n1970-01-01 00:00:01.5000001,100,7\n");
  REQUIRE(data.spans.size() == 1);
  CHECK(data.spans[0].start == 1'500'000'100ns);
  CHECK(data.spans[0].request == 400);  // 4 bytes a token, a guess that is told
  CHECK(data.spans[0].response == 28);
}

TEST_CASE("Huawei's tables of counts and of requests are read", "[planner][trace]") {
  const TraceData counts = read("day,time,0,1\n0,0,1,\n0,10,0,2\n");
  REQUIRE(counts.spans.size() == 3);
  CHECK(counts.spans[0].start == 5s);  // the first row lasts until the second
  CHECK(counts.spans[1].start == 12500ms);
  CHECK(counts.spans[2].start == 17500ms);
  CHECK(counts.services[counts.spans[2].service] == "f-1");
  const TraceData log =
      read("time_worker,time_frontend,funcName,totalCost_worker,requestBodySize\n10.5,10.6,296,0.25,1018\n");
  CHECK(log.spans.at(0).start == 10'250ms);
  CHECK(log.spans.at(0).request == 1018);
}

TEST_CASE("What cannot be read is refused with its place", "[planner][trace]") {
  CHECK(problem("") == "the file is empty");
  CHECK(problem("{\"a\": 1}") == "neither OTLP nor Jaeger JSON nor HAR");
  CHECK(problem("t_s\n1\nx\n") == "line 3: \"x\" in column \"t_s\" is no time");
  CHECK(problem("t_s,d\n1\n") == "line 2: 1 cells, the header has 2");
  CHECK(problem("t_s,d\n1,\"x\n") == "line 2: a quote is not closed");
  CHECK(
      problem("a,b\n1,2\n") ==
      "line 1: no column of times (time, timestamp, start or t, with _s, _ms, _us or _ns), there are: a, b");
  CHECK(problem("time,duration\n1,-2\n") == "line 2: the duration \"-2\" is negative");
  CHECK(problem(otlp_line + "\n{\"resourceSpans\":[}").starts_with("document 2, byte 19: not valid JSON"));
}

TEST_CASE("Limits end the reading of hostile files", "[planner][trace]") {
  TraceOptions options;
  options.limits.depth = 8;
  options.limits.line_bytes = 20;
  options.limits.spans = 2;
  CHECK(problem("{\"resourceSpans\":" + std::string(9, '['), options) ==
        "document 1, nested deeper than the limit of 8");
  CHECK(problem("time\n" + std::string(30, '1') + "\n", options) ==
        "line 2: longer than the limit of 20 bytes");
  CHECK(problem("time\n1\n2\n3\n", options) == "more than the limit of 2 requests");
  CHECK(problem(otlp_line, options) == "document 1, nested deeper than the limit of 8");
  options.limits.depth = 64;
  options.limits.record_values = 5;
  CHECK(problem(otlp_line, options) == "document 1, one record has more than the limit of 5 values");
  options.limits.bytes = 4;
  CHECK(problem("time\n1\n", options) == "7 bytes, more than the limit of 4");
}

TEST_CASE("OTLP and Jaeger forms of the same traces give the same spans", "[planner][trace]") {
  REQUIRE_SHARED_DATA("validation/data/otlp/synthetic_compose_post_otlp.json");
  const auto folder = test_support::shared_dir() / "validation/data";
  const TraceData otlp = read_traces({folder / "otlp/synthetic_compose_post_otlp.json"});
  const TraceData jaeger = read_traces({folder / "jaeger/synthetic_compose_post_jaeger.json"});
  const auto key = [](const TraceData& data) {
    std::vector<std::tuple<TraceId, std::uint64_t, std::uint64_t, sim::Duration, sim::Duration, std::string>>
        spans;
    for (const TraceSpan& span : data.spans)
      spans.emplace_back(span.trace, span.id, span.parent, span.start, *span.duration,
                         data.services[span.service]);
    std::sort(spans.begin(), spans.end());
    return spans;
  };
  CHECK(otlp.spans.size() == 3800);
  CHECK(otlp.services.size() == 19);
  CHECK(key(otlp) == key(jaeger));
}

TEST_CASE("A workload replays the instants of a trace in every replication", "[planner][trace]") {
  const Folder folder;
  folder.write("log.csv", "t_s,service\n100,a\n100.5,b\n101,a\n700,a\n");
  const std::string text =
      test_support::with(test_support::small_scenario, R"({ "rate": "20 req/s" })",
                         R"({ "process": "trace", "trace": { "file": "log.csv", "service": "a" } })");
  const Document document = Document::parse(text, "small.json", folder.path());
  const Workload workload = document.resolve("cloud").scenario().workloads.at("w");
  REQUIRE(workload.times);
  // From the first request of the file, whichever service it is of.
  CHECK(*workload.times == std::vector<sim::Duration>{0s, 1s, 600s});
  CHECK(workload.rate == Approx(2.0 / 600));  // the third comes when the run of 10 min is over
}

TEST_CASE("A workload replays how long requests took, where the trace tells", "[planner][trace]") {
  const Folder folder;
  folder.write("log.csv", "t_s,duration_ms,service\n101,7,a\n100,5,a\n100.5,9,b\n");
  const auto workload_of = [&](const std::string& more) {
    const std::string text = test_support::with(
        test_support::small_scenario, R"({ "rate": "20 req/s" })",
        R"({ "process": "trace", "trace": { "file": "log.csv", "service": "a", "durations": true)" + more +
            "} }");
    return Document::parse(text, "small.json", folder.path()).resolve("cloud").scenario().workloads.at("w");
  };
  const Workload workload = workload_of("");
  REQUIRE(workload.durations);
  CHECK(*workload.times == std::vector<sim::Duration>{0s, 1s});
  CHECK(*workload.durations == std::vector<sim::Duration>{5ms, 7ms});

  folder.write("log.csv", "t_s,service\n101,a\n100,a\n");
  CHECK_THROWS_AS(workload_of(""), ScenarioError);
}

TEST_CASE("A trace that cannot be replayed is refused at its place in the scenario", "[planner][trace]") {
  const Folder folder;
  folder.write("log.csv", "t_s,service\n1,cart\n");
  const auto codes = [&](const std::string& arrivals) {
    std::vector<std::string> found;
    try {
      const Document document = Document::parse(
          test_support::with(test_support::small_scenario, R"({ "rate": "20 req/s" })", arrivals),
          "small.json", folder.path());
      const Resolution resolution = document.resolve("cloud");
      for (const Diagnostic& warning : resolution.warnings())
        found.push_back(name(warning.code) + " " + warning.message);
    } catch (const ScenarioError& error) {
      for (const Diagnostic& issue : error.diagnostics()) {
        if (issue.severity == Severity::error) found.push_back(name(issue.code) + " " + issue.message);
      }
    }
    return found;
  };
  using Texts = std::vector<std::string>;
  CHECK(codes(R"({ "process": "trace", "trace": { "file": "none.csv" } })") ==
        Texts{"E1001 \"none.csv\": no such file"});
  CHECK(codes(R"({ "process": "trace", "trace": { "file": "../log.csv" } })") ==
        Texts{"E2101 \"../log.csv\" is not a path within the scenario's folder"});
  CHECK(codes(R"({ "process": "trace", "trace": { "file": "log.csv", "service": "card" } })") ==
        Texts{"E2141 \"log.csv\" holds no requests of \"card\""});
  CHECK(codes(R"({ "process": "trace" })") ==
        Texts{"E1110 workload \"w\" replays a trace and needs \"trace\" with its file"});
  CHECK(codes(R"({ "process": "trace", "rate": "1 req/s", "trace": { "file": "log.csv" } })") ==
        Texts{"E1110 a trace says how many requests there are, \"rate\" cannot"});
  CHECK(codes(R"({ "rate": "1 req/s", "trace": { "file": "log.csv" } })") ==
        Texts{"E1110 \"trace\" needs the process \"trace\""});
  CHECK(codes(R"({ "process": "trace", "trace": { "file": "log.csv" } })") ==
        Texts{"W3131 the last request of the trace comes after 0 s, the run lasts 600 s"});
}

TEST_CASE("A trace is replayed by one population, not by each of a set", "[planner][trace]") {
  const Folder folder;
  folder.write("log.csv", "t_s\n1\n");
  std::string text =
      test_support::with(test_support::small_scenario, R"("arrivals": { "rate": "20 req/s" })",
                         R"("arrivals": { "process": "trace", "trace": { "file": "log.csv" } })");
  text = test_support::with(text, R"("population": "users")", R"("population": "towns")");
  text = test_support::with(text, R"("services": {)",
                            R"("population_sets": { "towns": { "from": "cities", "top": 2,
    "users": 10, "access": "fibre" } }, "services": {)");
  try {
    (void)Document::parse(text, "small.json", folder.path()).resolve("cloud");
    FAIL("accepted");
  } catch (const ScenarioError& error) {
    const auto& issues = error.diagnostics();
    CHECK(std::any_of(issues.begin(), issues.end(), [](const Diagnostic& issue) {
      return issue.message == "a trace is replayed by one population, \"towns\" is a set of them";
    }));
  }
}
