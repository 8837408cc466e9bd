// What each model costs: scenarios that differ from one another by one feature, through the scenario format
// as a user writes them, compiled and run on one core, next to the coupled pipeline of bench_pipeline.
// `events` are those of the engine; steps what the general path makes an event of, so a step is what a plain
// simulator would handle.

#include <sstream>
#include <string>
#include <vector>

#include "models/world.hpp"
#include "pipeline_model.hpp"
#include "planner/compile.hpp"
#include "planner/document.hpp"
#include "support/measure.hpp"

namespace {

/// What differs; members of JSON objects, each with the comma in front of it.
struct Feature {
  const char* name;
  int most_sites = 1'000;  ///< with that feature
  int data_at_each = 1;    ///< of so many sites one has the service `data`
  std::string access = R"("latency": "5 ms")";
  std::string pool = R"("nodes": 4, "cpu": "8 vCPU")";
  std::string service = R"("time": { "dist": "exponential", "mean": "3 ms" }, "cpu": "1 vCPU")";
  std::string placement = R"("replicas": 2)";
  std::string response = "20 kB";
  std::string data = R"("time": { "dist": "exponential", "mean": "2 ms" }, "cpu": "1 vCPU")";
  std::string data_placement = R"("replicas": 2)";
  std::string flow{}, entry{}, calls{};
  std::string arrivals = R"("rate": "200 req/s")";
  std::string routing{};
};

struct Size {
  int sites = 1'000;
  double requests = 1e6;
};

constexpr double rate = 200;  ///< [1/s] requests of a site, as each `arrivals` says

/// Each site has a population and a pool, on which the services `web` and `data` run.
std::string scenario(const Feature& feature, const Size& size) {
  std::ostringstream out;
  const auto each = [&](const char* name, const std::string& value) {
    for (int i = 0; i < size.sites; ++i) {
      out << (i == 0 ? "" : ",\n") << '"' << name << i << "\": { \"at\": { \"lat\": " << i % 50 - 20
          << ", \"lon\": " << i / 50 * 3 << " }, " << value << " }";
    }
  };
  const auto placed = [&](const char* service, int at_each, const std::string& placement) {
    out << '"' << service << "\": {";
    for (int i = 0; i < size.sites; i += at_each)
      out << (i == 0 ? "" : ",\n") << "\"s" << i << "\": { " << placement << " }";
    out << '}';
  };
  out << R"({ "isochrone": "1.0", "time": { "duration": ")" << size.requests / rate / size.sites
      << " s\" },\n";
  out << "\"sites\": {\n";
  each("s", R"("tier": "edge", "pools": { "box": { )" + feature.pool + " } }");
  out << "},\n\"populations\": {\n";
  each("p", R"("users": 1000, "access": { )" + feature.access + " }");
  out << "},\n\"workloads\": {\n";
  for (int i = 0; i < size.sites; ++i)
    out << (i == 0 ? "" : ",\n") << "\"w" << i << R"(": { "population": "p)" << i
        << R"(", "flow": "visit", "arrivals": { )" << feature.arrivals << " } }";
  out << "},\n\"services\": { \"web\": { " << feature.service << " }, \"data\": { " << feature.data
      << " } },\n\"flows\": { \"visit\": { \"entry\": \"in\"" << feature.flow
      << R"(, "calls": { "in": { "service": "web", "request": "2 kB", "response": ")" << feature.response
      << '"' << feature.entry << " }" << feature.calls << " } } },\n\"placement\": { ";
  placed("web", 1, feature.placement);
  if (!feature.calls.empty()) {
    out << ",\n";
    placed("data", feature.data_at_each, feature.data_placement);
  }
  out << " }" << feature.routing << "\n}\n";
  return out.str();
}

std::string call(const char* name, const std::string& more = "") {
  return std::string{", \""} + name +
         R"(": { "service": "data", "from": "in", "request": "1 kB", "response": "2 kB")" + more + " }";
}

