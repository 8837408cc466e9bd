#include <signal.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>

#include "mpi/ranks.hpp"

using cli_test::document;
using cli_test::Project;
using cli_test::tool;
using mpi_test::run;
using test_support::Finished;
using test_support::read_text;

namespace {

/// Four far towns that ask one region, often enough that each site gets a partition of its own: of 5 ms
/// (Frankfurt to Madrid and beyond) times 4 x 60,000 requests a second some 1,200 fall into a window, and
/// one of 256 pays.
constexpr const char* far_towns = R"({
  "isochrone": "1.0",
  "meta": { "name": "far-towns" },
  "time": { "warmup": "20 ms", "duration": "200 ms" },
  "sites": {
    "region": { "tier": "region", "at": { "lat": 50.1, "lon": 8.7 },
                "pools": { "box": { "nodes": 8, "cpu": "8 vCPU", "memory": "64 GiB", "price": "1 USD/h" } } },
    "south": { "tier": "edge", "at": { "lat": 37.4, "lon": -6.0 },
               "pools": { "box": { "nodes": 8, "cpu": "8 vCPU", "memory": "64 GiB", "price": "1 USD/h" } } }
  },
  "populations": {
    "lisbon": { "at": { "lat": 38.7, "lon": -9.1 }, "users": 1000, "access": { "latency": "5 ms" } },
    "helsinki": { "at": { "lat": 60.2, "lon": 24.9 }, "users": 1000, "access": { "latency": "5 ms" } },
    "athens": { "at": { "lat": 38.0, "lon": 23.7 }, "users": 1000, "access": { "latency": "5 ms" } },
    "dublin": { "at": { "lat": 53.3, "lon": -6.3 }, "users": 1000, "access": { "latency": "5 ms" } }
  },
  "services": { "api": { "time": { "dist": "lognormal", "median": "20 us", "p99": "90 us" }, "cpu": "1 vCPU",
                         "memory": "1 GiB", "concurrency": 4 } },
  "flows": { "ask": { "entry": "api", "calls": { "api": { "service": "api" } } } },
  "workloads": {
    "a": { "population": "lisbon", "flow": "ask", "arrivals": { "rate": "60000 req/s" } },
    "b": { "population": "helsinki", "flow": "ask", "arrivals": { "rate": "60000 req/s" } },
    "c": { "population": "athens", "flow": "ask", "arrivals": { "rate": "60000 req/s" } },
    "d": { "population": "dublin", "flow": "ask", "arrivals": { "rate": "60000 req/s" } }
  },
  "placement": { "api": { "region": { "pool": "box", "replicas": 16 } } },
  "strategies": {
    "one": { "baseline": true, "patch": {} },
    "two": { "patch": { "placement": { "api": { "south": { "pool": "box", "replicas": 16 } } } } }
  },
  "experiment": { "seed": 5, "replications": 2 }
}
)";

constexpr const char* sweeps = R"("sweeps": { "growth": { "axes": {
    "load": { "at": ["/workloads/day/arrivals/rate"], "scale": [1, 1.5, 2, 40] },
    "nodes": { "at": ["/sites/near/pools/box/nodes"], "values": [1, 2] } } } },
  "strategies": {)";

int occurrences(const std::string& text, const std::string& what) {
  int count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

/// Process of one of the ranks that a running mpirun has started; 0 where it is not there (yet).
int process_of_rank(int mpirun, const std::string& rank) {
  const std::string children =
      "/proc/" + std::to_string(mpirun) + "/task/" + std::to_string(mpirun) + "/children";
  std::ifstream list{children};
  for (int child = 0; list >> child;) {
    const std::string environment = read_text("/proc/" + std::to_string(child) + "/environ");
    if (environment.find(std::string{'\0'} + "OMPI_COMM_WORLD_RANK=" + rank + '\0') != std::string::npos)
      return child;
  }
  return 0;
}

int stored(const std::string& path) {
  const Finished asked = tool({"query", path, "SELECT count(*) FROM run", "--format", "json"});
  return asked.exit_code == 0 ? document(asked)["rows"][0][0].get<int>() : 0;
}

}  // namespace

TEST_CASE("Any number of ranks gives the bytes of one process", "[mpi]") {
  const Project project;
  using Arguments = std::vector<std::string>;
  for (const Arguments& arguments :
       {Arguments{"run", project.scenario(), "--format", "json", "--reps", "8"},
        Arguments{"compare", project.scenario(), "--precision", "2%", "--reps", "3..40"}}) {
    CAPTURE(arguments);
    const Finished one = tool(arguments);
    REQUIRE(one.exit_code == 0);
    for (const unsigned ranks : {1U, 2U, 4U}) {
      CAPTURE(ranks);
      const Finished several = run(ranks, arguments);
      CHECK(several.exit_code == 0);
      CHECK(several.output == one.output);
    }
  }
}

TEST_CASE("The points of a sweep are shared among ranks and come in their order", "[mpi][sweep]") {
  const Project project;
  const std::string scenario = project.with(R"("strategies": {)", sweeps);
  const Finished one = tool({"sweep", scenario, "growth", "--format", "json"});
  REQUIRE(one.exit_code == 0);
  CHECK(run(3, {"sweep", scenario, "growth", "--format", "json", "--jobs", "2"}).output == one.output);
}

