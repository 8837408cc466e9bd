#include "planner/load.hpp"

#include <Eigen/SparseCore>
#include <algorithm>
#include <cmath>
#include <limits>

#include "compile/program_walk.hpp"
#include "compile/state_parts.hpp"
#include "models/erlang.hpp"
#include "sim/contract.hpp"

namespace planner {
namespace {

using models::Step;
using models::StepKind;
using Matrix = Eigen::SparseMatrix<double>;

/// The three demands for which the equations are solved at once.
constexpr int demands = 3;

double share_spilled(const std::vector<double>& spilled, const Step& step) {
  return spilled.empty() || !may_spill(step) ? 0.0 : spilled[step.index];
}

/// I - P' of the steps, a lower triangular matrix.
class Equations {
 public:
  /// @param spilled  as Load::spilled; borrowed
  Equations(const models::WorldSpec& world, const std::vector<double>& spilled)
      : world_{world}, spilled_{spilled} {
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
      case StepKind::serve:
      case StepKind::acquire: {
        const double goes_on = share_spilled(spilled_, step);
        if (goes_on > 0) follow(i, step.target, goes_on);
        return follow(i, i + 1, 1.0 - goes_on);
      }
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
  const std::vector<double>& spilled_;
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

double slots_of(const models::PoolSpec& pool) {
  const bool fixed = pool.kind == models::PoolSpec::Kind::fixed;
  if (!fixed && pool.max_instances == models::none) return std::numeric_limits<double>::infinity();
  return static_cast<double>(fixed ? pool.instances : pool.max_instances) * pool.concurrency;
}

double servers_of(const models::WorldSpec& world, const models::PoolSpec& pool) {
  return pool.batching ? world.accelerators[pool.batching->accelerators].count : slots_of(pool);
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

namespace {

Load load_with(const CompiledScenario& compiled, std::vector<double> spilled) {
  const models::WorldSpec& world = compiled.world;
  Eigen::MatrixXd arrivals = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(world.steps.size()), demands);
  for (std::size_t i = 0; i < world.sources.size(); ++i) {
    const SourceLabel& source = compiled.sources[i];
    arrivals.row(world.sources[i].program) +=
        Eigen::RowVector3d{source.recorded_rate, source.peak_rate, source.mean_rate};
  }
  const Eigen::MatrixXd visits = Equations{world, spilled}.solve(arrivals);

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
    if (step.kind == StepKind::serve || step.kind == StepKind::acquire) {
      const double taken = 1.0 - share_spilled(spilled, step);
      pools[step.index].add({rates.recorded * taken, rates.peak * taken, rates.mean * taken}, walk.held(i));
    }
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
  load.spilled = std::move(spilled);
  return load;
}

/// Busy slots from which a pool lets requests go on; 0: from no number.
std::uint64_t spilling_from(const models::PoolSpec& pool) {
  const double slots = slots_of(pool);
  if (pool.spill_at > 1.0 || !std::isfinite(slots)) return 0;
  return static_cast<std::uint64_t>(std::max(std::ceil(pool.spill_at * slots), 1.0));
}

/// By Erlang's loss formula, of what reaches the pools according to `load`.
std::vector<double> shares_spilled(const models::WorldSpec& world, const Load& load) {
  const ProgramWalk walk{world, {}};
  std::vector<double> busy(world.pools.size(), 0.0), shares(world.pools.size(), 0.0);
  std::vector<bool> spills(world.pools.size(), false);
  for (std::uint32_t i = 0; i < world.steps.size(); ++i) {
    const Step& step = world.steps[i];
    if (step.kind != StepKind::serve && step.kind != StepKind::acquire) continue;
    busy[step.index] += load.steps[i] * walk.held(i).mean;
    spills[step.index] = spills[step.index] || may_spill(step);
  }
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const std::uint64_t from = spilling_from(world.pools[i]);
    if (spills[i] && from > 0) shares[i] = models::erlang_b(from, busy[i]);
  }
  return shares;
}

bool any_spills(const models::WorldSpec& world) {
  return std::any_of(world.steps.begin(), world.steps.end(), [&](const Step& step) {
    return may_spill(step) && world.pools[step.index].spill_at <= 1.0;
  });
}

}  // namespace

Load offered_load(const CompiledScenario& compiled) { return load_with(compiled, {}); }

Load load_with_spill_over(const CompiledScenario& compiled) {
  Load load = offered_load(compiled);
  if (!any_spills(compiled.world)) return load;
  constexpr int most_passes = 40;
  for (int pass = 0; pass < most_passes; ++pass) {
    std::vector<double> shares = shares_spilled(compiled.world, load);
    double change = 0;
    for (std::size_t i = 0; i < shares.size(); ++i)
      change = std::max(change, std::abs(shares[i] - (load.spilled.empty() ? 0.0 : load.spilled[i])));
    load = load_with(compiled, std::move(shares));
    if (change < 1e-6) break;
  }
  return load;
}

}  // namespace planner
