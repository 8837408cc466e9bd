// Published optima of location problems: what locate() finds, whether it proves it, and how long it takes.
// Reads ../shared/validation or $ISOCHRONE_VALIDATION; prints that it is absent otherwise.

#include <chrono>
#include <cstdio>
#include <filesystem>

#include "support/location_data.hpp"
#include "support/measure.hpp"

namespace {

void report(const test_support::LocationCase& one) {
  const auto start = std::chrono::steady_clock::now();
  const planner::LocationPlan plan = planner::locate(one.problem);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::printf("%-18s %14.3f %14.3f  %8.5f %%  %-7s %7.2f s\n", one.name.c_str(), one.optimum, plan.cost,
              100 * (plan.cost - one.optimum) / one.optimum, plan.proven() ? "proven" : "-", seconds);
  if (!plan.proven()) std::printf("%18s gap %.4f %%\n", "", 100 * plan.gap());
}

}  // namespace

int main(int count, char** arguments) {
  if (!std::filesystem::exists(test_support::location_data())) {
    std::puts("skipped: no validation data");
    return 0;
  }
  std::printf("%-18s %14s %14s  %10s  %-7s %9s\n", "instance", "published", "found", "above", "", "time");
  for (const test_support::LocationCase& one : test_support::location_cases()) {
    report(one);
    if (bench::effort(count, arguments) == bench::Effort::tiny) break;
  }
}
