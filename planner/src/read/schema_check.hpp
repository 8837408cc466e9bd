#pragma once
#include "planner/value.hpp"
#include "read/issues.hpp"
#include "read/schema_model.hpp"

namespace planner {

/// Reports where `value` breaks `schema`: structure, ids, units and ranges. Linear in the value.
void check_schema(const Value& value, const SchemaNode& schema, Issues& issues);

}  // namespace planner
