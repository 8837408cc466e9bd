#pragma once
#include "planner/scenario.hpp"
#include "read/fields.hpp"

namespace planner {

/// Checks what a placement shares: replicas between which a balancer chooses, processors, batches. Keys that
/// would have no effect there, and figures that are missing, are issues at `entry`.
void check_sharing(const Member& entry, const std::string& service_id, const PoolType& pool,
                   const Fields& root, ReadContext& context);

}  // namespace planner
