#pragma once
#include "compile/moments.hpp"
#include "models/world_spec.hpp"
#include "planner/estimate.hpp"

namespace planner {

/// A request that finds n busy takes the instance that fell idle last, which fell idle when n + 1 became n.
/// So it is cold exactly if the number busy, an M/M/infinity process, takes longer than the keep-alive from
/// there back to n + 1. The law of that time follows from a recursion of Laplace transforms, inverted by
/// Euler summation.
///
/// Provisioned instances take requests first; what they leave (Erlang's B) comes to those on demand and
/// counts as Poisson there. With concurrency above 1 the slots of an instance are taken as filled one after
/// the other.
/// @param rate  of requests [1/s], > 0
/// @param held  time a slot is held, starts excluded [s]
/// Source: Abate and Whitt, "Numerical inversion of Laplace transforms of probability distributions", ORSA J.
/// Computing 7 (1995).
[[nodiscard]] ElasticForecast forecast(const models::PoolSpec& pool, double rate, const Moments& held);

}  // namespace planner
