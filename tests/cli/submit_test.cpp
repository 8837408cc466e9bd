#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "cli/tool.hpp"

using namespace cli_test;
using test_support::Command;
using test_support::Finished;
using test_support::read_text;

namespace {

namespace fs = std::filesystem;

constexpr const char* sweeps = R"("sweeps": { "growth": { "axes": {
    "load": { "at": ["/workloads/day/arrivals/rate"], "scale": [1, 1.5, 2, 40] } } } },
  "strategies": {)";

/// Runs a script as a batch system would: with the programs at hand, in the project's folder.
Finished batch(const Project& project, std::vector<std::string> arguments,
               std::vector<std::pair<std::string, std::string>> variables = {}) {
  variables.emplace_back("PATH", fs::path{ISOCHRONE_TOOL}.parent_path().string() + ":" + std::getenv("PATH"));
  return test_support::run(
      {.arguments = std::move(arguments), .environment = std::move(variables), .folder = project.path()});
}

/// A project with a sweep, and the files that submit writes for it.
struct Jobs {
  Project project{};
  std::string scenario = project.with(R"("strategies": {)", sweeps);
  std::string folder = project.path() / "jobs";

  void submit(const std::vector<std::string>& how) const {
    std::vector<std::string> all{"submit", scenario, "growth", "--into", folder};
    all.insert(all.end(), how.begin(), how.end());
    REQUIRE(tool(all).exit_code == 0);
  }
};

/// What a container's shell is given: the lines below `args:`, without their indentation.
std::string script_in(const std::string& manifest) {
  const std::string head = "      - |\n";
  std::size_t at = manifest.find(head);
  REQUIRE(at != std::string::npos);
  const std::size_t margin = 14;  // of the pod's spec, and of the block in it
  std::string script;
  for (at += head.size(); manifest.compare(at, margin, std::string(margin, ' ')) == 0;) {
    const std::size_t end = manifest.find('\n', at);
    script += manifest.substr(at + margin, end + 1 - at - margin);
    at = end + 1;
  }
  return script;
}

}  // namespace

TEST_CASE("A sweep in Slurm's shards, merged, is the sweep of one process", "[cli][submit]") {
  const Jobs made;
  made.submit({"--to", "slurm", "--tasks", "3", "--", "--reps", "2"});
  const auto& [project, scenario, jobs] = made;
  for (const auto& file : fs::directory_iterator{jobs}) {
    INFO(file.path());
    CHECK(batch(project, {"/bin/bash", "-n", file.path()}).exit_code == 0);
  }
  for (const char* task : {"0", "1", "2"}) {
    const Finished done =
        batch(project, {"/bin/bash", jobs + "/small-growth.sbatch"}, {{"SLURM_ARRAY_TASK_ID", task}});
    INFO(done.error);
    REQUIRE(done.exit_code == 0);
  }
  REQUIRE(batch(project, {"/bin/bash", jobs + "/small-growth-merge.sbatch"}).exit_code == 0);
  const std::vector<std::string> whole{"sweep", scenario, "growth", "--reps", "2", "--format", "json"};
  CHECK(read_text(project.path() / "growth.json") == tool(whole).output);
  // 3 feasible loads of 2 strategies of 2 replications, and the merge has simulated none of its own.
  const Finished count =
      tool({"query", project.path() / "growth.isores", "SELECT count(*) FROM run", "--format", "json"});
  CHECK(document(count)["rows"][0][0] == 3 * 2 * 2);
}

