// The part of ProgramBuilder that moves a request between places.
#include <algorithm>

#include "program_builder.hpp"
#include "sim/hash.hpp"

namespace planner {
namespace {

/// Round trips before the first byte of a request on a new connection.
/// Source: RFC 9293 (TCP), RFC 5246 (TLS 1.2), RFC 8446 (TLS 1.3), RFC 9001 (QUIC).
unsigned round_trips(const std::string& transport) {
  static const std::map<std::string, unsigned> known{
      {"tcp", 1}, {"tcp-tls12", 3}, {"tcp-tls13", 2}, {"quic", 1}, {"quic-0rtt", 0}};
  const auto found = known.find(transport);
  return found != known.end() ? found->second : 0;
}

/// Time by which a user's own rate makes a transfer longer than its cell does.
sim::Duration beyond_cell(std::optional<sim::BitRate> of_user, std::optional<sim::BitRate> of_cell,
                          sim::Bytes size) {
  if (!of_user) return sim::Duration{0};
  const sim::Duration alone = sim::serialization_delay(size, *of_user);
  const sim::Duration shared = of_cell ? sim::serialization_delay(size, *of_cell) : sim::Duration{0};
  return std::max(alone - shared, sim::Duration{0});
}

}  // namespace

// All round trips are stateless, so they are drawn at the user: nothing of them queues at the site.
void ProgramBuilder::connect(Location user, Location site, const std::string& call) {
  const unsigned trips = round_trips(flow_->transport);
  if (user != user_ || site == user_ || trips == 0 || flow_->reuse >= 1.0) return;
  Steps reused;
  if (flow_->reuse > 0.0) {
    models::Step& step = add(models::StepKind::branch, user);
    step.probability = 1.0 - flow_->reuse;
    step.purpose = sim::hash_name(draw_name("new-connection", call));
    reused.push_back(next() - 1);
  }
  const Access& access = scenario_.populations.at(workload_->population).access;
  const std::string of_user = "@" + workload_->population;
  for (unsigned trip = 0; trip < trips; ++trip) {
    const std::string draw = draw_name("connection", call) + "/" + std::to_string(trip);
    delay(user, models::Part::connection,
          {{}, &access.uplink_latency.law, "uplink" + of_user, draw + "/uplink"});
    sim::Duration fixed{};
    for (const Hop& leg : wan_.way(user, site)) {
      fixed += 2 * leg.fixed;
      if (leg.law.is_deterministic()) continue;
      for (const char* way : {"/there", "/back"}) {
        delay(user, models::Part::connection, {{}, &leg.law, law_name(leg), draw + way + hop_name(leg)});
      }
    }
    delay(user, models::Part::connection, {fixed});
    delay(user, models::Part::connection,
          {{}, &access.downlink_latency.law, "downlink" + of_user, draw + "/downlink"});
  }
  land(reused);
}

std::string ProgramBuilder::law_name(const Hop& hop) {
  return hop.link_id ? "link/" + *hop.link_id : "jitter";
}
std::string ProgramBuilder::hop_name(const Hop& hop) {
  return hop.link_id ? "/" + *hop.link_id : "/estimated";
}

void ProgramBuilder::travel(Location from, Location to, sim::Bytes size, const std::string& draw) {
  if (from == to) return;
  if (from == user_) uplink(size, draw);
  const std::vector<Hop>& way = wan_.way(from, to);
  MeterLabel meter;
  meter.network_bytes = size.value();
  meter.grid = wan_.name(to == user_ ? from : to);
  if (from == user_ || to == user_) meter.population = workload_->population;
  if (from == user_) meter.sent_bytes = size.value();
  if (to == user_) meter.received_bytes = size.value();
  if (way.empty()) {
    // The population stands at the site: no leg, but bytes all the same.
    hop({from, to, nullptr, nullptr, {}, {}, {}}, size, draw, meter);
  }
  for (const Hop& leg : way) {
    hop(leg, size, draw, meter);
    meter = {};  // what passes from end to end is counted once, on the first leg
  }
  if (to == user_) downlink(size, draw);
}

void ProgramBuilder::hop(const Hop& hop, sim::Bytes size, const std::string& draw, MeterLabel meter) {
  if (hop.link && hop.link->bandwidth && size.value() > 0) {
    models::Step& step = add(models::StepKind::station, hop.from);
    step.index = parts_.link(hop);
    step.size = size;
    parts_.weigh(hop.from, workload_->rate);
  }
  const bool priced = hop.link && hop.link->egress_per_gb;
  if (priced) meter.link = *hop.link_id;
  if (!priced && hop.from.kind == Location::Kind::site) meter.site = wan_.name(hop.from);
  if (!meter.link.empty() || !meter.site.empty()) meter.egress_bytes = size.value();
  const bool counted = size.value() > 0;
  delay(hop.from, models::Part::propagation,
        {hop.fixed, &hop.law, law_name(hop), draw + hop_name(hop),
         counted ? parts_.meter(meter) : models::none});
  parts_.exchange(hop.from, hop.to, hop.minimum);
}

void ProgramBuilder::uplink(sim::Bytes size, const std::string& draw) {
  const Access& access = scenario_.populations.at(workload_->population).access;
  cell(StationLabel::Kind::cell_uplink, access.cell_uplink, size);
  delay(user_, models::Part::transmission, {beyond_cell(access.uplink, access.cell_uplink, size)});
  delay(user_, models::Part::access,
        {{}, &access.uplink_latency.law, "uplink@" + workload_->population, draw + "/uplink"});
}

void ProgramBuilder::downlink(sim::Bytes size, const std::string& draw) {
  const Access& access = scenario_.populations.at(workload_->population).access;
  cell(StationLabel::Kind::cell_downlink, access.cell_downlink, size);
  delay(user_, models::Part::transmission, {beyond_cell(access.downlink, access.cell_downlink, size)});
  delay(user_, models::Part::access,
        {{}, &access.downlink_latency.law, "downlink@" + workload_->population, draw + "/downlink"});
}

void ProgramBuilder::cell(StationLabel::Kind direction, std::optional<sim::BitRate> rate, sim::Bytes size) {
  if (!rate || size.value() <= 0) return;
  const auto [first, count] = parts_.cells(user_, direction, *rate);
  models::Step& step = add(models::StepKind::station, user_);
  step.index = first;
  step.count = count;
  step.size = size;
  // One draw for all stations of a request: it stays in its cell.
  step.purpose = sim::hash_name("cell/" + workload_->population);
  parts_.weigh(user_, workload_->rate);
}

}  // namespace planner
