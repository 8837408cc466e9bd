#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>

#include "cli/tool.hpp"

using cli_test::document;
using cli_test::Project;
using cli_test::tool;
using test_support::Finished;

namespace {

/// Replications in a store; 0 while there is none.
int stored(const std::string& path) {
  const Finished asked = tool({"query", path, "SELECT count(*) FROM run", "--format", "json"});
  return asked.exit_code == 0 ? document(asked)["rows"][0][0].get<int>() : 0;
}

}  // namespace

TEST_CASE("A study that is killed goes on where it was", "[cli][store]") {
  const Project project;
  const std::string store = project.path() / "r.db";
  const std::vector<std::string> study{"compare", project.scenario(), "--reps", "2000", "--format", "json"};
  std::vector<std::string> with_store = study;
  with_store.insert(with_store.end(), {"--store", store});
  int before = 0;
  {
    test_support::Process running{cli_test::command(with_store)};
    // Two strategies of 2,000 replications: it is caught somewhere on the way.
    while (before < 5) before = stored(store);
    running.send(SIGKILL);
    const Finished killed = running.wait();
    CHECK(killed.signal == SIGKILL);
  }
  const int kept = stored(store);
  CHECK(kept >= before);
  REQUIRE(kept < 4000);
  std::vector<std::string> verbose = with_store;
  verbose.push_back("-v");
  const Finished resumed = tool(verbose);
  CHECK(resumed.exit_code == 0);
  CHECK(resumed.error.find(std::to_string(kept) + " replications were in the store") != std::string::npos);
  CHECK(resumed.output == tool(study).output);
  CHECK(stored(store) == 4000);
  CHECK(tool({"verify", store, "--sample", "1%"}).exit_code == 0);
}

TEST_CASE("Shards merge to what one run gives, byte for byte", "[cli][store][sweep]") {
  const Project project;
  const std::string scenario = project.with(
      R"("strategies": {)",
      R"("sweeps": { "growth": { "axes": { "load": { "at": ["/workloads/day/arrivals/rate"], "scale": [1, 1.5, 2, 40] },
         "nodes": { "at": ["/sites/near/pools/box/nodes"], "values": [1, 2] } } } }, "strategies": {)");
  const Finished whole = tool({"sweep", scenario, "growth", "--format", "json"});
  REQUIRE(whole.exit_code == 0);
  const auto rows = document(whole)["rows"];
  CHECK(rows.size() == 4 * 2 * 2);
  // 50 req/s times 40 are 2,000/s; two replicas of 2 ms carry 1,000.
  int infeasible = 0;
  for (const auto& row : rows) infeasible += row["status"] == "infeasible" ? 1 : 0;
  CHECK(infeasible == 2 * 2);
  const std::string all = project.path() / "all.db";
  for (const char* part : {"1", "2", "3"}) {
    const std::string store = project.path() / (std::string{part} + ".db");
    REQUIRE(tool({"sweep", scenario, "--shard", std::string{part} + "/3", "--store", store}).exit_code == 0);
    REQUIRE(tool({"merge", store, "--into", all}).exit_code == 0);
  }
  // 6 feasible points of 2 strategies of 3 replications.
  CHECK(stored(all) == 6 * 2 * 3);
  CHECK(tool({"sweep", scenario, "--store", all, "--format", "json"}).output == whole.output);
  CHECK(stored(all) == 6 * 2 * 3);
}

