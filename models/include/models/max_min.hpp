#pragma once
#include <cstddef>
#include <vector>

#include "sim/units.hpp"

namespace models {

/// Rates of flows that share links max-min fairly: none can get more unless one with no more gets less.
///
/// What long transfers over several links come to, if all of them are as eager. Cost O(links^2 + links *
/// flows), by progressive filling: the rates rise together, and a full link stops those that pass it.
/// @param capacities  of the links, > 0 [bit/s]
/// @param paths       links that each flow passes, by index; a flow must pass at least one
/// Source: Bertsekas and Gallager, Data Networks, 2nd ed., sec. 6.5.2.
[[nodiscard]] std::vector<sim::BitRate> max_min_rates(const std::vector<sim::BitRate>& capacities,
                                                      const std::vector<std::vector<std::size_t>>& paths);

}  // namespace models
