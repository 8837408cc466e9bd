#include "compile/accelerator.hpp"

#include <algorithm>

namespace planner {
namespace {

/// Whether replicas of the service share accelerators with others.
bool shares(const Service& service) { return shares_accelerators(service) && service.weights.value() > 0; }

/// Probability that the accelerator holds another service's weights.
double evicted(const Hosting& host) {
  if (!shares(*host.service) || host.pool->parameter_cache.value() <= 0) return 0.0;
  double weights = 0, replicas = 0;
  for (const auto& [service, places] : host.scenario->placement) {
    const auto placed = places.find(*host.site_id);
    if (placed == places.end() || placed->second.pool != host.placement->pool) continue;
    const Service& other = host.scenario->services.at(service);
    if (!shares(other) || placed->second.replicas == 0) continue;
    weights += other.weights.value();
    replicas += placed->second.replicas;
  }
  // Models that fit together are compiled together and stay.
  if (weights <= host.pool->parameter_cache.value() || replicas <= 0) return 0.0;
  return 1.0 - host.placement->replicas / replicas;
}

/// The sum with another law, by four equally likely values of that one.
sim::Distribution with_load(const sim::Distribution& time, const sim::Distribution& load,
                            double probability) {
  std::vector<double> weights{1.0 - probability};
  std::vector<sim::Distribution> parts{time};
  for (const double level : {0.125, 0.375, 0.625, 0.875}) {
    weights.push_back(probability / 4);
    parts.push_back(time.shifted(load.quantile(level)));
  }
  return sim::Distribution::mixture(std::move(weights), std::move(parts));
}

}  // namespace

sim::Distribution on_accelerator(const Hosting& host, const sim::Distribution& time, bool measured) {
  const PoolType& pool = *host.pool;
  sim::Distribution result = pool.slowdown == 1.0 ? time : time.scaled(pool.slowdown);
  const double beyond = host.service->weights.value() - pool.parameter_cache.value();
  if (!measured && beyond > 0 && pool.parameter_cache.value() > 0 && pool.weight_rate.value() > 0) {
    result = result.shifted(8 * beyond / pool.weight_rate.value());
  }
  if (host.service->batch) return result;  // batches find their model missing, or not, one by one
  const double probability = evicted(host);
  if (probability <= 0 || !pool.model_load) return result;
  return with_load(result, pool.model_load->law, probability);
}

}  // namespace planner
