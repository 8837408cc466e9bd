// The part of ProgramBuilder that moves a request between places.
#include <algorithm>

#include "compile/program_builder.hpp"
#include "money/site_costs.hpp"
#include "sim/hash.hpp"

namespace planner {

std::string ProgramBuilder::law_name(const Hop& hop) {
  return hop.link_id ? "link/" + *hop.link_id : "jitter";
}
std::string ProgramBuilder::hop_name(const Hop& hop) {
  return hop.link_id ? "/" + *hop.link_id : "/estimated";
}

void ProgramBuilder::travel(Location from, Location to, sim::Bytes size, const std::string& draw) {
  if (from == to) return;
  if (from == user_) uplink(to, size, draw);
  const Sizes* payloads = nullptr;
  if (from == user_) payloads = requests_.unless_empty(size);
  if (to == user_) payloads = responses_.unless_empty(size);
  const std::vector<Hop>& way = wan_.way(from, to);
  MeterLabel meter;
  meter.network_bytes = size.value();
  meter.grid = wan_.name(to == user_ ? from : to);
  if (from == user_ || to == user_) meter.population = workload_->population;
  if (from == user_) meter.sent_bytes = size.value();
  if (to == user_) meter.received_bytes = size.value();
  if (way.empty()) {
    // The population stands at the site: no leg, but bytes all the same.
    hop({from, to, nullptr, nullptr, {}, {}, {}}, {size, payloads}, draw, meter);
  }
  for (const Hop& leg : way) {
    hop(leg, {size, payloads}, draw, meter);
    meter = {};  // what passes from end to end is counted once, on the first leg
  }
  if (to == user_) downlink(from, size, draw);
}

void ProgramBuilder::hop(const Hop& hop, const Carried& carried, const std::string& draw, MeterLabel meter) {
  const sim::Bytes size = carried.size;
  if (hop.link && hop.link->bandwidth && size.value() > 0) {
    models::Step& step = add(models::StepKind::station, hop.from);
    step.index = parts_.link(hop);
    step.size = size;
    replay_sizes(step, carried.payloads);
    parts_.weigh(hop.from, workload_->rate);
  }
  const bool priced = hop.link && hop.link->egress_per_gb;
  if (priced) meter.link = *hop.link_id;
  if (!priced && hop.from.kind == Location::Kind::site) meter.site = wan_.name(hop.from);
  if (!meter.site.empty() && hop.to.kind == Location::Kind::site) {
    const std::string& to = wan_.name(hop.to);
    if (region_egress(scenario_.sites.at(meter.site), scenario_.sites.at(to))) meter.to = to;
  }
  if (!meter.link.empty() || !meter.site.empty()) meter.egress_bytes = size.value();
  const bool counted = size.value() > 0;
  delay(hop.from, models::Part::propagation,
        {hop.fixed, &hop.law, law_name(hop), draw + hop_name(hop),
         counted ? parts_.meter(meter) : models::none});
  parts_.exchange(hop.from, hop.to, hop.minimum);
}

void ProgramBuilder::uplink(Location site, sim::Bytes size, const std::string& draw) {
  const Access& access = scenario_.populations.at(workload_->population).access;
  const Sizes* payloads = requests_.unless_empty(size);
  cell(StationLabel::Kind::cell_uplink, access.cell_uplink, size, payloads);
  transfer(site, size, {access.uplink, access.cell_uplink}, draw, payloads);
  delay(user_, models::Part::access,
        {{}, &access.uplink_latency.law, "uplink@" + workload_->population, draw + "/uplink"});
  reallocation(models::Part::access);
}

void ProgramBuilder::doze(const Access& access, const std::string& draw) {
  if (!access.doze) return;
  models::Step& step = add(models::StepKind::doze, user_);
  step.part = models::Part::access;
  step.fixed = access.doze_after;
  step.law = parts_.law("doze@" + workload_->population, access.doze->law);
  step.purpose = sim::hash_name(draw + "/doze");
}

void ProgramBuilder::downlink(Location site, sim::Bytes size, const std::string& draw) {
  const Access& access = scenario_.populations.at(workload_->population).access;
  const Sizes* payloads = responses_.unless_empty(size);
  doze(access, draw);
  cell(StationLabel::Kind::cell_downlink, access.cell_downlink, size, payloads);
  transfer(site, size, {access.downlink, access.cell_downlink}, draw, payloads);
  delay(user_, models::Part::access,
        {{}, &access.downlink_latency.law, "downlink@" + workload_->population, draw + "/downlink"});
  reallocation(models::Part::access);
}

void ProgramBuilder::reallocation(models::Part part) {
  const Access& access = scenario_.populations.at(workload_->population).access;
  if (!access.reallocation) return;
  models::Step& step = add(models::StepKind::epoch, user_);
  step.part = part;
  step.fixed = access.reallocated_every;
  step.law = parts_.law("reallocation@" + workload_->population, access.reallocation->law);
  // One draw for all workloads and both directions: the users of a place have one satellite.
  step.purpose = sim::hash_name("reallocation/" + workload_->population);
}

void ProgramBuilder::cell(StationLabel::Kind direction, std::optional<sim::BitRate> rate, sim::Bytes size,
                          const Sizes* payloads) {
  if (!rate || size.value() <= 0) return;
  const WorldParts::Cells cells = parts_.cells(user_, direction, *rate);
  models::Step& step = add(models::StepKind::station, user_);
  step.index = cells.first;
  step.count = cells.count;
  step.tenant = cells.tenant;
  step.size = size;
  // One draw for all stations of a request: it stays in its cell.
  step.purpose = sim::hash_name("cell/" + workload_->population);
  replay_sizes(step, payloads);
  parts_.weigh(user_, workload_->rate);
}

}  // namespace planner
