#pragma once
#include <vector>

#include "read/fields.hpp"

namespace planner {

/// Steps of a price list, by rising volume: `above` a volume of data [GB] or a plain number, `price` a unit.
/// Reports two that begin at the same volume.
[[nodiscard]] std::vector<PriceTier> read_tiers(const Fields& fields, Dimension price, ReadContext& context);

}  // namespace planner