TEST_CASE("The variables of batch systems name the shard", "[cli][sweep]") {
  const Project project;
  const std::string scenario = project.with(
      R"("strategies": {)",
      R"("sweeps": { "growth": { "axes": { "nodes": { "at": ["/sites/near/pools/box/nodes"], "range": { "from": 1, "to": 24 } } } } },
         "strategies": {)");
  const auto points = [&](std::vector<std::string> more,
                          std::vector<std::pair<std::string, std::string>> variables) {
    std::vector<std::string> arguments{"sweep", scenario, "--list", "--format", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    test_support::Command command = cli_test::command(arguments);
    command.environment = std::move(variables);
    const Finished finished = test_support::run(command);
    REQUIRE(finished.exit_code == 0);
    return document(finished)["points"];
  };
  CHECK(points({}, {}).size() == 24);
  const auto second = points({"--shard", "2/4"}, {});
  CHECK(second.size() < 24);
  using Variables = std::vector<std::pair<std::string, std::string>>;
  CHECK(points({"--shard", "auto"}, Variables{{"SLURM_ARRAY_TASK_ID", "11"},
                                              {"SLURM_ARRAY_TASK_MIN", "10"},
                                              {"SLURM_ARRAY_TASK_COUNT", "4"}}) == second);
  CHECK(points({"--shard", "auto"},
               Variables{{"AWS_BATCH_JOB_ARRAY_INDEX", "1"}, {"AWS_BATCH_JOB_ARRAY_SIZE", "4"}}) == second);
  CHECK(points({"--shard", "auto"}, Variables{{"LSB_JOBINDEX", "2"}, {"LSB_JOBINDEX_END", "4"}}) == second);
  CHECK(points({"--shard", "auto/4"}, Variables{{"JOB_COMPLETION_INDEX", "1"}}) == second);
  CHECK(points({"--shard", "auto/4"}, Variables{{"PBS_ARRAY_INDEX", "1"}}) == second);
  // The variables alone change nothing: a result must not depend on where it is made.
  CHECK(points({}, Variables{{"JOB_COMPLETION_INDEX", "1"}}).size() == 24);
  for (const char* wrong : {"0/4", "5/4", "2", "auto/0", "x/y", "auto"})
    CHECK(tool({"sweep", scenario, "--list", "--shard", wrong}).exit_code == 2);
}

TEST_CASE("Stores that cannot be used end with their exit code", "[cli][store]") {
  const Project project;
  const std::string text = project.write("text.db", std::string(4000, 'x'));
  CHECK(tool({"compare", project.scenario(), "--store", text}).exit_code == 4);
  CHECK(tool({"query", project.path() / "none.db", "SELECT 1"}).exit_code == 4);
  CHECK(tool({"verify", project.path() / "none.db"}).exit_code == 4);
  const std::string store = project.path() / "r.db";
  REQUIRE(tool({"run", project.scenario(), "--store", store}).exit_code == 0);
  for (const char* wrong : {"DROP TABLE run", "SELECT nothing FROM run", "SELEC", ""})
    CHECK(tool({"query", store, wrong}).exit_code == 2);
  CHECK(tool({"merge", store, "--into", store}).exit_code == 2);
  CHECK(tool({"verify", store, "--sample", "0"}).exit_code == 2);
  CHECK(tool({"query", store, "SELECT strategy FROM member"}).output == "strategy\r\nfar\r\n");
}

TEST_CASE("Why and fail answer in both formats", "[cli]") {
  const Project project;
  const Finished why = tool({"why", project.scenario(), "--strategy", "near", "--vs", "far"});
  CHECK(why.exit_code == 0);
  const auto explained =
      document(tool({"why", project.scenario(), "--strategy", "near", "--vs", "far", "--format", "json"}));
  CHECK(explained["explanations"][0]["parts"][0]["part"] == "propagation");
  CHECK(why.output.find("propagation") != std::string::npos);
  CHECK(document(tool({"why", project.scenario(), "--format", "json"}))["explanations"][0]["parts"].size() >=
        3);
  CHECK(tool({"why", project.scenario(), "--vs", "far"}).exit_code == 2);
  const Finished fail = tool({"fail", project.scenario()});
  CHECK(fail.exit_code == 0);
  CHECK(fail.output.find("cannot") != std::string::npos);
  CHECK(document(tool({"fail", project.scenario(), "--format", "json"}))["losses"][0]["survives"] == false);
  CHECK(tool({"sweep", project.scenario()}).exit_code == 2);
}

TEST_CASE("A store that is not there is told, and none is made instead", "[cli][store]") {
  const Project project;
  const std::string missing = project.path() / "missing.db", into = project.path() / "into.db";
  const std::vector<std::vector<std::string>> commands{
      {"query", missing, "SELECT 1"}, {"verify", missing}, {"merge", missing, "--into", into}};
  for (const std::vector<std::string>& arguments : commands) {
    CAPTURE(arguments);
    const Finished refused = tool(arguments);
    CHECK(refused.exit_code == 4);
    CHECK(refused.error.find("missing.db: no such file") != std::string::npos);
  }
  CHECK_FALSE(std::filesystem::exists(missing));
  CHECK_FALSE(std::filesystem::exists(into));
}
