#include "planner/compile.hpp"

#include <algorithm>
#include <limits>

#include "planner/demand.hpp"
#include "planner/time_series.hpp"
#include "program_builder.hpp"

namespace planner {
namespace {

models::SourceSpec::Process process_of(Workload::Process process) {
  using To = models::SourceSpec::Process;
  switch (process) {
    case Workload::Process::poisson:
      return To::poisson;
    case Workload::Process::periodic:
      return To::periodic;
    case Workload::Process::trace:
      return To::trace;
  }
  return To::poisson;
}

models::SourceSpec source_of(const std::string& id, const Workload& workload, std::uint32_t program,
                             std::uint32_t node) {
  models::SourceSpec source;
  source.name = id;
  source.partition = node;
  source.program = program;
  source.process = process_of(workload.process);
  if (workload.times) source.times = *workload.times;
  source.profile = rate_profile(workload);
  source.bursts = burst_factors(workload);
  return source;
}

double grid_near(const Scenario& scenario, const Wan& wan, const std::string& population) {
  double best = std::numeric_limits<double>::infinity(), carbon = 0;
  for (const auto& [id, site] : scenario.sites) {
    const double metres = wan.metres(wan.population(population), wan.site(id));
    if (site.carbon <= 0 || (metres >= best && carbon > 0)) continue;
    best = metres;
    carbon = site.carbon;
  }
  return carbon;
}

}  // namespace

CompiledScenario compile(const Scenario& scenario) { return compile(scenario, Wan{scenario}); }

CompiledScenario compile(const Scenario& scenario, const Wan& wan) {
  CompiledScenario out;
  Routes routes{scenario, wan};
  WorldParts parts{scenario, wan, routes, out};
  ProgramBuilder builder{scenario, wan, routes, parts, out};
  models::WorldSpec& world = out.world;
  world.warmup = scenario.warmup;
  world.duration = scenario.duration;
  // Idle drain costs nothing: a run ends with its last event.
  world.drain = std::max<sim::Duration>(scenario.duration, std::chrono::minutes{10});
  for (const auto& [id, workload] : scenario.workloads) {
    const Location users = wan.population(workload.population);
    const std::uint32_t program = builder.build(id, workload);
    world.sources.push_back(source_of(id, workload, program, parts.node(users)));
    out.sources.push_back({id, workload.flow, workload.population, workload.rate,
                           mean_rate(workload, scenario.warmup, scenario.duration),
                           peak_rate(workload, scenario.warmup, scenario.duration)});
    // Users stand in the partition of the site they turn to first: what they share with it is most of their
    // work.
    const auto& choices = routes.choices(
        users, users,
        scenario.flows.at(workload.flow).calls.at(scenario.flows.at(workload.flow).entry).service);
    if (!choices.empty()) parts.exchange(users, choices.front().chain.front(), sim::Duration{0});
    parts.weigh(users, workload.rate);
  }
  for (const MeterLabel& meter : out.meters) {
    if (meter.population.empty() || out.device_grid.contains(meter.population)) continue;
    out.device_grid[meter.population] = grid_near(scenario, wan, meter.population);
  }
  world.series_step = series_step(scenario.experiment.series, scenario.duration, out.classes.size());
  parts.assign_partitions();
  return out;
}

}  // namespace planner
