#pragma once
#include <string>

#include "models/world_spec.hpp"
#include "planner/scenario.hpp"

namespace planner {

/// A service at a site, with everything the scenario says of it.
struct Hosting {
  const Scenario* scenario = nullptr;
  const std::string* service_id = nullptr;
  const std::string* site_id = nullptr;
  const Service* service = nullptr;
  const Site* site = nullptr;
  const Placement* placement = nullptr;
  const PoolType* pool = nullptr;
};

/// @pre the service is placed at the site, which is not the user's device
[[nodiscard]] Hosting hosting(const Scenario& scenario, const std::string& service, const std::string& site);

/// Time in service at the host: `time_on` its device, platform or tier, else the device's measured inference
/// time, else the service's own; with what a shared or small accelerator adds (accelerator.hpp). [s]
[[nodiscard]] sim::Distribution service_time(const Hosting& host);
/// The same on the device that a population's users hold.
[[nodiscard]] sim::Distribution device_time(const Scenario& scenario, const std::string& service,
                                            const std::string& population);

/// Requests one instance serves at a time: the placement's figure, else the service's, else (elastic, where
/// the service says 1) the platform's.
[[nodiscard]] std::uint32_t concurrency(const Hosting& host);
/// Instances the host can run at most: replicas, or the quota of an elastic platform.
[[nodiscard]] std::uint32_t most_instances(const Hosting& host);
[[nodiscard]] inline bool is_elastic(const Hosting& host) {
  return host.pool->kind == PoolType::Kind::elastic;
}

/// Time that each further request of a batch adds, as a share of the time of one. @pre the service says batch
[[nodiscard]] std::optional<double> added_time(const Hosting& host);
/// Whether replicas of the service take less than an accelerator each, and so share them with others'.
[[nodiscard]] bool shares_accelerators(const Service& service);
/// Whether requests in service slow each other down: the pool says so, and this is work of processors.
[[nodiscard]] bool shares_processors(const Hosting& host);

/// The pool as the request engine runs it; its partition and accelerators are left to the caller.
[[nodiscard]] models::PoolSpec pool_spec(const Hosting& host, const Routing& routing);

}  // namespace planner
