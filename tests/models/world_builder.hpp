#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "models/world.hpp"
#include "sim/hash.hpp"

namespace test_support {

/// Puts a WorldSpec together step by step; each function returns the index of what it added.
class WorldBuilder {
 public:
  models::WorldSpec spec;

  WorldBuilder() {
    spec.classes = 1;
    spec.duration = sim::Duration{1'000'000'000};
    spec.drain = sim::Duration{1'000'000'000'000};
  }

  std::uint32_t law(sim::Distribution distribution) {
    spec.laws.push_back(std::move(distribution));
    return index_of_last(spec.laws);
  }
  std::uint32_t constant(double seconds) { return law(sim::Distribution::deterministic(seconds)); }

  std::uint32_t station(sim::BitRate rate, std::uint32_t partition = 0) {
    spec.stations.push_back(
        {.name = "station-" + std::to_string(spec.stations.size()), .partition = partition, .rate = rate});
    return index_of_last(spec.stations);
  }
  std::uint32_t pool(models::PoolSpec pool) {
    if (pool.name.empty()) pool.name = "pool-" + std::to_string(spec.pools.size());
    spec.pools.push_back(std::move(pool));
    return index_of_last(spec.pools);
  }

  /// The next step added gets this index.
  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(spec.steps.size()); }
  std::uint32_t step(models::Step step) {
    if (step.purpose == 0) step.purpose = sim::hash_name("step-" + std::to_string(here()));
    spec.steps.push_back(step);
    return here() - 1;
  }
  models::Step& at(std::uint32_t index) { return spec.steps[index]; }

  std::uint32_t delay(sim::Duration fixed, models::Part part = models::Part::propagation) {
    return step({.kind = models::StepKind::delay, .part = part, .fixed = fixed});
  }
  std::uint32_t delay_by(std::uint32_t law_index, models::Part part = models::Part::access) {
    return step({.kind = models::StepKind::delay, .part = part, .law = law_index});
  }
  std::uint32_t by_epoch(std::uint32_t law_index, sim::Duration length) {
    return step(
        {.kind = models::StepKind::epoch, .part = models::Part::access, .law = law_index, .fixed = length});
  }
  std::uint32_t pass(std::uint32_t station_index, sim::Bytes size) {
    return step({.kind = models::StepKind::station,
                 .partition = spec.stations[station_index].partition,
                 .index = station_index,
                 .size = size});
  }
  std::uint32_t serve(std::uint32_t pool_index, std::uint32_t law_index) {
    return step({.kind = models::StepKind::serve,
                 .partition = spec.pools[pool_index].partition,
                 .index = pool_index,
                 .law = law_index});
  }
  std::uint32_t acquire(std::uint32_t pool_index) {
    return step({.kind = models::StepKind::acquire,
                 .partition = spec.pools[pool_index].partition,
                 .index = pool_index});
  }
  std::uint32_t work(std::uint32_t processors, std::uint32_t law_index) {
    return step({.kind = models::StepKind::work,
                 .partition = spec.processors[processors].partition,
                 .index = processors,
                 .law = law_index});
  }
  std::uint32_t batch(std::uint32_t pool_index, std::uint32_t law_index) {
    return step({.kind = models::StepKind::batch,
                 .partition = spec.pools[pool_index].partition,
                 .index = pool_index,
                 .law = law_index});
  }
  std::uint32_t release(std::uint32_t partition = 0) {
    return step({.kind = models::StepKind::release, .partition = partition});
  }
  std::uint32_t finish(std::uint32_t class_index = 0, std::uint32_t partition = 0) {
    return step({.kind = models::StepKind::finish, .partition = partition, .index = class_index});
  }

  std::uint32_t source(models::SourceSpec source) {
    if (source.name.empty()) source.name = "source-" + std::to_string(spec.sources.size());
    spec.sources.push_back(std::move(source));
    return index_of_last(spec.sources);
  }
  /// Arrivals at these instants.
  std::uint32_t trace(std::vector<sim::Duration> times, std::uint32_t program = 0,
                      std::uint32_t partition = 0) {
    return source({.partition = partition,
                   .program = program,
                   .process = models::SourceSpec::Process::trace,
                   .times = std::move(times)});
  }
  std::uint32_t poisson(double rate, std::uint32_t program = 0, std::uint32_t partition = 0) {
    return source({.partition = partition,
                   .program = program,
                   .profile = {.step = sim::Duration{3'600'000'000'000}, .rates = {rate}}});
  }

  [[nodiscard]] models::WorldResult run(models::World::Options options = {}) const {
    return models::World{spec, options}.run();
  }

 private:
  template <class T>
  static std::uint32_t index_of_last(const std::vector<T>& items) {
    return static_cast<std::uint32_t>(items.size() - 1);
  }
};

}  // namespace test_support