std::vector<Feature> features() {
  const std::string cell = R"("latency": "5 ms", "cell_uplink": "60 Mbit/s", "cell_downlink": "120 Mbit/s")";
  const std::string function = R"("kind": "elastic", "cold_start": "200 ms")";
  const std::string code = R"("time": { "dist": "exponential", "mean": "3 ms" }, "memory": "256 MiB")";
  const std::string none = R"("provisioned": 0)";
  const std::string handshake = R"(, "transport": "quic", "reuse": 0.5)";
  const std::string state = R"(, "cpu": "1 vCPU", "state": )";
  const std::string time = R"("time": "1 ms")";
  const auto accelerator = [&](const char* wait) {
    return std::string{R"("time": "10 ms", "gpus": 1, "batch": { "size": 8, "added": "30 %")"} + wait + " }";
  };
  std::vector<Feature> all{{.name = "no feature"}};
  const auto add = [&](const char* name) -> Feature& {
    all.push_back({.name = name});
    return all.back();
  };
  add("cell, in turn").access = cell;
  add("cell, shared fairly").access = cell + R"(, "sharing": { "rule": "fair" })";
  add("5G NR from its parts").access =
      R"("technology": "5g-nr", "cell": { "frequency": "3.5 GHz", "bandwidth": "100 MHz" })";
  add("5G NR, moving and asleep").access =
      R"("technology": "5g-nr", "handover": { "speed": "50 km/h" }, "drx": { "cycle": "320 ms", "asleep": 0.2 })";
  add("satellites reallocated").access = R"("profile": "starlink")";
  add("QUIC, half new connections").flow = handshake;
  add("TCP and TLS, loss, 200 kB").flow = R"(, "transport": "tcp-tls13", "reuse": 0.5)";
  all.back().response = "200 kB";
  all.back().access = R"("latency": "5 ms", "downlink": "100 Mbit/s", "loss": "0.5 %")";
  add("diurnal demand with bursts").arrivals =
      R"("rate": "200 req/s", "profile": "diurnal", "bursts": { "factor": 4, "length": "1 s", "every": "5 s" })";
  add("closed users").arrivals =
      R"("process": "closed", "users": 202, "think": { "dist": "exponential", "mean": "1 s" })";
  for (const char* rule : {"random", "round-robin", "least-requests", "two-choices"}) {
    add(rule).routing = std::string{R"(, "routing": { "balance": ")"} + rule + "\" }";
  }
  add("nearest, spills over").routing = R"(, "routing": { "policy": "nearest", "spill_at": "90 %" })";
  all.back().placement = R"("replicas": 1)";
  add("cores shared").pool = R"("nodes": 4, "cpu": "1 vCPU", "processors": "shared")";
  add("batches").pool = R"("nodes": 2, "cpu": "8 vCPU", "gpus": 1)";
  all.back().service = accelerator("");
  add("batches that wait").pool = R"("nodes": 2, "cpu": "8 vCPU", "gpus": 1)";
  all.back().service = accelerator(R"(, "wait": "5 ms")");
  for (const char* rule : {"", "knative", "hpa", "cloud-run"}) {
    Feature& added = add(*rule == 0 ? "function, cold starts" : rule);
    added.pool = function;
    added.pool += *rule == 0 ? std::string{R"(, "keep_alive": "1 s")"}
                             : std::string{R"(, "autoscaler": { "rule": ")"} + rule + "\" }";
    added.service = code;
    added.placement = none;
  }
  add("histogram keep-alive").service = code;
  all.back().pool = function + R"(, "histogram": { "range": "2 h" })";
  all.back().placement = none;
  add("cache, LRU").service =
      time + state + R"({ "kind": "cache", "items": 10000, "popularity": 0.8, "capacity": 1000 })";
  all.back().calls = call("load");
  add("session").service = time + state + R"({ "kind": "session", "miss": "5 ms", "ttl": "5 min" })";
  // Each population may have to go to each site for its object: a way a pair.
  add("objects, 100 sites").most_sites = 100;
  all.back().service =
      time + state +
      R"({ "kind": "objects", "items": 100, "popularity": 0.8, "hibernate_after": "10 s", "wake_up": "5 ms" })";
  add("replicated, 10 % writes").data =
      all.front().data + R"(, "state": )" + R"({ "kind": "replicated", "items": 1000, "primary": "s0" })";
  all.back().data_at_each = 100;
  all.back().pool = R"("nodes": 20, "cpu": "8 vCPU")";
  all.back().placement = R"("replicas": 60)";  // they wait for what is far away
  all.back().data_placement = R"("replicas": 90)";
  all.back().calls = call("a", R"(, "writes": "10 %")");
  add("one call").calls = call("a");
  add("three calls, joined").calls = call("a") + call("b") + call("c");
  add("three calls, quorum of two").calls = call("a") + call("b") + call("c");
  all.back().entry = R"(, "quorum": 2)";
  add("a call nobody waits for").calls = call("a", R"(, "async": true)");
  add("time-out").calls = call("a", R"(, "timeout": "20 ms")");
  add("time-out and retries").calls = call(
      "a",
      R"(, "timeout": "20 ms", "retry": { "attempts": 3, "backoff": "5 ms", "jitter": "full", "budget": {} })");
  add("hedging").calls = call("a", R"(, "hedge_after": "6 ms")");
  add("circuit breaker").calls = call("a", R"(, "timeout": "20 ms", "breaker": { "window": 100 })");
  return all;
}

