#include "request/program.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "request/program_graph.hpp"
#include "sim/contract.hpp"

namespace models {
namespace {

OpKind op_kind(const Step& step) {
  switch (step.kind) {
    case StepKind::delay:
      return OpKind::delay;
    case StepKind::epoch:
      return OpKind::epoch;
    case StepKind::doze:
      return OpKind::doze;
    case StepKind::branch:
      return OpKind::branch;
    case StepKind::jump:
      return OpKind::jump;
    case StepKind::station:
      return OpKind::station;
    case StepKind::serve:
      return OpKind::serve;
    case StepKind::acquire:
      return OpKind::acquire;
    case StepKind::release:
      return OpKind::release;
    case StepKind::work:
      return OpKind::work;
    case StepKind::batch:
      return OpKind::batch;
    case StepKind::split:
      return step.needed == 0 ? OpKind::split : OpKind::race;
    case StepKind::join:
    case StepKind::answer:
      return OpKind::join;
    case StepKind::attempt:
      return OpKind::race;
    case StepKind::expire:
      return OpKind::expire;
    case StepKind::enter:
      return OpKind::enter;
    case StepKind::admit:
      return OpKind::admit;
    case StepKind::settle:
      return OpKind::settle;
    case StepKind::if_failed:
      return OpKind::if_failed;
    case StepKind::forgive:
      return OpKind::forgive;
    case StepKind::spawn:
      return OpKind::spawn;
    case StepKind::leave:
      return OpKind::leave;
    case StepKind::offer:
      return OpKind::offer;
    case StepKind::consumed:
      return OpKind::consumed;
    case StepKind::pick:
      return OpKind::pick;
    case StepKind::give_back:
      return OpKind::give_back;
    case StepKind::lookup:
      return OpKind::lookup;
    case StepKind::lock:
      return OpKind::lock;
    case StepKind::unlock:
      return OpKind::unlock;
    case StepKind::note:
      return OpKind::note;
    case StepKind::apply:
      return OpKind::apply;
    case StepKind::by_item:
      return OpKind::by_item;
    case StepKind::renew:
      return OpKind::renew;
    case StepKind::finish:
      return OpKind::finish;
    case StepKind::fail:
      return step.target == none ? OpKind::fail : OpKind::mark_failed;
  }
  constexpr bool known_kind = false;
  SIM_EXPECT(known_kind);
  return OpKind::fail;
}

bool is_fair(const StationSpec& station) { return station.sharing == Sharing::fair; }

double mean_rate(const SourceSpec& source, sim::Duration span) {
  if (source.process == SourceSpec::Process::trace)
    return static_cast<double>(source.times.size()) / std::max(sim::to_seconds(span), 1e-9);
  if (source.process == SourceSpec::Process::closed)
    return static_cast<double>(source.users) / std::max(source.think.mean(), 1e-3);
  const std::vector<double>& rates = source.profile.rates;
  return rates.empty() ? 0.0
                       : std::accumulate(rates.begin(), rates.end(), 0.0) / static_cast<double>(rates.size());
}

/// Requests that a partition should find in a window: enough to make up for fetching its state.
constexpr double requests_wanted = 256.0;

double request_rate(const WorldSpec& spec) {
  double rate = 0.0;
  for (const SourceSpec& source : spec.sources) rate += mean_rate(source, spec.warmup + spec.duration);
  return rate;
}

/// How many partitions pay: each should find work for a while in every window of the lookahead.
std::uint32_t worthwhile_partitions(const WorldSpec& spec) {
  if (spec.lookahead == sim::Duration::max()) return spec.partitions;  // no windows
  const double requests = request_rate(spec) * sim::to_seconds(spec.lookahead);
  const double partitions = std::clamp(requests / requests_wanted, 1.0, static_cast<double>(spec.partitions));
  return static_cast<std::uint32_t>(partitions);
}

/// Length of the windows: what goes on in later ones is sorted when they begin, which is cheaper than a
/// queue.
sim::Duration window_length(const WorldSpec& spec, std::uint32_t partitions) {
  if (partitions > 1) return spec.lookahead;
  // Nobody else's mail limits a partition that is alone.
  constexpr double longest = 1e9;
  return sim::from_seconds(std::clamp(requests_wanted / request_rate(spec), 1e-6, longest));
}

std::uint32_t engine_partitions(const WorldSpec& spec, Partitioning partitioning) {
  switch (partitioning) {
    case Partitioning::automatic:
      return worthwhile_partitions(spec);
    case Partitioning::split:
      return spec.partitions;
    case Partitioning::merged:
      return 1;
  }
  return 1;
}

PoolModel model_of(const PoolSpec& pool) {
  if (pool.batching) return PoolModel::batched;
  if (pool.kind == PoolSpec::Kind::elastic) return PoolModel::held;
  if (pool.balance != Balance::shared) return PoolModel::balanced;
  return pool.shedding ? PoolModel::held : PoolModel::reckoned;
}

/// Builds one Program; its functions run once each, in the order of lower().
class Lowering {
 public:
  Lowering(const WorldSpec& spec, Partitioning partitioning, const sim::Streams& streams)
      : spec_{spec}, streams_{streams} {
    SIM_EXPECT(spec.partitions > 0);
    const std::uint32_t partitions = engine_partitions(spec, partitioning);
    program_.spec_partitions_in_one = (spec.partitions + partitions - 1) / partitions;
    program_.partitions = (spec.partitions - 1) / program_.spec_partitions_in_one + 1;
    program_.window = window_length(spec, program_.partitions);
    program_.span = {sim::at(spec.warmup), sim::at(spec.warmup + spec.duration), spec.series_step};
    program_.horizon = sim::at(spec.warmup + spec.duration + spec.drain);
    program_.targets = spec.targets;
    SIM_EXPECT(spec.warmup >= sim::Duration{0} && spec.duration >= sim::Duration{0} &&
               spec.drain >= sim::Duration{0});
    SIM_EXPECT(program_.horizon.time_since_epoch() <= longest_delay);
    SIM_EXPECT(spec.series_step <= sim::Duration{0} || spec.duration / spec.series_step <= 1'000'000);
    for (const std::uint32_t target : spec.targets) SIM_EXPECT(target < spec.steps.size());
  }

