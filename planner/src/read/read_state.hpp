#pragma once
#include <optional>
#include <string>

#include "read/fields.hpp"

namespace planner {

/// The member `state` of a service. Reports keys that its kind does not have, and those it lacks.
[[nodiscard]] std::optional<State> read_state(const Fields& service, const std::string& id,
                                              ReadContext& context);

/// Gives services whose state is of the items of another one that one's items. To be called when all are
/// read.
void share_items(const Fields& services, ReadContext& context);

/// The member `residency` of a population.
[[nodiscard]] std::optional<Residency> read_residency(const Fields& population);

}  // namespace planner
