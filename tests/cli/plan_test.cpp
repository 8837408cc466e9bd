#include <catch2/catch.hpp>
#include <string_view>

#include "cli/tool.hpp"
#include "support/large_scenario.hpp"

using namespace cli_test;
using test_support::Finished;

TEST_CASE("The memory that a plan tells is what the run then takes, within half and one and a half",
          "[cli][plan]") {
  const Project project;
  // Large enough that neither the program itself nor this one, which begins it, is most of the memory.
  const std::string many = project.write(
      "many.json", test_support::large_scenario({.sites = 1'000, .requests = 200'000, .replications = 4}));
  for (const char* jobs : {"1", "4"}) {
    const Finished plan = tool({"run", many, "--plan", "--jobs", jobs, "--format", "json"});
    REQUIRE(plan.exit_code == 0);
    const nlohmann::json memory = document(plan)["plan"][0]["memory"];
    CHECK(memory["unit"] == "B");
    const double told = memory["value"].get<double>();
    const Finished run = tool({"run", many, "--jobs", jobs, "--quiet"});
    REQUIRE(run.exit_code == 0);
    INFO(jobs << " at a time: " << told << " told, " << run.peak_bytes << " taken");
    CHECK(told > 0.5 * run.peak_bytes);
    // Whether replications are at their peaks at the same time is the system's choice when there are several.
    if (std::string_view{jobs} == "1") CHECK(told < 1.5 * run.peak_bytes);
  }
}

TEST_CASE("A plan tells the requests of a replication of many sites and cells", "[cli][plan]") {
  const Project project;
  const std::string many = project.write(
      "many.json",
      test_support::large_scenario({.sites = 200, .cells_per_site = 10, .requests = 1e9, .replications = 2}));
  const Finished plan = tool({"run", many, "--plan", "--format", "json"});
  REQUIRE(plan.exit_code == 0);
  const nlohmann::json told = document(plan)["plan"][0];
  CHECK(told["sites"] == 200);
  CHECK(told["populations"] == 200);
  // 1e9 in 100 s, and the warm-up of 1 s.
  CHECK(told["requests"].get<double>() == Approx(1.01e9));
  // One beside the other where two threads are, and never less than one replication.
  CHECK(told["time"]["min"]["value"].get<double>() >= told["replication"]["value"].get<double>());
  CHECK(told["pilot_requests"].get<double>() < 1e6);
}
