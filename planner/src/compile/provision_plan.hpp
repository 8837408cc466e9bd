#pragma once
#include <cstdint>
#include <vector>

#include "planner/scenario.hpp"
#include "text/text_form.hpp"

namespace planner {

/// How many instances are kept warm over a run, by the hours of a day or of a week from Monday.
///
/// @param hours  24 or 168  @param zone  of the hours; `local` counts as UTC, as a site's users are anywhere
/// @return the number at the run's time 0, then every change of it
[[nodiscard]] std::vector<models::Provision> provisions(const std::vector<std::uint32_t>& hours,
                                                        const Zone& zone, const Scenario& scenario);

}  // namespace planner
