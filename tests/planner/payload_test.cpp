#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "planner/compile.hpp"
#include "small_scenario.hpp"
#include "support/scenario_builder.hpp"

// Replayed payloads: each request is as large as it was.

using namespace planner;
using namespace test_support;
using models::Part;
using sim::operator""ms;

namespace {

using Sizes = std::vector<sim::Bytes>;

std::shared_ptr<const Sizes> sizes(Sizes of) { return std::make_shared<const Sizes>(std::move(of)); }

/// Three requests, 1 s apart, of users at home who are served there.
Scenario replaying() {
  Scenario scenario = one_site(1);
  Workload& load = scenario.workloads.at("load");
  load.process = Workload::Process::trace;
  load.times =
      std::make_shared<const std::vector<sim::Duration>>(std::vector<sim::Duration>{10ms, 1010ms, 2010ms});
  return scenario;
}

const Slice& whole(const Study& study) { return study.strategies.front().slices.front(); }
Approx ms_of(double value) { return Approx(value).margin(0.0001); }

}  // namespace

TEST_CASE("A replayed payload takes its own time at the user's rate", "[planner][trace][payload]") {
  // 8 Mbit/s carry 1 kB/ms: 10, 30 and 80 ms up, of which the middle one is not told and the flow's.
  Scenario scenario = replaying();
  scenario.populations.at("users").access.uplink = sim::BitRate{8e6};
  scenario.flows.at("page").request = sim::Bytes{30e3};
  scenario.workloads.at("load").requests = sizes({sim::Bytes{10e3}, sim::Bytes{-1}, sim::Bytes{80e3}});
  const Study result = study(scenario);
  CHECK(part(whole(result).parts, Part::transmission) == ms_of((10 + 30 + 80) / 3.0));
  CHECK(whole(result).percentiles[0].value == Approx(13 + 30).epsilon(0.01));
}

TEST_CASE("A replayed payload occupies cell and link for its own time, in turn and fairly",
          "[planner][trace][payload]") {
  // Served far away over 80 Mbit/s (10 kB/ms), from a cell of 8 Mbit/s: 10 and 1 ms for the first payload, 40
  // and 4 for the second, nothing for the third. The answers are 5 kB, half a millisecond on the link alone.
  Scenario scenario = replaying();
  add_far_site(scenario, constant(0.020));
  scenario.links.at("home--far").bandwidth = sim::BitRate{80e6};
  scenario.placement.at("web").clear();
  scenario.placement["web"]["far"].pool = "box";
  scenario.populations.at("users").access.cell_uplink = sim::BitRate{8e6};
  scenario.workloads.at("load").requests = sizes({sim::Bytes{10e3}, sim::Bytes{40e3}, sim::Bytes{0}});
  scenario.workloads.at("load").responses = sizes({sim::Bytes{5e3}, sim::Bytes{5e3}, sim::Bytes{5e3}});
  const double expected = (10 + 1 + 40 + 4) / 3.0 + 0.5;
  CHECK(part(whole(study(scenario)).parts, Part::transmission) == ms_of(expected));
  scenario.populations.at("users").access.sharing = models::Sharing::fair;
  scenario.links.at("home--far").sharing = models::Sharing::fair;
  CHECK(part(whole(study(scenario)).parts, Part::transmission) == ms_of(expected));
}

TEST_CASE("Each replayed payload grows its own window", "[planner][trace][payload]") {
  // Round trip 1 + 20 + 20 + 2 = 43 ms; 43,441 B stall twice, 14,480 B not at all.
  Scenario scenario = replaying();
  add_far_site(scenario, constant(0.020));
  scenario.placement.at("web").clear();
  scenario.placement["web"]["far"].pool = "box";
  scenario.flows.at("page").transport = "tcp";
  scenario.workloads.at("load").responses = sizes({sim::Bytes{14480}, sim::Bytes{43441}, sim::Bytes{14480}});
  CHECK(part(whole(study(scenario)).parts, Part::transmission) == ms_of(2 * 43 / 3.0));
}

TEST_CASE("Replayed payloads are billed as what they add up to", "[planner][trace][payload]") {
  Scenario scenario = replaying();
  scenario.sites.at("home").egress_per_gb = sim::Money{0.1};
  scenario.duration = std::chrono::seconds{3};
  scenario.workloads.at("load").rate = 1;
  scenario.workloads.at("load").responses = sizes({sim::Bytes{1e6}, sim::Bytes{2e6}, sim::Bytes{6e6}});
  // 9 MB in 3 s are 3 MB/s: 7,884 GB in a month of 730 h.
  const planner::Study result = study(scenario);
  double egress = 0;
  for (const auto& line : result.strategies.front().cost)
    if (line.item == "egress") egress += line.per_month.value;
  CHECK(egress == Approx(7884 * 0.1).epsilon(1e-6));
}

