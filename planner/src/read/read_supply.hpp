#pragma once
#include "models/catalog.hpp"
#include "planner/scenario.hpp"
#include "read/fields.hpp"

/// Readers of what starts the instances of an elastic pool, and how long a start takes.
namespace planner {

[[nodiscard]] models::TokenBucket::Spec read_scale_out(const Fields& fields);
[[nodiscard]] models::HybridKeepAlive::Spec read_histogram(const Fields& fields, Issues& issues);
/// @param member  the pool
void read_autoscaler(const Member& member, PoolType& pool, Issues& issues);
void take_start(const models::catalog::Platform& platform, PoolType& pool);
/// Parts that are given take the place of the platform's; `cold_start`, that of all of them.
void override_start(const Member& member, PoolType& pool, ReadContext& context);

}  // namespace planner
