#include "compile/hosting.hpp"

#include <algorithm>
#include <initializer_list>

#include "compile/accelerator.hpp"
#include "sim/hash.hpp"

namespace planner {
namespace {

/// The first of `keys` that names a law.
const Law* first_of(const std::map<std::string, Law>& laws, std::initializer_list<std::string> keys) {
  for (const std::string& key : keys) {
    if (const auto found = laws.find(key); found != laws.end()) return &found->second;
  }
  return nullptr;
}

sim::Distribution time_of(const Service& service, const Law* stated,
                          const std::map<std::string, Law>& inference) {
  if (stated) return stated->law;
  if (const Law* measured = first_of(inference, {service.inference})) return measured->law;
  return service.time ? service.time->law : sim::Distribution{};
}

models::Dispatch dispatch_of(const std::string& name) {
  if (name == "longest-idle") return models::Dispatch::longest_idle;
  if (name == "random") return models::Dispatch::random;
  return models::Dispatch::most_recently_used;
}

models::Batching batching_of(const Hosting& host) {
  models::Batching batching;
  batching.size = host.service->batch->size;
  batching.wait = host.service->batch->wait;
  batching.added = added_time(host).value_or(0.0);
  batching.weights = host.service->weights;
  if (host.pool->model_load) batching.load = host.pool->model_load->law;
  return batching;
}

/// Fetching the image, unless the start finds it there.
sim::Distribution pull_of(const Hosting& host) {
  const StartParts& start = host.pool->start;
  const sim::Bytes image = host.service->image.value() > 0 ? host.service->image : start.image;
  if (start.pull_rate.value() <= 0 || image.value() <= 0 || start.image_present >= 1) return {};
  const auto fetch = sim::Distribution::deterministic(8 * image.value() / start.pull_rate.value());
  if (start.image_present <= 0) return fetch;
  return sim::Distribution::mixture({start.image_present, 1 - start.image_present},
                                    {sim::Distribution::deterministic(0), fetch});
}

/// The law for the largest memory that the service has, else for the least there is.
const Law* law_by_memory(const Hosting& host) {
  const std::map<double, Law>& laws = host.pool->start.by_memory;
  if (laws.empty()) return nullptr;
  const sim::Bytes memory = host.service->memory.value() > 0 ? host.service->memory : host.pool->memory;
  const auto above = laws.upper_bound(memory.value());
  return above == laws.begin() ? &above->second : &std::prev(above)->second;
}

void put_start(const Hosting& host, models::PoolSpec& spec) {
  if (host.service->cold_start) {
    spec.cold_start = host.service->cold_start->law;
    return;
  }
  const auto part = [&](models::StartPart which) -> sim::Distribution& {
    return spec.preparation[static_cast<std::size_t>(which)];
  };
  const StartParts& start = host.pool->start;
  part(models::StartPart::acquire) = start.acquire.law;
  part(models::StartPart::pull) = pull_of(host);
  spec.cold_start = host.pool->cold_start.law;
  const Law* measured = law_by_memory(host);
  if (host.service->init) {
    spec.cold_start = host.service->init->law;
  } else if (start.restore) {
    part(models::StartPart::restore) = measured ? measured->law : start.restore->law;
  } else if (measured) {
    spec.cold_start = measured->law;
  }
}

}  // namespace

Hosting hosting(const Scenario& scenario, const std::string& service, const std::string& site) {
  Hosting host;
  host.scenario = &scenario;
  const auto named_service = scenario.services.find(service);
  const auto named_site = scenario.sites.find(site);
  host.service_id = &named_service->first;
  host.service = &named_service->second;
  host.site_id = &named_site->first;
  host.site = &named_site->second;
  host.placement = &scenario.placement.at(service).at(site);
  host.pool = &host.site->pools.at(host.placement->pool);
  return host;
}

sim::Distribution service_time(const Hosting& host) {
  const Law* stated =
      first_of(host.service->time_on, {host.pool->device, host.pool->platform, host.site->tier});
  const bool measured = !stated && host.pool->inference.contains(host.service->inference);
  return on_accelerator(host, time_of(*host.service, stated, host.pool->inference), measured);
}

sim::Distribution device_time(const Scenario& scenario, const std::string& service,
                              const std::string& population) {
  const Population& users = scenario.populations.at(population);
  const Service& what = scenario.services.at(service);
  return time_of(what, first_of(what.time_on, {users.device, user_device}), users.device_inference);
}

std::optional<double> added_time(const Hosting& host) {
  if (host.service->batch->added) return host.service->batch->added;
  const auto known = host.pool->added.find(host.service->inference);
  return known == host.pool->added.end() ? std::nullopt : std::optional{known->second};
}

bool shares_accelerators(const Service& service) { return service.gpus > 0 && service.gpus < 1; }

bool shares_processors(const Hosting& host) {
  return host.pool->processors == PoolType::Processors::shared && host.service->gpus == 0 &&
         !host.service->batch;
}

std::uint32_t concurrency(const Hosting& host) {
  if (host.service->batch) return 1;  // a batch takes a replica as one request does
  if (host.placement->concurrency) return *host.placement->concurrency;
  if (host.service->concurrency != 1 || !is_elastic(host)) return host.service->concurrency;
  return host.pool->concurrency;
}

std::uint32_t most_instances(const Hosting& host) {
  if (!is_elastic(host)) return host.placement->replicas;
  return std::min(host.placement->max_instances.value_or(UINT32_MAX), host.pool->max_instances);
}

models::PoolSpec pool_spec(const Hosting& host, const Routing& routing) {
  models::PoolSpec spec;
  spec.name = *host.service_id + "@" + *host.site_id;
  spec.concurrency = concurrency(host);
  spec.queue_limit = host.service->queue_limit;
  spec.shedding = host.service->shedding;
  spec.spill_at = routing.spill_at;
  if (!is_elastic(host)) {
    spec.instances = host.placement->replicas;
    spec.balance = routing.balance;
    if (host.service->batch) spec.batching = batching_of(host);
    return spec;
  }
  spec.kind = models::PoolSpec::Kind::elastic;
  spec.max_instances = most_instances(host);
  spec.scale_out = host.pool->scale_out;
  if (!host.placement->keep_alive) {
    spec.scaler = host.pool->autoscaler;
    spec.hybrid = host.pool->histogram;
  }
  spec.instances = std::min(host.placement->provisioned, spec.max_instances);
  spec.provisions = host.placement->provisions;
  for (models::Provision& provision : spec.provisions)
    provision.instances = std::min(provision.instances, spec.max_instances);
  spec.dispatch = dispatch_of(host.pool->dispatch);
  put_start(host, spec);
  spec.keep_alive = host.placement->keep_alive ? host.placement->keep_alive->law : host.pool->keep_alive.law;
  spec.cold_purpose = sim::hash_name("cold/" + *host.service_id);
  spec.billing_step = host.pool->price.granularity;
  return spec;
}

}  // namespace planner
