#include "compile/closed_demand.hpp"

#include <algorithm>

#include "compile/program_walk.hpp"
#include "planner/load.hpp"

namespace planner {
namespace {

bool is_closed(const models::SourceSpec& source) {
  return source.process == models::SourceSpec::Process::closed;
}

void set_rate(SourceLabel& source, double rate) {
  source.mean_rate = source.recorded_rate = source.peak_rate = rate;
}

std::vector<double> utilisations(const CompiledScenario& compiled) {
  const Load load = offered_load(compiled);
  std::vector<double> all;
  for (const auto* resources : {&load.pools, &load.stations})
    for (const ResourceLoad& resource : *resources) all.push_back(resource.utilisation());
  return all;
}

}  // namespace

void bound_closed_demand(CompiledScenario& compiled) {
  const models::WorldSpec& world = compiled.world;
  if (std::none_of(world.sources.begin(), world.sources.end(), is_closed)) return;
  std::vector<double> unhindered(world.sources.size());
  const ProgramWalk walk{world, {}};
  for (std::size_t i = 0; i < world.sources.size(); ++i) {
    if (!is_closed(world.sources[i])) continue;
    Mixture response;
    for (const auto& [recorder, end] : walk.ends(world.sources[i].program))
      for (const auto& [weight, time] : end.parts()) response.add(weight, time);
    unhindered[i] = world.sources[i].users / (world.sources[i].think.mean() + response.moments().mean);
  }
  const auto set = [&](double factor) {
    for (std::size_t i = 0; i < world.sources.size(); ++i)
      if (is_closed(world.sources[i])) set_rate(compiled.sources[i], factor * unhindered[i]);
  };
  set(0.0);
  const std::vector<double> others = utilisations(compiled);
  set(1.0);
  const std::vector<double> all = utilisations(compiled);
  constexpr double busiest = 0.99;  // as good as all of it, but no overload: users wait, they do not pile up
  double factor = 1.0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i] > busiest && others[i] < busiest)
      factor = std::min(factor, (busiest - others[i]) / (all[i] - others[i]));
  }
  set(factor);
}

}  // namespace planner
