#include "planner/forecast.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>

#include "models/world.hpp"
#include "planner/compile.hpp"
#include "planner/process_memory.hpp"
#include "planner/study.hpp"
#include "sim/contract.hpp"

namespace planner {
namespace {

/// Processor time of the process [s]: what others do on the machine is not in it.
double now() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double expected_requests(const Scenario& scenario, const CompiledScenario& compiled) {
  double requests = 0;
  for (const SourceLabel& source : compiled.sources)
    requests += source.mean_rate * sim::to_seconds(scenario.warmup) +
                source.recorded_rate * sim::to_seconds(scenario.duration);
  return requests;
}

sim::Duration part_of(sim::Duration whole, double share) {
  return std::min(whole, sim::from_seconds(sim::to_seconds(whole) * share));
}

struct Pilot {
  double requests = 0, seconds = 0, resident = 0;
};

/// The first `share` of the span.
Pilot fly(models::WorldSpec& world, const Scenario& scenario, double share) {
  world.warmup = part_of(scenario.warmup, share);
  world.duration = std::max(part_of(scenario.duration, share), sim::Duration{1});
  const double begin = now();
  models::World run{world, {.seed = scenario.experiment.seed}};
  const models::WorldResult result = run.run();
  const double seconds = now() - begin;
  return_free_memory();
  return {static_cast<double>(result.requests), seconds, resident_bytes()};
}

/// Two pilots of a world and what is known of it without them.
struct Flights {
  double requests = 0;  ///< expected of a replication
  double share = 1;     ///< of the span, of the longer one
  double before = 0;    ///< memory in use before the first [byte]
  Pilot shorter, longer;
};

Flights fly(const Scenario& scenario) {
  CompiledScenario compiled = compile(scenario);
  Flights flights;
  flights.requests = expected_requests(scenario, compiled);
  return_free_memory();
  flights.before = resident_bytes();
  const auto sources = static_cast<double>(compiled.sources.size());
  const auto share_of = [&](double requests) {
    return std::min(1.0, requests / std::max(1.0, flights.requests));
  };
  // Where there are very many sources the first requests of each pay for the first touch of its memory.
  flights.shorter = fly(compiled.world, scenario, share_of(std::max(1e4, 20 * sources)));
  flights.share = share_of(std::max(1e5, 60 * sources));
  flights.longer = fly(compiled.world, scenario, flights.share);
  return flights;
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

/// What a world grows by from the longer pilot to `requests` [byte].
double growth(const Flights& flights) {
  const auto& [requests, share, before, shorter, longer] = flights;
  if (shorter.requests < 1 || longer.requests < 2 * shorter.requests || requests <= longer.requests) return 0;
  const double per_doubling =
      std::max(0.0, longer.resident - shorter.resident) / std::log2(longer.requests / shorter.requests);
  return per_doubling * std::log2(requests / longer.requests);
}

struct Rehearsal {
  double seconds = 0, peak = 0;
};

/// A whole study of the longer pilot's span, one replication after the other.
Rehearsal rehearse(Scenario scenario, double share, std::uint32_t replications) {
  scenario.warmup = part_of(scenario.warmup, share);
  scenario.duration = std::max(part_of(scenario.duration, share), sim::Duration{1});
  scenario.experiment.min_replications = scenario.experiment.max_replications = replications;
  StudyOptions options;
  options.threads = 1;
  return_free_memory();
  forget_peak();
  const double begin = now();
  const Study study = run_study({std::move(scenario)}, options);
  return {now() - begin, peak_bytes()};
}

/// What a further thread takes: its stack and the allocator's share for it.
constexpr double thread_bytes = 4.0 * (1 << 20);

}  // namespace

double Forecast::seconds(std::uint32_t replications) const {
  SIM_EXPECT(side_by_side > 0);
  return preparation + bookkeeping * replications +
         replication * std::ceil(static_cast<double>(replications) / side_by_side);
}

Forecast forecast(const Scenario& scenario, unsigned threads) {
  SIM_EXPECT(threads >= 1);
  const double peak_before = peak_bytes();
  const Flights flights = fly(scenario);
  const Rehearsal one = rehearse(scenario, flights.share, 1), two = rehearse(scenario, flights.share, 2);
  const Experiment& experiment = scenario.experiment;
  Forecast result{.strategy = scenario.strategy,
                  .sites = scenario.sites.size(),
                  .populations = scenario.populations.size(),
                  .requests = flights.requests,
                  .min_replications = experiment.min_replications,
                  .max_replications = experiment.max_replications,
                  .side_by_side = std::clamp(experiment.max_replications, 1U, threads),
                  .pilot_requests = static_cast<std::uint64_t>(flights.longer.requests)};
  const double another = std::max(0.0, two.seconds - one.seconds);
  result.preparation = std::max(0.0, one.seconds - another);
  result.bookkeeping = std::max(0.0, another - flights.longer.seconds);
  result.replication = seconds_of(result.requests, flights.shorter, flights.longer);
  if (flights.before > 0 && one.peak > 0) {
    const double world = std::max(0.0, flights.longer.resident - flights.before), more = growth(flights);
    const double kept = std::max(0.0, two.peak - one.peak);
    const double others = result.side_by_side - 1.0;
    // All worlds grow with the requests, and so does the sum of their results.
    result.memory = std::max(peak_before, one.peak + (result.max_replications - 1.0) * kept +
                                              others * (world + thread_bytes) + (others + 2) * more);
  }
  return result;
}

}  // namespace planner
