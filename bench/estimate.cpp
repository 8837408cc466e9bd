// The analytic estimate against simulation over random scenarios, and its time for many sites.

#include "planner/estimate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "planner/support/random_scenario.hpp"
#include "support/measure.hpp"

namespace {

struct Errors {
  std::vector<double> all;
  void add(double estimated, double simulated) { all.push_back((estimated - simulated) / simulated); }
  /// Of the absolute error. [%]
  [[nodiscard]] double percentile(double p) const {
    std::vector<double> sorted;
    for (const double error : all) sorted.push_back(100 * std::abs(error));
    std::sort(sorted.begin(), sorted.end());
    return sorted.empty() ? 0 : sorted[static_cast<std::size_t>(p * static_cast<double>(sorted.size() - 1))];
  }
  [[nodiscard]] double bias() const {
    std::vector<double> sorted = all;
    std::sort(sorted.begin(), sorted.end());
    return sorted.empty() ? 0 : 100 * sorted[sorted.size() / 2];
  }
};

void accuracy(std::uint32_t scenarios, test_support::RandomScenario::Pools pools, bool verbose) {
  std::map<std::string, Errors> errors;
  int silent = 0;
  for (std::uint32_t number = 0; number < scenarios; ++number) {
    const planner::Scenario scenario = test_support::RandomScenario{number, 40'000, pools}.make();
    const planner::Study study = test_support::study(scenario, 2);
    const planner::StrategyResult& result = study.strategies.front();
    if (result.slices.empty() || !result.slices.front().analytic_mean) {
      ++silent;
      std::printf("%u: %s\n", number, result.notes.empty() ? "" : result.notes.back().c_str());
      continue;
    }
    const planner::Slice& slice = result.slices.front();
    errors["0 mean"].add(slice.analytic_mean->value, slice.mean.value);
    for (std::size_t i = 0; i < planner::ladder.size(); ++i) {
      const std::string name = "p" + std::to_string(100 * planner::ladder[i]).substr(0, 4);
      errors[name].add((*slice.analytic_percentiles)[i], slice.percentiles[i].value);
    }
    if (verbose)
      std::printf("%3u mean %8.2f %+6.1f %%  p50 %+6.1f %%  p95 %+6.1f %%  p99 %+6.1f %%\n", number,
                  slice.mean.value, 100 * errors["0 mean"].all.back(), 100 * errors["p50.0"].all.back(),
                  100 * errors["p95.0"].all.back(), 100 * errors["p99.0"].all.back());
  }
  std::printf("%u random scenarios, %d without an estimate; error of the estimate in %%\n", scenarios,
              silent);
  std::printf("%-8s %8s %8s %8s %8s\n", "", "median", "90 of 100", "largest", "bias");
  for (const auto& [name, error] : errors) {
    std::printf("%-8s %8.2f %8.2f %8.2f %+8.2f\n", name.c_str(), error.percentile(0.5), error.percentile(0.9),
                error.percentile(1.0), error.bias());
  }
}

/// A thousand sites with a population each, that serve a flow of two calls.
planner::Scenario many_sites(int count) {
  planner::Scenario scenario = test_support::one_site(50);
  scenario.workloads.at("load").process = planner::Workload::Process::poisson;
  scenario.services.at("web").time = test_support::law(sim::Distribution::exponential(0.010));
  test_support::add_call(scenario, "data", "home", test_support::law(sim::Distribution::exponential(0.004)));
  for (int i = 0; i < count; ++i) {
    const std::string id = std::to_string(i);
    scenario.sites["s" + id] = scenario.sites.at("home");
    scenario.populations["p" + id] = scenario.populations.at("users");
    scenario.populations["p" + id].site = "s" + id;
    scenario.workloads["w" + id] = scenario.workloads.at("load");
    scenario.workloads["w" + id].population = "p" + id;
    scenario.placement["web"]["s" + id] = scenario.placement["web"]["home"];
    scenario.placement["data"]["s" + id] = scenario.placement["data"]["home"];
  }
  return scenario;
}

void speed(const std::vector<int>& counts) {
  std::printf("\n%-8s %10s %10s %10s\n", "sites", "compile", "load", "estimate");
  for (const int sites : counts) {
    const planner::Scenario scenario = many_sites(sites);
    const planner::CompiledScenario compiled = planner::compile(scenario);
    const planner::Load load = planner::offered_load(compiled);
    const double estimate = bench::best_of(5, [&] { (void)planner::estimate(compiled, load); });
    const double loads = bench::best_of(5, [&] { (void)planner::offered_load(compiled); });
    const double compile = bench::best_of(2, [&] { (void)planner::compile(scenario); });
    std::printf("%-8d %7.2f ms %7.2f ms %7.2f ms\n", sites, 1e3 * compile, 1e3 * loads, 1e3 * estimate);
  }
}

}  // namespace

int main(int argc, char** argv) {
  bench::print_machine();
  if (bench::effort(argc, argv) == bench::Effort::tiny) {
    accuracy(1, test_support::RandomScenario::Pools::fixed, false);
    speed({10});
    return 0;
  }
  const auto scenarios = argc > 1 ? static_cast<std::uint32_t>(std::stoul(argv[1])) : 200U;
  if (scenarios > 0) {
    std::puts("pools of fixed size");
    accuracy(scenarios, test_support::RandomScenario::Pools::fixed, argc > 2);
    std::puts("\nevery other pool starts instances on demand");
    accuracy(scenarios, test_support::RandomScenario::Pools::some_elastic, argc > 2);
  }
  speed({10, 100, 1000});
}
