#include "planner/load.hpp"

#include <Eigen/SparseCore>
#include <limits>

#include "compile/program_walk.hpp"
#include "compile/state_parts.hpp"
#include "sim/contract.hpp"

namespace planner {
namespace {

using models::Step;
using models::StepKind;
using Matrix = Eigen::SparseMatrix<double>;

/// The three demands for which the equations are solved at once.
constexpr int demands = 3;

/// I - P' of the steps, a lower triangular matrix.
class Equations {
 public:
  explicit Equations(const models::WorldSpec& world) : world_{world} {
    const auto size = static_cast<std::uint32_t>(world.steps.size());
    for (std::uint32_t i = 0; i < size; ++i) {
      entries_.emplace_back(i, i, 1.0);
      successors_of(i);
    }
    matrix_.resize(size, size);
    matrix_.setFromTriplets(entries_.begin(), entries_.end());
  }

  [[nodiscard]] Eigen::MatrixXd solve(const Eigen::MatrixXd& arrivals) const {
    return matrix_.triangularView<Eigen::UnitLower>().solve(arrivals);
  }

 private:
  void follow(std::uint32_t from, std::uint32_t to, double probability) {
    SIM_EXPECT(to > from);
    if (to < world_.steps.size()) entries_.emplace_back(to, from, -probability);
  }

  void successors_of(std::uint32_t i) {
    const Step& step = world_.steps[i];
    switch (step.kind) {
      case StepKind::finish:
        return;
      case StepKind::jump:
      case StepKind::fail:
        return follow(i, step.target, 1.0);
      case StepKind::lookup: {
        const double hits = expected_hits(world_, world_.stores[step.index]);
        follow(i, i + 1, hits);
        return follow(i, step.target, 1.0 - hits);
      }
      case StepKind::branch:
      case StepKind::by_item:
        follow(i, i + 1, step.probability);
        return follow(i, step.target, 1.0 - step.probability);
      case StepKind::split:
        for (std::uint32_t k = 0; k < step.count; ++k) follow(i, world_.targets[step.index + k], 1.0);
        open_.push_back(step.count + 1);
        return follow(i, i + 1, 1.0);
      case StepKind::join: {
        // One of the branches goes on. Splits and joins nest, so the last one opened is the one that closes.
        SIM_EXPECT(!open_.empty());
        const double share = 1.0 / open_.back();
        open_.pop_back();
        return follow(i, i + 1, share);
      }
      case StepKind::pick: {
        const std::uint32_t choices = world_.balancers[step.index].choices;
        for (std::uint32_t k = 0; k < choices; ++k) follow(i, world_.targets[step.target + k], 1.0 / choices);
        return;
      }
      case StepKind::offer:  // as if there were always a place
      case StepKind::spawn:
        follow(i, i + 1, 1.0);
        return follow(i, step.target, 1.0);
      case StepKind::enter:  // copies and retries are not offered load
      case StepKind::expire:
      case StepKind::leave:
      case StepKind::consumed:
        return;
      default:
        return follow(i, i + 1, 1.0);
    }
  }

  const models::WorldSpec& world_;
  std::vector<Eigen::Triplet<double>> entries_;
  std::vector<int> open_;
  Matrix matrix_;
};

/// Adds up what the steps bring to one resource.
struct Occupation {
  Rates rates;
  double first = 0, second = 0;  // recorded rate times moments

  void add(const Rates& more, const Moments& time) {
    rates += more;
    first += more.recorded * time.mean;
    second += more.recorded * time.second();
  }
  [[nodiscard]] ResourceLoad load(double servers) const {
    ResourceLoad load{rates, 0, 0, servers};
    if (rates.recorded > 0) {
      load.service = first / rates.recorded;
      load.service_second = second / rates.recorded;
    }
    return load;
  }
};

Moments wire_time(sim::Bytes size, const models::StationSpec& station) {
  return constant(sim::to_seconds(sim::serialization_delay(size, station.rate)));
}

/// Time of an accelerator that a request takes up at the least: its share of a full batch.
Moments in_full_batch(const Moments& alone, const models::Batching& rule) {
  const double share = (1.0 + (rule.size - 1) * rule.added) / rule.size;
  return {alone.mean * share, alone.variance * share * share, alone.minimum * share};
}

double cores_of(const models::ProcessorSpec& group) {
  return group.count > 0 ? group.cores * group.count : std::numeric_limits<double>::infinity();
}

double servers_of(const models::WorldSpec& world, const models::PoolSpec& pool) {
  if (pool.batching) return world.accelerators[pool.batching->accelerators].count;
  const bool fixed = pool.kind == models::PoolSpec::Kind::fixed;
  if (!fixed && pool.max_instances == models::none) return std::numeric_limits<double>::infinity();
  return static_cast<double>(fixed ? pool.instances : pool.max_instances) * pool.concurrency;
}

}  // namespace

double ResourceLoad::busy(double rate) const {
  const double work = rate * service;
  if (work <= 0) return 0.0;
  return servers > 0 ? work / servers : std::numeric_limits<double>::infinity();
}

double ResourceLoad::capacity() const {
  return service > 0 ? servers / service : std::numeric_limits<double>::infinity();
}

Load offered_load(const CompiledScenario& compiled) {
  const models::WorldSpec& world = compiled.world;
  Eigen::MatrixXd arrivals = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(world.steps.size()), demands);
  for (std::size_t i = 0; i < world.sources.size(); ++i) {
    const SourceLabel& source = compiled.sources[i];
    arrivals.row(world.sources[i].program) +=
        Eigen::RowVector3d{source.recorded_rate, source.peak_rate, source.mean_rate};
  }
  const Eigen::MatrixXd visits = Equations{world}.solve(arrivals);

  const ProgramWalk walk{world, {}};
  std::vector<Occupation> pools(world.pools.size()), stations(world.stations.size()),
      processors(world.processors.size());
  Load load;
  load.meters.resize(world.meters);
  for (std::uint32_t i = 0; i < world.steps.size(); ++i) {
    const Step& step = world.steps[i];
    const Rates rates{visits(i, 0), visits(i, 1), visits(i, 2)};
    load.steps.push_back(rates.recorded);
    if (step.kind == StepKind::delay && step.index != models::none) load.meters[step.index] += rates;
    if (step.kind == StepKind::serve || step.kind == StepKind::acquire)
      pools[step.index].add(rates, walk.held(i));
    if (step.kind == StepKind::batch)
      pools[step.index].add(rates, in_full_batch(walk.held(i), *world.pools[step.index].batching));
    if (step.kind == StepKind::work) processors[step.index].add(rates, walk.service(step));
    if (step.kind == StepKind::carry) {
      for (const std::uint32_t link : world.routes[step.index])
        stations[link].add(rates, wire_time(step.size, world.stations[link]));
    }
    if (step.kind != StepKind::station) continue;
    const auto cells = std::max<std::uint16_t>(step.count, 1);
    const double share = 1.0 / cells;
    const Moments wire = wire_time(step.size, world.stations[step.index]);
    for (std::uint32_t cell = 0; cell < cells; ++cell) {
      stations[step.index + cell].add({rates.recorded * share, rates.peak * share, rates.mean * share}, wire);
    }
  }
  for (std::size_t i = 0; i < pools.size(); ++i)
    load.pools.push_back(pools[i].load(servers_of(world, world.pools[i])));
  for (std::size_t i = 0; i < processors.size(); ++i)
    load.processors.push_back(processors[i].load(cores_of(world.processors[i])));
  for (const Occupation& station : stations) load.stations.push_back(station.load(1.0));
  return load;
}

}  // namespace planner
