#include "site_costs.hpp"

#include <algorithm>

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

double egress_price(const Site& site, double gigabytes) {
  double usd = 0, from = 0;
  sim::Money price = site.egress_per_gb;
  for (const EgressTier& tier : site.egress_tiers) {
    if (gigabytes <= tier.above_gb) break;
    usd += (tier.above_gb - from) * price.value();
    from = tier.above_gb;
    price = tier.per_gb;
  }
  return usd + (gigabytes - from) * price.value();
}

}  // namespace planner
