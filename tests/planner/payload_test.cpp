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
