#include "planner/demand.hpp"

#include <catch2/catch.hpp>

#include "small_scenario.hpp"

using namespace planner;
using namespace std::chrono_literals;
using test_support::issues_of;
using test_support::scenario;
using test_support::small_scenario;
using test_support::with;

namespace {

/// The small scenario with these arrivals, start and duration.
std::string with_arrivals(const std::string& arrivals, const std::string& time = R"("duration": "10 min")") {
  return with(with(small_scenario, R"("arrivals": { "rate": "20 req/s" })", R"("arrivals": )" + arrivals),
              R"("duration": "10 min")", time);
}

Workload workload(const std::string& arrivals, const std::string& time = R"("duration": "10 min")") {
  return scenario(with_arrivals(arrivals, time)).workloads.at("w");
}

/// A day whose only demand is from 02:00 to 03:00.
std::string night(const std::string& zone) {
  std::string hours;
  for (int hour = 0; hour < 24; ++hour) hours += std::string{hour > 0 ? ", " : ""} + (hour == 2 ? "1" : "0");
  return R"({ "rate": "10 req/s", "profile": { "hourly": [)" + hours + R"(], "zone": ")" + zone + R"(" } })";
}

std::vector<std::string> codes_of(const std::string& arrivals) {
  std::vector<std::string> codes;
  for (const Diagnostic& issue : issues_of(with_arrivals(arrivals))) codes.push_back(name(issue.code));
  return codes;
}

}  // namespace

TEST_CASE("A zone by name follows summer time within the run", "[planner][demand]") {
  // Amsterdam is UTC+1 until 2026-03-29 01:00 UTC, when 02:00 becomes 03:00: that day has no hour from two to
  // three. All of a day's demand is in that hour: 24 x 10 req/s, the day before from 01:00 to 02:00 UTC and
  // the day after from 00:00 to 01:00.
  const Workload load =
      workload(night("Europe/Amsterdam"), R"("start": "2026-03-28T00:00:00Z", "duration": "72 h")");
  CHECK(mean_rate(load, 1h, 1h) == Approx(240));
  CHECK(mean_rate(load, 24h, 24h) == 0);
  CHECK(mean_rate(load, 48h, 1h) == Approx(240));
  CHECK(mean_rate(load, 49h, 23h) == 0);
}

TEST_CASE("A zone by name without a change is a repeated day at its offset", "[planner][demand]") {
  const std::string july = R"("start": "2026-07-01T00:00:00Z", "duration": "24 h")";
  const Workload named = workload(night("Asia/Kolkata"), july);
  CHECK(named.profile == workload(night("UTC+5:30"), july).profile);
  CHECK(named.profile_offset == 330min);
  CHECK(codes_of(night("Europe/Amsterdm")) == std::vector<std::string>{"E1111"});
  CHECK(codes_of(night("../etc/passwd")) == std::vector<std::string>{"E1111"});
}

TEST_CASE("A population without a position has the solar time of the site that it hangs on",
          "[planner][demand]") {
  const auto offset = [](const std::string& population) {
    const std::string text = with(with_arrivals(R"({ "rate": "10 req/s", "profile": "diurnal" })"),
                                  R"("at": { "lat": 52.1, "lon": 15 })", population);
    return scenario(with(text, R"("at": { "lat": 50.1, "lon": 8.7 })", R"("at": { "lat": 50.1, "lon": 90 })"))
        .workloads.at("w")
        .profile_offset;
  };
  CHECK(offset(R"("site": "cloud")") == 6h);  // 90 degrees east
  CHECK(offset(R"("at": { "lat": 52.1, "lon": 15 })") == 1h);
}

TEST_CASE("A surge lies on top of the rate as it says", "[planner][demand]") {
  const Workload load = workload(R"({ "rate": "10 req/s", "surges": { "launch": { "at": "100 s", "factor": 5,
    "rise": "20 s", "hold": "60 s", "fall": "40 s" } } })");
  CHECK(mean_rate(load, 0s, 100s) == Approx(10));
  CHECK(mean_rate(load, 100s, 20s) == Approx(30));  // linear from 10 to 50
  CHECK(mean_rate(load, 120s, 60s) == Approx(50));
  CHECK(mean_rate(load, 180s, 40s) == Approx(30));
  CHECK(mean_rate(load, 220s, 380s) == Approx(10));
  CHECK(peak_rate(load, 0s, 600s) == Approx(50));
  CHECK(load.rate == 10);  // of an ordinary day: what monthly figures rest on
}

TEST_CASE("Surges multiply the hour they fall into and add up", "[planner][demand]") {
  // The run begins at 02:00 UTC, when the rate is 240/s: twice three times it, overlapping from 200 s to 300
  // s.
  const std::string two = R"(, "surges": { "a": { "at": "100 s", "factor": 3, "hold": "200 s" },
                                           "b": { "at": "200 s", "factor": 3, "hold": "200 s" } } })";
  std::string arrivals = night("UTC");
  arrivals.replace(arrivals.rfind(" }"), 2, two);
  const Workload load = workload(arrivals, R"("start": "2026-07-01T02:00:00Z", "duration": "10 min")");
  CHECK(mean_rate(load, 100s, 100s) == Approx(3 * 240));
  CHECK(mean_rate(load, 200s, 100s) == Approx(5 * 240));  // 1 + 2 + 2
}

TEST_CASE("Bursts keep the mean and raise the peak", "[planner][demand]") {
  // A quarter of the time at nine times the calm rate: calm 1 / (0.75 + 0.25 x 9) = 1/3, burst 3.
  const Workload load =
      workload(R"({ "rate": "12 req/s", "bursts": { "factor": 9, "length": "10 s", "every": "40 s" } })");
  const auto bursts = burst_factors(load);
  REQUIRE(bursts);
  CHECK(bursts->calm == Approx(1.0 / 3));
  CHECK(bursts->burst == Approx(3.0));
  CHECK(bursts->calm_mean == 30s);
  CHECK(mean_rate(load, 0s, 600s) == Approx(12));
  CHECK(peak_rate(load, 0s, 600s) == Approx(36));
}

TEST_CASE("Demand that contradicts itself is refused", "[planner][demand]") {
  using Codes = std::vector<std::string>;
  CHECK(codes_of(R"({ "rate": "1 req/s", "bursts": { "factor": 2, "length": "40 s", "every": "40 s" } })") ==
        Codes{"E1105"});
  CHECK(codes_of(R"({ "rate": "1 req/s", "bursts": { "factor": 0.5, "length": "1 s", "every": "40 s" } })") ==
        Codes{"E1105"});
  CHECK(
      codes_of(
          R"({ "process": "periodic", "rate": "1 req/s", "bursts": { "factor": 2, "length": "1 s", "every": "4 s" } })") ==
      Codes{"E1110"});
  CHECK(codes_of(R"({ "rate": "1 req/s", "surges": { "a": { "at": "1 s", "hold": "1 s" } } })") ==
        Codes{"E1103"});
}