  Program run(Path path) {
    place_stations();
    place_pools();
    place_callers();
    place_stores();
    place_machines();
    lower_steps();
    expand_held_serves();
    const std::vector<std::uint32_t> order = topological_order(program_);
    describe_sources();
    if (path == Path::compiled) mark_in_order(program_, spec_, order);
    return std::move(program_);
  }

 private:
  void place_stations() {
    std::vector<std::uint32_t> in_turn(program_.partitions, 0), fair(program_.partitions, 0);
    for (const StationSpec& station : spec_.stations) {
      SIM_EXPECT(station.partition < spec_.partitions);
      auto& used = is_fair(station) ? fair : in_turn;
      program_.station_index.push_back(used[program_.partition_of(station.partition)]++);
    }
  }

  // A fixed pool whose slots nobody holds across steps, and where all are alike, is reckoned ahead, without
  // departure events.
  void place_pools() {
    for (const PoolSpec& pool : spec_.pools) program_.pool_model.push_back(model_of(pool));
    for (const Step& step : spec_.steps) {
      if (step.kind != StepKind::acquire && (step.kind != StepKind::serve || step.priority == 0)) continue;
      SIM_EXPECT(step.index < spec_.pools.size());
      PoolModel& model = program_.pool_model[step.index];
      if (model == PoolModel::reckoned) model = PoolModel::held;
    }
    using Used = std::array<std::uint32_t, 4>;  // by PoolModel
    std::vector<Used> used(program_.partitions, Used{});
    for (std::size_t i = 0; i < spec_.pools.size(); ++i) {
      SIM_EXPECT(spec_.pools[i].partition < spec_.partitions);
      Used& here = used[program_.partition_of(spec_.pools[i].partition)];
      program_.pool_index.push_back(here[static_cast<std::size_t>(program_.pool_model[i])]++);
    }
  }

  /// Numbers things within their partitions, in their order.
  template <class Spec>
  [[nodiscard]] std::vector<std::uint32_t> places_of(const std::vector<Spec>& specs) const {
    std::vector<std::uint32_t> used(program_.partitions, 0), places;
    for (const Spec& spec : specs) {
      SIM_EXPECT(spec.partition < spec_.partitions);
      places.push_back(used[program_.partition_of(spec.partition)]++);
    }
    return places;
  }

  void place_callers() {
    program_.guard_index = places_of(spec_.guards);
    program_.queue_index = places_of(spec_.queues);
    program_.balancer_index = places_of(spec_.balancers);
  }