TEST_CASE("Losses, inputs and finalists are shared among ranks", "[mpi]") {
  const Project project;
  const std::string scenario = project.with(R"("far": { "baseline": true, "patch": {} },)",
                                            R"("far": { "baseline": true, "patch": { "placement": { "api": {
                                                 "near": { "pool": "box", "replicas": 1 } } } } },)");
  using Arguments = std::vector<std::string>;
  for (const Arguments& arguments :
       {Arguments{"fail", scenario}, Arguments{"sensitivity", scenario},
        Arguments{"optimize", scenario, "--subject-to", "p95(latency{flow=ask}) <= 50 ms", "--reps", "5"}}) {
    Arguments all = arguments;
    all.insert(all.end(), {"--format", "json", "--jobs", "1"});
    CAPTURE(all);
    const Finished one = tool(all);
    REQUIRE(one.exit_code == 0);
    CHECK(run(3, all).output == one.output);
  }
}

TEST_CASE("Ranks that share the partitions of each replication give the bytes of one process", "[mpi]") {
  const Project project;
  const std::string scenario = project.write("far.json", far_towns);
  const Finished one = tool({"compare", scenario, "--format", "json"});
  REQUIRE(one.exit_code == 0);
  for (const unsigned ranks : {2U, 4U}) {
    CAPTURE(ranks);
    const Finished several =
        run(ranks, {"compare", scenario, "--format", "json", "--spread", "partitions", "--jobs", "1"});
    CHECK(several.exit_code == 0);
    CHECK(several.output == one.output);
  }
}

TEST_CASE("A mistake is told once, not by every rank", "[mpi]") {
  const Finished finished = run(4, {"run", "no-such-file.json"});
  CHECK(finished.exit_code == 4);
  CHECK(occurrences(finished.error, "no-such-file.json") == 1);
  CHECK(occurrences(finished.error, "exit 4 IO") == 1);
}

TEST_CASE("A rank that is killed loses nothing that was stored", "[mpi][store]") {
  const Project project;
  const std::string store = project.path() / "r.db";
  const std::vector<std::string> study{"compare", project.scenario(), "--reps", "1500", "--format",
                                       "json",    "--store",          store};
  int before = 0;
  {
    test_support::Process running{mpi_test::command(3, study)};
    while (before < 5) before = stored(store);
    const int worker = process_of_rank(running.id(), "2");
    REQUIRE(worker > 0);
    REQUIRE(::kill(worker, SIGKILL) == 0);
    CHECK(running.wait().exit_code != 0);
  }
  const int kept = stored(store);
  CHECK(kept >= before);
  REQUIRE(kept < 3000);
  std::vector<std::string> again = study;
  again.emplace_back("--verbose");
  const Finished resumed = run(3, again);
  CHECK(resumed.exit_code == 0);
  CHECK(resumed.error.find(std::to_string(kept) + " replications were in the store") != std::string::npos);
  CHECK(stored(store) == 3000);
  CHECK(resumed.output == tool({"compare", project.scenario(), "--reps", "1500", "--format", "json"}).output);
}

TEST_CASE("A run that is told to end writes the finished replications", "[mpi][interrupt]") {
  const Project project;
  const std::string store = project.path() / "r.db", answer = project.path() / "answer.json";
  test_support::Process running{mpi_test::command(2, {"compare", project.scenario(), "--reps", "1000000",
                                                      "--format", "json", "--store", store, "-o", answer})};
  while (stored(store) < 5) continue;
  const int first = process_of_rank(running.id(), "0");
  REQUIRE(first > 0);
  REQUIRE(::kill(first, SIGTERM) == 0);
  CHECK(running.wait().exit_code == 143);
  const nlohmann::json partial = nlohmann::json::parse(read_text(answer));
  CHECK(partial.at("interrupted") == true);
  CHECK(partial.at("exit").at("name") == "SIGTERM");
}

TEST_CASE("The batch script for ranks gives the bytes of one process", "[mpi][submit]") {
  const Project project;
  const std::string scenario = project.with(R"("strategies": {)", sweeps);
  const std::string jobs = project.path() / "jobs";
  REQUIRE(tool({"submit", scenario, "growth", "--to", "slurm", "--ranks", "2", "--into", jobs}).exit_code ==
          0);
  std::string launcher;
  for (const std::string& word : mpi_test::launcher(2)) launcher += word + " ";
  const std::string programs =
      std::filesystem::path{ISOCHRONE_MPI_TOOL}.parent_path().string() + ":" + std::getenv("PATH");
  const Finished batch = test_support::run(
      {.arguments = {"/bin/bash", jobs + "/small-growth.sbatch"},
       .environment = {
           {"ISOCHRONE_LAUNCHER", launcher}, {"PATH", programs}, {"SLURM_SUBMIT_DIR", project.path()}}});
  INFO(batch.error);
  REQUIRE(batch.exit_code == 0);
  CHECK(read_text(project.path() / "growth.json") ==
        tool({"sweep", scenario, "growth", "--format", "json"}).output);
}
