#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "read/catalogue_figures.hpp"
#include "read/read_law.hpp"
#include "read/read_sections.hpp"
#include "read/read_tiers.hpp"
#include "read/time_zone.hpp"
#include "text/text_form.hpp"

namespace planner {
namespace {

models::Sharing sharing_of(const std::string& name) {
  if (name == "fair") return models::Sharing::fair;
  return name == "max-min" ? models::Sharing::max_min : models::Sharing::in_turn;
}

namespace catalog = models::catalog;

/// Whole hours by which a zone's clock is ahead of UTC when the run begins.
std::int64_t hours_ahead(const std::string& text, const Site& site, std::int64_t start) {
  const Zone zone = parse_zone(text).value_or(Zone{});
  sim::Duration ahead = zone.offset;
  if (!zone.name.empty()) ahead = zone_clock(zone.name, start, sim::Duration{1}).front().offset;
  constexpr double seconds_per_degree = 240;
  if (zone.local && site.at) ahead = sim::from_seconds(site.at->longitude * seconds_per_degree);
  return std::llround(sim::to_seconds(ahead) / 3600);
}

/// How the intensity changes over the day: the hours of a zone, turned into those of UTC.
void read_grid_hours(const Fields& grid, Site& site, ReadContext& context) {
  const Value* hourly = grid.get("hourly");
  const Value* zone = grid.get("zone");
  if (zone != nullptr && hourly == nullptr)
    context.issues.add(Code::conflicting_keys, zone->span, "\"zone\" needs the \"hourly\" that are meant");
  if (hourly == nullptr) return;
  double sum = 0;
  for (const Value& hour : hourly->items) sum += hour.number;
  if (!(sum > 0)) {
    context.issues.add(Code::bad_profile, hourly->span, "a profile of zeros has no mean to scale");
    return;
  }
  const std::int64_t ahead =
      hours_ahead(zone == nullptr ? "UTC" : zone->text, site, context.scenario.start_unix);
  site.carbon_hours.resize(24);
  for (std::int64_t hour = 0; hour < 24; ++hour) {
    const auto local = static_cast<std::size_t>(((hour + ahead) % 24 + 24) % 24);
    site.carbon_hours[static_cast<std::size_t>(hour)] = hourly->items[local].number * 24 / sum;
  }
  context.assume(hourly->span, "hours of the grid", site.grid);
}

/// Carbon intensity: as written, else of the cloud region, else of the country.
void read_grid(const Member& member, const std::string& provider_region, Site& site, ReadContext& context) {
  const Fields grid = Fields{member.value}.object("grid");
  site.grid = grid.provenance();
  const Span where = grid.span().file == nullptr ? member.key_span : grid.span();
  if (const auto carbon = grid.quantity("carbon", Dimension::carbon_intensity)) {
    site.carbon = *carbon;
    context.assume(where, fmt::format("grid of {}: {} gCO2e/kWh", member.key, site.carbon), site.grid);
  } else {
    auto figure = provider_region.empty() ? std::nullopt : catalog::grid_carbon(provider_region);
    if (!figure && site.at && !site.at->country.empty()) figure = catalog::grid_carbon(site.at->country);
    site.carbon = value_of(figure, 0);
    if (figure) site.grid = provenance_of(figure->basis, figure->source);
    context.assume(where,
                   figure
                       ? fmt::format("grid of {}: {} gCO2e/kWh from the catalogue", member.key, site.carbon)
                       : fmt::format("grid of {}: carbon intensity unknown, counted as 0", member.key),
                   site.grid);
  }
  read_grid_hours(grid, site, context);
  const auto pue = catalog::pue(site.tier);
  site.pue = grid.number("pue", value_of(pue, 1));
  if (!grid.has("pue") && pue) {
    context.assume(where, fmt::format("PUE of {}: {} from the catalogue", member.key, site.pue),
                   provenance_of(pue->basis, pue->source));
  }
}

sim::Money read_egress(const Fields& fields, const std::string& provider_region) {
  if (const auto price = fields.quantity("egress", Dimension::price_per_data)) return sim::Money{*price};
  if (provider_region.empty()) return {};
  auto listed = catalog::egress(provider_region);
  if (!listed) listed = catalog::egress(provider_region.substr(0, provider_region.find(':')));
  return sim::Money{value_of(listed, 0)};
}

SiteCosts read_costs(const Fields& fields) {
  SiteCosts costs;
  costs.fixed_per_hour = sim::Money{fields.quantity("fixed", Dimension::price_per_time, 0)};
  costs.capital = sim::Money{fields.quantity("capital", Dimension::money, 0)};
  costs.life = fields.duration("life").value_or(sim::Duration{});
  costs.colocation_per_kwh = sim::Money{fields.quantity("colocation", Dimension::price_per_energy, 0)};
  const Fields visits = fields.object("visits");
  costs.visit = sim::Money{visits.quantity("price", Dimension::money, 0)};
  costs.visit_every = visits.duration("every").value_or(sim::Duration{});
  return costs;
}

void check_costs(const Fields& fields, ReadContext& context) {
  if (!fields.has("capital") || fields.has("life")) return;
  context.issues.add(Code::missing_key, fields.get("capital")->span,
                     "capital is written off over a \"life\", such as \"60 month\"");
}

Site read_site(const Member& member, ReadContext& context) {
  const Fields fields{member.value};
  const ReadPlace place = read_place(member, context);
  Site site;
  // A cloud region that says nothing else is of that tier.
  site.tier = fields.text("tier", fields.has("region") ? "region" : "");
  site.at = place.at;
  for (const Member* label : fields.object("labels").entries())
    site.labels.emplace(label->key, label->value.text);
  read_grid(member, place.provider_region, site, context);
  site.egress_per_gb = read_egress(fields, place.provider_region);
  if (!fields.has("egress")) site.priced_region = place.provider_region;
  site.egress_tiers = read_tiers(fields.object("egress_tiers"), Dimension::price_per_data, context);
  site.electricity_per_kwh =
      sim::Money{fields.object("grid").quantity("price", Dimension::price_per_energy, 0)};
  site.costs = read_costs(fields.object("costs"));
  check_costs(fields.object("costs"), context);
  for (const Member* pool : fields.object("pools").entries())
    site.pools.emplace(pool->key, read_pool(*pool, context));
  site.set = fields.text("x-set");
  return site;
}

}  // namespace

void read_sites(const Fields& root, ReadContext& context) {
  for (const Member* member : root.object("sites").entries()) {
    if (member->key == user_device) {
      context.issues.add(
          Code::conflicting_keys, member->key_span,
          fmt::format("\"{}\" stands for each user's own device; give the site another id", user_device));
      continue;
    }
    context.scenario.sites.emplace(member->key, read_site(*member, context));
  }
}

void read_links(const Fields& root, ReadContext& context) {
  for (const Member* member : root.object("links").entries()) {
    const Fields fields{member->value};
    const Value& ends = *fields.get("between");
    Link link;
    link.a = ends.items[0].text;
    link.b = ends.items[1].text;
    if (link.a == link.b) {
      context.issues.add(Code::conflicting_keys, ends.items[1].span,
                         fmt::format("link \"{}\" connects \"{}\" with itself", member->key, link.a));
    }
    link.latency = read_law(fields, "latency", "latency of link " + member->key, context);
    link.bandwidth = fields.bit_rate("bandwidth");
    link.sharing = sharing_of(fields.text("sharing"));
    if (fields.has("sharing") && !link.bandwidth) {
      context.issues.add(Code::missing_key, fields.get("sharing")->span,
                         fmt::format("link \"{}\" has no \"bandwidth\" to share", member->key));
    }
    if (const auto egress = fields.quantity("egress", Dimension::price_per_data))
      link.egress_per_gb = sim::Money{*egress};
    context.scenario.links.emplace(member->key, std::move(link));
  }
}

void read_network(const Fields& root, ReadContext& context) {
  const Fields fields = root.object("network");
  const Fields unlisted = fields.object("unlisted_pairs");
  Network& network = context.scenario.network;
  if (unlisted.text("model") == "geo") network.model = Network::Model::geo;
  network.fixed = unlisted.duration("fixed").value_or(sim::Duration{});
  network.seconds_per_km = unlisted.quantity("per_km", Dimension::time, 0);
  network.provenance = unlisted.provenance();
  const bool corridor = network.model == Network::Model::corridor;
  if (corridor) {
    for (const std::string_view key : {"fixed", "per_km"}) {
      if (const Value* value = unlisted.get(key)) {
        context.issues.add(Code::conflicting_keys, value->span,
                           fmt::format("\"{}\" belongs to the model geo, but the model is corridor", key));
      }
    }
  } else {
    context.assume(unlisted.span(), "network: latency by distance", network.provenance);
  }
  if (auto jitter = read_law(fields, "jitter", "jitter of the wide area", context)) network.jitter = *jitter;
  const auto listed = catalog::network_energy("wide-area");
  network.energy_per_gb =
      sim::Joules{fields.quantity("energy_per_gb", Dimension::energy_per_data, value_of(listed, 0))};
}

}  // namespace planner
