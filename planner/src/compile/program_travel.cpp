// The part of ProgramBuilder that moves a request between places.
#include <algorithm>

#include "compile/program_builder.hpp"
#include "money/site_costs.hpp"
#include "sim/hash.hpp"

namespace planner {
namespace {

bool is_bottleneck(const Hop& hop) { return hop.link && hop.link->bandwidth; }

}  // namespace

std::string ProgramBuilder::law_name(const Hop& hop) {
  return hop.link_id ? "link/" + *hop.link_id : "jitter";
}
std::string ProgramBuilder::hop_name(const Hop& hop) {
  return hop.link_id ? "/" + *hop.link_id : "/estimated";
}

void ProgramBuilder::travel(Location from, Location to, const Carried& carried, const std::string& draw) {
  if (from == to) return;
  if (from == user_) uplink(to, carried, draw);
  const sim::Bytes size = carried.size;
  const std::vector<Hop>& way = wan_.way(from, to);
  MeterLabel meter;
  meter.network_bytes = size.value();
  meter.grid = wan_.name(to == user_ ? from : to);
  if (from == user_ || to == user_) meter.population = workload_->population;
  if (from == user_) meter.sent_bytes = size.value();
  if (to == user_) meter.received_bytes = size.value();
  if (way.empty()) {
    // The population stands at the site: no leg, but bytes all the same.
    hop({from, to, nullptr, nullptr, {}, {}, {}}, carried, draw, meter);
  }
  carry_over(way, carried);
  for (const Hop& leg : way) {
    hop(leg, carried, draw, meter);
    meter = {};  // what passes from end to end is counted once, on the first leg
  }
  if (to == user_) downlink(from, carried, draw);
}

// Where a transfer holds its links at once, it does so before it sets out; their ends are in one partition.
void ProgramBuilder::carry_over(const std::vector<Hop>& way, const Carried& carried) {
  const Hop* first = nullptr;
  std::vector<std::uint32_t> route;
  for (const Hop& hop : way) {
    if (!is_bottleneck(hop) || hop.link->sharing != models::Sharing::max_min) continue;
    if (first == nullptr) first = &hop;
    parts_.exchange(first->from, hop.from, sim::Duration{0});
    route.push_back(parts_.link(hop));
  }
  if (route.empty() || carried.size.value() <= 0) return;
  if (way.front().from != first->from) parts_.exchange(way.front().from, first->from, sim::Duration{0});
  models::Step& step = add(models::StepKind::carry, first->from);
  step.index = parts_.route(route);
  step.size = carried.size;
  replay_sizes(step, carried.payloads);
  parts_.weigh(first->from, workload_->rate);
}

// A packet waits where its user is between two cells, before it is sent or received.
void ProgramBuilder::change_cells() {
  const Access& access = scenario_.populations.at(workload_->population).access;
  if (access.residence <= sim::Duration{0}) return;
  models::Step& step = add(models::StepKind::handover, user_);
  step.part = models::Part::access;
  step.fixed = access.interruption;
  step.index = parts_.state().walking_users(workload_->population);
}

void ProgramBuilder::hop(const Hop& hop, const Carried& carried, const std::string& draw, MeterLabel meter) {
  const sim::Bytes size = carried.size;
  if (is_bottleneck(hop) && hop.link->sharing != models::Sharing::max_min && size.value() > 0) {
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

void ProgramBuilder::uplink(Location site, const Carried& carried, const std::string& draw) {
  const Access& access = scenario_.populations.at(workload_->population).access;
  change_cells();
  cell(StationLabel::Kind::cell_uplink, access.cell_uplink, carried.size, carried.payloads);
  transfer(site, carried.size, {access.uplink, access.cell_uplink}, draw, carried.payloads);
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

void ProgramBuilder::downlink(Location site, const Carried& carried, const std::string& draw) {
  const Access& access = scenario_.populations.at(workload_->population).access;
  doze(access, draw);
  change_cells();
  cell(StationLabel::Kind::cell_downlink, access.cell_downlink, carried.size, carried.payloads);
  transfer(site, carried.size, {access.downlink, access.cell_downlink}, draw, carried.payloads);
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
  if (cells.count > 1 && scenario_.populations.at(workload_->population).access.residence > sim::Duration{0})
    step.keys = parts_.state().walking_users(workload_->population);
  // One draw for all stations of a request: it stays in its cell.
  step.purpose = sim::hash_name("cell/" + workload_->population);
  replay_sizes(step, payloads);
  parts_.weigh(user_, workload_->rate);
}

}  // namespace planner