  void place_stores() {
    for (const KeySpec& keys : spec_.keys) program_.keys.emplace_back(keys, streams_);
    std::vector<std::array<std::uint32_t, 3>> used(program_.partitions);  // by kind
    for (const StoreSpec& store : spec_.stores) {
      SIM_EXPECT(store.partition < spec_.partitions && store.keys < spec_.keys.size());
      auto& of_partition = used[program_.partition_of(store.partition)];
      program_.store_index.push_back(of_partition[static_cast<std::size_t>(store.kind)]++);
    }
  }

  void place_machines() {
    program_.processor_index = places_of(spec_.processors);
    program_.account_index = places_of(spec_.accounts);
    program_.batcher_index = places_of(spec_.accelerators);
    program_.processor_groups = static_cast<std::uint32_t>(spec_.processors.size());
    program_.machine_groups =
        program_.processor_groups + static_cast<std::uint32_t>(spec_.accelerators.size());
  }

  void lower_steps() {
    program_.ops.reserve(spec_.steps.size());
    for (std::size_t i = 0; i < spec_.steps.size(); ++i) {
      const Step& step = spec_.steps[i];
      SIM_EXPECT(step.partition < spec_.partitions);
      SIM_EXPECT(step.target == none || step.target < spec_.steps.size() || step.kind == StepKind::pick);
      SIM_EXPECT(step.law == none || step.law < spec_.laws.size());
      SIM_EXPECT(step.replay == none ||
                 (step.replay < spec_.replays.size() && !spec_.replays[step.replay]->empty()));
      SIM_EXPECT(step.fixed >= sim::Duration{0} && step.fixed <= longest_delay / 2);
      Op op;
      op.kind = op_kind(step);
      op.part = step.part;
      op.divert = step.divert;
      op.partition = program_.partition_of(step.partition);
      op.index = step.index;
      op.next = static_cast<std::uint32_t>(i + 1);
      op.target = step.target;
      op.fixed = step.fixed;
      op.quantity = quantity_of(step);
      resolve(op, step);
      program_.ops.push_back(op);
    }
  }

  std::uint32_t quantity_of(const Step& step) {
    Quantity quantity{.law = step.law == none ? nullptr : &spec_.laws[step.law],
                      .replay = step.replay == none ? nullptr : spec_.replays[step.replay].get(),
                      .key = streams_.make(step.purpose, std::uint64_t{0}).key(),
                      .factor = step.scale};
    if (quantity.replay != nullptr) quantity.law = nullptr;
    const bool chooses = step.kind == StepKind::branch || step.kind == StepKind::by_item;
    if (chooses) quantity.factor = step.probability;
    if (step.kind == StepKind::station) quantity.factor = step.size.value();
    const auto next = static_cast<std::uint32_t>(program_.quantities.size());
    const auto [known, is_new] = quantities_.emplace(quantity, next);
    if (is_new) program_.quantities.push_back(quantity);
    return known->second;
  }

