#include <catch2/catch.hpp>

#include "cli/tool.hpp"

using namespace cli_test;
using test_support::Finished;

TEST_CASE("Results over time are printed by flow, site, pool or in all", "[cli][series]") {
  const Project project;
  const Finished latency = tool({"series", project.scenario(), "--reps", "2"});
  CHECK(latency.exit_code == 0);
  CHECK(latency.output.find("p99 [ms] by flow") != std::string::npos);
  const Finished busy = tool({"series", project.scenario(), "--reps", "2", "--metric", "utilisation"});
  CHECK(busy.output.find("utilisation [%] by pool") != std::string::npos);
  const Finished cost =
      tool({"series", project.scenario(), "--reps", "2", "--metric", "cost", "--by", "total", "--all"});
  CHECK(cost.output.find("cost [USD/h] by strategy") != std::string::npos);
  CHECK(tool({"series", project.scenario(), "--metric", "speed"}).exit_code == 2);
  CHECK(tool({"series", project.scenario(), "--flow", "pagee"}).exit_code == 2);
}

TEST_CASE("The JSON document of a run holds its slices, as many as the scenario asks for", "[cli][series]") {
  const Project project;
  const Finished run =
      tool({"run", project.scenario(), "--reps", "2", "--format", "json", "--set", "/experiment/series=1 s"});
  CHECK(run.exit_code == 0);
  const auto strategies = nlohmann::json::parse(run.output)["strategies"];
  const auto& series = strategies.begin().value()["series"];
  CHECK(series["step"] == nlohmann::json({{"v", 1}, {"unit", "s"}}));
  const std::size_t slices = series["slices"];
  CHECK(slices >= 1);
  REQUIRE(!series["lines"].empty());
  for (const auto& line : series["lines"]) {
    CHECK(line["v"].size() == slices);
    CHECK(line["lo"].size() == slices);
    CHECK(line["hi"].size() == slices);
  }
}
