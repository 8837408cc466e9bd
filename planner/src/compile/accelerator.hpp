#pragma once
#include "compile/hosting.hpp"

namespace planner {

/// What an accelerator adds to a service's time because its memory for weights is small, or shared.
///
/// * `slowdown` of the pool multiplies every time: a power mode, heat, interference of tenants.
/// * Weights beyond the device's cache stream over its bus at each inference: (weights - cache) / bandwidth.
///   Measured inference times of the catalogue contain that already.
/// * Services that share accelerators (each takes less than one) and whose weights together exceed the cache
///   evict each other: a request pays the loading of its model where the previous one on that accelerator
///   was another's, with probability 1 - its share of the replicas. Services that say `batch` do not: the
///   accelerators of the request engine keep track of what they hold (models::Batching).
///
/// @param time  of the service on the device when its weights are in place [s]
/// Neglects: the order in which requests alternate (taken as independent), unequal rates of the services.
[[nodiscard]] sim::Distribution on_accelerator(const Hosting& host, const sim::Distribution& time,
                                               bool measured);

}  // namespace planner
