#pragma once
#include "read/fields.hpp"

namespace planner {

/// How the transfers of a population share its cell (`sharing`, and the priority level of its `qos`).
void read_sharing(const Fields& access, Access& target, ReadContext& context);

/// Reports populations that name one cell and differ in its rates, its users or its rule.
/// @param populations  the section, of which context.scenario holds what was read
void check_cells(const Fields& populations, ReadContext& context);

}  // namespace planner
