#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "support/large_scenario.hpp"
#include "support/measure.hpp"

/// What one waits for at the command line: start-up, checking a large scenario, comparing to a precision.
/// Elapsed time of whole processes, the fastest of several, next to an interpreter's for the same start or
/// file.
namespace {

/// Elapsed time of a program [s]; its output is dropped. Ends the benchmark if it cannot be run or fails.
double elapsed(std::vector<std::string> arguments) {
  std::vector<char*> words;
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  const auto start = std::chrono::steady_clock::now();
  pid_t child = 0;
  int status = -1;
  if (posix_spawnp(&child, words[0], &quiet, nullptr, words.data(), environ) == 0) waitpid(child, &status, 0);
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  posix_spawn_file_actions_destroy(&quiet);
  if (status != 0) {
    std::fprintf(stderr, "%s failed\n", words[0]);
    std::exit(1);
  }
  return time.count();
}

double fastest(int times, const std::vector<std::string>& arguments) {
  double best = std::numeric_limits<double>::infinity();
  for (int i = 0; i < times; ++i) best = std::min(best, elapsed(arguments));
  return best;
}

void print(const char* what, double seconds, const char* baseline, double baseline_seconds) {
  std::printf("  %-48s %9.1f ms   %s %.1f ms, ratio %.2f\n", what, seconds * 1e3, baseline,
              baseline_seconds * 1e3, baseline_seconds / seconds);
}

}  // namespace

int main(int count, char** arguments) {
  const bool tiny = bench::effort(count, arguments) == bench::Effort::tiny;
  const auto times = [tiny](int full) { return tiny ? 1 : full; };
  const int sites = tiny ? 20 : 10'000;
  bench::print_machine();
  const std::string tool = ISOCHRONE_TOOL, scenarios = ISOCHRONE_SCENARIOS;
  const std::filesystem::path folder = std::filesystem::temp_directory_path();
  const std::string large = folder / ("isochrone-bench-" + std::to_string(getpid()) + ".json");
  std::ofstream{large} << test_support::large_scenario({.sites = sites});
  print("version", fastest(times(50), {tool, "version"}), "python3 -c pass",
        fastest(times(20), {"python3", "-c", "pass"}));
  const std::string parse = "import json, sys; json.load(open(sys.argv[1]))";
  print("validate, as many sites and populations", fastest(times(5), {tool, "validate", large, "--quiet"}),
        "Python's json.load of it", fastest(times(5), {"python3", "-c", parse, large}));
  std::remove(large.c_str());
  std::printf("  %-48s %9.1f ms\n", "compare shop-200ms, five strategies, p99 +/- 2 %",
              1e3 * elapsed({tool, "compare", scenarios + "/shop-200ms/scenario.json", "--precision", "2%",
                             "--reps", tiny ? "1" : "3..60", "--quiet"}));
}
