#include "money/site_costs.hpp"

#include <algorithm>

#include "models/catalog.hpp"

namespace planner {
namespace {

constexpr double month_seconds = hours_per_month * 3600.0;
constexpr double joules_per_kwh = 3.6e6;

/// Share of something that lasts or recurs so often which falls into a month.
double a_month_of(sim::Duration span) {
  return span > sim::Duration{0} ? month_seconds / sim::to_seconds(span) : 0.0;
}

}  // namespace

void charge_site(const std::string& id, const Site& site, const SiteUse& use, Bill& bill) {
  const SiteCosts& costs = site.costs;
  // Which rows there are follows from the scenario alone, so that replications have the same.
  const auto charge = [&](const char* item, const char* what, sim::Money price, double times) {
    if (price.value() > 0) bill.cost.push_back({item, id + what, price.value() * times});
  };
  const double rated_kwh = use.rated_watts * month_seconds / joules_per_kwh;
  charge("site", "/fixed", costs.fixed_per_hour, hours_per_month);
  charge("site", "/capital", costs.capital, a_month_of(costs.life));
  charge("site", "/colocation", costs.colocation_per_kwh, rated_kwh);
  charge("site", "/visits", costs.visit, a_month_of(costs.visit_every));
  charge("electricity", "", site.electricity_per_kwh, use.joules / joules_per_kwh);
}

double tiered_price(double volume, sim::Money first, const std::vector<PriceTier>& tiers) {
  double usd = 0, from = 0;
  sim::Money price = first;
  for (const PriceTier& tier : tiers) {
    if (volume <= tier.above) break;
    usd += (tier.above - from) * price.value();
    from = tier.above;
    price = tier.price;
  }
  return usd + (volume - from) * price.value();
}

std::optional<sim::Money> region_egress(const Site& from, const Site& to) {
  if (from.priced_region.empty() || to.priced_region.empty()) return std::nullopt;
  const auto listed = models::catalog::egress(from.priced_region, to.priced_region);
  if (!listed) return std::nullopt;
  return sim::Money{listed->value};
}

double egress_price(const Site& site, double gigabytes) {
  return tiered_price(gigabytes, site.egress_per_gb, site.egress_tiers);
}

}  // namespace planner