TEST_CASE("Payloads are read from the trace, and asked for where there are none",
          "[planner][trace][payload]") {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("isochrone-payload-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const auto workload_of = [&](const std::string& csv) {
    std::ofstream{folder / "log.csv"} << csv;
    const std::string text =
        with(small_scenario, R"({ "rate": "20 req/s" })",
             R"({ "process": "trace", "trace": { "file": "log.csv", "payloads": true } })");
    return Document::parse(text, "small.json", folder).resolve("cloud").scenario().workloads.at("w");
  };
  const Workload read = workload_of("t_s,request_bytes,response_bytes\n2,300,\n1,200,\n");
  REQUIRE(read.requests);
  CHECK(*read.requests == Sizes{sim::Bytes{200}, sim::Bytes{300}});
  CHECK_FALSE(read.responses);
  CHECK_THROWS_AS(workload_of("t_s\n1\n2\n"), ScenarioError);
  std::filesystem::remove_all(folder);
}

TEST_CASE("A replayed call between services carries what it carried", "[planner][trace][payload]") {
  // 80 Mbit/s carry 10 kB/ms: requests of 10 and 40 kB, the third is not told and the call's own 20 kB;
  // answers of 5 kB, all alike.
  Scenario scenario = replaying();
  add_far_site(scenario, constant(0.020));
  scenario.links.at("home--far").bandwidth = sim::BitRate{80e6};
  Call& call = add_call(scenario, "db", "far", constant(0.001));
  call.request = sim::Bytes{20e3};
  call.response = sim::Bytes{5e3};
  scenario.workloads.at("load").call_sizes["db"].requests =
      sizes({sim::Bytes{10e3}, sim::Bytes{40e3}, sim::Bytes{-1}});
  CHECK(part(whole(study(scenario)).parts, Part::transmission) == ms_of((1 + 4 + 2) / 3.0 + 0.5));
}

TEST_CASE("Payloads of calls are read from the spans of their request", "[planner][trace][payload]") {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("isochrone-calls-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const auto span = [](int trace, int id, int parent, int start_ms, int bytes) {
    const std::string t = std::to_string(trace), nanoseconds = "000000";
    return R"({"traceId":"0000000000000000000000000000000)" + t + R"(","spanId":"000000000000000)" +
           std::to_string(id) + R"(",)" +
           (parent > 0 ? R"("parentSpanId":"000000000000000)" + std::to_string(parent) + R"(",)" : "") +
           R"("name":"x","kind":2,"startTimeUnixNano":")" + std::to_string(start_ms) + nanoseconds +
           R"(","endTimeUnixNano":")" + std::to_string(start_ms + 1) + nanoseconds +
           R"(","attributes":[{"key":"http.request.body.size","value":{"intValue":")" +
           std::to_string(bytes) + R"("}}]})";
  };
  const auto of_service = [](const std::string& service, const std::string& spans) {
    return R"({"resource":{"attributes":[{"key":"service.name","value":{"stringValue":")" + service +
           R"("}}]},"scopeSpans":[{"spans":[)" + spans + "]}]}";
  };
  // The second request calls db twice, with 200 and 400 bytes: 300 in the mean; the third not at all.
  std::ofstream{folder / "t.json"} << R"({"resourceSpans":[)"
                                   << of_service("web", span(1, 1, 0, 1000, 10) + "," +
                                                            span(2, 1, 0, 2000, 20) + "," +
                                                            span(3, 1, 0, 3000, 30))
                                   << ","
                                   << of_service("db", span(1, 2, 1, 1001, 100) + "," +
                                                           span(2, 2, 1, 2001, 200) + "," +
                                                           span(2, 3, 1, 2002, 400))
                                   << "]}";
  const std::string text = with(small_scenario, R"({ "rate": "20 req/s" })",
                                R"({ "process": "trace", "trace": { "file": "t.json", "payloads": true } })");
  const Workload read =
      Document::parse(text, "small.json", folder).resolve("cloud").scenario().workloads.at("w");
  CHECK(*read.requests == Sizes{sim::Bytes{10}, sim::Bytes{20}, sim::Bytes{30}});
  REQUIRE(read.call_sizes.contains("db"));
  CHECK(*read.call_sizes.at("db").requests == Sizes{sim::Bytes{100}, sim::Bytes{300}, sim::Bytes{-1}});
  CHECK(*read.call_sizes.at("db").responses == Sizes(3, sim::Bytes{-1}));
  std::filesystem::remove_all(folder);
}