struct Cost {
  double requests = 0, seconds = 0, events = 0, steps = 0;
  [[nodiscard]] double ns_a_request() const { return seconds / requests * 1e9; }
  [[nodiscard]] double ns_an_event() const { return seconds / events * 1e9; }
  [[nodiscard]] double ns_a_step() const { return seconds / steps * 1e9; }
};

Cost cost_of(const models::WorldSpec& spec, int repetitions) {
  Cost cost{.seconds = std::numeric_limits<double>::infinity()};
  for (int i = 0; i < repetitions; ++i) {
    models::World world{spec, {}};
    models::WorldResult result;
    cost.seconds = std::min(cost.seconds, bench::best_of(1, [&] { result = world.run(); }));
    cost.requests = static_cast<double>(result.requests);
    cost.events = static_cast<double>(result.events);
  }
  models::World general{spec, {.path = models::Path::general}};
  cost.steps = static_cast<double>(general.run().events);
  return cost;
}

Cost cost_of(const Feature& feature, Size size, int repetitions) {
  // Fewer sites, longer: as many requests.
  size.sites = std::min(size.sites, feature.most_sites);
  const planner::Document document = planner::Document::parse(scenario(feature, size), feature.name, ".");
  const planner::Resolution resolution = document.resolve(document.baseline());
  return cost_of(planner::compile(resolution.scenario()).world, repetitions);
}

void print(const char* name, const Cost& cost, const Cost& pipeline) {
  std::printf("%-28s %10.0f %8.2f %8.0f %8.2f %8.1f %8.1f %8.2f\n", name, cost.ns_a_request(),
              cost.events / cost.requests, cost.ns_an_event(), cost.ns_an_event() / pipeline.ns_an_event(),
              cost.steps / cost.requests, cost.ns_a_step(), cost.ns_a_step() / pipeline.ns_a_step());
  std::fflush(stdout);
}

}  // namespace

/// With an argument only the features whose names contain it.
int main(int count, char** arguments) {
  const bool tiny = bench::effort(count, arguments) == bench::Effort::tiny;
  const std::string_view wanted = count > 1 && !tiny ? arguments[1] : "";
  const Size size = tiny ? Size{10, 500} : Size{};
  const int repetitions = tiny ? 1 : 3;
  bench::print_machine();
  std::printf("%d sites; ratio: to the coupled pipeline\n\n", size.sites);
  std::printf("%-28s %10s %8s %8s %8s %8s %8s %8s\n", "", "ns a req.", "events", "ns each", "ratio", "steps",
              "ns each", "ratio");
  const Cost pipeline = cost_of(bench::pipeline({.sites = static_cast<std::uint32_t>(size.sites),
                                                 .coupling = bench::Coupling::coupled,
                                                 .requests_per_site = size.requests / size.sites}),
                                repetitions);
  print("coupled pipeline", pipeline, pipeline);
  for (const Feature& feature : features()) {
    if (std::string_view{feature.name}.find(wanted) == std::string_view::npos) continue;
    print(feature.name, cost_of(feature, size, repetitions), pipeline);
  }
}
