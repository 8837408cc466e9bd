#include "planner/forecast.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>

#include "models/world.hpp"
#include "planner/compile.hpp"
#include "sim/contract.hpp"

namespace planner {
namespace {

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Memory of this process that is in use [byte]; 0 where the system does not tell.
double resident_bytes() {
  std::ifstream pages{"/proc/self/statm"};
  double in_all = 0, resident = 0;
  if (!(pages >> in_all >> resident)) return 0;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double expected_requests(const Scenario& scenario, const CompiledScenario& compiled) {
  double requests = 0;
  for (const SourceLabel& source : compiled.sources)
    requests += source.mean_rate * sim::to_seconds(scenario.warmup) +
                source.recorded_rate * sim::to_seconds(scenario.duration);
  return requests;
}

struct Pilot {
  double requests = 0, seconds = 0, resident = 0;
};

/// The first `share` of the span.
Pilot fly(models::WorldSpec& world, const Scenario& scenario, double share) {
  const auto part_of = [&](sim::Duration whole) {
    return std::min(whole, sim::from_seconds(sim::to_seconds(whole) * share));
  };
  world.warmup = part_of(scenario.warmup);
  world.duration = std::max(part_of(scenario.duration), sim::Duration{1});
  const double begin = now();
  models::World run{world, {.seed = scenario.experiment.seed}};
  const models::WorldResult result = run.run();
  return {static_cast<double>(result.requests), now() - begin, resident_bytes()};
}

/// Of `requests`, on the line through both pilots; through nothing and the longer one where that rises no
/// more.
double seconds_of(double requests, const Pilot& shorter, const Pilot& longer) {
  if (longer.requests <= 0) return longer.seconds;
  const bool rises = longer.requests > shorter.requests && longer.seconds > shorter.seconds;
  const double each = rises ? (longer.seconds - shorter.seconds) / (longer.requests - shorter.requests)
                            : longer.seconds / longer.requests;
  return longer.seconds + each * std::max(0.0, requests - longer.requests);
}

/// Beyond `before` what one world of `requests` holds.
double world_bytes(double requests, double before, const Pilot& shorter, const Pilot& longer) {
  const double held = std::max(0.0, longer.resident - before);
  if (shorter.requests < 1 || longer.requests < 2 * shorter.requests || requests <= longer.requests)
    return held;
  const double per_doubling =
      std::max(0.0, longer.resident - shorter.resident) / std::log2(longer.requests / shorter.requests);
  return held + per_doubling * std::log2(requests / longer.requests);
}

}  // namespace

double Forecast::seconds(std::uint32_t replications) const {
  SIM_EXPECT(side_by_side > 0);
  return preparation + replication * std::ceil(static_cast<double>(replications) / side_by_side);
}

Forecast forecast(const Scenario& scenario, unsigned threads) {
  SIM_EXPECT(threads >= 1);
  constexpr double short_pilot = 1e4, long_pilot = 1e5;
  const double begin = now();
  CompiledScenario compiled = compile(scenario);
  const Experiment& experiment = scenario.experiment;
  Forecast result{.strategy = scenario.strategy,
                  .sites = scenario.sites.size(),
                  .populations = scenario.populations.size(),
                  .requests = expected_requests(scenario, compiled),
                  .min_replications = experiment.min_replications,
                  .max_replications = experiment.max_replications,
                  .side_by_side = std::clamp(experiment.max_replications, 1U, threads),
                  .preparation = now() - begin};
  const double before = resident_bytes();
  const auto share_of = [&](double requests) {
    return std::min(1.0, requests / std::max(1.0, result.requests));
  };
  const Pilot shorter = fly(compiled.world, scenario, share_of(short_pilot));
  const Pilot longer = fly(compiled.world, scenario, share_of(long_pilot));
  result.pilot_requests = static_cast<std::uint64_t>(longer.requests);
  result.replication = seconds_of(result.requests, shorter, longer);
  // One more than run: the results of all replications are added up beside them.
  if (before > 0)
    result.memory =
        before + (result.side_by_side + 1) * world_bytes(result.requests, before, shorter, longer);
  return result;
}

}  // namespace planner
