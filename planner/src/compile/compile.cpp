#include "planner/compile.hpp"

#include <algorithm>
#include <optional>

#include "compile/closed_demand.hpp"
#include "compile/program_builder.hpp"
#include "planner/demand.hpp"
#include "planner/time_series.hpp"

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
    case Workload::Process::closed:
      return To::closed;
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
  source.users = workload.users;
  if (workload.think) source.think = workload.think->law;
  source.profile = rate_profile(workload);
  source.bursts = burst_factors(workload);
  return source;
}

/// The grid's carbon intensity where users are: that of the nearest site which states one.
class GridNearby {
 public:
  GridNearby(const Scenario& scenario, const Wan& wan) : wan_{wan} {
    std::vector<Location> stated;
    std::uint32_t index = 0;
    for (const auto& [id, site] : scenario.sites) {
      const Location location{Location::Kind::site, index++};
      carbon_.push_back(site.carbon);
      if (site.carbon <= 0) continue;
      stated.push_back(location);
      if (anywhere_ <= 0) anywhere_ = site.carbon;
    }
    index_.emplace(wan.index(stated));
  }

  /// Without coordinates: the first that is stated, in order of id.
  [[nodiscard]] double of(const std::string& population) const {
    const std::vector<Location> nearest = wan_.near(wan_.population(population), *index_, 1);
    return nearest.empty() ? anywhere_ : carbon_[nearest.front().index];
  }

 private:
  const Wan& wan_;
  std::vector<double> carbon_;  // by site
  double anywhere_ = 0;
  std::optional<topology::NearestSites> index_;
};

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
  const GridNearby grid{scenario, wan};
  for (const MeterLabel& meter : out.meters) {
    if (meter.population.empty() || out.device_grid.contains(meter.population)) continue;
    out.device_grid[meter.population] = grid.of(meter.population);
  }
  world.series_step = series_step(scenario.experiment.series, scenario.duration, out.classes.size());
  parts.assign_partitions();
  bound_closed_demand(out);
  return out;
}

}  // namespace planner
