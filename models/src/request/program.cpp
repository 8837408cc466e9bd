#include "request/program.hpp"

#include "request/lowering.hpp"
#include "request/partitioning.hpp"
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
    case StepKind::carry:
      return OpKind::share;
    case StepKind::handover:
      return OpKind::handover;
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

}  // namespace

Lowering::Lowering(const WorldSpec& spec, Partitioning partitioning, const sim::Streams& streams)
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

Program Lowering::run(Path path) {
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

void Lowering::lower_steps() {
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

std::uint32_t Lowering::quantity_of(const Step& step) {
  Quantity quantity{.law = step.law == none ? nullptr : &spec_.laws[step.law],
                    .replay = step.replay == none ? nullptr : spec_.replays[step.replay].get(),
                    .key = streams_.make(step.purpose, std::uint64_t{0}).key(),
                    .factor = step.scale};
  if (quantity.replay != nullptr) quantity.law = nullptr;
  const bool chooses = step.kind == StepKind::branch || step.kind == StepKind::by_item;
  if (chooses) quantity.factor = step.probability;
  if (step.kind == StepKind::station || step.kind == StepKind::carry) quantity.factor = step.size.value();
  if (step.kind == StepKind::station) quantity.keys = step.keys;
  const auto next = static_cast<std::uint32_t>(program_.quantities.size());
  const auto [known, is_new] = quantities_.emplace(quantity, next);
  if (is_new) program_.quantities.push_back(quantity);
  return known->second;
}

std::uint32_t Lowering::strands(std::uint32_t count) {
  if (next_strand_ + count > strand_count) next_strand_ = 1;
  const std::uint32_t first = next_strand_;
  next_strand_ += count;
  return first;
}

// A leaf call to a pool whose slots are held: takes one, delays, gives it back.
void Lowering::expand_held_serves() {
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

void Lowering::describe_sources() {
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
std::uint32_t Lowering::class_from(std::uint32_t index) const {
  const Op* op = &program_.ops[index];
  while (op->kind != OpKind::finish && op->kind != OpKind::fail)
    op = &program_.ops[op->kind == OpKind::pick ? program_.targets[op->target] : op->next];
  return op->index;
}

Program lower(const WorldSpec& spec, Path path, Partitioning partitioning, const sim::Streams& streams) {
  return Lowering{spec, partitioning, streams}.run(path);
}

}  // namespace models