  void resolve(Op& op, const Step& step) {
    switch (op.kind) {
      case OpKind::delay:
        SIM_EXPECT(step.index == none || step.index < spec_.meters);
        break;
      case OpKind::branch:
      case OpKind::jump:
        SIM_EXPECT(step.target != none);
        break;
      case OpKind::mark_failed:
        break;
      case OpKind::finish:
        SIM_EXPECT(step.index < spec_.classes);
        break;
      case OpKind::fail:
        SIM_EXPECT(step.index == none || step.index < spec_.classes);
        break;
      case OpKind::epoch:
        SIM_EXPECT(step.law != none && step.fixed > sim::Duration{0});
        break;
      case OpKind::doze:
        SIM_EXPECT(step.law != none);
        break;
      case OpKind::station:
      case OpKind::share:
        resolve_station(op, step);
        break;
      case OpKind::serve:
      case OpKind::acquire:
        SIM_EXPECT(step.index < spec_.pools.size() && spec_.pools[step.index].partition == step.partition);
        SIM_EXPECT(step.priority <= 127);
        op.priority = static_cast<std::uint8_t>(step.priority & 127U);
        resolve_pool(op, step);
        break;
      case OpKind::batch:
        SIM_EXPECT(program_.pool_model[step.index] == PoolModel::batched);
        op.index = program_.pool_index[step.index];
        break;
      case OpKind::work:
        SIM_EXPECT(step.index < spec_.processors.size() &&
                   spec_.processors[step.index].partition == step.partition);
        op.index = program_.processor_index[step.index];
        op.target = step.count;
        break;
      case OpKind::choose:  // made of acquire and serve only
      case OpKind::release:
      case OpKind::join:
      case OpKind::forgive:
      case OpKind::leave:
      case OpKind::unlock:
      case OpKind::renew:
        break;
      case OpKind::lookup:
        SIM_EXPECT(step.target != none);
        resolve_store(op, step, StoreSpec::Kind::cache);
        break;
      case OpKind::lock:
        resolve_store(op, step, StoreSpec::Kind::objects);
        break;
      case OpKind::note:
      case OpKind::apply:
        resolve_store(op, step, StoreSpec::Kind::replica);
        break;
      case OpKind::by_item:
        SIM_EXPECT(step.target != none && step.index < spec_.keys.size());
        break;
      case OpKind::split:
        resolve_split(op, step);
        break;
      case OpKind::race:
        resolve_race(op, step);
        break;
      case OpKind::expire:
      case OpKind::enter:
        if (step.index != none) resolve_guard(op, step);
        break;
      case OpKind::admit:
        SIM_EXPECT(step.target != none);
        resolve_guard(op, step);
        break;
      case OpKind::settle:
        resolve_guard(op, step);
        break;
      case OpKind::if_failed:
        SIM_EXPECT(step.target != none);
        break;
      case OpKind::offer:
      case OpKind::consumed:
        resolve_queue(op, step);
        break;
      case OpKind::pick:
      case OpKind::give_back:
        resolve_balancer(op, step);
        break;
      case OpKind::spawn:
        SIM_EXPECT(step.target != none);
        op.quantity = strands(1);
        break;
    }
    if (op.kind == OpKind::jump || op.kind == OpKind::mark_failed) op.next = step.target;
  }

  void resolve_pool(Op& op, const Step& step) const {
    op.index = program_.pool_index[step.index];
    const PoolModel model = program_.pool_model[step.index];
    SIM_EXPECT(model != PoolModel::batched);
    if (op.kind == OpKind::acquire && model == PoolModel::balanced) op.kind = OpKind::choose;
  }

  void resolve_station(Op& op, const Step& step) {
    op.target = std::max<std::uint32_t>(step.count, 1);
    SIM_EXPECT(step.index < spec_.stations.size() && spec_.stations.size() - step.index >= op.count());
    // Cells of one step lie side by side in their partition too, as places were given in order.
    for (std::uint32_t i = 0; i < op.count(); ++i) {
      const StationSpec& station = spec_.stations[step.index + i];
      SIM_EXPECT(station.partition == step.partition && station.rate == spec_.stations[step.index].rate &&
                 station.sharing == spec_.stations[step.index].sharing);
    }
    const StationSpec& station = spec_.stations[step.index];
    op.fixed = std::min(sim::serialization_delay(step.size, station.rate_alone(step.tenant)), longest_delay);
    op.index = program_.station_index[step.index];
    if (is_fair(station)) resolve_share(op, step);
  }

  void resolve_share(Op& op, const Step& step) {
    for (std::uint32_t i = 0; i < op.count(); ++i)
      SIM_EXPECT(step.tenant < spec_.stations[step.index + i].tenants.size());
    op.kind = OpKind::share;
    program_.shares.push_back({op.index, op.count(), step.tenant});
    op.index = static_cast<std::uint32_t>(program_.shares.size() - 1);
    op.target = none;
  }

  // Strands are dealt out along the vector of steps, so those of one program differ as long as its splits
  // have fewer than strand_count branches between the first and the last of them.
  void resolve_split(Op& op, const Step& step) {
    SIM_EXPECT(step.count < strand_count);
    SIM_EXPECT(step.count == 0 ||
               (step.index < spec_.targets.size() && spec_.targets.size() - step.index >= step.count));
    op.target = step.count;
    op.quantity = strands(step.count);
  }

  void resolve_race(Op& op, const Step& step) {
    SIM_EXPECT(step.count + 1U < strand_count);
    SIM_EXPECT(step.count == 0 ||
               (step.index < spec_.targets.size() && spec_.targets.size() - step.index >= step.count));
    SIM_EXPECT(step.needed > 0 && step.needed + step.spare <= step.count + 1);
    op.target = none;
    op.index = static_cast<std::uint32_t>(program_.races.size());
    program_.races.push_back({.first_target = step.index,
                              .further = step.count,
                              .first_strand = strands(step.count + 1U),
                              .needed = step.needed,
                              .spare = step.spare});
  }

