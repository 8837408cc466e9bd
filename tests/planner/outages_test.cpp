#include "planner/outages.hpp"

#include <catch2/catch.hpp>
#include <chrono>

#include "small_scenario.hpp"

using namespace planner;
using namespace std::chrono_literals;
using test_support::document;
using test_support::small_scenario;
using test_support::with;

namespace {

std::vector<PlannedOutage> outages_of(const std::string& time) {
  const std::string text = with(
      with(small_scenario, R"("time": { "duration": "10 min" })", "\"time\": " + time), R"("links")",
      R"("faults": { "blackout": { "site": "edge", "at": "18:30", "for": "25 min", "enabled": false } }, "links")");
  return planned_outages(document(text).resolve("cloud"));
}

}  // namespace

TEST_CASE("A planned outage lies in a run as its hour says, every day", "[planner][outages]") {
  // From 18:00 on: 30 min later, and again a day later.
  const auto found = outages_of(R"({ "start": "2026-03-02T18:00:00Z", "duration": "26 h" })");
  REQUIRE(found.size() == 2);
  CHECK(found[0].id == "blackout");
  CHECK(found[0].of == "edge");
  CHECK(found[0].begin == 30min);
  CHECK(found[0].length == 25min);
  CHECK(found[1].begin == 24h + 30min);
}

TEST_CASE("Hours of outages are those of the scenario's zone", "[planner][outages]") {
  // 18:30 an hour east of Greenwich is 17:30 UTC: begun 30 min before the run, not over for minus 5 minutes.
  CHECK(outages_of(R"({ "start": "2026-03-02T18:00:00Z", "zone": "UTC+1", "duration": "1 h" })").empty());
  const auto begun = outages_of(R"({ "start": "2026-03-02T17:40:00Z", "zone": "UTC+1", "duration": "1 h" })");
  REQUIRE(begun.size() == 1);
  CHECK(begun[0].begin == -10min);
}

TEST_CASE("A run that no outage lies in has none", "[planner][outages]") {
  CHECK(outages_of(R"({ "start": "2026-03-02T08:00:00Z", "duration": "10 min" })").empty());
}
