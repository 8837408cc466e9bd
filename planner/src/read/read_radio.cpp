#include "read/read_radio.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "models/nr_capacity.hpp"
#include "models/nr_latency.hpp"
#include "models/nr_qos.hpp"
#include "read/read_law.hpp"
#include "sim/math.hpp"

namespace planner {
namespace {

using models::NrCell;
using models::NrRadio;

constexpr double usual_users_per_cell = 100;  // assumed: 50-200 are connected to an urban macro cell

/// Carrier and cell that are usual with a numerology.
struct Usual {
  double frequency, bandwidth, radius;  ///< [Hz], [Hz], [m]
  NrCell::Surroundings surroundings;
};
Usual usual(std::uint32_t numerology) {
  using enum NrCell::Surroundings;
  static constexpr std::array cells{
      Usual{700e6, 10e6, 1500, urban_macro}, Usual{3.5e9, 100e6, 400, urban_macro},
      Usual{3.5e9, 100e6, 150, urban_micro}, Usual{28e9, 400e6, 100, urban_micro}};
  return cells.at(numerology);
}

NrRadio radio_of(const Fields& fields) {
  NrRadio radio;
  radio.numerology = fields.count("numerology", radio.numerology);
  const std::string pattern = fields.text("tdd", radio.numerology == 0 ? "FDD" : "DDDSU");
  radio.pattern = pattern == "FDD" ? "F" : pattern;
  const sim::Duration slot = models::slot_length(radio.numerology);
  const bool configured = fields.text("grant") == "configured";
  if (configured) radio.grant = NrRadio::Grant::configured;
  radio.grant_period = fields.duration("grant_period").value_or(configured ? slot : radio.grant_period);
  radio.k1 = fields.count("k1", radio.k1);
  radio.k2 = fields.count("k2", radio.pattern == "F" ? 2 : radio.k2);
  radio.block_error_rate = fields.quantity("block_error_rate", Dimension::ratio, radio.block_error_rate);
  radio.retransmissions = fields.count("retransmissions", radio.retransmissions);
  radio.device_processing = fields.duration("device_processing").value_or(slot);
  radio.station_processing = fields.duration("station_processing").value_or(slot);
  return radio;
}

NrCell cell_of(const Fields& fields, const NrRadio& radio) {
  const Usual standard = usual(radio.numerology);
  NrCell cell;
  cell.numerology = radio.numerology;
  cell.block_error_rate = radio.block_error_rate;
  cell.frequency = fields.quantity("frequency", Dimension::frequency, standard.frequency);
  cell.bandwidth = fields.quantity("bandwidth", Dimension::frequency, standard.bandwidth);
  cell.radius = fields.quantity("radius", Dimension::length, standard.radius);
  cell.surroundings = standard.surroundings;
  if (const std::string stated = fields.text("surroundings"); !stated.empty()) {
    cell.surroundings =
        stated == "uma" ? NrCell::Surroundings::urban_macro : NrCell::Surroundings::urban_micro;
  }
  cell.load = fields.quantity("neighbour_load", Dimension::ratio, cell.load);
  cell.indoor_loss = fields.number("indoor_loss_db", cell.indoor_loss);
  cell.downlink_layers = fields.count("downlink_layers", cell.downlink_layers);
  cell.uplink_layers = fields.count("uplink_layers", cell.uplink_layers);
  return cell;
}

std::optional<sim::BitRate> positive(double rate) {
  if (rate <= 0) return std::nullopt;
  return sim::BitRate{rate};
}

/// Rates of the cell and of its median user; none where half of the users have no signal.
void take_rates(const NrCell& cell, const NrRadio& radio, double slice, Access& access) {
  const models::NrCapacity capacity = models::nr_capacity(cell);
  const double down = slice * models::downlink_share(radio.pattern);
  const double up = slice * models::uplink_share(radio.pattern);
  access.cell_downlink = positive(down * capacity.downlink.cell.value());
  access.cell_uplink = positive(up * capacity.uplink.cell.value());
  access.downlink = positive(down * capacity.downlink.median.value());
  access.uplink = positive(up * capacity.uplink.median.value());
  access.users_per_cell = usual_users_per_cell;
}

bool is_anchored_in_lte(const Fields& access) { return access.text("technology") == "5g-nsa"; }

/// Median execution of a handover in a stand-alone network, and mean of releasing and adding the 5G cell in a
/// non-stand-alone one (SIGCOMM 2022 data, T-Mobile mid band).
sim::Duration usual_interruption(const Fields& access) {
  return sim::Duration{is_anchored_in_lte(access) ? 83'000'000 : 54'000'000};
}

/// A packet meets an interruption with the share of time that interruptions take: a user of speed v crosses
/// borders of cells of radius R at a rate of 2 v / (pi R), the fluid-flow model.
models::NrWait interruption_of(const Fields& access, double radius, Access& target) {
  const Fields fields = access.object("handover");
  const double speed = fields.quantity("speed", Dimension::speed, 0);
  const auto length = fields.duration("interruption").value_or(usual_interruption(access));
  const double rate = 2 * speed / (sim::math::pi * radius);
  if (speed > 0 && fields.text("movement") == "along-cells") {
    // Seen from request to request, not drawn with each packet.
    target.residence = sim::from_seconds(1 / rate);
    target.interruption = std::min(length, target.residence);
    return {};
  }
  return {std::min(rate * sim::to_seconds(length), 1.0), length};
}

/// Wait of a packet that finds the device in its cycle of sleep.
models::NrWait sleep_of(const Fields& fields, ReadContext& context) {
  if (!fields.has("cycle")) return {};
  if (fields.has("asleep") == fields.has("inactivity")) {
    context.issues.add(Code::conflicting_keys, fields.span(),
                       "\"drx\" needs either \"inactivity\", after which the device sleeps, or the share "
                       "\"asleep\" of packets that find it so");
    return {};
  }
  const auto cycle = fields.duration("cycle").value_or(sim::Duration{});
  const auto listening = fields.duration("on_duration").value_or(sim::Duration{10'000'000});
  if (listening > cycle) {
    context.issues.add(Code::out_of_range, fields.get("cycle")->span,
                       "the device listens for longer than its cycle lasts");
    return {};
  }
  const double off = 1.0 - sim::to_seconds(listening) / sim::to_seconds(cycle);
  return {off * fields.quantity("asleep", Dimension::ratio, 1), cycle - listening};
}

/// Whether the device sleeps is seen from request to request, not drawn with each packet.
void doze(const Fields& fields, const models::NrWait& sleep, Access& access) {
  const double longest = sim::to_seconds(sleep.longest);
  if (sleep.probability <= 0 || longest <= 0) return;
  const auto wait = sim::Distribution::uniform(0, longest);
  access.doze =
      Law{sleep.probability >= 1 ? wait
                                 : sim::Distribution::mixture({1 - sleep.probability, sleep.probability},
                                                              {sim::Distribution::deterministic(0), wait}),
          {}};
  access.doze_after = fields.duration("inactivity").value_or(sim::Duration{});
}

/// One way from the base station to the outer side of the user plane function. The distances are planning
/// values (0.2, 1 and 4 ms of round trip on site, within 50 km, within 200 km); the function itself takes up
/// to 0.4 ms in a measured campus network (Rischke et al. 2021).
sim::Duration core_latency(const Fields& fields) {
  if (const auto stated = fields.duration("core_latency")) return *stated;
  constexpr std::int64_t function = 400'000;
  const std::string where = fields.text("break_out", is_anchored_in_lte(fields) ? "region" : "metro");
  if (where == "site") return sim::Duration{function + 100'000};
  return sim::Duration{function + (where == "metro" ? 500'000 : 2'000'000)};
}

constexpr std::array<std::string_view, 15> radio_keys{"numerology",
                                                      "tdd",
                                                      "grant",
                                                      "grant_period",
                                                      "k1",
                                                      "k2",
                                                      "block_error_rate",
                                                      "cell",
                                                      "retransmissions",
                                                      "device_processing",
                                                      "station_processing",
                                                      "break_out",
                                                      "core_latency",
                                                      "handover",
                                                      "drx"};

}  // namespace

void read_radio(const Fields& fields, const std::string& owner, Access& access, ReadContext& context) {
  if (fields.has("profile")) {
    context.issues.add(Code::conflicting_keys, fields.get("profile")->span,
                       "\"technology\" derives what \"profile\" would take from the catalogue");
  }
  const NrRadio radio = radio_of(fields);
  const Fields cell_fields = fields.object("cell");
  const NrCell cell = cell_of(cell_fields, radio);
  if (!models::resource_blocks(cell.bandwidth, cell.numerology, cell.frequency)) {
    const Span where = fields.has("cell") ? cell_fields.span() : fields.span();
    context.issues.add(Code::out_of_range, where,
                       fmt::format("the standard has no carrier of {:g} MHz at {:g} GHz with numerology {}",
                                   cell.bandwidth / 1e6, cell.frequency / 1e9, cell.numerology));
    return;
  }
  take_rates(cell, radio, cell_fields.quantity("slice", Dimension::ratio, 1), access);

  const models::NrWait interruption = interruption_of(fields, cell.radius, access);
  const Fields drx = fields.object("drx");
  models::NrWait sleep = sleep_of(drx, context);
  if (drx.has("inactivity")) {
    doze(drx, sleep, access);
    sleep = {};
  }
  const double core = sim::to_seconds(core_latency(fields));
  access.uplink_latency.law = models::uplink_latency(radio, interruption).shifted(core);
  access.downlink_latency.law = models::downlink_latency(radio, sleep, interruption).shifted(core);
  access.uplink_latency.provenance = access.downlink_latency.provenance = fields.provenance();
  context.assume(fields.span(), fmt::format("{} radio of {}", fields.text("technology"), owner),
                 fields.provenance());
}

void read_idle(const Fields& fields, const std::string& owner, Access& access, ReadContext& context) {
  if (!fields.has("idle")) return;
  const Fields idle = fields.object("idle");
  access.idle_after = idle.duration("after").value_or(sim::Duration{10'000'000'000});
  access.promotion = read_law(idle, "promotion", "promotion of " + owner, context)
                         .value_or(Law{sim::Distribution::deterministic(0.2), {}});
}

void check_delay_budget(const Fields& fields, const std::string& owner, const Access& access,
                        ReadContext& context) {
  if (!fields.has("qos")) return;
  const std::uint32_t qos_class = fields.count("qos", 0);
  const Span span = fields.get("qos")->span;
  const auto budget = models::packet_delay_budget(qos_class);
  if (!budget) {
    context.issues.add(
        Code::out_of_range, span,
        fmt::format("there is no 5QI {}: known are 1-9, 65-67, 69, 70, 79, 80, 82-85", qos_class));
    return;
  }
  for (const auto& [direction, law] : {std::pair{"uplink", &access.uplink_latency.law},
                                       std::pair{"downlink", &access.downlink_latency.law}}) {
    const double kept = law->cdf(sim::to_seconds(*budget));
    if (kept >= 0.98) continue;
    context.issues.add(
        Code::delay_budget, span,
        fmt::format("{:.1f} % of the {} packets of {} keep the {:g} ms of 5QI {} (98 % are due)", 100 * kept,
                    direction, owner, sim::to_seconds(*budget) * 1e3, qos_class));
  }
}

void refuse_radio_keys(const Fields& fields, ReadContext& context) {
  for (const std::string_view key : radio_keys) {
    if (!fields.has(key)) continue;
    context.issues.add(Code::conflicting_keys, fields.get(key)->span,
                       fmt::format("\"{}\" has a meaning only with a \"technology\"", key));
  }
}

}  // namespace planner
