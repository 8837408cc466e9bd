#include "planner/transient.hpp"

#include <catch2/catch.hpp>

#include "planner/study.hpp"
#include "support/scenario_builder.hpp"

using namespace planner;
using namespace std::chrono_literals;
using namespace test_support;

namespace {

/// The same course in each of three replications but for what tells them apart: `apart` up and down.
Course course(const std::vector<double>& values, double apart) {
  Course result{"visit", {}, {}};
  for (const double value : values) {
    result.overall.push_back(value);
    result.own.push_back({value - apart, value, value + apart});
  }
  return result;
}

/// 20 slices: `first` falling to 0 over the first five, on top of 10 and 11 by turns.
std::vector<double> falling(double first) {
  std::vector<double> values;
  for (int slice = 0; slice < 20; ++slice)
    values.push_back(10 + slice % 2 + (slice < 5 ? first * (5 - slice) / 5 : 0));
  return values;
}

}  // namespace

TEST_CASE("A transient is told where it moves the mean beyond its interval", "[planner][transient]") {
  // First 50: 50 + 40 + 30 + 20 + 10 = 150 over 20 slices move the mean by 7.5. The kept mean of 10.5 has,
  // over replications 0.1 apart, a standard error of 0.1 / sqrt(3) and t(0.975, 2) = 4.30: an interval of
  // 0.25.
  const auto found = transient_of(course(falling(50), 0.1), 0.95);
  REQUIRE(found);
  CHECK(found->slices == 5);
  CHECK(found->settled);
  // Replications 4 apart: an interval of 4.30 x 4 / sqrt(3) = 9.9, within which 7.5 do not matter.
  CHECK_FALSE(transient_of(course(falling(50), 4), 0.95));
  CHECK_FALSE(transient_of(course(falling(0), 0.1), 0.95));
}

TEST_CASE("What rises to the end has not settled", "[planner][transient]") {
  std::vector<double> rising;
  for (int slice = 0; slice < 20; ++slice) rising.push_back(slice);
  const auto found = transient_of(course(rising, 0.1), 0.95);
  REQUIRE(found);
  CHECK_FALSE(found->settled);
  const auto notes = transient_notes({course(rising, 0.1), course(falling(50), 0.1)}, 8s, 0s, 0.95);
  REQUIRE(notes.size() == 2);
  CHECK(notes[0].find("flow visit has not settled") == 0);
  CHECK(notes[1].find("the first 40 s of the recorded span") == 0);
  CHECK(notes[1].find("state \"warmup\"") != std::string::npos);
  CHECK(transient_notes({course(falling(50), 0.1)}, 8s, 5s, 0.95).front().find("lengthen \"warmup\"") !=
        std::string::npos);
}

TEST_CASE("Too little tells no transient", "[planner][transient]") {
  Course few = course(falling(50), 0.1);
  few.overall.resize(9);
  few.own.resize(9);
  CHECK_FALSE(transient_of(few, 0.95));
  Course gap = course(falling(50), 0.1);
  gap.overall[7] = std::nullopt;
  CHECK_FALSE(transient_of(gap, 0.95));
  Course alone = course(falling(50), 0.1);
  for (auto& own : alone.own) own.resize(1);
  CHECK_FALSE(transient_of(alone, 0.95));
  CHECK_FALSE(transient_of(Course{"none", {}, {}}, 0.95));
}

TEST_CASE("A study says where starting instances still show, and is silent where nothing changes",
          "[planner][transient][study]") {
  const auto notes = [](const Scenario& scenario) {
    std::string all;
    const Study result = study(scenario, 3);
    for (const std::string& note : result.strategies.front().notes) all += note + "\n";
    return all;
  };
  Scenario scenario = one_site(20);
  scenario.workloads.at("load").process = Workload::Process::poisson;
  CHECK(notes(scenario).find("MSER") == std::string::npos);
  // Whoever comes within the first 5 s waits for an instance: some 5,000 ms instead of 13.
  PoolType& pool = scenario.sites.at("home").pools.at("box");
  pool.kind = PoolType::Kind::elastic;
  pool.cold_start = constant(5);
  pool.keep_alive = constant(1e6);
  CHECK(notes(scenario).find("look like a transient of flow page (MSER): state \"warmup\"") !=
        std::string::npos);
  // Where demand changes, a change of latency is no transient.
  scenario.workloads.at("load").profile = {1.0, 1.0};
  scenario.workloads.at("load").profile_step = 50s;
  CHECK_FALSE(is_stationary(scenario));
  CHECK(notes(scenario).find("MSER") == std::string::npos);
  // With the transient in the warm-up, nothing of it is left.
  scenario.workloads.at("load").profile.clear();
  scenario.warmup = 20s;
  CHECK(notes(scenario).find("MSER") == std::string::npos);
}
