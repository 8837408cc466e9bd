// A plan of many sites, told beforehand by the command line: how long reading the scenario and planning it
// take, how much memory, and what is told. `check` runs what it planned (1e6 requests a replication) and
// compares.

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>

#include "support/large_scenario.hpp"
#include "support/measure.hpp"
#include "support/process.hpp"

namespace {

using test_support::Finished;

/// Runs the tool to its end, or ends the benchmark.
Finished tool(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), ISOCHRONE_TOOL);
  Finished finished =
      test_support::Process{{.arguments = std::move(arguments)}}.wait(std::chrono::seconds{600});
  if (finished.exit_code == 0) return finished;
  std::printf("the tool failed:\n%s", finished.error.c_str());
  std::exit(1);
}

double value(const nlohmann::json& quantity) { return quantity["value"].get<double>(); }

struct Told {
  double cpu = 0, memory = 0;  ///< of a replication [s]; of the process [byte]
};

/// Plans a file of that shape and prints a row.
Told plan(const std::string& file, const test_support::LargeShape& shape) {
  std::ofstream{file} << test_support::large_scenario(shape);
  const Finished read = tool({"validate", file, "--quiet"});
  const Finished run = tool({"run", file, "--plan", "--jobs", "1", "--format", "json"});
  const nlohmann::json plan = nlohmann::json::parse(run.output)["plan"][0];
  std::printf("%8d %9d %9.0e %10.2f %10.0f %10.2f %10.0f %14.1f %10.0f\n", shape.sites,
              shape.sites * shape.cells_per_site, shape.requests, read.cpu_seconds, read.peak_bytes / 1e6,
              run.cpu_seconds, run.peak_bytes / 1e6, value(plan["replication"]), value(plan["memory"]) / 1e6);
  std::fflush(stdout);
  return {value(plan["time"]["max"]), value(plan["memory"])};
}

void check(const std::string& file, const Told& told) {
  const Finished run = tool({"run", file, "--jobs", "1", "--quiet"});
  std::printf("%39s run: %.2f s, %.0f MB; told / used: %.2f and %.2f\n", "", run.cpu_seconds,
              run.peak_bytes / 1e6, told.cpu / run.cpu_seconds, told.memory / run.peak_bytes);
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  bench::print_machine();
  const test_support::TemporaryFolder folder;
  const std::string file = folder.path() / "large.json";
  std::printf("%8s %9s %9s %21s %21s %14s %10s\n", "", "", "", "validate", "run --plan", "told: each",
              "told");
  std::printf("%8s %9s %9s %10s %10s %10s %10s %14s %10s\n", "sites", "cells", "requests", "s", "MB", "s",
              "MB", "s", "MB");
  if (bench::effort(count, arguments) == bench::Effort::tiny) {
    check(file, plan(file, {.sites = 20, .requests = 1'000}));
    return 0;
  }
  if (count > 1 && std::string_view{arguments[1]} == "check") {
    for (const int sites : {100, 1'000, 10'000})
      check(file, plan(file, {.sites = sites, .cells_per_site = 10, .requests = 1e6}));
    return 0;
  }
  for (const int sites : {100, 1'000, 10'000, 100'000})
    plan(file, {.sites = sites, .cells_per_site = 10, .requests = 1e4 * sites});
}