TEST_CASE("submit.sh lets the merge wait for all shards", "[cli][submit]") {
  const Jobs made;
  made.submit({"--to", "slurm", "--tasks", "3"});
  const auto& [project, scenario, jobs] = made;
  // An sbatch that says what it was asked for, and gives the number 17 with the name of a cluster.
  fs::create_directory(project.path() / "bin");
  const std::string sbatch = project.write("bin/sbatch", "#!/bin/sh\necho \"$@\" >> asked\necho '17;c1'\n");
  fs::permissions(sbatch, fs::perms::owner_all);
  const Finished done = test_support::run(
      {.arguments = {jobs + "/submit.sh"},
       .environment = {{"PATH", (project.path() / "bin").string() + ":" + std::getenv("PATH")}},
       .folder = project.path()});
  REQUIRE(done.exit_code == 0);
  CHECK(read_text(project.path() / "asked") == "--parsable " + jobs + "/small-growth.sbatch\n" +
                                                   "--dependency=afterok:17 " + jobs +
                                                   "/small-growth-merge.sbatch\n");
}

TEST_CASE("The containers of an Indexed Job do the shards of the sweep", "[cli][submit]") {
  const Jobs made;
  made.submit({"--to", "k8s", "--tasks", "2"});
  const auto& [project, scenario, jobs] = made;
  const std::string shard = script_in(read_text(jobs + "/small-growth.yaml"));
  for (const char* index : {"0", "1"}) {
    const Finished done = batch(project, {"/bin/sh", "-ec", shard}, {{"JOB_COMPLETION_INDEX", index}});
    INFO(done.error);
    REQUIRE(done.exit_code == 0);
  }
  const std::string merge = script_in(read_text(jobs + "/small-growth-merge.yaml"));
  REQUIRE(batch(project, {"/bin/sh", "-ec", merge}).exit_code == 0);
  CHECK(read_text(project.path() / "growth.json") ==
        tool({"sweep", scenario, "growth", "--format", "json"}).output);
}

TEST_CASE("An MPIJob launches the ranks that its workers have room for", "[cli][submit]") {
  const Project project;
  Command asked = command({"submit", "small.json", "--to", "k8s", "--ranks", "4", "--threads", "2", "--image",
                           "registry.example/isochrone:1", "--dry-run", "--into", "k"});
  asked.folder = project.path();
  const std::string text = test_support::run(asked).output;
  CHECK(text.find(R"(apiVersion: kubeflow.org/v2beta1
kind: MPIJob
metadata:
  name: small-compare
spec:
  slotsPerWorker: 1
  runPolicy:
    cleanPodPolicy: Running
  mpiReplicaSpecs:
    Launcher:
      replicas: 1
      template:
        spec:
          containers:
            - name: isochrone
              image: "registry.example/isochrone:1"
              workingDir: /data
              command: ["/bin/sh", "-ec"]
              args:
                - |
                  exec mpirun -n 4 isochrone-mpi compare small.json --jobs 2 --store compare.isores --format json -o compare.json
              resources:
                requests:
                  cpu: "2"
              volumeMounts:
                - name: data
                  mountPath: /data
          volumes:
            - name: data
              persistentVolumeClaim:
                claimName: "isochrone"
    Worker:
      replicas: 4
      template:
        spec:
          containers:
            - name: isochrone
              image: "registry.example/isochrone:1"
              workingDir: /data
              resources:
)") != std::string::npos);
  CHECK_FALSE(fs::exists(project.path() / "k"));
}

TEST_CASE("A comparison cannot be cut into shards, and the mistake is named", "[cli][submit]") {
  const Project project;
  const Finished shards = tool({"submit", project.scenario(), "--to", "slurm", "--tasks", "3", "--dry-run"});
  CHECK(shards.exit_code == 2);
  CHECK(shards.error.find("only a sweep") != std::string::npos);
  const Finished neither = tool({"submit", project.scenario(), "--to", "slurm", "--dry-run"});
  CHECK(neither.exit_code == 2);
  CHECK(neither.error.find("--tasks or --ranks") != std::string::npos);
  const Finished unknown =
      tool({"submit", project.scenario(), "grwth", "--to", "slurm", "--tasks", "3", "--dry-run"});
  CHECK(unknown.exit_code == 2);
  CHECK(unknown.error.find("unknown sweep \"grwth\"") != std::string::npos);
}