  void resolve_guard(Op& op, const Step& step) const {
    SIM_EXPECT(step.index < spec_.guards.size() && spec_.guards[step.index].partition == step.partition);
    op.index = program_.guard_index[step.index];
  }

  void resolve_queue(Op& op, const Step& step) {
    SIM_EXPECT(step.index < spec_.queues.size() && spec_.queues[step.index].partition == step.partition);
    op.index = program_.queue_index[step.index];
    if (op.kind == OpKind::consumed) return;
    SIM_EXPECT(step.target != none);
    op.quantity = strands(1);
  }

  void resolve_balancer(Op& op, const Step& step) const {
    SIM_EXPECT(step.index < spec_.balancers.size() &&
               spec_.balancers[step.index].partition == step.partition);
    const std::uint32_t choices = spec_.balancers[step.index].choices;
    SIM_EXPECT(choices > 0);
    op.index = program_.balancer_index[step.index];
    if (op.kind == OpKind::give_back) {
      SIM_EXPECT(step.count < choices);
      op.target = step.count;
    } else {
      SIM_EXPECT(step.target < spec_.targets.size() && spec_.targets.size() - step.target >= choices);
      op.quantity = choices;
    }
  }

  void resolve_store(Op& op, const Step& step, StoreSpec::Kind kind) const {
    SIM_EXPECT(step.index < spec_.stores.size());
    SIM_EXPECT(spec_.stores[step.index].kind == kind && spec_.stores[step.index].partition == step.partition);
    op.index = program_.store_index[step.index];
  }

  std::uint32_t strands(std::uint32_t count) {
    if (next_strand_ + count > strand_count) next_strand_ = 1;
    const std::uint32_t first = next_strand_;
    next_strand_ += count;
    return first;
  }

  // A leaf call to a pool whose slots are held: takes one, delays, gives it back.
  void expand_held_serves() {
    for (std::size_t i = 0; i < spec_.steps.size(); ++i) {
      if (spec_.steps[i].kind != StepKind::serve) continue;
      const PoolModel model = program_.pool_model[spec_.steps[i].index];
      if (model == PoolModel::reckoned) continue;
      const auto added = static_cast<std::uint32_t>(program_.ops.size());
      Op& acquire = program_.ops[i];
      Op service = acquire;
      service.kind = OpKind::delay;
      service.index = none;
      service.next = added + 1;
      Op release = acquire;
      release.kind = OpKind::release;
      acquire.kind = model == PoolModel::balanced ? OpKind::choose : OpKind::acquire;
      acquire.next = added;
      program_.ops.push_back(service);
      program_.ops.push_back(release);
    }
  }

  void describe_sources() {
    // The creator's share of an Order: sources, then one for pools, one for each group of machines and one
    // for each shared link.
    SIM_EXPECT(spec_.sources.size() + spec_.processors.size() + spec_.accelerators.size() +
                   spec_.stations.size() + 1 <
               (1U << 24));
    std::vector<std::uint32_t> used(program_.partitions, 0);
    for (const SourceSpec& source : spec_.sources) {
      program_.source_index.push_back(used[program_.partition_of(source.partition)]++);
      SIM_EXPECT(source.partition < spec_.partitions && source.program < spec_.steps.size());
      program_.source_names.push_back(sim::hash_name(source.name));
      program_.source_class.push_back(class_from(source.program));
    }
  }

  // Class of the first end that the main way of a program reaches.
  std::uint32_t class_from(std::uint32_t index) const {
    const Op* op = &program_.ops[index];
    while (op->kind != OpKind::finish && op->kind != OpKind::fail)
      op = &program_.ops[op->kind == OpKind::pick ? program_.targets[op->target] : op->next];
    return op->index;
  }

  const WorldSpec& spec_;
  const sim::Streams& streams_;
  std::map<Quantity, std::uint32_t> quantities_;
  Program program_;
  std::uint32_t next_strand_ = 1;  // 0 is the request before any split
};

}  // namespace

Program lower(const WorldSpec& spec, Path path, Partitioning partitioning, const sim::Streams& streams) {
  return Lowering{spec, partitioning, streams}.run(path);
}

}  // namespace models
