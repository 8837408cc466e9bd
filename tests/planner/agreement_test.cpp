#include <catch2/catch.hpp>
#include <filesystem>

#include "models/world.hpp"
#include "planner/compile.hpp"
#include "planner/document.hpp"
#include "planner/load.hpp"
#include "support/shared_data.hpp"

// The compiled and the general path must agree on every sample, whatever it uses.

namespace {

std::vector<std::filesystem::path> samples() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator{test_support::source_dir() / "scenarios"}) {
    if (std::filesystem::exists(entry.path() / "scenario.json"))
      found.push_back(entry.path() / "scenario.json");
  }
  std::sort(found.begin(), found.end());
  return found;
}

models::WorldResult run(const models::WorldSpec& world, models::Path path) {
  models::World::Options options;
  options.seed = 7;
  options.path = path;
  return models::World{world, options}.run();
}

}  // namespace

TEST_CASE("Compiled and general path agree on every sample", "[planner][agreement]") {
  REQUIRE(samples().size() >= 5);
  for (const auto& sample : samples()) {
    for (const planner::Resolution& resolution : planner::Document::load(sample).resolve_all()) {
      INFO(sample.parent_path().filename() << ", " << resolution.scenario().strategy);
      planner::Scenario scenario = resolution.scenario();
      // A minute meets every kind of step; one with few requests takes a day.
      double rate = 0;
      for (const auto& [id, workload] : scenario.workloads) rate += workload.rate;
      scenario.warmup = std::min<sim::Duration>(scenario.warmup, std::chrono::seconds{5});
      scenario.duration =
          std::min<sim::Duration>(scenario.duration, rate > 10 ? sim::Duration{std::chrono::seconds{20}}
                                                               : sim::Duration{std::chrono::hours{24}});
      const planner::CompiledScenario compiled = planner::compile(scenario);
      const models::WorldResult fast = run(compiled.world, models::Path::compiled);
      const models::WorldResult slow = run(compiled.world, models::Path::general);
      CHECK(fast.requests > 50);
      CHECK(fast.classes == slow.classes);
      CHECK(fast.pools == slow.pools);
      CHECK(fast.stations == slow.stations);
      CHECK(fast.meters == slow.meters);
      CHECK(fast.started == slow.started);
      CHECK(fast.unfinished == slow.unfinished);
    }
  }
}

TEST_CASE("Every sample can carry its load", "[planner][agreement]") {
  for (const auto& sample : samples()) {
    for (const planner::Resolution& resolution : planner::Document::load(sample).resolve_all()) {
      INFO(sample.parent_path().filename() << ", " << resolution.scenario().strategy);
      const planner::CompiledScenario compiled = planner::compile(resolution.scenario());
      for (const auto& finding :
           planner::check_load(resolution.scenario(), compiled, planner::offered_load(compiled))) {
        INFO(finding.message);
        CHECK(finding.code == planner::Code::near_capacity);
      }
    }
  }
}
