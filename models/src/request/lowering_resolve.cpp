#include <algorithm>

#include "request/lowering.hpp"
#include "sim/contract.hpp"

namespace models {

void Lowering::resolve(Op& op, const Step& step) {
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
    case OpKind::handover:
      SIM_EXPECT(step.index < spec_.keys.size() && spec_.keys[step.index].stay > sim::Duration{0});
      break;
    case OpKind::station:
      resolve_station(op, step);
      break;
    case OpKind::share:
      resolve_route(op, step);
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

void Lowering::resolve_pool(Op& op, const Step& step) const {
  op.index = program_.pool_index[step.index];
  const PoolModel model = program_.pool_model[step.index];
  SIM_EXPECT(model != PoolModel::batched);
  if (op.kind == OpKind::acquire && model == PoolModel::balanced) op.kind = OpKind::choose;
}

void Lowering::resolve_station(Op& op, const Step& step) {
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
  SIM_EXPECT(station.sharing != Sharing::max_min);
  SIM_EXPECT(step.keys == none || step.keys < spec_.keys.size());
  if (is_fair(station)) resolve_share(op, step);
}

void Lowering::resolve_route(Op& op, const Step& step) {
  SIM_EXPECT(step.index < routes_.size());
  op.fixed = sim::Duration{0};
  for (const std::uint32_t station : spec_.routes[step.index]) {
    SIM_EXPECT(spec_.stations[station].partition == step.partition);
    op.fixed = std::max(op.fixed, sim::serialization_delay(step.size, spec_.stations[station].rate));
  }
  op.fixed = std::min(op.fixed, longest_delay);
  program_.shares.push_back(routes_[step.index]);
  op.index = static_cast<std::uint32_t>(program_.shares.size() - 1);
  op.target = none;
}

void Lowering::resolve_share(Op& op, const Step& step) {
  for (std::uint32_t i = 0; i < op.count(); ++i)
    SIM_EXPECT(step.tenant < spec_.stations[step.index + i].tenants.size());
  op.kind = OpKind::share;
  program_.shares.push_back({op.index, op.count(), step.tenant});
  op.index = static_cast<std::uint32_t>(program_.shares.size() - 1);
  op.target = none;
}

// Strands are dealt out along the vector of steps, so those of one program differ as long as its splits
// have fewer than strand_count branches between the first and the last of them.
void Lowering::resolve_split(Op& op, const Step& step) {
  SIM_EXPECT(step.count < strand_count);
  SIM_EXPECT(step.count == 0 ||
             (step.index < spec_.targets.size() && spec_.targets.size() - step.index >= step.count));
  op.target = step.count;
  op.quantity = strands(step.count);
}

void Lowering::resolve_race(Op& op, const Step& step) {
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

void Lowering::resolve_guard(Op& op, const Step& step) const {
  SIM_EXPECT(step.index < spec_.guards.size() && spec_.guards[step.index].partition == step.partition);
  op.index = program_.guard_index[step.index];
}

void Lowering::resolve_queue(Op& op, const Step& step) {
  SIM_EXPECT(step.index < spec_.queues.size() && spec_.queues[step.index].partition == step.partition);
  op.index = program_.queue_index[step.index];
  if (op.kind == OpKind::consumed) return;
  SIM_EXPECT(step.target != none);
  op.quantity = strands(1);
}

void Lowering::resolve_balancer(Op& op, const Step& step) const {
  SIM_EXPECT(step.index < spec_.balancers.size() && spec_.balancers[step.index].partition == step.partition);
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

void Lowering::resolve_store(Op& op, const Step& step, StoreSpec::Kind kind) const {
  SIM_EXPECT(step.index < spec_.stores.size());
  SIM_EXPECT(spec_.stores[step.index].kind == kind && spec_.stores[step.index].partition == step.partition);
  op.index = program_.store_index[step.index];
}

}  // namespace models
