#include <catch2/catch.hpp>
#include <filesystem>

#include "cli/tool.hpp"

using namespace cli_test;
using test_support::Finished;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("The best plan can be written and compared", "[cli][optimize]") {
  // 50 requests of 2 ms fill a tenth of one replica, and the far site is 3 ms away: one replica, one node of
  // 1 USD/h, is enough for a second, wherever it stands.
  const Project project;
  const std::string patch = (project.path() / "best.json").string();
  const Finished finished =
      tool({"optimize", project.scenario(), "--subject-to", "p95(latency) <= 1 s", "--write", patch});
  CHECK(finished.exit_code == 0);
  CHECK(contains(finished.output, "Least cost: plan-1."));
  CHECK(contains(finished.output, "x 1\n"));
  CHECK(contains(finished.error, "--patch " + patch));
  const auto run = document(tool({"run", project.scenario(), "--patch", patch, "--format", "json"}));
  CHECK(run.at("strategies").begin()->at("cost").at("total").at("v") == 730.0);  // 1 USD/h, 730 h
}

TEST_CASE("What cannot be kept is answered with a relaxation and exit code 5", "[cli][optimize]") {
  // Access alone takes 10 ms there and back.
  const Project project;
  const Finished finished = tool(
      {"optimize", project.scenario(), "--subject-to", "p95(latency{flow=ask}) <= 8 ms", "--format", "json"});
  CHECK(finished.exit_code == 5);
  const auto answer = document(finished);
  CHECK(answer.at("schema") == "optimum/1");
  CHECK(answer.at("feasible") == false);
  REQUIRE(answer.at("relaxations").size() == 1);
  CHECK(answer.at("relaxations").at(0).at("requirements").size() == 1);
  CHECK(answer.at("least_violating").at("patch").at("placement").at("api").contains("near"));
}

TEST_CASE("Mistakes in what is asked of a plan are explained", "[cli][optimize]") {
  const Project project;
  const std::vector<std::pair<std::vector<std::string>, std::string>> mistakes{
      {{"--subject-to", "p95(latency{flow=asc}) <= 8 ms"}, "asc"},
      {{"--subject-to", "ratio(ok) >= 99 %"}, "no estimate of this"},
      {{"--minimize", "fame"}, "none of cost, sites, energy, carbon, latency"},
      {{"--allow", "api"}, "has no \"=\""},
      {{"--allow", "api=moon"}, "names no site"},
      {{"--allow", "apo=near"}, "no service \"apo\""},
      {{"--apart", "api"}, "names no two services"},
      {{"--service", "apo"}, "no service \"apo\""},
      {{"--plans", "0"}, "--plans"},
  };
  for (const auto& [options, message] : mistakes) {
    std::vector<std::string> arguments{"optimize", project.scenario()};
    arguments.insert(arguments.end(), options.begin(), options.end());
    CAPTURE(arguments);
    const Finished finished = tool(arguments);
    CHECK(finished.exit_code == 2);
    CHECK(contains(finished.error, message));
  }
}

TEST_CASE("Residency and kept sites bind the plan", "[cli][optimize]") {
  const Project project;
  const auto places = [&](std::vector<std::string> options) {
    options.insert(options.begin(), {"optimize", project.scenario(), "--format", "json"});
    const auto answer = document(tool(options));
    return answer.at("plans").at(0).at("patch").at("placement").at("api");
  };
  // The base has two replicas at far; one is enough.
  CHECK(places({"--keep-sites"}).at("far").at("replicas") == 1);
  CHECK(places({"--allow", "api=tier:edge"}).at("near").at("replicas") == 1);
  CHECK(places({"--allow", "api=tier:edge"}).at("far").is_null());
  CHECK(places({"--min-sites", "2"}).contains("near"));
}
