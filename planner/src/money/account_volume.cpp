#include "money/account_volume.hpp"

#include <algorithm>

#include "money/site_costs.hpp"

namespace planner {
namespace {

double mean_price(double volume, double free, sim::Money first, const std::vector<PriceTier>& tiers) {
  if (free <= 0 && tiers.empty()) return first.value();
  if (volume <= 0) return 0.0;
  return tiered_price(std::max(volume - free, 0.0), first, tiers) / volume;
}

}  // namespace

ElasticUse& ElasticUse::operator+=(const ElasticUse& more) {
  requests += more.requests;
  gb_seconds += more.gb_seconds;
  cpu_seconds += more.cpu_seconds;
  return *this;
}

std::string AccountVolume::account_of(const Hosting& host) {
  // The runtime and the region behind the platform's name are no accounts of their own.
  if (!host.pool->platform.empty())
    return host.pool->platform.substr(0, host.pool->platform.find_first_of("/@"));
  return *host.site_id + "/" + host.placement->pool;
}

void AccountVolume::add(const Hosting& host, const ElasticUse& use) { used_[account_of(host)] += use; }

AccountVolume::UnitPrices AccountVolume::unit_prices(const Hosting& host) const {
  const auto known = used_.find(account_of(host));
  const ElasticUse used = known != used_.end() ? known->second : ElasticUse{};
  const ElasticPrice& price = host.pool->price;
  return {mean_price(used.requests, price.free_requests, price.per_request, price.request_tiers),
          mean_price(used.gb_seconds, price.free_gb_seconds, price.per_gb_second, price.gb_second_tiers),
          mean_price(used.cpu_seconds, price.free_cpu_seconds, price.per_cpu_second, {})};
}

}  // namespace planner
