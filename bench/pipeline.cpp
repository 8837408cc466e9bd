// Requests that pass five shared resources, with their full breakdown recorded by site: at one site
// (feed-forward) or through another one's (coupled). The compiled world against one event a step on
// std::priority_queue; both use the same draws and must agree to the nanosecond.

#include <cstdlib>

#include "models/world.hpp"
#include "pipeline_baseline.hpp"
#include "pipeline_model.hpp"
#include "support/measure.hpp"

namespace {

constexpr std::uint64_t seed = 1;

/// Least processor time of one run [s], without building it.
double world_seconds(const models::WorldSpec& spec, int repetitions, models::WorldResult& result) {
  double best = std::numeric_limits<double>::infinity();
  for (int i = 0; i < repetitions; ++i) {
    models::World world{spec, {.seed = seed}};
    best = std::min(best, bench::best_of(1, [&] { result = world.run(); }));
  }
  return best;
}

void require_equal(const models::WorldResult& result, const bench::BaselineResult& baseline) {
  std::uint64_t answered = 0;
  std::int64_t latency_sum = 0;
  for (const models::ClassResult& each : result.classes) {
    answered += each.answered;
    latency_sum += static_cast<std::int64_t>(each.latency.sum());
  }
  if (answered == baseline.answered && latency_sum == baseline.latency_sum) return;
  std::printf("the world and the baseline differ: %llu and %llu answers, %lld and %lld ns in all\n",
              static_cast<unsigned long long>(answered), static_cast<unsigned long long>(baseline.answered),
              static_cast<long long>(latency_sum), static_cast<long long>(baseline.latency_sum));
  std::exit(1);
}

void measure(const char* name, const bench::PipelineShape& shape, int repetitions = 3) {
  const models::WorldSpec spec = bench::pipeline(shape);
  models::WorldResult result;
  const double seconds = world_seconds(spec, repetitions, result);
  bench::BaselineResult baseline;
  const double baseline_seconds = bench::best_of(1, [&] { baseline = bench::run_baseline(spec, seed); });
  require_equal(result, baseline);
  const auto requests = static_cast<double>(result.requests);
  std::printf("%-13s %7u %9.0f %8.1f %10.2f %8.0f %8.2f %8.0f %7.1f\n", name, shape.sites, shape.rate,
              sim::to_seconds(shape.propagation) * 1e3, requests / seconds / 1e6, seconds / requests * 1e9,
              static_cast<double>(result.events) / requests, baseline_seconds / requests * 1e9,
              baseline_seconds / seconds);
  std::fflush(stdout);
}

}  // namespace

/// With the argument `coupled` these alone, with `many` those of 10,000 coupled sites.
int main(int count, char** arguments) {
  bench::print_machine();
  std::printf("Five-hop requests with breakdown; std: one event a step on std::priority_queue\n\n");
  std::printf("%-13s %7s %9s %8s %10s %8s %8s %8s %7s\n", "", "sites", "req/s", "hop ms", "M req/s", "ns",
              "events", "std ns", "ratio");
  using bench::Coupling;
  if (bench::effort(count, arguments) == bench::Effort::tiny) {
    for (const Coupling coupling : {Coupling::feed_forward, Coupling::coupled})
      measure("tiny", {.sites = 30, .coupling = coupling, .requests_per_site = 100}, 1);
    return 0;
  }
  const std::string_view wanted = count > 1 ? arguments[1] : "";
  if (wanted.empty())
    for (const std::uint32_t sites : {100U, 1'000U, 10'000U})
      measure("feed-forward", {.sites = sites, .requests_per_site = 2e6 / sites});
  if (wanted != "many")
    for (const std::uint32_t sites : {30U, 100U, 1'000U})
      measure("coupled", {.sites = sites, .coupling = Coupling::coupled, .requests_per_site = 2e6 / sites});
  measure("coupled", {.coupling = Coupling::coupled, .requests_per_site = 200});
  measure(
      "coupled",
      {.coupling = Coupling::coupled, .requests_per_site = 200, .propagation = sim::Duration{20'000'000}});
  measure("coupled", {.coupling = Coupling::coupled, .rate = 100, .requests_per_site = 200});
}
