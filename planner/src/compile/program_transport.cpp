// The part of ProgramBuilder that opens connections and sends payloads over them.
#include <algorithm>

#include "compile/program_builder.hpp"
#include "models/handshake.hpp"
#include "models/transfer.hpp"
#include "sim/hash.hpp"
#include "sim/math.hpp"

namespace planner {
namespace {

/// Of a transport that the schema knows.
unsigned round_trips(const std::string& transport) {
  return models::round_trips_before_request(models::handshake_by_name(transport).value());
}

/// Time until a packet is sent again whose loss no later packet reveals: RFC 6298 2.4 (TCP); RFC 9002 6.2.1
/// with the initial variance of half a round trip and 25 ms of delayed acknowledgement (QUIC).
sim::Duration timeout(const std::string& transport, sim::Duration round_trip) {
  if (transport.starts_with("quic")) return 3 * round_trip + sim::Duration{25'000'000};
  return std::max(4 * round_trip, sim::Duration{1'000'000'000});
}

/// Packets behind a lost one that reveal its loss. Source: RFC 5681 3.2, RFC 9002 6.1.1.
constexpr double revealing = 3;

sim::Duration mean_of(const sim::Distribution& law) { return sim::from_seconds(law.mean()); }

sim::Duration sent_in(sim::Bytes size, std::optional<sim::BitRate> rate) {
  return rate ? sim::serialization_delay(size, *rate) : sim::Duration{0};
}

}  // namespace

sim::Duration ProgramBuilder::mean_round_trip(Location site) const {
  const Access& access = scenario_.populations.at(workload_->population).access;
  sim::Duration total = mean_of(access.uplink_latency.law) + mean_of(access.downlink_latency.law);
  if (access.reallocation) total += 2 * mean_of(access.reallocation->law);
  for (const Hop& leg : wan_.way(user_, site)) total += 2 * (leg.fixed + mean_of(leg.law));
  return total;
}

void ProgramBuilder::round_trip(Location site, models::Part part, const std::string& draw,
                                sim::Duration less) {
  const Access& access = scenario_.populations.at(workload_->population).access;
  const std::string of_user = "@" + workload_->population;
  sim::Duration fixed{};
  for (const Hop& leg : wan_.way(user_, site)) {
    fixed += 2 * leg.fixed;
    if (leg.law.is_deterministic()) continue;
    for (const char* way : {"/there", "/back"}) {
      delay(user_, part, {{}, &leg.law, law_name(leg), draw + way + hop_name(leg)});
    }
  }
  // What the path's constant part cannot give, the access does.
  const sim::Duration of_access = std::max(less - fixed, sim::Duration{0});
  delay(user_, part, {std::max(fixed - less, sim::Duration{0})});
  if (of_access > sim::Duration{0}) {
    const sim::Distribution rest = access.uplink_latency.law.shifted(-sim::to_seconds(of_access)).at_least(0);
    delay(user_, part,
          {{}, &rest, "uplink less " + std::to_string(of_access.count()) + of_user, draw + "/uplink"});
  } else {
    delay(user_, part, {{}, &access.uplink_latency.law, "uplink" + of_user, draw + "/uplink"});
  }
  delay(user_, part, {{}, &access.downlink_latency.law, "downlink" + of_user, draw + "/downlink"});
  for (int way = 0; way < 2; ++way) reallocation(part);
}

std::uint32_t ProgramBuilder::with_probability(double probability, const std::string& draw) {
  models::Step& step = add(models::StepKind::branch, user_);
  step.probability = probability;
  step.purpose = sim::hash_name(draw);
  return next() - 1;
}

// All round trips are stateless, so they are drawn at the user: nothing of them queues at the site.
void ProgramBuilder::connect(Location user, Location site, const std::string& call) {
  const unsigned trips = round_trips(flow_->transport);
  const bool looked_up = flow_->lookup && flow_->lookup_cached < 1.0;
  if (user != user_ || site == user_ || (trips == 0 && !looked_up) || flow_->reuse >= 1.0) return;
  Steps reused;
  if (flow_->reuse > 0.0) {
    reused.push_back(with_probability(1.0 - flow_->reuse, draw_name("new-connection", call)));
  }
  if (looked_up) {
    Steps cached;
    if (flow_->lookup_cached > 0.0)
      cached.push_back(with_probability(1.0 - flow_->lookup_cached, draw_name("lookup-cached", call)));
    delay(user, models::Part::connection,
          {{}, &flow_->lookup->law, "lookup/" + workload_->flow, draw_name("lookup", call)});
    land(cached);
  }
  for (unsigned trip = 0; trip < trips; ++trip) {
    round_trip(site, models::Part::connection, draw_name("connection", call) + "/" + std::to_string(trip));
  }
  land(reused);
}

// A fair cell knows the user's rate, one that serves in turn only its own.
bool ProgramBuilder::cell_is_fair() const {
  return scenario_.populations.at(workload_->population).access.sharing == models::Sharing::fair;
}

void ProgramBuilder::transfer(Location site, sim::Bytes size, const Rates& rates, const std::string& draw,
                              const Sizes* payloads) {
  sim::Duration alone = std::max(sent_in(size, rates.user), sent_in(size, rates.cell));
  const sim::Duration in_cell = cell_is_fair() && rates.cell ? alone : sent_in(size, rates.cell);
  const bool paced = flow_->transport != "none" && size.value() > 0;
  if (payloads != nullptr) {
    transfer_each(site, rates, *payloads);
    if (paced) delay(user_, models::Part::transmission, {recover(site, size, rates, draw)});
    return;
  }
  if (paced) alone += slow_start(site, size, rates, draw);
  delay(user_, models::Part::transmission, {alone - in_cell});
}

void ProgramBuilder::transfer_each(Location site, const Rates& rates, const Sizes& payloads) {
  const sim::Duration trip = mean_round_trip(site);
  const sim::BitRate rate{bottleneck(site, rates)};
  const bool paced = flow_->transport != "none" && trip > sim::Duration{0};
  std::vector<sim::Duration> times;
  for (const sim::Bytes size : payloads) {
    sim::Duration time = std::max(sent_in(size, rates.user), sent_in(size, rates.cell));
    time -= cell_is_fair() && rates.cell ? time : sent_in(size, rates.cell);
    if (paced) {
      for (const sim::Duration busy : models::slow_start_windows(size, flow_->initial_window, rate, trip))
        time += std::max(trip - busy, sim::Duration{0});
    }
    times.push_back(time);
  }
  delay_each(user_, models::Part::transmission, std::move(times));
}

double ProgramBuilder::bottleneck(Location site, const Rates& rates) const {
  double rate = sim::math::infinity;
  for (const auto& bound : {rates.user, rates.cell}) {
    if (bound) rate = std::min(rate, bound->value());
  }
  for (const Hop& leg : wan_.way(user_, site)) {
    if (leg.link && leg.link->bandwidth) rate = std::min(rate, leg.link->bandwidth->value());
  }
  return rate;
}

sim::Duration ProgramBuilder::slow_start(Location site, sim::Bytes size, const Rates& rates,
                                         const std::string& draw) {
  const sim::Duration trip = mean_round_trip(site);
  if (trip <= sim::Duration{0}) return {};
  const double rate = bottleneck(site, rates);
  unsigned round = 0;
  for (const sim::Duration busy :
       models::slow_start_windows(size, flow_->initial_window, sim::BitRate{rate}, trip)) {
    round_trip(site, models::Part::transmission, draw + "/window/" + std::to_string(round++), busy);
  }
  return recover(site, size, rates, draw);
}

// A payload that meets a loss now and then repeats it once; one that meets several is a stream, whose mean
// rate the loss decides.
sim::Duration ProgramBuilder::recover(Location site, sim::Bytes size, const Rates& rates,
                                      const std::string& draw) {
  const double loss = scenario_.populations.at(workload_->population).access.loss;
  const sim::Duration trip = mean_round_trip(site);
  if (loss <= 0 || trip <= sim::Duration{0}) return {};
  const sim::BitRate rate{bottleneck(site, rates)};
  const double packets = models::packets(size);
  if (packets * loss >= 1) {
    const sim::Duration lossy = sim::serialization_delay(size, models::loss_limited_rate(loss, trip));
    return std::max(lossy - sim::serialization_delay(size, rate), sim::Duration{0});
  }
  const double intact = sim::math::exp(packets * sim::math::log1p(-loss));
  const std::uint32_t unharmed = with_probability(1.0 - intact, draw + "/loss");
  if (packets > revealing) {
    round_trip(site, models::Part::transmission, draw + "/repeated");
  } else {
    delay(user_, models::Part::transmission, {timeout(flow_->transport, trip)});
  }
  land({unharmed});
  return {};
}

}  // namespace planner
