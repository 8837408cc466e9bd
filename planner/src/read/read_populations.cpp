#include <fmt/format.h>

#include "read/catalogue_figures.hpp"
#include "read/catalogue_names.hpp"
#include "read/read_law.hpp"
#include "read/read_radio.hpp"
#include "read/read_sections.hpp"
#include "read/read_sharing.hpp"
#include "read/read_state.hpp"

namespace planner {
namespace {

namespace catalog = models::catalog;

std::optional<sim::BitRate> rate_of(const std::optional<catalog::Figure>& figure) {
  if (!figure) return std::nullopt;
  return sim::BitRate{figure->value};
}

Access take_profile(const Value& id, ReadContext& context) {
  Access access;
  access.profile = id.text;
  const catalog::Access* profile = catalog::find_access(id.text);
  if (profile == nullptr) {
    Diagnostic& issue =
        context.issues.add(Code::unknown_catalogue_id, id.span,
                           fmt::format("the catalogue has no access profile \"{}\"", id.text));
    propose(issue, id.text, catalog::ids(catalog::Kind::access));
    return access;
  }
  access.uplink_latency = law_of(profile->uplink_latency);
  access.downlink_latency = law_of(profile->downlink_latency);
  access.uplink = rate_of(profile->uplink);
  access.downlink = rate_of(profile->downlink);
  access.cell_uplink = rate_of(profile->cell_uplink);
  access.cell_downlink = rate_of(profile->cell_downlink);
  access.users_per_cell = value_of(profile->users_per_cell, 0);
  access.device_power = sim::Watts{value_of(profile->device_power, 0)};
  if (profile->reallocation) access.reallocation = law_of(*profile->reallocation);
  access.reallocated_every = sim::from_seconds(value_of(profile->reallocated_every, 0));
  context.assume(id.span, fmt::format("access {} from the catalogue", id.text),
                 access.uplink_latency.provenance);
  return access;
}

void override_latency(const Fields& fields, const std::string& owner, Access& access, ReadContext& context) {
  const bool both = fields.has("latency");
  if (auto law = read_law(fields, "latency", "access latency of " + owner, context)) {
    access.uplink_latency = access.downlink_latency = *law;
  }
  for (const std::string_view key : {"uplink_latency", "downlink_latency"}) {
    auto law = read_law(fields, key, fmt::format("{} of {}", key, owner), context);
    if (!law) continue;
    if (both) {
      context.issues.add(Code::conflicting_keys, fields.get(key)->span,
                         fmt::format("\"latency\" says \"{}\" already", key));
    }
    (key == "uplink_latency" ? access.uplink_latency : access.downlink_latency) = *law;
  }
  const bool complete = both || (fields.has("uplink_latency") && fields.has("downlink_latency"));
  if (!complete && !fields.has("profile") && !fields.has("technology")) {
    context.issues.add(
        Code::missing_key, fields.span(),
        fmt::format("the access of {} needs a \"profile\", a \"technology\" or a \"latency\"", owner));
  }
}

void read_reallocation(const Fields& fields, const std::string& owner, Access& access, ReadContext& context) {
  if (auto law = read_law(fields, "latency", "reallocation of " + owner, context)) access.reallocation = *law;
  access.reallocated_every = fields.duration("every").value_or(access.reallocated_every);
}

Access read_access(const Value& value, const std::string& owner, ReadContext& context) {
  if (value.is_string()) return take_profile(value, context);
  const Fields fields{value};
  Access access;
  if (const Value* profile = fields.get("profile")) access = take_profile(*profile, context);
  if (fields.has("technology")) {
    read_radio(fields, owner, access, context);
  } else {
    refuse_radio_keys(fields, context);
  }
  override_latency(fields, owner, access, context);
  if (auto rate = fields.bit_rate("uplink")) access.uplink = rate;
  if (auto rate = fields.bit_rate("downlink")) access.downlink = rate;
  if (auto rate = fields.bit_rate("cell_uplink")) access.cell_uplink = rate;
  if (auto rate = fields.bit_rate("cell_downlink")) access.cell_downlink = rate;
  access.loss = fields.quantity("loss", Dimension::ratio, access.loss);
  access.users_per_cell = fields.number("users_per_cell", access.users_per_cell);
  access.device_power =
      sim::Watts{fields.quantity("device_power", Dimension::power, access.device_power.value())};
  read_idle(fields, owner, access, context);
  read_reallocation(fields.object("reallocation"), owner, access, context);
  check_delay_budget(fields, owner, access, context);
  read_sharing(fields, access, context);
  return access;
}

void read_device(const Value& id, Population& population, ReadContext& context) {
  population.device = id.text;
  const catalog::Device* device = catalog::find_device(id.text);
  if (device == nullptr) {
    Diagnostic& issue = context.issues.add(Code::unknown_catalogue_id, id.span,
                                           fmt::format("the catalogue has no device \"{}\"", id.text));
    propose_catalogued(issue, catalog::Kind::device, id.text);
    return;
  }
  population.device_inference = inference_of(*device);
  population.device_idle_watts = value_of(device->power_idle, 0);
  population.device_busy_watts = value_of(device->power_busy, population.device_idle_watts);
}

Population read_population(const Member& member, ReadContext& context) {
  const Fields fields{member.value};
  Population population;
  population.at = read_place(member, context).at;
  population.site = fields.text("site");
  population.users = fields.number("users", 0);
  if (const Value* access = fields.get("access"))
    population.access = read_access(*access, member.key, context);
  if (const Value* device = fields.get("device")) read_device(*device, population, context);
  population.device_price_per_hour =
      sim::Money{fields.quantity("device_price", Dimension::price_per_time, 0)};
  population.residency = read_residency(fields);
  population.set = fields.text("x-set");
  return population;
}

}  // namespace

void read_populations(const Fields& root, ReadContext& context) {
  for (const Member* member : root.object("populations").entries()) {
    context.scenario.populations.emplace(member->key, read_population(*member, context));
  }
  check_cells(root.object("populations"), context);
}

}  // namespace planner
